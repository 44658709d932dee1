//! `first_word:first_word_answer`: the response begins with a word, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "first_word:first_word_answer",
    suite: Suite::IfTrain,
    prompt: "The first word of your response should be the word {first_word}.",
    fields: &[Field { name: "first_word", kind: Kind::Word }],
    claims: &[Claim::Start],
    example: Example { kwargs: r#"{"first_word": "birds"}"#, passes: "Birds sing.", fails: "Some birds sing." },
    check: |c| {
        let word = split(c.text.raw).next().unwrap_or("");
        Evidence { passes: word.to_lowercase() == c.args.text("first_word").to_lowercase(), ..Evidence::fail().word(word) }
    },
    ..BASE
};
