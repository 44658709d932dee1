//! `first_word:first_word_sent`: every sentence begins with a word, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "first_word:first_word_sent",
    suite: Suite::IfTrain,
    prompt: "The first word of each sentence should be the word {first_word}.",
    fields: &[Field { name: "first_word", kind: Kind::Word }],
    claims: &[Claim::Sentences, Claim::Start, Claim::Keywords, Claim::Language],
    example: Example { kwargs: r#"{"first_word": "birds"}"#, passes: "Birds sing. Birds fly.", fails: "Birds sing. They fly." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let wanted = c.args.text("first_word").to_lowercase();
    match c.text.regex_sentences().iter().find(|sentence| split(sentence).next().is_none_or(|word| word.to_lowercase() != wanted)) {
        Some(sentence) => Evidence::fail().word(sentence),
        None => Evidence::pass(),
    }
}
