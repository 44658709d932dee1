//! Adding queens to a chess board so that none attacks another.

use crate::python::{self, Value};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle};
use serde::Deserialize;

pub(crate) struct NQueens;

impl Puzzle for NQueens {
    fn name(&self) -> &'static str {
        "n_queens"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Complete a board of n queens, none of which attacks another; any such board counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a board is judged by the rules instead of looked up, so spaces do not matter and it may stand in a Markdown fence",
            "the half credit for a Python list is for lists that are written out; upstream evaluates any expression",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let right: &dyn Fn(&str) -> bool = match mode {
            Mode::Parity => {
                let ValidAnswers { valid_answers } = entry.metadata()?;
                &move |board: &str| valid_answers.iter().any(|valid| valid == board)
            }
            Mode::Strict => {
                let Start { puzzle } = entry.metadata()?;
                &move |board: &str| read(board).is_some_and(|board| completes(&board, &puzzle))
            }
        };
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        if right(answer) {
            return Ok(Grade::binary(true));
        }
        let listed = python::literal(answer).and_then(|value| board_of(&value));
        Ok(Grade::of(if listed.is_some_and(|board| right(&board)) { 0.5 } else { 0.0 }))
    }
}

#[derive(Deserialize)]
struct ValidAnswers {
    valid_answers: Vec<String>,
}

#[derive(Deserialize)]
struct Start {
    puzzle: Vec<Vec<char>>,
}

/// The rows of a board of `Q` and `_`, or `.` for an empty square.
fn read(answer: &str) -> Option<Vec<Vec<char>>> {
    let square = |char: char| match char {
        'Q' => Some('Q'),
        '_' | '.' => Some('_'),
        _ => None,
    };
    let row = |line: &str| line.chars().filter(|char| !python::is_space(*char)).map(square).collect::<Option<Vec<char>>>();
    python::strip(python::unfenced(answer)).split('\n').map(row).collect()
}

/// Whether `board` has the queens of `start`, one in every row, and none that attacks another.
fn completes(board: &[Vec<char>], start: &[Vec<char>]) -> bool {
    let size = start.len();
    if board.len() != size || board.iter().any(|row| row.len() != size) {
        return false;
    }
    let kept = board.iter().zip(start).all(|(row, given)| row.iter().zip(given).all(|(square, given)| *given != 'Q' || *square == 'Q'));
    let queens = |row: &Vec<char>| (0..size).filter(|column| row[*column] == 'Q').collect::<Vec<usize>>();
    let rows: Vec<Vec<usize>> = board.iter().map(queens).collect();
    kept && rows.iter().all(|row| row.len() == 1) && peaceful(&rows.concat())
}

/// Whether no two queens share a column or a diagonal, one standing in each row.
fn peaceful(columns: &[usize]) -> bool {
    let pairs =
        columns.iter().enumerate().flat_map(|(row, column)| columns[..row].iter().enumerate().map(move |other| ((row, column), other)));
    pairs.into_iter().all(|((row, column), (above, other))| column != other && column.abs_diff(*other) != row - above)
}

/// The text that upstream makes of a list of rows: `"\n".join(" ".join(row) for row in board)`.
fn board_of(value: &Value) -> Option<String> {
    let row = |row: &Value| -> Option<String> {
        let squares: Vec<String> = items(row)?.iter().map(|square| square.as_str().map(str::to_owned)).collect::<Option<_>>()?;
        Some(squares.join(" "))
    };
    let rows: Vec<String> = items(value)?.iter().map(row).collect::<Option<_>>()?;
    Some(rows.join("\n"))
}

/// What iterating over a value gives in Python.
fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => Some(items.clone()),
        Value::Dict(pairs) => Some(pairs.iter().map(|(key, _)| key.clone()).collect()),
        Value::Str(text) => Some(text.chars().map(|char| Value::Str(char.into())).collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&NQueens);
    }

    #[test]
    fn any_board_of_peaceful_queens_is_right() {
        let gold = "_ Q _ _\n_ _ _ Q\nQ _ _ _\n_ _ Q _";
        let start = [["_", "Q", "_", "_"], ["_"; 4], ["_"; 4], ["_"; 4]];
        for (answer, parity, strict) in [
            (gold, 1.0, 1.0),
            ("_Q__\n___Q\nQ___\n__Q_", 0.0, 1.0),
            ("```\n. Q . .\n. . . Q\nQ . . .\n. . Q .\n```", 0.0, 1.0),
            ("['_Q__', '___Q', 'Q___', '__Q_']", 0.5, 0.5),
            ("[['_', 'Q', '_', '_'], ['_', '_', '_', 'Q'], ['Q', '_', '_', '_'], ['_', '_', 'Q', '_']]", 0.5, 0.5),
            ("_ _ Q _\nQ _ _ _\n_ _ _ Q\n_ Q _ _", 0.0, 0.0),
            ("_ Q _ _\n_ _ _ Q\nQ _ _ _\n_ _ _ Q", 0.0, 0.0),
            ("_ Q _ Q\n_ _ _ _\nQ _ _ _\n_ _ Q _", 0.0, 0.0),
        ] {
            check::score(&NQueens, answer, gold, json!({"puzzle": start, "valid_answers": [gold]}), [parity, strict]);
        }
    }
}
