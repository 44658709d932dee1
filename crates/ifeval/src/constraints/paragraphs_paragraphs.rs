//! `paragraphs:paragraphs`: two parts between `***`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "paragraphs:paragraphs",
    suite: Suite::IfTrain,
    prompt: "There should be 2 paragraphs. Paragraphs are separated with the markdown divider: ***",
    claims: &[Claim::Layout],
    example: Example { passes: "One.\n***\nTwo.", fails: "One.\n\nTwo.", ..BASE.example },
    check: |c| parts_are(&starred_paragraphs(c.text.raw), 2),
    ..BASE
};
