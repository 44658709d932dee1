//! How many minutes it takes until rot has spread over all oranges of a grid.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::grid::Grid;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct RottenOranges;

impl Puzzle for RottenOranges {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Find how long it takes until every orange of a grid is rotten, or that it never happens."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["any form of the number is right", "an answer that contains the number beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
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
    p_oranges: f64,
    p_rotten: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_n: 10, max_n: 30, p_oranges: 0.85, p_rotten: 0.1 }
    }
}

const EMPTY: u8 = 0;
const FRESH: u8 = 1;
const ROTTEN: u8 = 2;

impl Generate for RottenOranges {
    const NAME: &'static str = "rotten_oranges";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::range("n", "min_n", "max_n", Levels::Ints(&[10, 25, 50, 100]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_n, max_n, 2..=200)?;
        within!(config, p_oranges, f64::MIN_POSITIVE..=1.0)?;
        within!(config, p_rotten, f64::MIN_POSITIVE..=1.0)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let n = rng.size(config.min_n, config.max_n);
        let matrix = Grid::from_fn(n, n, |_, _| match () {
            () if !rng.chance(config.p_oranges) => EMPTY,
            () if rng.chance(config.p_rotten) => ROTTEN,
            () => FRESH,
        });
        let solution = minutes(&matrix).map_or(-1, i64::from);
        Some(Problem {
            question: format!(
                "In this grid, 0 is an empty cell, 1 a fresh orange and 2 a rotten orange. Every minute, each fresh orange with a rotten one above, below, left or right of \
                 it turns rotten.\nAfter how many minutes is no orange fresh? Answer with the number alone, or with -1 if some orange stays fresh for ever.\n\n{matrix}"
            ),
            answer: solution.to_string(),
            metadata: json!({"matrix": matrix, "solution": solution, "n": n, "difficulty": {"n": [config.min_n, config.max_n]}}),
        })
    }
}

/// The minute in which the last orange turns rotten; `None` if some never does.
fn minutes(matrix: &Grid) -> Option<u32> {
    let steps = matrix.steps(|cell| cell == ROTTEN, |cell| cell == FRESH);
    let oranges = steps.iter().zip(matrix.cells()).filter(|(_, cell)| **cell != EMPTY);
    oranges.map(|(minute, _)| *minute).try_fold(0, |last, minute| Some(last.max(minute?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&RottenOranges);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in
            [("-1", 1.0, 1.0), (" -1.0\n", 1.0 / 3.0, 1.0), ("-1 minutes", 0.2, 0.0), ("1", 0.0, 0.0), ("-10", 2.0 / 3.0, 0.0)]
        {
            check::score(&RottenOranges, answer, "-1", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn rot_spreads_along_rows_and_columns() {
        let of = |cells: &[u8]| minutes(&Grid::from_cells(3, cells.to_vec()));
        assert_eq!(of(&[2, 1, 1, 1, 1, 0, 0, 1, 1]), Some(4));
        assert_eq!(of(&[2, 1, 1, 0, 1, 1, 1, 0, 1]), None);
        assert_eq!(of(&[0, 2, 0]), Some(0));
        assert_eq!(of(&[0, 0, 0]), Some(0));
    }
}
