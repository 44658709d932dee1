//! `punctuation:punctuation_dot`: no `.`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "punctuation:punctuation_dot",
    suite: Suite::IfTrain,
    prompt: "In your entire response, refrain from the use of . (i.e. dots) as punctuation and in general.",
    claims: &[Claim::Punctuation, Claim::Sentences],
    example: Example { passes: "No dot here", fails: "One. Two", ..BASE.example },
    check: |c| punctuation_no_comma::without(c, '.'),
    ..BASE
};
