//! `ratio:sentence_words`: three sentences of the same length in characters.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "ratio:sentence_words",
    suite: Suite::IfBench,
    prompt: "Respond with three sentences, all containing the same number of characters but using all different words.",
    deltas: &["No word occurs twice; the reference does not look."],
    claims: &[Claim::Whole],
    example: Example { passes: "Dogs bark. Cows talk. Cats sing.", fails: "It rains. We stay.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let sentences = c.text.sentences();
    if sentences.len() != 3 {
        return Evidence::count(sentences.len(), Bound::Exactly, 3);
    }
    let lengths: HashSet<usize> = sentences.iter().map(|sentence| strip(sentence).chars().count()).collect();
    let mut seen = HashSet::new();
    let repeated = python::words(c.text.lower()).find(|word| !seen.insert(*word));
    match repeated {
        Some(word) if !c.parity() => Evidence::fail().word(word),
        _ => Evidence::when(lengths.len() == 1),
    }
}
