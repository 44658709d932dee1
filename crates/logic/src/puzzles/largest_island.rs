//! The area of the largest island in a grid of land and water.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct LargestIsland;

impl Puzzle for LargestIsland {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Graphs
    }

    fn summary(&self) -> &'static str {
        "Find the area of the largest group of connected ones in a grid."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the number may be written in any way", "an answer that contains the number beside other text earns nothing"]
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
    min_rows: usize,
    max_rows: usize,
    min_cols: usize,
    max_cols: usize,
    min_num_islands: usize,
    max_num_islands: usize,
    min_island_size: usize,
    max_island_size: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_rows: 5,
            max_rows: 10,
            min_cols: 5,
            max_cols: 10,
            min_num_islands: 0,
            max_num_islands: 5,
            min_island_size: 0,
            max_island_size: 10,
        }
    }
}

impl Generate for LargestIsland {
    const NAME: &'static str = "largest_island";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("rows", "min_rows", "max_rows", Levels::Ints(&[5, 25, 50, 100])),
        Attribute::range("cols", "min_cols", "max_cols", Levels::Ints(&[5, 25, 50, 100])),
        Attribute::range("num_islands", "min_num_islands", "max_num_islands", Levels::Ints(&[2, 5, 10, 20])),
        Attribute::range("island_size", "min_island_size", "max_island_size", Levels::Ints(&[5, 10, 20, 30])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_rows, max_rows, 1..=300)?;
        bounds!(config, min_cols, max_cols, 1..=300)?;
        bounds!(config, min_num_islands, max_num_islands, 0..=1000)?;
        bounds!(config, min_island_size, max_island_size, 0..=1000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let rows = rng.size(config.min_rows, config.max_rows);
        let cols = rng.size(config.min_cols, config.max_cols);
        let islands = rng.size(config.min_num_islands, config.max_num_islands);
        let mut grid = Grid { cells: vec![vec![0; cols]; rows] };
        for _ in 0..islands {
            let size = rng.size(config.min_island_size, config.max_island_size);
            grid.wander(size, rng);
        }
        let answer = grid.largest_island();
        let lines: Vec<String> = grid.cells.iter().map(|row| row.iter().map(u8::to_string).collect::<Vec<_>>().join(" ")).collect();
        Some(Problem {
            question: format!(
                "In this map, 1 is land and 0 is water:\n{}\nLand cells that touch at a side, not only at a corner, belong to one island; around the map there is \
                 water. How many cells has the largest island? Answer with the number alone, 0 if there is no land.",
                lines.join("\n"),
            ),
            answer: answer.to_string(),
            metadata: json!({
                "grid": grid.cells,
                "solution": answer,
                "difficulty": {
                    "rows": [config.min_rows, config.max_rows],
                    "cols": [config.min_cols, config.max_cols],
                    "num_islands": [config.min_num_islands, config.max_num_islands],
                    "island_size": [config.min_island_size, config.max_island_size],
                },
            }),
        })
    }
}

/// Rows of cells, not empty: 1 is land.
struct Grid {
    cells: Vec<Vec<u8>>,
}

impl Grid {
    /// The cells that share a side with this one: up, down, left, right.
    fn neighbors(&self, (row, col): (usize, usize)) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (rows, cols) = (self.cells.len(), self.cells[0].len());
        [(row.wrapping_sub(1), col), (row + 1, col), (row, col.wrapping_sub(1)), (row, col + 1)]
            .into_iter()
            .filter(move |&(row, col)| row < rows && col < cols)
    }

    /// Makes land of the first `size` cells of a random walk that prefers water. Islands may meet, and a walk that is shut in ends early.
    fn wander(&mut self, size: usize, rng: &mut Rng) {
        let mut at = (rng.below(self.cells.len()), rng.below(self.cells[0].len()));
        for _ in 0..size {
            self.cells[at.0][at.1] = 1;
            let water: Vec<_> = self.neighbors(at).filter(|&(row, col)| self.cells[row][col] == 0).collect();
            if water.is_empty() {
                return;
            }
            at = *rng.choose(&water);
        }
    }

    fn largest_island(&self) -> usize {
        let mut seen = vec![vec![false; self.cells[0].len()]; self.cells.len()];
        let mut largest = 0;
        for start in (0..self.cells.len()).flat_map(|row| (0..self.cells[0].len()).map(move |col| (row, col))) {
            let mut open = vec![start];
            let mut area = 0;
            while let Some((row, col)) = open.pop() {
                if self.cells[row][col] == 1 && !seen[row][col] {
                    seen[row][col] = true;
                    area += 1;
                    open.extend(self.neighbors((row, col)));
                }
            }
            largest = largest.max(area);
        }
        largest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&LargestIsland);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("12", 1.0, 1.0), (" 12.0\n", 2.0 / 6.0, 1.0), ("12 cells", 0.25, 0.0), ("2", 0.0, 0.0)] {
            check::score(&LargestIsland, answer, "12", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn corners_do_not_connect() {
        let grid = Grid { cells: vec![vec![1, 1, 0], vec![0, 0, 1], vec![1, 0, 1]] };
        assert_eq!(grid.largest_island(), 2);
    }
}
