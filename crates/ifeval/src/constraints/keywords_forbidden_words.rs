//! `keywords:forbidden_words`: none of the words occurs as a word of its own, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:forbidden_words",
    prompt: "Do not include keywords {forbidden_words} in the response.",
    fields: &[Field { name: "forbidden_words", kind: Kind::Patterns(Form::Bounded) }],
    deltas: &[LITERAL],
    claims: &[Claim::Keywords],
    example: Example { kwargs: r#"{"forbidden_words": ["bad", "sad"]}"#, passes: "A badge is fine.", fails: "It is BAD." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    for word in c.args.keywords("forbidden_words") {
        let found = match &word.pattern {
            Some(pattern) => match pattern.find(c.text.raw) {
                Ok(found) => found.map(|range| c.text.line(range.start)),
                Err(message) => return Evidence::fault(message),
            },
            None => standing_alone(c.text.folded(), &word.folded, Edges::Free),
        };
        if let Some(line) = found {
            return Evidence::fail().word(&word.text).line(line);
        }
    }
    Evidence::pass()
}
