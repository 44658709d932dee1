//! `last_word:last_word_answer`: the response ends with a word, in whatever case and without punctuation.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "last_word:last_word_answer",
    suite: Suite::IfTrain,
    prompt: "The last word of your response should be the word {last_word}.",
    fields: &[Field { name: "last_word", kind: Kind::Word }],
    claims: &[Claim::End],
    example: Example { kwargs: r#"{"last_word": "sing"}"#, passes: "Birds sing.", fails: "Birds talk." },
    check: |c| Evidence::when(last_word_last_word_sent::ends_with(c.text.raw, &c.args.text("last_word").to_lowercase())),
    ..BASE
};
