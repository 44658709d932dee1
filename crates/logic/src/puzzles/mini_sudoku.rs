//! Sudoku on a 4x4 board.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::latin::{Board, Latin};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, number_board};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::LazyLock;

pub(crate) struct MiniSudoku;

impl Puzzle for MiniSudoku {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Complete a 4x4 sudoku; right numbers in the empty cells earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        number_board::DELTAS
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        number_board::score(answer, entry, mode, &[])
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

static RULES: LazyLock<Latin> = LazyLock::new(|| Latin::new(4).boxed(2));

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_empty: usize,
    max_empty: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_empty: 8, max_empty: 12 }
    }
}

impl Generate for MiniSudoku {
    const NAME: &'static str = "mini_sudoku";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("empty", "min_empty", "max_empty", Levels::Ints(&[4, 6, 8, 10, 12]))];

    /// With fewer than four numbers given, no board has one solution.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_empty, max_empty, 0..=12)
    }

    /// A board with one solution. It has fewer empty cells than drawn where more would leave a second one, but no fewer than the least.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let Board { puzzle, solution, empty } = RULES.board(rng.size(config.min_empty, config.max_empty), rng)?;
        if empty < config.min_empty {
            return None;
        }
        Some(Problem {
            question: format!(
                "Complete this small sudoku: put a digit from 1 to 4 for every underscore so that each row, each column and each of the four 2x2 boxes has all \
                 four digits.\n\n{}\n\nAnswer with the whole board in the same form: four lines of four digits, a space between digits.",
                number_board::write(&puzzle),
            ),
            answer: number_board::write(&solution),
            metadata: json!({
                "puzzle": puzzle,
                "solution": solution,
                "num_empty": empty,
                "difficulty": {"empty": [config.min_empty, config.max_empty]},
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
        check::puzzle(&MiniSudoku);
    }

    #[test]
    fn only_cells_that_were_empty_earn() {
        let gold = "1 2 3 4\n3 4 1 2\n2 1 4 3\n4 3 2 1";
        let metadata = json!({
            "puzzle": [[1, 0, 3, 4], [3, 4, 0, 2], [2, 1, 4, 3], [0, 3, 2, 0]],
            "solution": [[1, 2, 3, 4], [3, 4, 1, 2], [2, 1, 4, 3], [4, 3, 2, 1]],
        });
        for (answer, parity, strict) in [
            (gold, 1.0, 1.0),
            ("1234\n3412\n2143\n4321", 0.9, 1.0),
            ("1 2 3 4\n3 4 1 2\n2 1 4 3\n1 3 2 4", 0.9 * (14.0 / 16.0), 0.5),
            ("1 _ 3 4\n3 4 _ 2\n2 1 4 3\n_ 3 2 _", 0.9 * (0.0 / 16.0), 0.0),
            ("2 1 3 4\n3 4 1 2\n2 1 4 3\n4 3 2 1", 0.9 * (14.0 / 16.0), 0.0),
        ] {
            check::score(&MiniSudoku, answer, gold, metadata.clone(), [parity, strict]);
        }
    }
}
