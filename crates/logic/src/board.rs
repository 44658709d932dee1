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
    Ok(match compare(answer, &output) {
        None => Grade::unreadable("not rows of digits with spaces between"),
        Some(true) => Grade::binary(true),
        Some(false) => Grade::of(mode.floor(0.05)),
    })
}

/// Whether the text is this board; `None` if it is no board at all. Reads as upstream's `parse_board` does with its default format: lines that state the shape
/// and empty lines around the board are skipped.
fn compare(text: &str, board: &Board) -> Option<bool> {
    let lines: Vec<&str> = text.split('\n').map(strip).filter(|line| !line.starts_with("Shape: ")).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    let last = lines.iter().rposition(|line| !line.is_empty()).unwrap_or(0);
    // Of no line at all Python makes one that is empty.
    let lines = lines.get(first..=last).unwrap_or(&[""]);
    let mut same = lines.len() == board.len();
    for (at, line) in lines.iter().enumerate() {
        let mut expect = board.get(at).into_iter().flatten();
        for cell in line.split(' ').map(strip).filter(|cell| !cell.is_empty()) {
            let digit = digit(cell)?;
            same &= expect.next() == Some(&digit);
        }
        same &= expect.next().is_none();
    }
    Some(same)
}

fn digit(cell: &str) -> Option<u8> {
    match cell.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_are_rows_of_digits() {
        let board = vec![vec![1, 2], vec![3, 4]];
        for (text, same) in [
            ("1 2\n3 4", Some(true)),
            ("\nShape: 2x2\n\n 1 2 \n3   4\n\n", Some(true)),
            ("1 2\n\n3 4", Some(false)),
            ("1 2 3 4", Some(false)),
            ("1 2\n3", Some(false)),
            ("1 2\n3 4 5", Some(false)),
            ("1 2", Some(false)),
            ("1 2\n3 4\n5 6", Some(false)),
            ("", Some(false)),
            ("Shape: 1x1", Some(false)),
            ("12", None),
            ("1,2", None),
            ("1\t2", None),
            ("1 2\n3 a", None),
            ("٣", None),
        ] {
            assert_eq!(compare(text, &board), same, "{text:?}");
        }
        assert_eq!(compare(" \n", &vec![vec![]]), Some(true));
    }
}
