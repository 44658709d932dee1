//! `keywords:letter_frequency`: how often a letter occurs, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:letter_frequency",
    prompt: "In your response, the letter {letter} should appear {let_relation} {let_frequency} times.",
    fields: FIELDS,
    deltas: DELTAS,
    claims: &[Claim::Keywords],
    example: Example { kwargs: r#"{"letter": "e", "let_frequency": 3, "let_relation": "at least"}"#, passes: "Every bee.", fails: "One." },
    check,
    ..BASE
};

/// Shared with `letters:letter_counting2`, which is the same rule.
pub(super) const FIELDS: &[Field] = &[
    Field { name: "letter", kind: Kind::Letter },
    Field { name: "let_frequency", kind: Kind::Count(1, 10) },
    Field { name: "let_relation", kind: Kind::Relation },
];
pub(super) const DELTAS: &[&str] =
    &["A character that is no letter from a to z is counted as it is, under either rules; the reference draws a random letter instead."];

pub(super) fn check(c: &Check<'_, '_>) -> Evidence {
    let letter = c.args.text("letter").to_lowercase();
    Evidence::count(c.text.lower().matches(&*letter).count(), c.args.bound("let_relation"), c.args.count("let_frequency"))
}
