//! `change_case:english_lowercase`: no capital letters, and English.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "change_case:english_lowercase",
    prompt: "Your entire response should be in English, and in all lowercase letters. No capital letters are allowed.",
    deltas: change_case_english_capital::CONSTRAINT.deltas,
    claims: &[Claim::Case, Claim::Language],
    example: Example {
        passes: "the weather is lovely today, and we shall go for a walk in the park after lunch.",
        fails: "The weather is lovely today.",
        ..BASE.example
    },
    check: |c| if is_lower(c.text.raw) { change_case_english_capital::is_english(c) } else { Evidence::fail().wanted("small letters") },
    ..BASE
};
