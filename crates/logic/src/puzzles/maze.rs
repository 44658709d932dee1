//! The number of steps from start to goal in a maze of characters.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::VecDeque;

pub(crate) struct Maze;

impl Puzzle for Maze {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Find the length of the shortest way through a maze."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the number may be written in any decimal form", "an answer that contains the number beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// What may stand for wall, passage, start and goal: printable ASCII without the marks that quote text in the question.
const SYMBOLS: &[u8] = br"!#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_abcdefghijklmnopqrstuvwxyz{|}~";

/// How likely a cell inside the border is passage.
const PASSAGE: f64 = 0.7;

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_dist: usize,
    max_dist: usize,
    min_grid_size: usize,
    max_grid_size: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_dist: 5, max_dist: 10, min_grid_size: 5, max_grid_size: 10 }
    }
}

impl Generate for Maze {
    const NAME: &'static str = "maze";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("dist", "min_dist", "max_dist", Levels::Ints(&[5, 10, 15, 20])),
        Attribute::interval("grid_size", "min_grid_size", "max_grid_size", Levels::Ints(&[10, 25, 50, 100])),
    ];

    /// Sizes 2 and 3, which upstream takes, have no room for a start and a goal inside the border.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_grid_size, max_grid_size, 4..=200)?;
        let farthest = (config.max_grid_size - 2).pow(2) - 1;
        bounds!(config, min_dist, max_dist, 1..=10_000)?;
        if config.min_dist > farthest {
            return Err(InvalidConfig::new("min_dist", format!("no maze of this size has a way of more than {farthest} steps")));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let size = rng.size(config.min_grid_size, config.max_grid_size);
        let mut maze = Grid { size, passage: (0..size * size).map(|_| false).collect() };
        let inside: Vec<usize> = (0..size * size).filter(|cell| maze.is_inside(*cell)).collect();
        for &cell in &inside {
            maze.passage[cell] = rng.chance(PASSAGE);
        }
        let start = *rng.choose(&inside);
        maze.passage[start] = true;
        let goals = maze.at_distances(start, config.min_dist, config.max_dist);
        if goals.is_empty() {
            return None;
        }
        let (goal, distance) = *rng.choose(&goals);
        let symbols = rng.sample(SYMBOLS, 4);
        let [start_char, goal_char, wall, path] = [0, 1, 2, 3].map(|at| char::from(symbols[at]));
        let draw = |cell: usize| match cell {
            _ if cell == start => start_char,
            _ if cell == goal => goal_char,
            _ if maze.passage[cell] => path,
            _ => wall,
        };
        let grid: Vec<String> = (0..size).map(|row| (row * size..(row + 1) * size).map(draw).collect()).collect();
        Some(Problem {
            question: format!(
                "In this maze '{start_char}' is the start, '{goal_char}' the goal, '{path}' a passage and '{wall}' a wall. A step leads to the next cell above, \
                 below, left or right that is not a wall.\n\n```\n{}\n```\n\nHow many steps does the shortest way from start to goal take? Answer with the \
                 number alone.",
                grid.join("\n"),
            ),
            answer: distance.to_string(),
            metadata: json!({
                "grid_size": size,
                "grid": grid,
                "shortest_path_length": distance,
                "start": start_char,
                "goal": goal_char,
                "wall": wall,
                "path": path,
                "difficulty": {
                    "dist": [config.min_dist, config.max_dist],
                    "grid_size": [config.min_grid_size, config.max_grid_size],
                },
            }),
        })
    }
}

/// A square maze with a border of wall; cells are numbered row by row.
struct Grid {
    size: usize,
    passage: Vec<bool>,
}

impl Grid {
    fn is_inside(&self, cell: usize) -> bool {
        let inner = 1..self.size - 1;
        inner.contains(&(cell / self.size)) && inner.contains(&(cell % self.size))
    }

    /// The cells whose shortest way from `start` takes `least..=most` steps, with that number.
    fn at_distances(&self, start: usize, least: usize, most: usize) -> Vec<(usize, usize)> {
        let mut seen = vec![false; self.passage.len()];
        seen[start] = true;
        let mut queue = VecDeque::from([(start, 0)]);
        let mut found = Vec::new();
        while let Some((cell, distance)) = queue.pop_front() {
            if distance >= least {
                found.push((cell, distance));
            }
            if distance == most {
                continue;
            }
            // The border is wall, so a cell of passage has four neighbours.
            for next in [cell - self.size, cell - 1, cell + 1, cell + self.size] {
                if self.passage[next] && !seen[next] {
                    seen[next] = true;
                    queue.push_back((next, distance + 1));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Maze);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("6", 1.0, 1.0), (" 6\n", 1.0 / 3.0, 1.0), ("6 steps", 1.0 / 7.0, 0.0), ("16", 0.5, 0.0)] {
            check::score(&Maze, answer, "6", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn distances_are_those_of_shortest_ways() {
        let rows = ["######", "#..#.#", "#.#..#", "#....#", "#.##.#", "######"];
        let maze = Grid { size: 6, passage: rows.concat().chars().map(|char| char == '.').collect() };
        let mut found = maze.at_distances(8, 5, 7);
        found.sort_unstable();
        assert_eq!(found, [(15, 6), (16, 7), (21, 5), (22, 6), (28, 7)]);
    }
}
