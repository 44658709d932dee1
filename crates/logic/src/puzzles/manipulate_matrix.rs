//! A series of operations on a matrix: turning, mirroring, replacing, cropping and thinning out.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::grid::{self, Grid};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) struct ManipulateMatrix;

impl Puzzle for ManipulateMatrix {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Carry out a series of operations on a matrix."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the matrix beside other text earns nothing", "the matrix may be a list of lists"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::strip(entry.gold()?);
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Strict => Grade::binary(grid::same_rows(answer, gold)),
            Mode::Parity if answer.is_empty() => Grade::binary(false),
            Mode::Parity if python::strip(answer) == gold => Grade::binary(true),
            Mode::Parity => Grade::of(scoring::substring(&respaced(answer), gold)),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The answer with one space between words, and none around lines.
fn respaced(answer: &str) -> String {
    let words = |line: &str| line.split(python::is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = python::strip(answer).split('\n').map(words).collect();
    python::strip(&lines.join("\n")).to_owned()
}

/// The weights are shares as they stand, so 0 leaves an operation out. Upstream takes their exponentials, and in another order than that of the operations.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_rows: usize,
    min_cols: usize,
    max_rows: usize,
    max_cols: usize,
    min_transforms: usize,
    max_transforms: usize,
    w_rotate: f64,
    w_hmirror: f64,
    w_vmirror: f64,
    w_dmirror: f64,
    w_cmirror: f64,
    w_map: f64,
    w_crop: f64,
    w_remove_every_nth_row: f64,
    w_remove_every_nth_col: f64,
    w_zero_divisible: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_rows: 2,
            min_cols: 2,
            max_rows: 10,
            max_cols: 10,
            min_transforms: 1,
            max_transforms: 10,
            w_rotate: 1.0,
            w_hmirror: 1.0,
            w_vmirror: 1.0,
            w_dmirror: 1.0,
            w_cmirror: 1.0,
            w_map: 1.0,
            w_crop: 1.0,
            w_remove_every_nth_row: 1.0,
            w_remove_every_nth_col: 1.0,
            w_zero_divisible: 1.0,
        }
    }
}

impl Config {
    /// In the order of [`KINDS`].
    fn weights(&self) -> [f64; 10] {
        [
            self.w_rotate,
            self.w_hmirror,
            self.w_vmirror,
            self.w_dmirror,
            self.w_cmirror,
            self.w_map,
            self.w_crop,
            self.w_remove_every_nth_row,
            self.w_remove_every_nth_col,
            self.w_zero_divisible,
        ]
    }
}

/// An operation; numbers of rows and columns count from 1.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "transform", rename_all = "snake_case")]
enum Operation {
    Rotate { degrees: usize },
    Hmirror,
    Vmirror,
    Dmirror,
    Cmirror,
    Map { from: u8, to: u8 },
    Crop { row_start: usize, row_end: usize, col_start: usize, col_end: usize },
    RemoveEveryNthRow { n: usize },
    RemoveEveryNthCol { n: usize },
    ZeroDivisible { k: u8 },
}

/// Draws an operation of one kind that the matrix can undergo.
type Draw = fn(&Grid, &mut Rng) -> Option<Operation>;

const KINDS: [Draw; 10] = [
    |_, rng| Some(Operation::Rotate { degrees: 90 * rng.size(1, 4) }),
    |_, _| Some(Operation::Hmirror),
    |_, _| Some(Operation::Vmirror),
    |_, _| Some(Operation::Dmirror),
    |_, _| Some(Operation::Cmirror),
    |_, rng| {
        let from = rng.below(10) as u8;
        Some(Operation::Map { from, to: (from + rng.size(1, 9) as u8) % 10 })
    },
    |matrix, rng| {
        let row_start = rng.size(1, matrix.rows());
        let row_end = rng.size(row_start, matrix.rows());
        let col_start = rng.size(1, matrix.columns());
        let col_end = rng.size(col_start, matrix.columns());
        Some(Operation::Crop { row_start, row_end, col_start, col_end })
    },
    |matrix, rng| (matrix.rows() > 1).then(|| Operation::RemoveEveryNthRow { n: rng.size(2, matrix.rows()) }),
    |matrix, rng| (matrix.columns() > 1).then(|| Operation::RemoveEveryNthCol { n: rng.size(2, matrix.columns()) }),
    |_, rng| Some(Operation::ZeroDivisible { k: rng.size(1, 9) as u8 }),
];

