//! `letters:letter_counting`: how many letters from a to z there are, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "letters:letter_counting",
    suite: Suite::IfTrain,
    prompt: "Answer with {relation} {N} letters.",
    fields: &[Field { name: "N", kind: Kind::Count(100, 1500) }, Field { name: "relation", kind: Kind::Relation }],
    claims: &[Claim::Length, Claim::Language],
    example: Example { kwargs: r#"{"N": 5, "relation": "less than"}"#, passes: "Four.", fails: "Three." },
    check: |c| {
        let letters = c.text.raw.bytes().filter(u8::is_ascii_alphabetic).count();
        Evidence::count(letters, c.args.bound("relation"), c.args.count("N"))
    },
    ..BASE
};
