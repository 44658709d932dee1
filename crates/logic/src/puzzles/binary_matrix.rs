//! Distance of every cell of a binary matrix to the nearest 0, counted in steps along rows and columns.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::grid::{self, Grid};
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct BinaryMatrix;

impl Puzzle for BinaryMatrix {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Find for each cell of a binary matrix how far the nearest 0 is."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the right matrix as a list of lists is right instead of 0.1", "white space around numbers does not matter"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Strict => Grade::binary(grid::same_rows(answer, gold)),
            Mode::Parity if answer == gold => Grade::binary(true),
            Mode::Parity => Grade::of(if printed(answer).as_deref() == Some(gold) { 0.1 } else { 0.0 }),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The Python literal printed as upstream prints a matrix, whatever rows and cells are there.
fn printed(answer: &str) -> Option<String> {
    let matrix = python::literal(answer)?;
    let row = |row: &Value| Some(row.iterate()?.iter().map(Value::to_text).collect::<Vec<_>>().join(" "));
    let rows: Option<Vec<String>> = matrix.iterate()?.iter().map(row).collect();
    Some(rows?.join("\n"))
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_n: usize,
    max_n: usize,
    p_zero: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_n: 3, max_n: 10, p_zero: 0.25 }
    }
}

impl Generate for BinaryMatrix {
    const NAME: &'static str = "binary_matrix";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("p_zero", "p_zero", Levels::Floats(&[0.5, 0.25, 0.1, 0.05])),
        Attribute::range("n", "min_n", "max_n", Levels::Ints(&[10, 25, 50, 100])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_n, max_n, 1..=200)?;
        within!(config, p_zero, f64::MIN_POSITIVE..=1.0)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let n = rng.size(config.min_n, config.max_n);
        let mut matrix = Grid::from_fn(n, n, |_, _| u8::from(!rng.chance(config.p_zero)));
        // One 0 at least, so that every distance exists.
        matrix[(rng.below(n), rng.below(n))] = 0;
        let distances = matrix.steps(|cell| cell == 0, |_| true);
        let solution: Vec<&[Option<u32>]> = distances.chunks(n).collect();
        let rows: Vec<String> = solution.iter().map(|row| grid::spaced(&row.iter().flatten().collect::<Vec<_>>())).collect();
        Some(Problem {
            question: format!(
                "Each cell of the matrix below is 0 or 1. Replace every cell by its distance to the nearest 0, where a step goes to the cell above, below, left or \
                 right; a 0 has distance 0.\nAnswer with the new matrix alone in the same form, a row on each line and spaces between the numbers.\n\n{matrix}"
            ),
            answer: rows.join("\n"),
            metadata: json!({
                "matrix": matrix,
                "solution": solution,
                "n": n,
                "difficulty": {"n": [config.min_n, config.max_n], "p_zero": config.p_zero},
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
        check::puzzle(&BinaryMatrix);
    }

    #[test]
    fn the_same_matrix_in_any_form_is_right() {
        for (answer, parity, strict) in [
            ("0 1\n1 0", 1.0, 1.0),
            ("0 1 \n1 0\n", 0.0, 1.0),
            ("[[0, 1], [1, 0]]", 0.1, 1.0),
            ("[['0', 1], {1: 5, 0: 6}]", 0.1, 0.0),
            ("[[False, True], [1, 0]]", 0.0, 0.0),
            ("0 1 1 0", 0.0, 0.0),
            ("0 1\n1 1", 0.0, 0.0),
        ] {
            check::score(&BinaryMatrix, answer, "0 1\n1 0", json!({}), [parity, strict]);
        }
    }
}