impl Operation {
    fn apply(self, matrix: Grid) -> Grid {
        let (rows, columns) = (matrix.rows(), matrix.columns());
        match self {
            Self::Rotate { degrees } => (0..degrees / 90).fold(matrix, |matrix, _| matrix.rotated()),
            Self::Hmirror => Grid::from_fn(rows, columns, |row, column| matrix[(rows - 1 - row, column)]),
            Self::Vmirror => Grid::from_fn(rows, columns, |row, column| matrix[(row, columns - 1 - column)]),
            Self::Dmirror => Grid::from_fn(columns, rows, |row, column| matrix[(column, row)]),
            Self::Cmirror => Grid::from_fn(columns, rows, |row, column| matrix[(rows - 1 - column, columns - 1 - row)]),
            Self::Map { from, to } => matrix.map(|cell| if cell == from { to } else { cell }),
            Self::ZeroDivisible { k } => matrix.map(|cell| if cell % k == 0 { 0 } else { cell }),
            Self::Crop { row_start, row_end, col_start, col_end } => {
                Grid::from_fn(row_end + 1 - row_start, col_end + 1 - col_start, |row, column| {
                    matrix[(row_start - 1 + row, col_start - 1 + column)]
                })
            }
            Self::RemoveEveryNthRow { n } => {
                let kept = not_every(n, rows);
                Grid::from_fn(kept.len(), columns, |row, column| matrix[(kept[row], column)])
            }
            Self::RemoveEveryNthCol { n } => {
                let kept = not_every(n, columns);
                Grid::from_fn(rows, kept.len(), |row, column| matrix[(row, kept[column])])
            }
        }
    }

    fn instruction(self) -> String {
        match self {
            Self::Rotate { degrees } => format!("Turn the matrix clockwise by {degrees} degrees"),
            Self::Hmirror => "Reverse the order of the rows, so that the top row becomes the bottom row".to_owned(),
            Self::Vmirror => "Reverse the order of the columns, so that the first column becomes the last one".to_owned(),
            Self::Dmirror => "Mirror the matrix at its main diagonal, so that rows become columns".to_owned(),
            Self::Cmirror => {
                "Mirror the matrix at its other diagonal, so that the top right corner stays and the top left one goes to the bottom right"
                    .to_owned()
            }
            Self::Map { from, to } => format!("Replace every {from} by {to}"),
            Self::ZeroDivisible { k } => format!("Replace every number that {k} divides by 0"),
            Self::Crop { row_start, row_end, col_start, col_end } => {
                format!("Keep only rows {row_start} to {row_end} and columns {col_start} to {col_end}, counted from 1")
            }
            Self::RemoveEveryNthRow { n } => format!("Remove the rows whose number, counted from 1, is a multiple of {n}"),
            Self::RemoveEveryNthCol { n } => format!("Remove the columns whose number, counted from 1, is a multiple of {n}"),
        }
    }

    /// As upstream records it.
    fn record(self) -> Value {
        let mut record = json!(self);
        record["instruction"] = format!("- {}", self.instruction()).into();
        record
    }
}

/// The indices below `count` without every `n`th.
fn not_every(n: usize, count: usize) -> Vec<usize> {
    (0..count).filter(|index| !(index + 1).is_multiple_of(n)).collect()
}

