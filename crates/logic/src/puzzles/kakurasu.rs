//! Choosing cells of a board so that the sums of their positions in every row and column come out as given.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::number_board::{self, Cell};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Kakurasu;

impl Puzzle for Kakurasu {
    fn name(&self) -> &'static str {
        Self::NAME
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
        let shape = (sums.n_rows, sums.n_cols);
        let rows = match mode {
            Mode::Parity => zeros_and_ones(answer, shape),
            Mode::Strict => number_board::read(answer, shape, Cell::Digit, &[]),
        };
        let Some(rows) = rows else { return Ok(Grade::unreadable("not one board of this size")) };
        Ok(Grade::binary(rows.iter().flatten().all(|cell| *cell < 2) && sums.are_those_of(&rows)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The puzzle: a set cell adds its column's number to its row's sum and its row's number to its column's.
#[derive(Deserialize, PartialEq, Eq)]
struct Sums {
    n_rows: usize,
    n_cols: usize,
    row_sums: Vec<usize>,
    col_sums: Vec<usize>,
}

impl Sums {
    fn of(rows: &[Vec<u32>]) -> Self {
        let n_cols = rows.first().map_or(0, Vec::len);
        let row_sum = |row: &Vec<u32>| -> usize { row.iter().zip(1..).filter(|(cell, _)| **cell == 1).map(|(_, weight)| weight).sum() };
        let column_sum =
            |column: usize| -> usize { rows.iter().zip(1..).filter(|(row, _)| row[column] == 1).map(|(_, weight)| weight).sum() };
        let row_sums = rows.iter().map(row_sum).collect();
        Self { n_rows: rows.len(), n_cols, row_sums, col_sums: (0..n_cols).map(column_sum).collect() }
    }

    fn are_those_of(&self, rows: &[Vec<u32>]) -> bool {
        *self == Self::of(rows)
    }
}

/// Upstream's reading: every `0` and `1` of a line is a cell, and nothing else is anything.
fn zeros_and_ones(answer: &str, (rows, columns): (usize, usize)) -> Option<Vec<Vec<u32>>> {
    let row = |line: &str| line.chars().filter_map(|char| char.to_digit(2)).collect::<Vec<u32>>();
    let board: Vec<Vec<u32>> = python::strip(answer).split('\n').take(rows + 1).map(row).collect();
    (board.len() == rows && board.iter().all(|row| row.len() == columns)).then_some(board)
}

/// Upstream's `max_retries` is left out: a puzzle always has one solution here.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_rows: usize,
    max_rows: usize,
    min_cols: usize,
    max_cols: usize,
    p_ones: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_rows: 4, max_rows: 5, min_cols: 4, max_cols: 5, p_ones: 0.3 }
    }
}

impl Generate for Kakurasu {
    const NAME: &'static str = "kakurasu";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("rows", "min_rows", "max_rows", Levels::Ints(&[4, 6, 7, 9])),
        Attribute::range("cols", "min_cols", "max_cols", Levels::Ints(&[4, 6, 7, 9])),
        Attribute::scalar("p_ones", "p_ones", Levels::Floats(&[0.5, 0.4, 0.3, 0.2])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_rows, max_rows, 3..=MAX_SIZE)?;
        bounds!(config, min_cols, max_cols, 3..=MAX_SIZE)?;
        within!(config, p_ones, 0.0..=1.0)
    }

    /// A board with one solution and no sum of 0.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let rows = rng.size(config.min_rows, config.max_rows);
        let columns = rng.size(config.min_cols, config.max_cols);
        let (solution, sums) = (0..DRAWS).find_map(|_| {
            let board = draw(rows, columns, config.p_ones, rng);
            let sums = Sums::of(&board);
            sums.have_one_solution().then_some((board, sums))
        })?;
        let empty = vec![vec![0; columns]; rows];
        Some(Problem {
            question: format!(
                "On a board of {rows} rows and {columns} columns every cell is 0 or 1. A 1 counts as much in its row as the number of its column, 1 to \
                 {columns} from the left, and as much in its column as the number of its row, 1 to {rows} from the top. From top to bottom the rows count {:?}; \
                 from left to right the columns count {:?}. Find the board. Answer with its rows on lines of their own, a space between cells, like this empty \
                 one:\n\n{}",
                sums.row_sums,
                sums.col_sums,
                lay_out(&empty),
            ),
            answer: lay_out(&solution),
            metadata: json!({
                "n_rows": rows,
                "n_cols": columns,
                "p_ones": config.p_ones,
                "puzzle": empty,
                "row_sums": sums.row_sums,
                "col_sums": sums.col_sums,
                "solution": solution,
                "difficulty": {
                    "rows": [config.min_rows, config.max_rows],
                    "cols": [config.min_cols, config.max_cols],
                    "p_ones": config.p_ones,
                },
            }),
        })
    }
}

