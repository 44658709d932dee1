//! `repeat:repeat_change`: the request with another first word.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "repeat:repeat_change",
    suite: Suite::IfBench,
    prompt: "Repeat the request, but change the first word of the repeated request, (do not say anything before repeating the request; the request you need to repeat does not include this sentence) and do not answer the actual request!",
    fields: &[Field { name: "prompt_to_repeat", kind: Kind::Prompt }],
    deltas: &["The first word is another and all others are the same; the reference compares all but the first character."],
    claims: &[Claim::Whole],
    example: Example { kwargs: r#"{"prompt_to_repeat": "Say hello."}"#, passes: "Day hello.", fails: "Say hello." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let (prompt, text) = (c.args.text("prompt_to_repeat"), c.text.raw);
    if c.parity() {
        let tail = |text: &str| text.char_indices().nth(1).map_or(text.len(), |(at, _)| at);
        return Evidence::when(prompt != text && prompt.get(tail(prompt)..) == text.get(tail(text)..));
    }
    let parts = |text: &'_ str| {
        let text = strip(text);
        let end = text.find(is_space).unwrap_or(text.len());
        (text.get(..end).unwrap_or("").to_owned(), text.get(end..).unwrap_or("").to_owned())
    };
    let ((first, rest), (given_first, given_rest)) = (parts(prompt), parts(text));
    Evidence::when(first != given_first && rest == given_rest)
}
