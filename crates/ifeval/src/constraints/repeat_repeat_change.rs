//! `repeat:repeat_change`: the request with another first word.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "repeat:repeat_change",
    suite: Suite::IfBench,
    prompt: "Repeat the request, but change the first word of the repeated request, (do not say anything before repeating the request; the request you need to repeat does not include this sentence) and do not answer the actual request!",
    fields: &[Field { name: "prompt_to_repeat", kind: Kind::Prompt }],
    deltas: &[
        "The first word is another and all others are the same; the reference compares only the others, and takes a request whose blanks alone differ.",
    ],
    claims: &[Claim::Whole],
    example: Example { kwargs: r#"{"prompt_to_repeat": "Say hello."}"#, passes: "Day hello.", fails: "Say hello." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let (prompt, text) = (c.args.text("prompt_to_repeat"), c.text.raw);
    let changed = if c.parity() { prompt != text } else { split(prompt).next() != split(text).next() };
    Evidence::when(changed && split(prompt).skip(1).eq(split(text).skip(1)))
}
