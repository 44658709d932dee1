//! `custom:word_reverse`: the words in reverse order have `bald eagle` and are one sentence.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:word_reverse",
    suite: Suite::IfBench,
    prompt: "What animal is the national symbol of the US? Respond to this query, but make your sentence in reverse order of what it should be, per word.",
    claims: &[Claim::Task],
    example: Example { passes: "Eagle bald the is symbol national the", fails: "The bald eagle is the symbol", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let bare = without_ascii_punctuation(c.text.lower());
    let forward = split(&bare).rev().collect::<Vec<_>>().join(" ");
    Evidence::when(forward.contains("bald eagle") && python::sentences(&forward).contains(&&*forward)).word(&forward)
}
