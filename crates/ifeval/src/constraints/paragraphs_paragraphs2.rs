//! `paragraphs:paragraphs2`: two parts with two line breaks between.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "paragraphs:paragraphs2",
    suite: Suite::IfTrain,
    prompt: "There should be 2 paragraphs. Paragraphs and only paragraphs are separated with each other by two line breaks.",
    claims: &[Claim::Layout],
    example: Example { passes: "One.\n\nTwo.", fails: "One.\n***\nTwo.", ..BASE.example },
    check: |c| parts_are(&c.text.raw.split("\n\n").collect::<Vec<_>>(), 2),
    ..BASE
};
