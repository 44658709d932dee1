//! Maximum or average of the blocks of a matrix.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::grid::{self, Grid};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct PoolMatrix;

impl Puzzle for PoolMatrix {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Take the maximum or the average of each block of a matrix."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "wrong numbers in the right places earn nothing instead of 0.1",
            "numbers must be right to 2 decimal places, as the question says, instead of within 1%",
            "a row is no column, and comments are not skipped",
            "the matrix may be a list of lists",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Parity => Grade::of(tolerant(answer, gold)),
            Mode::Strict => {
                let exact = match entry.metadata::<Exact>()?.solution {
                    Some(solution) => solution,
                    None => grid::read_rows(gold).ok_or_else(|| InvalidEntry::new("answer", "not rows of numbers"))?,
                };
                grid::read_rows(answer)
                    .map_or_else(|| Grade::unreadable("not rows of numbers"), |rows| Grade::binary(rounded_alike(&rows, &exact)))
            }
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The numbers before they were rounded, which say both ways to round a tie.
#[derive(Deserialize)]
struct Exact {
    #[serde(default)]
    solution: Option<Vec<Vec<f64>>>,
}

/// Whether each number is the exact one to two decimal places or better.
fn rounded_alike(rows: &[Vec<f64>], exact: &[Vec<f64>]) -> bool {
    const HALF_A_CENT: f64 = 0.005 + 1e-9;
    let near = |(given, exact): (&f64, &f64)| (given - exact).abs() <= HALF_A_CENT;
    rows.len() == exact.len() && rows.iter().zip(exact).all(|(row, exact)| row.len() == exact.len() && row.iter().zip(exact).all(near))
}

/// Upstream's score: 1 if `numpy.allclose`, 0.1 if of the same shape.
fn tolerant(answer: &str, gold: &str) -> f64 {
    let (Some(answer), Some(gold)) = (loaded(answer), loaded(gold)) else { return 0.0 };
    if answer.shape != gold.shape {
        return 0.0;
    }
    // Computed in single precision, as numpy does.
    let close = |(gold, answer): (&f32, &f32)| gold == answer || answer.is_finite() && (gold - answer).abs() <= 1e-8 + 1e-2 * answer.abs();
    if gold.values.iter().zip(&answer.values).all(close) { 1.0 } else { 0.1 }
}

/// An array of `numpy.loadtxt`.
struct Loaded {
    /// Without the dimensions of length 1: a column and a row are alike.
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// `numpy.loadtxt(text.splitlines(), dtype=numpy.float32)`: comments from `#` on and empty lines are skipped, and all rows are of the same length.
fn loaded(text: &str) -> Option<Loaded> {
    let line_ends = ['\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];
    let mut values = Vec::new();
    let (mut rows, mut columns) = (0, 0);
    for line in text.split(line_ends) {
        let before = values.len();
        let content = line.split('#').next().unwrap_or_default();
        for word in content.split(python::is_space).filter(|word| !word.is_empty()) {
            values.push(word.parse::<f64>().ok()? as f32);
        }
        let length = values.len() - before;
        if length == 0 {
            continue;
        }
        if rows > 0 && length != columns {
            return None;
        }
        (rows, columns) = (rows + 1, length);
    }
    let shape = if rows == 0 { vec![0] } else { [rows, columns].into_iter().filter(|&length| length != 1).collect() };
    Some(Loaded { shape, values })
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_rows: usize,
    max_rows: usize,
    min_cols: usize,
    max_cols: usize,
    min_pool_size: usize,
    max_pool_size: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_rows: 2, max_rows: 10, min_cols: 2, max_cols: 10, min_pool_size: 1, max_pool_size: 3 }
    }
}

impl Generate for PoolMatrix {
    const NAME: &'static str = "pool_matrix";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("rows", "min_rows", "max_rows", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::range("cols", "min_cols", "max_cols", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::range("pool_size", "min_pool_size", "max_pool_size", Levels::Ints(&[3, 5, 7, 9])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_rows, max_rows, 2..=200)?;
        bounds!(config, min_cols, max_cols, 2..=200)?;
        bounds!(config, min_pool_size, max_pool_size, 1..=200)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let rows = rng.size(config.min_rows, config.max_rows);
        let columns = rng.size(config.min_cols, config.max_cols);
        let size = rng.size(config.min_pool_size, config.max_pool_size);
        let matrix = Grid::digits(rows, columns, rng);
        let average = rng.chance(0.5);
        let (kind, pool): (_, fn(&[u8]) -> f64) = if average { ("average", mean) } else { ("max", maximum) };
        let solution = pooled(&matrix, size, pool);
        let hundredths = |value: &f64| (value * 100.0).round() / 100.0;
        let lines: Vec<String> = solution.iter().map(|row| grid::spaced(&row.iter().map(hundredths).collect::<Vec<_>>())).collect();
        Some(Problem {
            question: format!(
                "Cut the matrix below into blocks of {size} by {size} from its top left corner on; blocks at the right and bottom edges may be smaller. Replace each \
                 block by the {} of its numbers{}.\nAnswer with the smaller matrix alone in the same form, a row on each line and spaces between the \
                 numbers.\n\n{matrix}",
                if average { "average" } else { "largest" },
                if average { ", rounded to 2 decimal places" } else { "" },
            ),
            answer: lines.join("\n"),
            metadata: json!({
                "matrix": matrix,
                "pool_type": kind,
                "pool_size": size,
                "solution": solution,
                "rows": rows,
                "cols": columns,
                "difficulty": {
                    "rows": [config.min_rows, config.max_rows],
                    "cols": [config.min_cols, config.max_cols],
                    "pool_size": [config.min_pool_size, config.max_pool_size],
                },
            }),
        })
    }
}

