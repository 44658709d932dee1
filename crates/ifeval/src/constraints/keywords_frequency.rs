//! `keywords:frequency`: how often a keyword occurs, in whatever case and also inside longer words.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:frequency",
    prompt: "In your response, the word {keyword} should appear {relation} {frequency} times.",
    fields: &[
        Field { name: "keyword", kind: Kind::Pattern(Form::Anywhere) },
        Field { name: "frequency", kind: Kind::Count(1, 3) },
        Field { name: "relation", kind: Kind::Relation },
    ],
    deltas: &[LITERAL],
    claims: &[Claim::Keywords],
    example: Example {
        kwargs: r#"{"keyword": "tree", "frequency": 2, "relation": "at least"}"#,
        passes: "A tree, and more trees.",
        fails: "A tree.",
    },
    check,
    ..BASE
};

/// Shared with `keywords:word_count_different_numbers`, which is the same rule.
pub(super) fn check(c: &Check<'_, '_>) -> Evidence {
    let Some(word) = c.args.keywords("keyword").first() else { return Evidence::fail() };
    match occurrences(c, word) {
        Ok(count) => Evidence::count(count, c.args.bound("relation"), c.args.count("frequency")),
        Err(message) => Evidence::fault(message),
    }
}
