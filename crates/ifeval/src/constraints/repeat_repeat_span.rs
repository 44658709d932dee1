//! `repeat:repeat_span`: the response is a span of the request's words.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "repeat:repeat_span",
    suite: Suite::IfBench,
    prompt: "Copy the span of words that lies between (and including) index {n_start} and {n_end}, the indices are character indices!",
    fields: &[Field { name: "prompt_to_repeat", kind: Kind::Prompt }, Field { name: "n_start", kind: Kind::Count(1, 3) }, Field { name: "n_end", kind: Kind::Count(4, 6) }],
    deltas: &["A span by characters, which is what the prompt says, passes as well as one by words."],
    claims: &[Claim::Whole],
    example: Example { kwargs: r#"{"prompt_to_repeat": "Say hello to all of them.", "n_start": 1, "n_end": 9}"#, passes: "hello to all of them.", fails: "Say hello." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let (start, end) = (c.args.index("n_start"), c.args.index("n_end"));
    let prompt = strip(c.args.text("prompt_to_repeat")).to_lowercase();
    let words: Vec<&str> = split(&prompt).skip(start).take(end.saturating_sub(start)).collect();
    if split(c.text.lower()).eq(words) {
        return Evidence::pass();
    }
    let characters: String = c.args.text("prompt_to_repeat").chars().skip(start).take((end + 1).saturating_sub(start)).collect();
    Evidence::when(!c.parity() && same_text(c.text.raw, &characters))
}
