//! `startend:quotation`: the first and the last character are double quotation marks.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "startend:quotation",
    prompt: "Wrap your entire response with double quotation marks.",
    claims: &[Claim::Start, Claim::End],
    example: Example { passes: "\"All of it.\"", fails: "\"Some\" of it.", ..BASE.example },
    check: |c| {
        let text = strip(c.text.raw);
        Evidence::when(text.len() > 1 && text.starts_with('"') && text.ends_with('"'))
    },
    ..BASE
};
