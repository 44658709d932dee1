//! The board of Conway's Game of Life after some steps.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::grid::Grid;
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, life};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct GameOfLife;

impl Puzzle for GameOfLife {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Say what a Game of Life board looks like after some steps."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a board with wrong cells earns 1 - wrong / wrong cells of the better of the empty and the full board, and not less than 0: neither of these earns \
             anything unless it is right",
            "a board of another size earns nothing",
            "the JSON may stand in a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::json(entry.gold()?).ok_or_else(|| InvalidEntry::new("answer", "not JSON"))?;
        let gold = board(&gold).ok_or_else(|| InvalidEntry::new("answer", "not a list of lists"))?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = if mode.is_parity() { answer } else { python::unfenced(answer) };
        let Some(read) = python::json(answer) else { return Ok(Grade::unreadable("not JSON")) };
        Ok(match (mode, board(&read)) {
            (Mode::Parity, _) => Grade::of(share_of_cells(&read, &gold)),
            (Mode::Strict, Some(read)) => better_than_constant(&read, &gold),
            (Mode::Strict, None) => Grade::unreadable("not a list of lists"),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

type Board<'a> = Vec<&'a [Value]>;

fn board(value: &Value) -> Option<Board<'_>> {
    value.as_list()?.iter().map(Value::as_list).collect()
}

/// Upstream's score: the share of the solution's cells that the answer repeats, whatever else the answer holds.
fn share_of_cells(read: &Value, gold: &Board<'_>) -> f64 {
    let rows = read.as_list().unwrap_or_default();
    // Looking up a number in a dict raises an exception that upstream does not catch; in anything else that is no list it only finds nothing.
    if rows.iter().take(gold.len()).any(|row| matches!(row, Value::Dict(_))) {
        return 0.0;
    }
    let total: usize = gold.iter().map(|row| row.len()).sum();
    let cells = rows.iter().zip(gold).flat_map(|(row, expect)| row.as_list().unwrap_or_default().iter().zip(*expect));
    let right = cells.filter(|(cell, expect)| cell == expect).count();
    if total == 0 { 0.0 } else { right as f64 / total as f64 }
}

/// How much nearer the board is to the solution than the better of the two boards whose cells are all alike.
fn better_than_constant(read: &Board<'_>, gold: &Board<'_>) -> Grade {
    if !read.iter().map(|row| row.len()).eq(gold.iter().map(|row| row.len())) {
        return Grade::binary(false).because("the board has another size");
    }
    let pairs = || read.iter().copied().flatten().zip(gold.iter().copied().flatten());
    let wrong = pairs().filter(|(cell, expect)| cell != expect).count();
    if wrong == 0 {
        return Grade::binary(true);
    }
    let living = pairs().filter(|(_, expect)| expect.as_i64() == Some(1)).count();
    let dead = pairs().count() - living;
    let constant = living.min(dead);
    Grade::of(if wrong < constant { 1.0 - wrong as f64 / constant as f64 } else { 0.0 })
}

/// Without `filled_cells`, the share of the board that `filled_cells_weights` says is drawn; upstream always draws 10 cells then, also on the large boards of its
/// levels.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    grid_size_x: usize,
    grid_size_y: usize,
    filled_cells_weights: f64,
    filled_cells: Option<usize>,
    simulation_steps: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { grid_size_x: 10, grid_size_y: 10, filled_cells_weights: 0.1, filled_cells: None, simulation_steps: 1 }
    }
}

impl Generate for GameOfLife {
    const NAME: &'static str = "game_of_life";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("grid_size_x", "grid_size_x", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::scalar("grid_size_y", "grid_size_y", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::scalar("filled_cells_weights", "filled_cells_weights", Levels::Floats(&[0.1, 0.2, 0.5, 0.8])),
        Attribute::scalar("simulation_steps", "simulation_steps", Levels::Ints(&[1, 2, 5, 10])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, grid_size_x, 3..=300)?;
        within!(config, grid_size_y, 3..=300)?;
        within!(config, filled_cells_weights, 0.0..=1.0)?;
        within!(config, simulation_steps, 0..=1000)?;
        match config.filled_cells {
            Some(cells) if cells > config.grid_size_x * config.grid_size_y => {
                Err(InvalidConfig::new("filled_cells", format!("{cells} is more than the board has")))
            }
            _ => Ok(()),
        }
    }

    /// `filled_cells` draws with replacement, so somewhat fewer cells live at first.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let (rows, columns) = (config.grid_size_x, config.grid_size_y);
        let filled = config.filled_cells.unwrap_or((config.filled_cells_weights * (rows * columns) as f64) as usize);
        let mut start = Grid::from_fn(rows, columns, |_, _| 0);
        for _ in 0..filled {
            start[(rng.below(rows), rng.below(columns))] = 1;
        }
        let end = life::evolve(&start, config.simulation_steps);
        Some(Problem {
            question: format!(
                "This is a board of Conway's Game of Life, 1 for a living cell and 0 for a dead one. Each cell has eight neighbours, and the board wraps around: the \
                 left edge meets the right one, the top edge meets the bottom one.\n\n{}\n\nWhat is the board after {} step{}? Answer with the board alone as JSON, a list \
                 of rows as above.",
                json!(start).to_string().replace("],[", "],\n ["),
                config.simulation_steps,
                if config.simulation_steps == 1 { "" } else { "s" },
            ),
            answer: json!(end).to_string(),
            metadata: json!({
                "grid_size_x": rows,
                "grid_size_y": columns,
                "filled_cells": filled,
                "simulation_steps": config.simulation_steps,
                "difficulty": {
                    "grid_size_x": rows,
                    "grid_size_y": columns,
                    "filled_cells_weights": config.filled_cells_weights,
                    "simulation_steps": config.simulation_steps,
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
        check::puzzle(&GameOfLife);
    }

    #[test]
    fn constant_boards_earn_nothing() {
        for (answer, parity, strict) in [
            ("[[1,1,0,0],[0,0,0,0]]", 1.0, 1.0),
            ("```json\n[[1, 1, 0, 0], [0, 0, 0, 0]]\n```", 0.0, 1.0),
            ("[[0,0,0,0],[0,0,0,0]]", 0.75, 0.0),
            ("[[1,1,1,1],[1,1,1,1]]", 0.25, 0.0),
            ("[[1,0,0,0],[0,0,0,0]]", 0.875, 0.5),
            ("[[1,1,0,0],[0,0,0,0,1]]", 1.0, 0.0),
            ("[[1,1,0,0]]", 0.5, 0.0),
            ("[[1,1.0,false],\"0000\",7]", 3.0 / 8.0, 0.0),
            ("[[1,1,0,0],{}]", 0.0, 0.0),
            ("{}", 0.0, 0.0),
            ("3", 0.0, 0.0),
        ] {
            check::score(&GameOfLife, answer, "[[1,1,0,0],[0,0,0,0]]", json!({}), [parity, strict]);
        }
        check::score(&GameOfLife, "[[0,0]]", "[[0,0]]", json!({}), [1.0, 1.0]);
        check::score(&GameOfLife, "[[0,1]]", "[[0,0]]", json!({}), [0.5, 0.0]);
    }
}