fn pooled(matrix: &Grid, size: usize, pool: fn(&[u8]) -> f64) -> Vec<Vec<f64>> {
    let block = |top: usize, left: usize| -> Vec<u8> {
        let columns = left..matrix.columns().min(left + size);
        (top..matrix.rows().min(top + size)).flat_map(|row| columns.clone().map(move |column| matrix[(row, column)])).collect()
    };
    let row = |top| (0..matrix.columns()).step_by(size).map(|left| pool(&block(top, left))).collect();
    (0..matrix.rows()).step_by(size).map(row).collect()
}

fn mean(block: &[u8]) -> f64 {
    block.iter().map(|&cell| f64::from(cell)).sum::<f64>() / block.len() as f64
}

fn maximum(block: &[u8]) -> f64 {
    block.iter().max().copied().map_or(0.0, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&PoolMatrix);
    }

    #[test]
    fn numbers_must_be_right_to_two_places() {
        for (answer, parity, strict) in [
            ("9.0\n2.12", 1.0, 1.0),
            ("[[9], [2.125]]", 0.0, 1.0),
            ("9 2.13", 1.0, 0.0),
            ("9\n2.13", 1.0, 1.0),
            ("9.05\n2.12", 1.0, 0.0),
            ("9 # or so\n\n2.1", 1.0, 0.0),
            ("9\n2.2", 0.1, 0.0),
            ("nan\n2.12", 0.1, 0.0),
            ("9\n2.12\n9\n2.12", 0.0, 0.0),
            ("9\n2_1", 0.0, 0.0),
            ("9\n2 1", 0.0, 0.0),
            ("", 0.0, 0.0),
        ] {
            check::score(&PoolMatrix, answer, "9.0\n2.12", json!({"solution": [[9.0], [2.125]]}), [parity, strict]);
        }
    }

    #[test]
    fn blocks_at_the_edges_are_smaller() {
        let grid = Grid::from_cells(3, vec![1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(pooled(&grid, 2, maximum), [[5.0, 6.0], [8.0, 9.0]]);
        assert_eq!(pooled(&grid, 2, mean), [[3.0, 4.5], [7.5, 9.0]]);
        assert_eq!(pooled(&grid, 7, mean), [[5.0]]);
    }
}
