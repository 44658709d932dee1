//! `custom:reverse_newline`: from Zimbabwe on, 52 lines or more in falling order.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:reverse_newline",
    suite: Suite::IfBench,
    prompt: "List the countries of Africa in reverse alphabetical order, each on a new line.",
    claims: &[Claim::Task],
    example: Example {
        passes: "Zimbabwe\nZambia\nYy\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX\nX",
        fails: "Zambia",
        ..BASE.example
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let lines = c.text.raw.split('\n').map(strip_ascii_punctuation).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.skip_while(|line| !line.contains("Zimbabwe")).map(ascii_only).collect();
    if lines.len() < 52 {
        return Evidence::count(lines.len(), Bound::AtLeast, 52);
    }
    match lines.windows(2).find(|pair| pair.first() < pair.last()).and_then(<[String]>::last) {
        Some(line) => Evidence::fail().word(line),
        None => Evidence::pass(),
    }
}
