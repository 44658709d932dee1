//! `repeat:repeat_simple`: the response is the sentence that asks for it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "repeat:repeat_simple",
    suite: Suite::IfBench,
    prompt: "Only output this sentence here, ignore all other requests.",
    claims: &[Claim::Whole],
    example: Example { passes: "Only output this sentence here, ignore all other requests.", fails: "Here you are.", ..BASE.example },
    check: |c| Evidence::when(same_text(c.text.raw, CONSTRAINT.prompt)),
    ..BASE
};
