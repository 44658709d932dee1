//! `count:numbers`: runs of digits, after punctuation is taken out.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:numbers",
    suite: Suite::IfBench,
    prompt: "Include exactly {N} numbers in the response.",
    fields: &[Field { name: "N", kind: Kind::Count(1, 6) }],
    claims: &[Claim::Keywords],
    example: Example { kwargs: r#"{"N": 2}"#, passes: "1,000 and 3.5", fails: "One 2" },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let runs = c.text.bare().split(|c| !python::is_decimal(c)).filter(|run| !run.is_empty());
    Evidence::count(runs.count(), Bound::Exactly, c.args.count("N"))
}
