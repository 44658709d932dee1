//! Reading a square matrix along a clockwise spiral from its top left corner inward.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::grid::{self, Grid};
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct SpiralMatrix;

impl Puzzle for SpiralMatrix {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "List the elements of a matrix in spiral order."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the right numbers as a list are right instead of 0.1", "white space between numbers does not matter"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::strip(entry.gold()?);
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let stripped = python::strip(answer);
        Ok(match mode {
            Mode::Strict => Grade::binary(grid::same_list(answer, gold)),
            Mode::Parity if stripped == gold => Grade::binary(!answer.is_empty()),
            Mode::Parity => Grade::of(if printed(stripped).as_deref() == Some(gold) { 0.1 } else { 0.0 }),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// What the Python literal consists of, printed as upstream prints a list.
fn printed(answer: &str) -> Option<String> {
    Some(python::literal(answer)?.iterate()?.iter().map(Value::to_text).collect::<Vec<_>>().join(" "))
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_n: usize,
    max_n: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_n: 2, max_n: 10 }
    }
}

impl Generate for SpiralMatrix {
    const NAME: &'static str = "spiral_matrix";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::range("n", "min_n", "max_n", Levels::Ints(&[10, 25, 50, 100]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_n, max_n, 2..=200)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let n = rng.size(config.min_n, config.max_n);
        let matrix = Grid::digits(n, n, rng);
        let solution = spiral(&matrix);
        Some(Problem {
            question: format!(
                "Read the matrix below in a clockwise spiral: start at the top left corner, go right along the top row, down the right column, back along the bottom \
                 row, up the left column, and so on inward until every element is read.\nAnswer with the elements in this order, with spaces between, such as 1 2 3 \
                 4.\n\n{matrix}"
            ),
            answer: grid::spaced(&solution),
            metadata: json!({"matrix": matrix, "solution": solution, "n": n, "difficulty": {"n": [config.min_n, config.max_n]}}),
        })
    }
}

/// Takes off the top row, the right column, the bottom row and the left column in turn, until nothing is left.
fn spiral(matrix: &Grid) -> Vec<u8> {
    let (mut rows, mut columns) = (0..matrix.rows(), 0..matrix.columns());
    let mut elements = Vec::with_capacity(matrix.cells().len());
    while !rows.is_empty() && !columns.is_empty() {
        if let Some(top) = rows.next() {
            elements.extend(columns.clone().map(|column| matrix[(top, column)]));
        }
        if let Some(right) = columns.next_back() {
            elements.extend(rows.clone().map(|row| matrix[(row, right)]));
        }
        if let Some(bottom) = rows.next_back() {
            elements.extend(columns.clone().rev().map(|column| matrix[(bottom, column)]));
        }
        if let Some(left) = columns.next() {
            elements.extend(rows.clone().rev().map(|row| matrix[(row, left)]));
        }
    }
    elements
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&SpiralMatrix);
    }

    #[test]
    fn a_list_of_the_elements_is_right() {
        for (answer, parity, strict) in [
            (" 1 2 3 4\n", 1.0, 1.0),
            ("[1, 2, 3, 4]", 0.1, 1.0),
            ("1, 2, 3, 4", 0.1, 1.0),
            ("'1234'", 0.1, 0.0),
            ("1  2 3 4", 0.0, 1.0),
            ("1 2 4 3", 0.0, 0.0),
        ] {
            check::score(&SpiralMatrix, answer, "1 2 3 4", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn spirals_of_any_shape_end() {
        let of = |rows, columns| grid::spaced(&spiral(&Grid::from_fn(rows, columns, |row, column| (columns * row + column) as u8)));
        assert_eq!(of(3, 3), "0 1 2 5 8 7 6 3 4");
        assert_eq!(of(2, 3), "0 1 2 5 4 3");
        assert_eq!(of(3, 1), "0 1 2");
        assert_eq!(of(1, 1), "0");
    }
}
