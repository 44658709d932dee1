//! `format:quote_unquote`: no two quotations touch, and none ends the response.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:quote_unquote",
    suite: Suite::IfBench,
    prompt: "Every quoted phrase must be followed by an unquoted explanation.",
    claims: &[Claim::Punctuation, Claim::End],
    example: Example { passes: "\"Rain\" means water.", fails: "He said \"rain\"", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let text = c.text.raw.replace(['“', '”'], "\"").replace("'\"'", "");
    let joined: String = text.chars().filter(|c| !is_space(*c)).collect();
    if joined.contains("\"\"") {
        return Evidence::fail().found("two quotations side by side");
    }
    let trimmed = joined.trim_matches(|c: char| c.is_ascii_digit() || (c.is_ascii_punctuation() && c != '"'));
    Evidence::when(!trimmed.is_empty() && !trimmed.ends_with('"'))
}
