//! `words:vowel`: one line with at most three of the vowels a, e, i, o, u.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:vowel",
    suite: Suite::IfBench,
    prompt: "Write a paragraph using words that contain only three types of vowels.",
    claims: &[Claim::Words, Claim::Layout, Claim::Keywords, Claim::Language],
    example: Example { passes: "Cats and dogs bask.", fails: "You read this aloud.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let text = strip(c.text.raw);
    if text.contains('\n') {
        return Evidence::fail().wanted("one line");
    }
    let vowels = "aeiou".chars().filter(|vowel| c.text.lower().contains(*vowel)).count();
    Evidence::count(vowels, Bound::AtMost, 3)
}