const MAX_SIZE: usize = 9;

/// How many boards of a size are drawn before another size is.
const DRAWS: u32 = 100;

/// How many rows may be tried to see whether there is a second solution.
const TRIALS: u32 = 20_000;

/// A random board with a 1 in every row and column.
fn draw(rows: usize, columns: usize, p_ones: f64, rng: &mut Rng) -> Vec<Vec<u32>> {
    let mut board: Vec<Vec<u32>> = (0..rows).map(|_| (0..columns).map(|_| u32::from(rng.chance(p_ones))).collect()).collect();
    for row in &mut board {
        if !row.contains(&1) {
            row[rng.below(columns)] = 1;
        }
    }
    for column in 0..columns {
        if board.iter().all(|row| row[column] == 0) {
            board[rng.below(rows)][column] = 1;
        }
    }
    board
}

fn lay_out(board: &[Vec<u32>]) -> String {
    let row = |row: &Vec<u32>| row.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    board.iter().map(row).collect::<Vec<_>>().join("\n")
}

impl Sums {
    /// Whether exactly one board has these sums. False also when that takes too long to see.
    fn have_one_solution(&self) -> bool {
        let sum_of = |row: u32| (0..self.n_cols).filter(|column| row >> column & 1 == 1).map(|column| column + 1).sum::<usize>();
        let with_sum = |sum: &usize| (0..1 << self.n_cols).filter(|row| sum_of(*row) == *sum).collect::<Vec<u32>>();
        // Those of the sums up to 45 that some rows of the last ones add up to, as bits.
        let mut reachable = vec![1_u64; self.n_rows + 1];
        for row in (0..self.n_rows).rev() {
            reachable[row] = reachable[row + 1] | reachable[row + 1] << (row + 1);
        }
        let mut search = Search { choices: self.row_sums.iter().map(with_sum).collect(), reachable, trials: TRIALS, found: 0 };
        search.count_from(0, &self.col_sums);
        search.found == 1 && search.trials > 0
    }
}

struct Search {
    /// The rows with the sum that is asked for, as bits.
    choices: Vec<Vec<u32>>,
    reachable: Vec<u64>,
    trials: u32,
    found: u32,
}

impl Search {
    /// Counts the ways to give the columns what they still lack, up to two ways or the last trial.
    fn count_from(&mut self, row: usize, lacking: &[usize]) {
        if row == self.choices.len() {
            self.found += 1;
            return;
        }
        for choice in 0..self.choices[row].len() {
            if self.found > 1 || self.trials == 0 {
                return;
            }
            self.trials -= 1;
            let bits = self.choices[row][choice];
            let rest = |(column, sum): (usize, &usize)| {
                let rest = sum.checked_sub((row + 1) * (bits >> column & 1) as usize)?;
                (self.reachable[row + 1] >> rest & 1 == 1).then_some(rest)
            };
            if let Some(rest) = lacking.iter().enumerate().map(rest).collect::<Option<Vec<usize>>>() {
                self.count_from(row + 1, &rest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

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

    #[test]
    fn boards_that_share_their_sums_are_seen() {
        let one = |rows: &[[u32; 3]]| Sums::of(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).have_one_solution();
        assert!(one(&[[1, 1, 0], [0, 1, 1], [1, 1, 1]]));
        // Swapping what a row sets and what it does not gives another such board.
        assert!(!one(&[[1, 1, 0], [1, 1, 0], [0, 0, 1]]));
    }
}
