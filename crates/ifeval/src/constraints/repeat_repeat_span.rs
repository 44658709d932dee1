//! `repeat:repeat_span`: the response is a span of the request's characters, the last included, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "repeat:repeat_span",
    suite: Suite::IfBench,
    prompt: "Copy the span of words that lies between (and including) index {n_start} and {n_end}, the indices are character indices!",
    fields: &[
        Field { name: "prompt_to_repeat", kind: Kind::Prompt },
        Field { name: "n_start", kind: Kind::Count(0, 10) },
        Field { name: "n_end", kind: Kind::Count(15, 30) },
    ],
    claims: &[Claim::Whole],
    example: Example {
        kwargs: r#"{"prompt_to_repeat": "Say hello to all of them.", "n_start": 1, "n_end": 9}"#,
        passes: "ay hello ",
        fails: "Say hello.",
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let (start, end) = (c.args.index("n_start"), c.args.index("n_end"));
    let span: String = c.args.text("prompt_to_repeat").chars().skip(start).take((end + 1).saturating_sub(start)).collect();
    Evidence::when(same_text(c.text.raw, &span))
}
