//! Turning a square matrix clockwise by a multiple of 90 degrees.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::grid::{self, Grid};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct RotateMatrix;

impl Puzzle for RotateMatrix {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Turn a square matrix clockwise by quarter turns."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "an answer that contains the matrix beside other text earns nothing",
            "white space around numbers does not matter, and the matrix may be a list of lists",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        Ok(match (mode, answer) {
            (Mode::Strict, Some(answer)) => Grade::binary(grid::same_rows(answer, gold)),
            _ => scoring::text(answer, gold, mode),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_n: usize,
    max_n: usize,
    min_rotations: usize,
    max_rotations: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_n: 2, max_n: 10, min_rotations: 0, max_rotations: 10 }
    }
}

impl Generate for RotateMatrix {
    const NAME: &'static str = "rotate_matrix";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("n", "min_n", "max_n", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::interval("num_rotations", "min_rotations", "max_rotations", Levels::Ints(&[1, 5, 10, 15, 20])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_n, max_n, 2..=200)?;
        bounds!(config, min_rotations, max_rotations, 0..=1_000_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let n = rng.size(config.min_n, config.max_n);
        let rotations = rng.size(config.min_rotations, config.max_rotations);
        let matrix = Grid::digits(n, n, rng);
        let solution = (0..rotations % 4).fold(matrix.clone(), |grid, _| grid.rotated());
        Some(Problem {
            question: format!(
                "Turn this matrix clockwise by {} degrees:\n\n{matrix}\n\nAnswer with the turned matrix alone in the same form, a row on each line and spaces \
                 between the numbers.",
                90 * rotations
            ),
            answer: solution.to_string(),
            metadata: json!({
                "matrix": matrix,
                "num_rotations": rotations,
                "solution": solution,
                "n": n,
                "difficulty": {
                    "n": [config.min_n, config.max_n],
                    "num_rotations": [config.min_rotations, config.max_rotations],
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
        check::puzzle(&RotateMatrix);
    }

    #[test]
    fn the_matrix_alone_is_right() {
        for (answer, parity, strict) in [
            ("1 2\n3 4", 1.0, 1.0),
            ("1 2\n3 4\n", 7.0 / 8.0, 1.0),
            ("[[1, 2], [3, 4]]", 0.0, 1.0),
            ("1 2\n3 4 5", 7.0 / 9.0, 0.0),
            ("1 2 3 4", 0.0, 0.0),
        ] {
            check::score(&RotateMatrix, answer, "1 2\n3 4", json!({}), [parity, strict]);
        }
    }
}
