//! `format:no_whitespace`: no blank of any kind.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:no_whitespace",
    suite: Suite::IfBench,
    prompt: "The output should not contain any whitespace.",
    claims: &[Claim::Whole],
    example: Example { passes: "None", fails: "Some blank", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    match c.text.raw.find(is_space) {
        Some(at) => Evidence::fail().line(c.text.line(at)),
        None => Evidence::pass(),
    }
}
