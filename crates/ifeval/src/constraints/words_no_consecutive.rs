//! `words:no_consecutive`: no two words in a row begin with the same letter.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:no_consecutive",
    suite: Suite::IfBench,
    prompt: "No two consecutive words can share the same first letter.",
    claims: &[Claim::Words],
    example: Example { passes: "It rains.", fails: "Big birds.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let lower = c.text.bare().to_lowercase();
    let mut before = None;
    for word in split(&lower) {
        let letter = word.chars().next();
        if before == letter {
            return Evidence::fail().word(word);
        }
        before = letter;
    }
    Evidence::pass()
}
