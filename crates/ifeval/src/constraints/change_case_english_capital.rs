//! `change_case:english_capital`: no small letters, and English.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "change_case:english_capital",
    prompt: "Your entire response should be in English, and in all capital letters.",
    deltas: &["The detector's seed is 0, under either rules; the reference has none, so that its labels vary."],
    claims: &[Claim::Case, Claim::Language],
    example: Example {
        passes: "THE WEATHER IS LOVELY TODAY, AND WE SHALL GO FOR A WALK IN THE PARK AFTER LUNCH.",
        fails: "The weather is lovely today.",
        ..BASE.example
    },
    check: |c| if is_upper(c.text.raw) { is_english(c) } else { Evidence::fail().wanted("capital letters") },
    ..BASE
};

/// Shared with `change_case:english_lowercase`.
pub(super) fn is_english(c: &Check<'_, '_>) -> Evidence {
    match c.text.language() {
        Some(language) => Evidence::when(language == "en").found(Cow::Owned(language.to_owned())).wanted("en"),
        None => Evidence::when(c.parity()).found("no letters"),
    }
}
