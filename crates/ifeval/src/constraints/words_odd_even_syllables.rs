//! `words:odd_even_syllables`: odd and even numbers of syllables alternate.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:odd_even_syllables",
    suite: Suite::IfBench,
    prompt: "Alternate between words with odd and even numbers of syllables.",
    claims: &[Claim::Whole],
    example: Example { passes: "Cats hated dogs", fails: "Cats like dogs", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let lower = c.text.bare().to_lowercase();
    let mut before: Option<bool> = None;
    for word in split(&lower) {
        let odd = python::syllables(word) % 2 == 1;
        if before == Some(odd) {
            return Evidence::fail().word(word);
        }
        before = Some(odd);
    }
    Evidence::pass()
}
