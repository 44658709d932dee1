//! `detectable_format:constrained_response`: one of three sentences occurs.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:constrained_response",
    prompt: "Answer with one of the following options: ('My answer is yes.', 'My answer is no.', 'My answer is maybe.')",
    claims: &[Claim::Whole],
    example: Example { passes: "My answer is yes.", fails: "Yes.", ..BASE.example },
    check: |c| {
        Evidence::when(["My answer is yes.", "My answer is no.", "My answer is maybe."].iter().any(|option| c.text.raw.contains(option)))
    },
    ..BASE
};
