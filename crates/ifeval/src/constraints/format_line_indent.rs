//! `format:line_indent`: each line is indented by more spaces than the one before it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:line_indent",
    suite: Suite::IfBench,
    prompt: "Create stairs by incrementally indenting each new line.",
    deltas: &["Blank lines are left out; the reference takes them out of a list while it walks through it, and so leaves some in."],
    claims: &[Claim::Layout, Claim::Start],
    example: Example { passes: "One\n two\n  three", fails: "One\ntwo", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let lines: Vec<&str> = c.text.raw.split('\n').collect();
    let kept = if c.parity() { kept_by_reference(&lines) } else { lines.iter().map(|line| !strip(line).is_empty()).collect() };
    let mut before: Option<usize> = None;
    for (index, (line, _)) in lines.iter().zip(kept).enumerate().filter(|(_, (_, kept))| *kept) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if before.is_some_and(|before| indent <= before) {
            return Evidence::fail().word(line).line(index + 1);
        }
        before = Some(indent);
    }
    Evidence::pass()
}

/// The lines that remain when a list is walked through by position while blank lines are removed from it, each time the first equal one: the line
/// after a removal is skipped.
fn kept_by_reference(lines: &[&str]) -> Vec<bool> {
    let mut kept = vec![true; lines.len()];
    let mut blank_lines: HashMap<&str, std::vec::IntoIter<usize>> = HashMap::new();
    let mut positions: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| strip(line).is_empty()) {
        positions.entry(line).or_default().push(index);
    }
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        index += 1;
        if !strip(line).is_empty() {
            continue;
        }
        let equal = blank_lines.entry(line).or_insert_with(|| positions.remove(line).unwrap_or_default().into_iter());
        if let Some(first) = equal.next() {
            kept.get_mut(first).into_iter().for_each(|kept| *kept = false);
        }
        index += 1;
    }
    kept
}
