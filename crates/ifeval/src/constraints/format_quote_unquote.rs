//! `format:quote_unquote`: no two quotations touch, and none ends the response.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:quote_unquote",
    suite: Suite::IfBench,
    prompt: "Every quoted phrase must be followed by an unquoted explanation.",
    deltas: &["Curly quotation marks count; the reference means to take them for straight ones, and does not."],
    claims: &[Claim::Punctuation, Claim::End],
    example: Example { passes: "\"Rain\" means water.", fails: "He said \"rain\"", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let text = if c.parity() { Cow::Borrowed(c.text.raw) } else { Cow::Owned(c.text.raw.replace(['“', '”'], "\"")) };
    let text = text.replace("'\"'", "");
    let joined: String = text.chars().filter(|c| !is_space(*c)).collect();
    if joined.contains("\"\"") {
        return Evidence::fail().found("two quotations side by side");
    }
    let trimmed = joined.trim_matches(|c: char| c.is_ascii_digit() || (c.is_ascii_punctuation() && c != '"'));
    Evidence::when(!trimmed.ends_with('"'))
}
