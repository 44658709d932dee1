//! `count:count_unique`: no token occurs twice.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:count_unique",
    suite: Suite::IfTrain,
    prompt: "Only use unique words in your response, no word should be repeated!",
    deltas: &["Words are compared, in whatever case; the reference compares tokens, so that a second comma fails and `The the` does not."],
    claims: &[Claim::Words, Claim::Keywords, Claim::Length],
    example: Example { passes: "Birds sing well", fails: "Birds hear birds, birds sing.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let mut seen = HashSet::new();
    let repeated = if c.parity() {
        c.text.tokens().find(|token| !seen.insert(*token))
    } else {
        python::words(c.text.lower()).find(|word| !seen.insert(*word))
    };
    match repeated {
        Some(word) => Evidence::fail().word(word),
        None => Evidence::pass(),
    }
}
