//! Filling the holes of a table of sums with given numbers.

use crate::number_board::{self, Cell};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, python};
use num_traits::ToPrimitive;
use serde::Deserialize;

pub(crate) struct Survo;

impl Puzzle for Survo {
    fn name(&self) -> &'static str {
        "survo"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Put given numbers into the holes of a table so that the sums of its rows and columns hold."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "any way to fill the table that keeps the rules counts, not only the stored one",
            "words and lines of text beside the table earn nothing; upstream overlooks them",
            "the table may have commas or bars between numbers, or stand in a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let table: Table = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Parity => Grade::binary(whole_numbers(answer) == table.solution),
            Mode::Strict => {
                let size = table.puzzle.len();
                let rows = number_board::read(answer, Cell::Number, &[]).filter(|rows| number_board::has_shape(rows, size, size));
                rows.map_or_else(|| Grade::unreadable("not one table of this size"), |rows| Grade::binary(table.is_filled_by(&rows)))
            }
        })
    }
}

/// A square table whose last row and column are sums; 0 is a hole.
#[derive(Deserialize)]
struct Table {
    puzzle: Vec<Vec<u32>>,
    solution: Vec<Vec<i64>>,
    candidate_numbers: Vec<u32>,
}

impl Table {
    fn is_filled_by(&self, rows: &[Vec<u32>]) -> bool {
        let cells = || self.puzzle.iter().flatten().zip(rows.iter().flatten());
        let keeps_the_given = cells().all(|(given, found)| *given == 0 || given == found);
        let mut used: Vec<u32> = cells().filter(|(given, _)| **given == 0).map(|(_, found)| *found).collect();
        let mut numbers = self.candidate_numbers.clone();
        used.sort_unstable();
        numbers.sort_unstable();
        keeps_the_given && used == numbers && sums_hold(rows)
    }
}

fn sums_hold(rows: &[Vec<u32>]) -> bool {
    let holds = |line: &[u32]| {
        line.split_last().is_some_and(|(sum, parts)| parts.iter().map(|part| u64::from(*part)).sum::<u64>() == u64::from(*sum))
    };
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<u32>>();
    rows.iter().all(|row| holds(row)) && (0..rows.len()).all(|at| holds(&column(at)))
}

/// Upstream's reading: every word that is a whole number is a cell, and lines without any are overlooked.
fn whole_numbers(answer: &str) -> Vec<Vec<i64>> {
    let cell = |word: &str| python::int(word).map(|value| value.to_i64().unwrap_or(i64::MAX));
    let row = |line: &str| line.split(python::is_space).filter_map(cell).collect::<Vec<i64>>();
    answer.split('\n').map(row).filter(|row| !row.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Survo);
    }

    #[test]
    fn any_table_that_keeps_the_rules_is_right() {
        let metadata = json!({
            "puzzle": [[0, 0, 3], [0, 0, 3], [3, 3, 6]],
            "solution": [[1, 2, 3], [2, 1, 3], [3, 3, 6]],
            "candidate_numbers": [1, 1, 2, 2],
            "board_size": 3,
        });
        for (answer, parity, strict) in [
            ("1 2 3\n2 1 3\n3 3 6", 1.0, 1.0),
            ("Table:\n1 2 = 3\n2 1 = 3\n3 3 = 6", 1.0, 0.0),
            ("1, 2, 3\n2, 1, 3\n3, 3, 6", 0.0, 1.0),
            ("2 1 3\n1 2 3\n3 3 6", 0.0, 1.0),
            ("0 3 3\n3 0 3\n3 3 6", 0.0, 0.0),
            ("1 2 3\n2 1 3", 0.0, 0.0),
        ] {
            check::score(&Survo, answer, "1 2 3\n2 1 3\n3 3 6", metadata.clone(), [parity, strict]);
        }
    }
}
