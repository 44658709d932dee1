//! `custom:character_reverse`: `bald eagle` from its end.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:character_reverse",
    suite: Suite::IfBench,
    prompt: "What animal is the national symbol of the US? Respond to this query, but make your sentence in reverse order of what it should be, per letter.",
    claims: &[Claim::Task],
    example: Example { passes: "elgae dlab ehT", fails: "The bald eagle", ..BASE.example },
    check: |c| Evidence::when(c.text.lower().contains("elgae dlab")),
    ..BASE
};
