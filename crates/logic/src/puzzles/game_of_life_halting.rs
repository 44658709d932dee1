//! Whether a board of Conway's Game of Life dies out within some steps: it is made of oscillators, or of patterns that die soon.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::grid::Grid;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, life, python};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct GameOfLifeHalting;

impl Puzzle for GameOfLifeHalting {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Say whether a Game of Life board dies out within some steps."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the answer must be the right one of True and False, in any case; upstream gives 1 to every text that is not empty"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(Grade::binary(match mode {
            // The truth of a text in Python is that it is not empty.
            Mode::Parity => answer.is_empty() == entry.answer.as_deref().unwrap_or_default().is_empty(),
            Mode::Strict => python::strip(answer).eq_ignore_ascii_case(entry.gold()?),
        }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// A part of a board, `O` for a living cell.
struct Pattern {
    name: &'static str,
    rows: &'static [&'static str],
}

impl Pattern {
    fn height(&self) -> usize {
        self.rows.len()
    }

    fn width(&self) -> usize {
        self.rows[0].len()
    }

    /// Whether a border of dead cells around it has room, too.
    fn fits(&self, config: &Config) -> bool {
        self.height() + 2 <= config.grid_size_x && self.width() + 2 <= config.grid_size_y
    }
}

/// Patterns of the community's wiki, <https://conwaylife.com/wiki/oscillator>, by upstream's difficulty. Each stays in its rectangle.
const OSCILLATORS: [&[Pattern]; 3] = [
    &[
        Pattern { name: "blinker", rows: &["...", "OOO", "..."] },
        Pattern { name: "toad", rows: &[".OO.", "O...", "...O", ".OO."] },
        Pattern { name: "clock", rows: &["..O.", "O.O.", ".O.O", ".O.."] },
        Pattern { name: "bipole", rows: &["OO...", "O.O..", ".....", "..O.O", "...OO"] },
        Pattern { name: "tripole", rows: &["OO....", "O.O...", "......", "..O.O.", ".....O", "....OO"] },
    ],
    &[
        Pattern { name: "caterer", rows: &[".O....", ".O....", ".O....", ".OO...", "....O.", "O....O", ".....O", ".OOO..", "......"] },
        Pattern { name: "mold", rows: &["...OO.", "..O..O", "O..O.O", "....O.", "O.OO..", ".O...."] },
        Pattern {
            name: "pinwheel",
            rows: &[
                "......OO....",
                "......OO....",
                "............",
                "....OOOO....",
                "OO.O....O...",
                "OO.O..O.O...",
                "...O...OO.OO",
                "...O.O..O.OO",
                "....OOOO....",
                "............",
                "....OO......",
                "....OO......",
            ],
        },
    ],
    &[Pattern {
        name: "pentadecathlon",
        rows: &[
            "................",
            "................",
            "................",
            ".....O....O.....",
            "...OO.OOOO.OO...",
            ".....O....O.....",
            "................",
            "................",
            "................",
        ],
    }],
];

/// Patterns that die within a few steps.
const MORTALS: &[Pattern] = &[
    Pattern { name: MORTAL, rows: &["O..", ".O.", "..O"] },
    Pattern { name: MORTAL, rows: &["..O", ".O.", "O.."] },
    Pattern { name: MORTAL, rows: &["O..", ".O.", "O.."] },
    Pattern { name: MORTAL, rows: &["..O", ".O.", "..O"] },
    Pattern { name: MORTAL, rows: &["O...", ".O..", "..O.", "...O"] },
    Pattern { name: MORTAL, rows: &["O....", ".O...", "..O..", "...O.", "....O"] },
    Pattern { name: MORTAL, rows: &["O.....", ".O....", "..O...", "...O..", "....O.", ".....O"] },
];

/// Upstream's word for all of them.
const MORTAL: &str = "non-oscillator";

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    grid_size_x: usize,
    grid_size_y: usize,
    difficulty: usize,
    num_oscillators: usize,
    max_simulation_steps: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { grid_size_x: 12, grid_size_y: 12, difficulty: 1, num_oscillators: 5, max_simulation_steps: 20 }
    }
}

