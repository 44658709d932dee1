//! `words:palindrome`: ten words of five letters or more read the same from either end.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:palindrome",
    suite: Suite::IfBench,
    prompt: "Include at least 10 single-word palindromes, each at least 5 characters long.",
    claims: &[Claim::Words, Claim::Keywords, Claim::Language],
    example: Example { passes: "level radar civic kayak refer rotor tenet madam stats solos", fails: "level radar", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let lower = c.text.bare().to_lowercase();
    let is_palindrome = |word: &&str| word.chars().eq(word.chars().rev()) && word.chars().count() >= 5;
    Evidence::count(split(&lower).filter(is_palindrome).count(), Bound::AtLeast, 10)
}
