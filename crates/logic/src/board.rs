//! Boards of colours written as rows of digits, the answers of the ARC puzzles.

use crate::python::{strip, unfenced};
use crate::{Entry, Grade, InvalidEntry, Mode};
use serde::Deserialize;

/// Rows of colours 0 to 9.
type Board = Vec<Vec<u8>>;

#[derive(Deserialize)]
struct Solution {
    output: Board,
}

/// Whether the answer is the board `metadata.output`. In parity any other board earns upstream's 0.05.
///
/// Upstream compares with a tuple of tuples, which JSON does not keep: here the two are the same, as they are for items that never left Python.
pub(crate) fn score(answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
    let Solution { output } = entry.metadata()?;
    let Some(answer) = answer else { return Ok(Grade::missing()) };
    let answer = if mode.is_parity() { answer } else { unfenced(answer) };
    Ok(match parse(answer) {
        None => Grade::unreadable("not rows of digits with spaces between"),
        Some(board) if board == output => Grade::binary(true),
        Some(_) => Grade::of(mode.floor(0.05)),
    })
}

/// Upstream's `parse_board` with its default format. Lines that state the shape are skipped.
fn parse(text: &str) -> Option<Board> {
    let lines: Vec<&str> = text.split('\n').map(strip).filter(|line| !line.starts_with("Shape: ")).collect();
    strip(&lines.join("\n")).split('\n').map(row).collect()
}

fn row(line: &str) -> Option<Vec<u8>> {
    line.split(' ').map(strip).filter(|cell| !cell.is_empty()).map(cell).collect()
}

fn cell(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_are_rows_of_digits() {
        assert_eq!(parse("Shape: 2x2\n 1 2 \n3   4\n\n"), Some(vec![vec![1, 2], vec![3, 4]]));
        assert_eq!(parse(""), Some(vec![vec![]]));
        assert_eq!(parse("1 2\n\n3 4"), Some(vec![vec![1, 2], vec![], vec![3, 4]]));
        for bad in ["12", "1,2", "1\t2", "a", "٣"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
