//! `count:word_count_range`: runs of `\w` within a range.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:word_count_range",
    suite: Suite::IfBench,
    prompt: "The response must contain between {min_words} and {max_words} words.",
    fields: &[Field { name: "min_words", kind: Kind::Count(50, 150) }, Field { name: "max_words", kind: Kind::Count(160, 400) }],
    claims: &[Claim::Length],
    example: Example { kwargs: r#"{"min_words": 2, "max_words": 3}"#, passes: "Two words.", fails: "One." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let (least, most) = (c.args.count("min_words"), c.args.count("max_words"));
    let counted = Evidence::count(c.text.words(), Bound::AtLeast, least);
    if counted.passes { Evidence::count(c.text.words(), Bound::AtMost, most) } else { counted }
}
