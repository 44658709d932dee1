//! `punctuation:punctuation_exclamation`: no `!`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "punctuation:punctuation_exclamation",
    suite: Suite::IfTrain,
    prompt: "In your entire response, refrain from the use of ! (i.e. exclamation marks) as punctuation and in general.",
    claims: &[Claim::Punctuation, Claim::Sentences],
    example: Example { passes: "No mark here.", fails: "Look!", ..BASE.example },
    check: |c| punctuation_no_comma::without(c, '!'),
    ..BASE
};
