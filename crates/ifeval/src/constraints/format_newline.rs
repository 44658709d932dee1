//! `format:newline`: as many lines as words.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:newline",
    suite: Suite::IfBench,
    prompt: "Write each word on a new line.",
    claims: &[Claim::Whole],
    example: Example { passes: "One\ntwo", fails: "One two", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let text = strip(c.text.bare());
    let lines = text.split('\n').filter(|line| !line.is_empty()).count();
    Evidence::count(lines, Bound::Exactly, split(text).count() as u64)
}
