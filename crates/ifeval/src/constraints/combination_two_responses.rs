//! `combination:two_responses`: two different texts with six stars between them.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "combination:two_responses",
    prompt: "Give two different responses. Responses and only responses should be separated by 6 asterisk symbols: ******.",
    claims: &[Claim::Layout, Claim::Start, Claim::End],
    example: Example { passes: "One way.\n******\nAnother way.", fails: "The same.\n******\nThe same.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let parts: Vec<&str> = c.text.raw.split("******").map(strip).collect();
    let counted = parts_are(&parts, 2);
    let mut responses = parts.iter().filter(|part| !part.is_empty());
    let differ = responses.next() != responses.next();
    Evidence { passes: counted.passes && differ, ..counted }
}
