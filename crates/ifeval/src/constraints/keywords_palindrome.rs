//! `keywords:palindrome`: one word reads the same from either end.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:palindrome",
    suite: Suite::IfTrain,
    prompt: "Include a palindrome in your response.",
    deltas: &[
        "A palindrome has three letters or more, in whatever case and without punctuation; in the reference `a` and `-` are palindromes.",
    ],
    claims: &[Claim::Keywords],
    example: Example { passes: "The level rises.", fails: "No such word.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let is_palindrome = |word: &str| word.chars().eq(word.chars().rev());
    let found = if c.parity() {
        split(c.text.raw).find(|word| is_palindrome(word))
    } else {
        split(c.text.lower()).map(strip_ascii_punctuation).find(|word| word.chars().count() >= 3 && is_palindrome(word))
    };
    match found {
        Some(word) => Evidence::pass().word(word),
        None => Evidence::fail(),
    }
}
