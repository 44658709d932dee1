//! Adding queens to a chess board so that none attacks another.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::OnceLock;

pub(crate) struct NQueens;

impl Puzzle for NQueens {
    fn name(&self) -> &'static str {
        Self::NAME
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
        // No text without a queen, plain or as an escape, is a list of rows; that spares reading it.
        let listed = answer.contains(['Q', '\\']).then(|| python::literal(answer)).flatten();
        let half = listed.and_then(|value| board_of(&value)).is_some_and(|board| right(&board));
        Ok(Grade::of(if half { 0.5 } else { 0.0 }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
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
    let mut board = String::new();
    for (number, row) in items(value)?.into_iter().enumerate() {
        if number > 0 {
            board.push('\n');
        }
        if let Value::Str(row) = row {
            for (column, square) in row.chars().enumerate() {
                board.extend((column > 0).then_some(' ').into_iter().chain([square]));
            }
        } else {
            let squares: Option<Vec<&str>> = items(row)?.into_iter().map(Value::as_str).collect();
            board += &squares?.join(" ");
        }
    }
    Some(board)
}

/// What iterating over a value gives in Python, unless it is a text.
fn items(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => Some(items.iter().collect()),
        Value::Dict(pairs) => Some(pairs.iter().map(|(key, _)| key).collect()),
        _ => None,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    n: usize,
    min_remove: usize,
    max_remove: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { n: 8, min_remove: 1, max_remove: 7 }
    }
}

const MAX_SIZE: usize = 12;

impl Generate for NQueens {
    const NAME: &'static str = "n_queens";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("n", "n", Levels::Ints(&[4, 6, 8, 10, 12])),
        Attribute::interval("num_removed", "min_remove", "max_remove", Levels::Ints(&[2, 4, 6, 8, 10])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, n, 4..=MAX_SIZE)?;
        bounds!(config, min_remove, max_remove, 1..=config.n)
    }

    /// A full board without some of its queens. The metadata has every way to complete it, except for upstream's `solutions`, the same once more as lists.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let all = all_boards(config.n);
        let board = rng.choose(all);
        let removed = rng.size(config.min_remove, config.max_remove);
        let rows: Vec<usize> = (0..config.n).collect();
        let kept = rng.sample(&rows, config.n - removed);
        let valid = all.iter().filter(|other| kept.iter().all(|row| other[*row] == board[*row]));
        let mut valid_answers: Vec<String> = valid.map(|board| lay_out(&squares(board, &rows))).collect();
        valid_answers.sort_unstable();
        let puzzle = squares(board, &kept);
        Some(Problem {
            question: format!(
                "Complete this board of {n} by {n} squares so that it has {n} queens (Q) and no two of them share a row, a column or a diagonal. The queens \
                 that are there stay; {removed} more are to be put on empty squares (_).\n\n{}\n\nAnswer with the whole board in the same form.",
                lay_out(&puzzle),
                n = config.n,
            ),
            answer: lay_out(&squares(board, &rows)),
            metadata: json!({
                "puzzle": puzzle,
                "num_removed": removed,
                "valid_answers": valid_answers,
                "difficulty": {"n": config.n, "num_removed": [config.min_remove, config.max_remove]},
            }),
        })
    }
}

/// Every full board of a size, as the column of the queen in each row.
fn all_boards(size: usize) -> &'static [Vec<usize>] {
    static BOARDS: [OnceLock<Vec<Vec<usize>>>; MAX_SIZE + 1] = [const { OnceLock::new() }; MAX_SIZE + 1];
    BOARDS[size].get_or_init(|| {
        let mut found = Vec::new();
        extend(&mut Vec::new(), size, &mut found);
        found
    })
}

/// Adds a queen in the next row in every way there is.
fn extend(columns: &mut Vec<usize>, size: usize, found: &mut Vec<Vec<usize>>) {
    if columns.len() == size {
        found.push(columns.clone());
        return;
    }
    for column in 0..size {
        if (1..).zip(columns.iter().rev()).all(|(distance, other)| column != *other && column.abs_diff(*other) != distance) {
            columns.push(column);
            extend(columns, size, found);
            columns.pop();
        }
    }
}

/// The squares of a board with the queens of these rows.
fn squares(columns: &[usize], rows: &[usize]) -> Vec<Vec<char>> {
    let square = |row: usize, column: usize| if rows.contains(&row) && columns[row] == column { 'Q' } else { '_' };
    (0..columns.len()).map(|row| (0..columns.len()).map(|column| square(row, column)).collect()).collect()
}

fn lay_out(board: &[Vec<char>]) -> String {
    let row = |row: &Vec<char>| row.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
    board.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

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

    #[test]
    fn all_boards_are_found() {
        let counts = [4, 5, 6, 8, 12].map(|size| all_boards(size).len());
        assert_eq!(counts, [2, 10, 4, 92, 14200]);
        assert!(all_boards(8).iter().all(|columns| peaceful(columns)));
    }
}
