//! `new:copy_span_idx`: the response is a span of the request's characters.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "new:copy_span_idx",
    suite: Suite::IfTrain,
    prompt: "Copy the span of words that lies between (and including) index {n_start} and {n_end}, the indices are character indices!",
    fields: &[
        Field { name: "prompt_to_repeat", kind: Kind::Prompt },
        Field { name: "n_start", kind: Kind::Count(1, 10) },
        Field { name: "n_end", kind: Kind::Count(15, 30) },
    ],
    deltas: &["The character at the end index belongs to the span, as the prompt says, but the reference's span is taken as well."],
    claims: &[Claim::Whole],
    example: Example { kwargs: r#"{"prompt_to_repeat": "Say hello.", "n_start": 4, "n_end": 10}"#, passes: "hello.", fails: "Say hello." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let span = |end: usize| {
        let (start, prompt) = (c.args.index("n_start"), c.args.text("prompt_to_repeat"));
        prompt.chars().skip(start).take(end.saturating_sub(start)).collect::<String>()
    };
    let end = c.args.index("n_end");
    let is = |span: String| same_text(c.text.raw, &span);
    Evidence::when(is(span(end)) || (!c.parity() && is(span(end + 1))))
}
