//! `copy:copying_multiple`: the request some number of times, with six stars between.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "copy:copying_multiple",
    suite: Suite::IfTrain,
    prompt: "Repeat the request without change {N} times, separated by 6 asterisk symbols (do not say anything before repeating the request; \
             the request you need to repeat does not include this sentence) and do not answer the actual request!",
    fields: &[Field { name: "prompt_to_repeat", kind: Kind::Prompt }, Field { name: "N", kind: Kind::Count(2, 3) }],
    claims: &[Claim::Whole],
    example: Example {
        kwargs: r#"{"prompt_to_repeat": "Say hello.", "N": 2}"#,
        passes: "Say hello.\n******\nsay hello.",
        fails: "Say hello.",
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let wanted = strip(c.args.text("prompt_to_repeat")).to_lowercase();
    let counted = Evidence::count(c.text.raw.matches("******").count() + 1, Bound::Exactly, c.args.count("N"));
    if !counted.passes {
        return counted;
    }
    match c.text.lower().split("******").find(|part| strip(part) != wanted) {
        Some(other) => Evidence { passes: false, ..counted.word(other) },
        None => counted,
    }
}
