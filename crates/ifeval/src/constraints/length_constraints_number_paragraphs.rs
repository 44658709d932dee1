//! `length_constraints:number_paragraphs`: parts between `***`; the first and the last may be blank.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "length_constraints:number_paragraphs",
    prompt: "There should be {num_paragraphs} paragraphs. Paragraphs are separated with the markdown divider: ***",
    fields: &[Field { name: "num_paragraphs", kind: Kind::Count(2, 5) }],
    claims: &[Claim::Layout],
    example: Example { kwargs: r#"{"num_paragraphs": 2}"#, passes: "One.\n***\nTwo.", fails: "One.\n\nTwo." },
    check: |c| parts_are(&starred_paragraphs(c.text.raw), c.args.count("num_paragraphs")),
    ..BASE
};
