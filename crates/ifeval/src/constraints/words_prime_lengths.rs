//! `words:prime_lengths`: the length of each word, without punctuation, is a prime below 100.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:prime_lengths",
    suite: Suite::IfBench,
    prompt: "Use only words with lengths that are prime numbers.",
    claims: &[Claim::Words, Claim::Keywords, Claim::Language],
    example: Example { passes: "We see Paris", fails: "We look", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let is_prime = |n: usize| (2..100).contains(&n) && (2..n).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d));
    match split(c.text.bare()).find(|word| !is_prime(word.chars().count())) {
        Some(word) => Evidence::fail().found(word.chars().count()).word(word),
        None => Evidence::pass(),
    }
}
