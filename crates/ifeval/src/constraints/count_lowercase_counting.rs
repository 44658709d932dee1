//! `count:lowercase_counting`: how many words have only letters from a to z.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:lowercase_counting",
    suite: Suite::IfTrain,
    prompt: "In your response, all lowercase words should appear at most {N} times.",
    fields: &[Field { name: "N", kind: Kind::Count(2, 30) }],
    claims: &[Claim::Case, Claim::Language],
    example: Example { kwargs: r#"{"N": 1}"#, passes: "IT rains.", fails: "it rains." },
    check: |c| {
        let lower = python::words(c.text.raw).filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()));
        Evidence::count(lower.count(), Bound::AtMost, c.args.count("N"))
    },
    ..BASE
};
