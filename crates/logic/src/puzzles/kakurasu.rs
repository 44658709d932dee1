//! Choosing cells of a board so that the sums of their positions in every row and column come out as given.

use crate::number_board::{self, Cell};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, python};
use serde::Deserialize;

pub(crate) struct Kakurasu;

impl Puzzle for Kakurasu {
    fn name(&self) -> &'static str {
        "kakurasu"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Set cells of a board so that weighted sums of rows and columns come out; any such board counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "anything beside one board of zeros and ones, such as prose or other digits, earns nothing; upstream overlooks it",
            "the board may stand in a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let sums: Sums = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let rows = match mode {
            Mode::Parity => Some(zeros_and_ones(answer)),
            Mode::Strict => number_board::read(answer, Cell::Digit, &[]),
        };
        let Some(rows) = rows.filter(|rows| number_board::has_shape(rows, sums.n_rows, sums.n_cols)) else {
            return Ok(Grade::unreadable("not one board of this size"));
        };
        Ok(Grade::binary(rows.iter().flatten().all(|cell| *cell < 2) && sums.are_those_of(&rows)))
    }
}

/// The puzzle: a set cell adds its column's number to its row's sum and its row's number to its column's.
#[derive(Deserialize)]
struct Sums {
    n_rows: usize,
    n_cols: usize,
    row_sums: Vec<usize>,
    col_sums: Vec<usize>,
}

impl Sums {
    fn are_those_of(&self, rows: &[Vec<u32>]) -> bool {
        let row_sum = |row: &Vec<u32>| -> usize { row.iter().zip(1..).filter(|(cell, _)| **cell == 1).map(|(_, weight)| weight).sum() };
        let column_sum =
            |column: usize| -> usize { rows.iter().zip(1..).filter(|(row, _)| row[column] == 1).map(|(_, weight)| weight).sum() };
        rows.iter().map(row_sum).eq(self.row_sums.iter().copied()) && (0..self.n_cols).map(column_sum).eq(self.col_sums.iter().copied())
    }
}

/// Upstream's reading: every `0` and `1` of a line is a cell, and nothing else is anything.
fn zeros_and_ones(answer: &str) -> Vec<Vec<u32>> {
    let row = |line: &str| line.chars().filter_map(|char| char.to_digit(2)).collect();
    python::strip(answer).split('\n').map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Kakurasu);
    }

    #[test]
    fn any_board_with_the_sums_is_right() {
        let metadata = json!({"n_rows": 3, "n_cols": 3, "row_sums": [3, 3, 6], "col_sums": [4, 4, 5]});
        for (answer, parity, strict) in [
            ("1 1 0\n0 0 1\n1 1 1", 1.0, 1.0),
            ("110\n001\n111", 1.0, 1.0),
            ("1 1 0\n0 0 1\n1 1 1.", 1.0, 0.0),
            ("Rows: 1 1 0\n0 0 1\n1 1 1", 1.0, 0.0),
            ("```\n1 1 0\n0 0 1\n1 1 1\n```", 0.0, 1.0),
            ("1 1 2 0\n0 0 1\n1 1 1", 1.0, 0.0),
            ("0 0 1\n1 1 0\n1 1 1", 0.0, 0.0),
            ("1 1 0\n0 0 1", 0.0, 0.0),
        ] {
            check::score(&Kakurasu, answer, "1 1 0\n0 0 1\n1 1 1", metadata.clone(), [parity, strict]);
        }
    }
}
