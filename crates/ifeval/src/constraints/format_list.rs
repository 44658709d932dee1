//! `format:list`: the separator occurs twice.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:list",
    suite: Suite::IfBench,
    prompt: "Answer with a list of items, instead of bullet points use {sep}.",
    fields: &[Field { name: "sep", kind: Kind::Text(&["...", "SEPARATOR", "!?!?", "-"]) }],
    claims: &[Claim::Layout, Claim::Punctuation],
    example: Example { kwargs: r#"{"sep": "..."}"#, passes: "... one ... two", fails: "... one" },
    check: |c| Evidence::count(c.text.raw.matches(c.args.text("sep")).count(), Bound::AtLeast, 2),
    ..BASE
};
