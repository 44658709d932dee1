//! The shortest way through a grid with blocked cells.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::VecDeque;

pub(crate) struct ShortestPath;

impl Puzzle for ShortestPath {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Graphs
    }

    fn summary(&self) -> &'static str {
        "Find the shortest way between two cells of a grid; a longer way earns half."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["directions may be written in any case and separated by commas"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::strip(entry.gold()?);
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        let spelled = match mode {
            Mode::Parity => answer.to_owned(),
            Mode::Strict => answer.replace(',', " ").to_ascii_lowercase(),
        };
        if python::strip(&spelled) == gold {
            return Ok(Grade::binary(true));
        }
        let Metadata { matrix } = entry.metadata()?;
        let Some(steps) = python::split(&spelled).map(Direction::named).collect::<Option<Vec<_>>>() else {
            return Ok(Grade::unreadable("a word is none of the four directions"));
        };
        if let Err(fault) = Grid::read(matrix)?.follow(&steps) {
            return Ok(Grade::binary(false).because(fault));
        }
        let shortest = python::split(gold).count();
        Ok(if steps.len() == shortest { Grade::binary(true) } else { Grade::of(0.5).because("there is a shorter way") })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Metadata {
    matrix: Vec<Vec<char>>,
}

const START: char = '*';
const END: char = '#';
const OPEN: char = 'O';
const BLOCKED: char = 'X';

type Cell = (usize, usize);

#[derive(Clone, Copy)]
enum Direction {
    Right,
    Down,
    Left,
    Up,
}

impl Direction {
    const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Down => "down",
            Self::Left => "left",
            Self::Up => "up",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.name() == name)
    }
}

/// A grid with a start and an end.
struct Grid {
    cells: Vec<Vec<char>>,
    start: Cell,
    end: Cell,
}

impl Grid {
    fn read(cells: Vec<Vec<char>>) -> Result<Self, InvalidEntry> {
        let find = |mark: char| {
            let position = |(row, line): (usize, &Vec<char>)| Some((row, line.iter().position(|&cell| cell == mark)?));
            let missing = || InvalidEntry::new("metadata.matrix", format!("there is no `{mark}`"));
            cells.iter().enumerate().find_map(position).ok_or_else(missing)
        };
        let (start, end) = (find(START)?, find(END)?);
        Ok(Self { cells, start, end })
    }

    /// The neighbour in a direction, if it is inside and not blocked.
    fn step(&self, (row, col): Cell, direction: Direction) -> Option<Cell> {
        let (row, col) = match direction {
            Direction::Right => (row, col + 1),
            Direction::Down => (row + 1, col),
            Direction::Left => (row, col.checked_sub(1)?),
            Direction::Up => (row.checked_sub(1)?, col),
        };
        (*self.cells.get(row)?.get(col)? != BLOCKED).then_some((row, col))
    }

    /// Whether these steps lead from the start to the end, and where they fail.
    fn follow(&self, steps: &[Direction]) -> Result<(), String> {
        let mut at = self.start;
        for (index, &direction) in steps.iter().enumerate() {
            at = self.step(at, direction).ok_or_else(|| format!("step {} leaves the open cells", index + 1))?;
        }
        if at == self.end { Ok(()) } else { Err("the steps do not end at the destination".to_owned()) }
    }

    /// A shortest way, by breadth-first search.
    fn shortest(&self) -> Option<Vec<Direction>> {
        let mut from: Vec<Vec<Option<(Cell, Direction)>>> = self.cells.iter().map(|row| vec![None; row.len()]).collect();
        let mut queue = VecDeque::from([self.start]);
        while let Some(cell) = queue.pop_front() {
            if cell == self.end {
                let back = std::iter::successors(from[cell.0][cell.1], |((row, col), _)| from[*row][*col]);
                let mut way: Vec<Direction> = back.map(|(_, direction)| direction).collect();
                way.reverse();
                return Some(way);
            }
            for direction in Direction::ALL {
                if let Some(next) = self.step(cell, direction)
                    && next != self.start
                    && from[next.0][next.1].is_none()
                {
                    from[next.0][next.1] = Some((cell, direction));
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_rows: usize,
    max_rows: usize,
    min_cols: usize,
    max_cols: usize,
    p_blocked: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_rows: 5, max_rows: 8, min_cols: 5, max_cols: 8, p_blocked: 0.4 }
    }
}

impl Generate for ShortestPath {
    const NAME: &'static str = "shortest_path";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("rows", "min_rows", "max_rows", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::range("cols", "min_cols", "max_cols", Levels::Ints(&[10, 25, 50, 100])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_rows, max_rows, 1..=300)?;
        bounds!(config, min_cols, max_cols, 1..=300)?;
        if config.min_rows * config.min_cols < 2 {
            return Err(InvalidConfig::new("min_cols", "one cell is too few for a start and a destination"));
        }
        within!(config, p_blocked, 0.0..=1.0)
    }

    /// A grid at random, as upstream: some have no way, and the answer says so.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let rows = rng.size(config.min_rows, config.max_rows);
        let cols = rng.size(config.min_cols, config.max_cols);
        let mut cells = vec![vec![OPEN; cols]; rows];
        for cell in cells.iter_mut().flatten() {
            if rng.chance(config.p_blocked) {
                *cell = BLOCKED;
            }
        }
        let start = rng.below(rows * cols);
        let end = (start + 1 + rng.below(rows * cols - 1)) % (rows * cols);
        let [start, end] = [start, end].map(|cell| (cell / cols, cell % cols));
        cells[start.0][start.1] = START;
        cells[end.0][end.1] = END;
        let grid = Grid { cells, start, end };
        let solution: Vec<&str> = grid.shortest().unwrap_or_default().into_iter().map(Direction::name).collect();
        let lines: Vec<String> = grid.cells.iter().map(|row| row.iter().map(char::to_string).collect::<Vec<_>>().join(" ")).collect();
        Some(Problem {
            question: format!(
                "In this grid, * is the start, # the destination, O an open cell and X a blocked one:\n{}\nFind a shortest way from the start to the destination. Each step \
                 goes to the next cell up, down, left or right, never to a blocked one. Answer with the steps in order, separated by spaces, as in \
                 right right down left, or with the word infeasible if there is no way.",
                lines.join("\n"),
            ),
            answer: if solution.is_empty() { "infeasible".to_owned() } else { solution.join(" ") },
            metadata: json!({
                "matrix": grid.cells,
                "solution": solution,
                "difficulty": {
                    "rows": [config.min_rows, config.max_rows],
                    "cols": [config.min_cols, config.max_cols],
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
        check::puzzle(&ShortestPath);
    }

    #[test]
    fn any_shortest_way_is_right_and_a_longer_one_earns_half() {
        let metadata = json!({"matrix": [["*", "O", "X"], ["O", "#", "O"]]});
        for (answer, parity, strict) in [
            ("right down", 1.0, 1.0),
            ("down\nright", 1.0, 1.0),
            ("Down, Right", 0.0, 1.0),
            ("right left down right", 0.5, 0.5),
            ("right", 0.0, 0.0),
            ("right right down left", 0.0, 0.0),
            ("up down down right", 0.0, 0.0),
            ("go down right", 0.0, 0.0),
            ("infeasible", 0.0, 0.0),
            ("", 0.0, 0.0),
        ] {
            check::score(&ShortestPath, answer, "right down", metadata.clone(), [parity, strict]);
        }
        check::score(&ShortestPath, "Infeasible", "infeasible", json!({"matrix": [["*", "X", "#"]]}), [0.0, 1.0]);
    }
}
