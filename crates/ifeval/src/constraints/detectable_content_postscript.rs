//! `detectable_content:postscript`: the marker of a postscript.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_content:postscript",
    prompt: "At the end of your response, please explicitly add a postscript starting with {postscript_marker}",
    fields: &[Field { name: "postscript_marker", kind: Kind::Pattern(Form::Lower) }],
    deltas: &["The marker begins a line, or follows only marks of emphasis; the reference takes it anywhere, also inside a word."],
    claims: &[Claim::End],
    example: Example { kwargs: r#"{"postscript_marker": "P.S."}"#, passes: "Bye.\n\nP.S. Write soon.", fails: "Bye." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    static PS: LazyLock<Regex> = LazyLock::new(|| fixed(r"p\.[\s\x1c-\x1f]?s\."));
    static PPS: LazyLock<Regex> = LazyLock::new(|| fixed(r"p\.[\s\x1c-\x1f]?p\.[\s\x1c-\x1f]?s"));
    let Some(marker) = c.args.keywords("postscript_marker").first() else { return Evidence::fail() };
    let text = c.text.lower();
    let lower = marker.text.to_lowercase();
    let begins = |text: &str| match marker.text.as_str() {
        "P.S." => PS.find(text).map(|found| found.start()),
        "P.P.S" => PPS.find(text).map(|found| found.start()),
        _ => text.find(&lower),
    };
    if c.parity() {
        let found = match &marker.pattern {
            Some(pattern) if !matches!(marker.text.as_str(), "P.S." | "P.P.S") => match pattern.find(text) {
                Ok(found) => found.map(|range| range.start),
                Err(message) => return Evidence::fault(message),
            },
            _ => begins(text),
        };
        return Evidence::when(found.is_some());
    }
    let at_start = |line: &str| begins(line.trim_start_matches(|c: char| is_space(c) || matches!(c, '*' | '_' | '#' | '>'))) == Some(0);
    match text.lines().position(at_start) {
        Some(index) => Evidence::pass().line(index + 1),
        None => Evidence::fail(),
    }
}
