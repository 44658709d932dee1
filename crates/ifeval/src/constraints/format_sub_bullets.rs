//! `format:sub-bullets`: a dash after every star.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:sub-bullets",
    suite: Suite::IfBench,
    prompt: "Your response must include bullet points denoted by * and at least one sub-bullet point denoted by - for each bullet point.",
    deltas: &["There is at least one bullet; the reference passes a text without stars."],
    claims: &[Claim::Layout],
    example: Example { passes: "* One\n  - sub\n* Two\n  - sub", fails: "* One\n* Two\n  - sub", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let mut bullets = c.text.raw.split('*').skip(1).peekable();
    if bullets.peek().is_none() {
        return Evidence { passes: c.parity(), ..Evidence::count(0_u64, Bound::AtLeast, 1) };
    }
    match bullets.find(|bullet| !bullet.contains('-')) {
        Some(bullet) => Evidence::fail().word(strip(bullet)),
        None => Evidence::pass(),
    }
}
