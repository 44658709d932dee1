//! `words:consonants`: each word has two consonants side by side.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:consonants",
    suite: Suite::IfBench,
    prompt: "Ensure each word in your response has at least one consonant cluster (two or more consonants together).",
    deltas: &["Words without a letter are left out; in the reference a dash fails."],
    claims: &[Claim::Words, Claim::Layout, Claim::Keywords, Claim::Language, Claim::Punctuation],
    example: Example { passes: "Strong winds blast ships", fails: "Strong winds are back", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let is_consonant = |byte: u8| byte.is_ascii_lowercase() && !b"aeiou".contains(&byte);
    let clustered = |word: &&str| word.as_bytes().windows(2).any(|pair| pair.iter().all(|byte| is_consonant(*byte)));
    let counts = |word: &&str| c.parity() || word.chars().any(char::is_alphabetic);
    match split(c.text.lower()).filter(counts).find(|word| !clustered(word)) {
        Some(word) => Evidence::fail().word(word),
        None => Evidence::pass(),
    }
}
