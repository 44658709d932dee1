//! `last_word:last_word_sent`: every sentence ends with a word, in whatever case and without punctuation.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "last_word:last_word_sent",
    suite: Suite::IfTrain,
    prompt: "The last word of each sentence, before punctuation, should be the word {last_word}.",
    fields: &[Field { name: "last_word", kind: Kind::Word }],
    claims: &[Claim::Sentences, Claim::End, Claim::Keywords, Claim::Language],
    example: Example { kwargs: r#"{"last_word": "sing"}"#, passes: "Birds sing. Men sing!", fails: "Birds sing. Men talk." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let wanted = c.args.text("last_word").to_lowercase();
    match c.text.regex_sentences().iter().find(|sentence| !ends_with(sentence, &wanted)) {
        Some(sentence) => Evidence::fail().word(sentence),
        None => Evidence::pass(),
    }
}

/// Whether the last word without characters that are neither `\w` nor `\s` is `wanted`, which is in lower case.
pub(super) fn ends_with(text: &str, wanted: &str) -> bool {
    let word = |word: &str| word.chars().filter(|c| is_word(*c)).collect::<String>().to_lowercase() == wanted;
    split(text).next_back().is_some_and(word)
}
