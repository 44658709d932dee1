//! `length_constraints:number_words`: runs of `\w` are counted, so that `don't` is two words.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "length_constraints:number_words",
    prompt: "Answer with {relation} {num_words} words.",
    fields: &[Field { name: "num_words", kind: Kind::Count(50, 400) }, Field { name: "relation", kind: Kind::Relation }],
    claims: &[Claim::Length],
    example: Example { kwargs: r#"{"num_words": 3, "relation": "at least"}"#, passes: "One two three.", fails: "One two." },
    check: |c| Evidence::count(c.text.words(), c.args.bound("relation"), c.args.count("num_words")),
    ..BASE
};
