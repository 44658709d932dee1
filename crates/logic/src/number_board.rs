//! Boards of numbers some of which are to be found: how an answer is read, and how sudoku and its kin are scored, cell by cell.

use crate::python::{is_space, unfenced};
use crate::{Entry, Grade, InvalidEntry, Mode};
use serde::Deserialize;

/// How strict scoring of [`score`] differs from upstream's, for `deltas()`.
pub(crate) const DELTAS: &[&str] = &[
    "partial credit is the share of right numbers among the cells that were empty; upstream counts the given ones too",
    "a board that changes a given number earns nothing",
    "the layout costs nothing: numbers may stand close together, apart, between commas or bars, or in a Markdown fence",
    "anything beside one whole board, such as prose, earns nothing; upstream takes off for length only",
];

/// What an item says of its board; 0 is an empty cell.
#[derive(Deserialize)]
struct Board {
    puzzle: Vec<Vec<u32>>,
    solution: Vec<Vec<u32>>,
}

/// Scores a board against its one solution. `signs` may stand between the cells and say nothing.
pub(crate) fn score(answer: Option<&str>, entry: &Entry, mode: Mode, signs: &[char]) -> Result<Grade, InvalidEntry> {
    let board: Board = entry.metadata()?;
    let Some(size) = board.solution.first().map(Vec::len).filter(|size| *size > 0) else {
        return Err(InvalidEntry::new("metadata.solution", "empty"));
    };
    let gold = entry.gold()?;
    let Some(answer) = answer else { return Ok(Grade::missing()) };
    Ok(match mode {
        Mode::Parity => Grade::of(upstream(answer, gold, &board.solution, size)),
        Mode::Strict => board.strict(answer, size, signs),
    })
}

impl Board {
    fn strict(&self, answer: &str, size: usize, signs: &[char]) -> Grade {
        let cell = if size < 10 { Cell::Digit } else { Cell::Number };
        let Some(rows) = read(answer, (self.solution.len(), size), cell, signs) else {
            return Grade::unreadable("not one board of this size");
        };
        let (mut right, mut sought) = (0_u32, 0_u32);
        let cells = self.puzzle.iter().flatten().zip(self.solution.iter().flatten()).zip(rows.iter().flatten());
        for ((given, solution), found) in cells {
            if *given == 0 {
                sought += 1;
                right += u32::from(found == solution);
            } else if found != given {
                return Grade::binary(false).because("a given number is changed");
            }
        }
        if right == sought { Grade::binary(true) } else { Grade::of(f64::from(right) / f64::from(sought)) }
    }
}

/// Upstream's score: 1 when equal up to white space at the ends of lines, else 0.9 of the share of cells that agree; both times the share of an answer that is
/// too long.
fn upstream(answer: &str, gold: &str, solution: &[Vec<u32>], size: usize) -> f64 {
    let same = answer.split('\n').map(trim_end).eq(gold.split('\n').map(trim_end));
    let mut score = if same { 1.0 } else { agreeing(answer, solution, size) as f64 / (size * size) as f64 * 0.9 };
    let (given, expected) = (answer.chars().count(), gold.chars().count());
    if given > expected {
        score *= expected as f64 / given as f64;
    }
    score
}

fn trim_end(line: &str) -> &str {
    line.trim_end_matches(is_space)
}

/// How many cells agree when the lines with as many digits as the board has columns are its rows, whatever else they hold.
fn agreeing(answer: &str, solution: &[Vec<u32>], size: usize) -> usize {
    let digits = |line: &str| -> Vec<u32> { line.chars().filter_map(|char| char.to_digit(10)).filter(|digit| *digit > 0).collect() };
    let rows = answer.split('\n').map(digits).filter(|row| row.len() == size);
    solution.iter().zip(rows).map(|(expect, row)| expect.iter().zip(&row).filter(|(a, b)| a == b).count()).sum()
}

/// What the cells of a board are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// One digit each; they need nothing between them.
    Digit,
    /// Numbers of any length.
    Number,
}

/// The rows of a board written line by line; an empty cell (`_` or `.`) is 0. Between cells may stand white space, commas, bars and `signs`; lines without a cell
/// are skipped when they hold no more than that or a ruled line. `None` if there is anything else, or not as many rows and columns.
pub(crate) fn read(answer: &str, (rows, columns): (usize, usize), cell: Cell, signs: &[char]) -> Option<Vec<Vec<u32>>> {
    let between = |char: char| is_space(char) || matches!(char, ',' | '|') || signs.contains(&char);
    let ruled = |line: &str| line.chars().all(|char| between(char) || matches!(char, '-' | '+' | '='));
    let read_row = |line: &str| -> Option<Vec<u32>> {
        let words = line.split(between).filter(|word| !word.is_empty());
        match cell {
            Cell::Digit => words.flat_map(str::chars).map(|char| number(char.encode_utf8(&mut [0; 4]))).collect(),
            Cell::Number => words.map(number).collect(),
        }
    };
    let lines = unfenced(answer).split('\n').filter(|line| !ruled(line));
    // One more than there may be shows that there are too many.
    let board: Vec<Vec<u32>> = lines.take(rows + 1).map(read_row).collect::<Option<_>>()?;
    (board.len() == rows && board.iter().all(|row| row.len() == columns)).then_some(board)
}

fn number(text: &str) -> Option<u32> {
    match text {
        "_" | "." => Some(0),
        _ => text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?,
    }
}

/// A board as text: cells apart by a space, 0 as `_`.
pub(crate) fn write(board: &[Vec<u32>]) -> String {
    let cell = |value: &u32| if *value == 0 { "_".to_owned() } else { value.to_string() };
    let row = |row: &Vec<u32>| row.iter().map(cell).collect::<Vec<_>>().join(" ");
    board.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_are_read_in_any_layout_and_nothing_else_is() {
        let board = Some(vec![vec![1, 2], vec![0, 3]]);
        for same in ["1 2\n_ 3", "12\n03", "| 1 | 2 |\n|---+---|\n| . | 3 |", "```\n1, 2\n\n_, 3\n```", "1 < 2\n∧\n_   3"] {
            assert_eq!(read(same, (2, 2), Cell::Digit, &['<', '∧']), board, "{same}");
        }
        assert_eq!(read("10 2\n_ 3", (2, 2), Cell::Number, &[]), Some(vec![vec![10, 2], vec![0, 3]]));
        for other in [
            "1 2\n3 x",
            "The board:\n1 2\n3 4",
            "1 2\n3 -4",
            "1 2\n3 4;",
            "1 2\n3 ½",
            "[[1, 2],\n[3, 4]]",
            "1 2\n3 4 5",
            "1 2\n3 4\n5 6",
            "1 2",
        ] {
            assert_eq!(read(other, (2, 2), Cell::Digit, &[]), None, "{other}");
        }
        assert_eq!(read("99999999999", (1, 1), Cell::Number, &[]), None);
    }
}