impl Generate for GameOfLifeHalting {
    const NAME: &'static str = "game_of_life_halting";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("grid_size_x", "grid_size_x", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::scalar("grid_size_y", "grid_size_y", Levels::Ints(&[10, 25, 50, 100])),
        Attribute::scalar("difficulty", "difficulty", Levels::Ints(&[1, 2, 3])),
        Attribute::scalar("num_oscillators", "num_oscillators", Levels::Ints(&[3, 7, 10, 20])),
        Attribute::scalar("max_simulation_steps", "max_simulation_steps", Levels::Ints(&[20, 50, 100, 200])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, difficulty, 1..=3)?;
        let least = [7, 13, 25][config.difficulty - 1];
        within!(config, grid_size_x, least..=200)?;
        within!(config, grid_size_y, least..=200)?;
        within!(config, num_oscillators, 1..=1000)?;
        within!(config, max_simulation_steps, 1..=1000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let oscillates = rng.chance(0.5);
        let patterns = if oscillates { OSCILLATORS[config.difficulty - 1] } else { MORTALS };
        let (board, placed) = place(patterns, config, rng);
        // Patterns that keep their distance do not meet, as long as each stays in its rectangle.
        let halts = life::is_dead(&life::evolve(&board, config.max_simulation_steps));
        if halts == oscillates {
            return None;
        }
        let placed: Vec<_> = placed.iter().map(|(name, at)| json!({"name": name, "position": at})).collect();
        let Config { grid_size_x, grid_size_y, difficulty, num_oscillators, max_simulation_steps } = config;
        Some(Problem {
            question: format!(
                "This is a board of Conway's Game of Life, 1 for a living cell and 0 for a dead one. Each cell has eight neighbours, and the board wraps around: the \
                 left edge meets the right one, the top edge meets the bottom one.\n\n{board}\n\nIs every cell dead after {max_simulation_steps} steps or before? Answer \
                 True if so, else False."
            ),
            answer: if halts { "True" } else { "False" }.to_owned(),
            metadata: json!({
                "grid_size_x": grid_size_x,
                "grid_size_y": grid_size_y,
                "placed_patterns": placed,
                "simulation_steps": max_simulation_steps,
                "should_oscillate": oscillates,
                "difficulty": {
                    "grid_size_x": grid_size_x,
                    "grid_size_y": grid_size_y,
                    "difficulty": difficulty,
                    "num_oscillators": num_oscillators,
                    "max_simulation_steps": max_simulation_steps,
                },
            }),
        })
    }
}

/// A board of `num_oscillators` patterns, or of fewer when no room is found for them, with two dead cells at least between any two.
fn place(patterns: &[Pattern], config: &Config, rng: &mut Rng) -> (Grid, Vec<(&'static str, [usize; 2])>) {
    const TRIES: usize = 50;
    let (rows, columns) = (config.grid_size_x, config.grid_size_y);
    let fitting: Vec<&Pattern> = patterns.iter().filter(|pattern| pattern.fits(config)).collect();
    let mut board = Grid::from_fn(rows, columns, |_, _| 0);
    let mut taken = board.clone();
    let mut placed = Vec::new();
    for _ in 0..config.num_oscillators {
        let pattern = *rng.choose(&fitting);
        let (height, width) = (pattern.height(), pattern.width());
        let free = (0..TRIES).find_map(|_| {
            let at = [rng.size(1, rows - height - 1), rng.size(1, columns - width - 1)];
            around(at, pattern).all(|cell| taken[cell] == 0).then_some(at)
        });
        let Some(at) = free else { continue };
        around(at, pattern).for_each(|cell| taken[cell] = 1);
        for (row, cells) in pattern.rows.iter().enumerate() {
            for (column, cell) in cells.bytes().enumerate() {
                board[(at[0] + row, at[1] + column)] = u8::from(cell == b'O');
            }
        }
        placed.push((pattern.name, at));
    }
    (board, placed)
}

/// The cells of a pattern whose top left corner is there, and those that touch it.
fn around([row, column]: [usize; 2], pattern: &Pattern) -> impl Iterator<Item = (usize, usize)> {
    let columns = column - 1..=column + pattern.width();
    (row - 1..=row + pattern.height()).flat_map(move |row| columns.clone().map(move |column| (row, column)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&GameOfLifeHalting);
    }

    #[test]
    fn only_the_right_word_is_right() {
        for (answer, parity, strict) in
            [("False", 1.0, 1.0), (" false\n", 1.0, 1.0), ("True", 1.0, 0.0), ("False.", 1.0, 0.0), (" ", 1.0, 0.0), ("", 0.0, 0.0)]
        {
            check::score(&GameOfLifeHalting, answer, "False", json!({}), [parity, strict]);
        }
    }

    /// The pattern on a board with a border of two dead cells.
    fn alone(pattern: &Pattern) -> Grid {
        Grid::from_fn(pattern.height() + 4, pattern.width() + 4, |row, column| {
            let cell = pattern.rows.get(row.wrapping_sub(2)).and_then(|row| row.as_bytes().get(column.wrapping_sub(2)));
            u8::from(cell == Some(&b'O'))
        })
    }

    #[test]
    fn oscillators_return_and_stay_in_their_rectangle() {
        for pattern in OSCILLATORS.into_iter().flatten() {
            let start = alone(pattern);
            let period = (1..=15).find(|&steps| life::evolve(&start, steps) == start);
            assert!(period.is_some_and(|period| period > 1), "{}: {period:?}", pattern.name);
            for steps in 0..15 {
                let board = life::evolve(&start, steps);
                let inside = |row, column| (2..board.rows() - 2).contains(&row) && (2..board.columns() - 2).contains(&column);
                let outside =
                    Grid::from_fn(board.rows(), board.columns(), |row, column| u8::from(!inside(row, column)) * board[(row, column)]);
                assert!(life::is_dead(&outside), "{} leaves its rectangle:\n{board}", pattern.name);
            }
        }
    }

    #[test]
    fn mortals_die() {
        for pattern in MORTALS {
            assert!(life::is_dead(&life::evolve(&alone(pattern), 5)), "{:?}", pattern.rows);
        }
    }
}
