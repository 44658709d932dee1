//! `punctuation:no_comma`: no `,`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "punctuation:no_comma",
    prompt: "In your entire response, refrain from the use of any commas.",
    claims: &[Claim::Punctuation],
    example: Example { passes: "No comma here.", fails: "One, here.", ..BASE.example },
    check: |c| without(c, ','),
    ..BASE
};

/// Shared with the constraints that forbid dots and exclamation marks.
pub(super) fn without(c: &Check<'_, '_>, mark: char) -> Evidence {
    match c.text.raw.find(mark) {
        Some(at) => Evidence::fail().line(c.text.line(at)),
        None => Evidence::pass(),
    }
}
