//! Filling a 9x9 board so that every row, column and 3x3 box has each digit once.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::latin::{Board, Latin};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, number_board};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::LazyLock;

pub(crate) struct Sudoku;

impl Puzzle for Sudoku {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Complete a sudoku; right numbers in the empty cells earn their share."
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

static RULES: LazyLock<Latin> = LazyLock::new(|| Latin::new(9).boxed(3));

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_empty: usize,
    max_empty: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_empty: 30, max_empty: 50 }
    }
}

impl Generate for Sudoku {
    const NAME: &'static str = "sudoku";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("empty", "min_empty", "max_empty", Levels::Ints(&[20, 30, 40, 50, 60]))];

    /// With fewer than 17 numbers given, no sudoku has one solution; from about 57 empty cells on such boards become too rare to be found.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_empty, max_empty, 0..=64)
    }

    /// A board with one solution. It has fewer empty cells than drawn where more would leave a second one, but no fewer than the least.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let Board { puzzle, solution, empty } = RULES.board(rng.size(config.min_empty, config.max_empty), rng)?;
        if empty < config.min_empty {
            return None;
        }
        Some(Problem {
            question: format!(
                "Complete this sudoku: put a digit from 1 to 9 for every underscore so that each row, each column and each of the nine 3x3 boxes has all nine \
                 digits.\n\n{}\n\nAnswer with the whole board in the same form: nine lines of nine digits, a space between digits.",
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
        check::puzzle(&Sudoku);
    }

    #[test]
    fn only_cells_that_were_empty_earn() {
        let gold = "123456789\n456789123\n789123456\n231564897\n564897231\n897231564\n312645978\n645978312\n978312645";
        let solution: Vec<Vec<u32>> = gold.lines().map(|line| line.chars().map(|char| char.to_digit(10).unwrap()).collect()).collect();
        let mut puzzle = solution.clone();
        puzzle[0] = vec![0, 0, 3, 4, 5, 6, 7, 8, 0];
        puzzle[8][8] = 0;
        let with = |first: &str| gold.replace("123456789\n", first);
        for (answer, parity, strict) in [
            (gold.to_owned(), 1.0, 1.0),
            (with("1 2 3 4 5 6 7 8 9\n"), 0.9 * (89.0 / 97.0), 1.0),
            (with("923456781\n"), 0.9 * (79.0 / 81.0), 0.5),
            (with("__345678_\n"), 0.0, 0.25),
            (with("124356789\n"), 0.9 * (79.0 / 81.0), 0.0),
            (with("Solved:\n123456789\n"), 0.9 * (89.0 / 97.0), 0.0),
            (with(""), 0.0, 0.0),
        ] {
            check::score(&Sudoku, &answer, gold, json!({"puzzle": puzzle, "solution": solution}), [parity, strict]);
        }
    }
}
