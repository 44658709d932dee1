//! `length_constraints:number_sentences`: sentences by NLTK's punkt.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "length_constraints:number_sentences",
    prompt: "Your response should contain {relation} {num_sentences} sentences.",
    fields: &[Field { name: "num_sentences", kind: Kind::Count(3, 20) }, Field { name: "relation", kind: Kind::Relation }],
    claims: &[Claim::Length, Claim::Sentences],
    example: Example { kwargs: r#"{"num_sentences": 2, "relation": "at least"}"#, passes: "It rains. We stay.", fails: "It rains." },
    check: |c| Evidence::count(c.text.sentences().len(), c.args.bound("relation"), c.args.count("num_sentences")),
    ..BASE
};
