//! `format:output_template`: the three labels occur.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:output_template",
    suite: Suite::IfBench,
    prompt: "Use this exact template for your response: My Answer: [answer] My Conclusion: [conclusion] Future Outlook: [outlook]",
    claims: &[Claim::Layout, Claim::Start, Claim::Case, Claim::Language],
    example: Example { passes: "My Answer: a My Conclusion: b Future Outlook: c", fails: "My Answer: a", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    match ["My Answer:", "My Conclusion:", "Future Outlook:"].into_iter().find(|label| !c.text.raw.contains(label)) {
        Some(label) => Evidence::fail().wanted(label),
        None => Evidence::pass(),
    }
}