impl Generate for ManipulateMatrix {
    const NAME: &'static str = "manipulate_matrix";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("rows", "min_rows", "max_rows", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::range("cols", "min_cols", "max_cols", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::range("num_transforms", "min_transforms", "max_transforms", Levels::Ints(&[1, 3, 5, 10, 15])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_rows, max_rows, 2..=200)?;
        bounds!(config, min_cols, max_cols, 2..=200)?;
        bounds!(config, min_transforms, max_transforms, 1..=100)?;
        within!(config, w_rotate, 0.0..=1e6)?;
        within!(config, w_hmirror, 0.0..=1e6)?;
        within!(config, w_vmirror, 0.0..=1e6)?;
        within!(config, w_dmirror, 0.0..=1e6)?;
        within!(config, w_cmirror, 0.0..=1e6)?;
        within!(config, w_map, 0.0..=1e6)?;
        within!(config, w_crop, 0.0..=1e6)?;
        within!(config, w_remove_every_nth_row, 0.0..=1e6)?;
        within!(config, w_remove_every_nth_col, 0.0..=1e6)?;
        within!(config, w_zero_divisible, 0.0..=1e6)?;
        if config.weights().iter().all(|&weight| weight == 0.0) {
            return Err(InvalidConfig::new("w_rotate", "all weights are 0"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let rows = rng.size(config.min_rows, config.max_rows);
        let columns = rng.size(config.min_cols, config.max_cols);
        let count = rng.size(config.min_transforms, config.max_transforms);
        let matrix = Grid::digits(rows, columns, rng);
        let weights = config.weights();
        let mut solution = matrix.clone();
        let mut operations = Vec::with_capacity(count);
        while operations.len() < count {
            // A kind may not be possible on what is left of the matrix.
            let operation = (0..100).find_map(|_| KINDS[rng.weighted(&weights)](&solution, rng))?;
            solution = operation.apply(solution);
            operations.push(operation);
        }
        let steps: Vec<String> =
            operations.iter().zip(1..).map(|(operation, step)| format!("{step}. {}", operation.instruction())).collect();
        Some(Problem {
            question: format!(
                "Take this matrix:\n\n{matrix}\n\nDo the following with it, one after another:\n{}\n\nAnswer with the resulting matrix alone in the same form, a row on each \
                 line and spaces between the numbers.",
                steps.join("\n")
            ),
            answer: solution.to_string(),
            metadata: json!({
                "matrix": matrix,
                "solution": solution,
                "operations": operations.into_iter().map(Operation::record).collect::<Vec<_>>(),
                "rows": rows,
                "cols": columns,
                "num_transforms": count,
                "difficulty": {
                    "rows": [config.min_rows, config.max_rows],
                    "cols": [config.min_cols, config.max_cols],
                    "num_transforms": [config.min_transforms, config.max_transforms],
                },
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&ManipulateMatrix);
    }

    #[test]
    fn the_matrix_alone_is_right() {
        for (answer, parity, strict) in [
            ("1 2\n3 4", 1.0, 1.0),
            (" 1  2 \n\t3 4 \n", 1.0, 1.0),
            ("[[1, 2], [3, 4]]", 0.0, 1.0),
            ("It is\n1  2\n3 4", 7.0 / 13.0, 0.0),
            ("1 2 3 4", 0.0, 0.0),
            ("1 2\n3 5", 0.0, 0.0),
        ] {
            check::score(&ManipulateMatrix, answer, "1 2\n3 4", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn operations_do_what_they_say() {
        let check = |operation: Operation, expect: &str| {
            let matrix = Grid::from_cells(3, vec![1, 2, 3, 4, 5, 6]);
            assert_eq!(operation.apply(matrix).to_string(), expect, "{operation:?}");
        };
        check(Operation::Rotate { degrees: 90 }, "4 1\n5 2\n6 3");
        check(Operation::Rotate { degrees: 360 }, "1 2 3\n4 5 6");
        check(Operation::Hmirror, "4 5 6\n1 2 3");
        check(Operation::Vmirror, "3 2 1\n6 5 4");
        check(Operation::Dmirror, "1 4\n2 5\n3 6");
        check(Operation::Cmirror, "6 3\n5 2\n4 1");
        check(Operation::Map { from: 3, to: 9 }, "1 2 9\n4 5 6");
        check(Operation::ZeroDivisible { k: 2 }, "1 0 3\n0 5 0");
        check(Operation::Crop { row_start: 2, row_end: 2, col_start: 1, col_end: 2 }, "4 5");
        check(Operation::RemoveEveryNthRow { n: 2 }, "1 2 3");
        check(Operation::RemoveEveryNthCol { n: 2 }, "1 3\n4 6");
    }
}
