//! Go: the move by which Black captures white stones at once.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

pub(crate) struct Tsumego;

impl Puzzle for Tsumego {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Find the move by which Black captures white stones on a Go board."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "another move counts if it captures as many stones as the stored one, and that captures any",
            "a wrong move earns nothing instead of 0.05, anything else nothing instead of 0.01",
            "an answer that contains the move beside other text earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::strip(entry.gold()?);
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        let answer = python::strip(answer).to_uppercase();
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        if mode.is_parity() {
            return Ok(Grade::of(lenient(&answer, gold)));
        }
        let Metadata { board } = entry.metadata()?;
        let board = Board::read(board)?;
        let Some(point) = board.point(&answer) else { return Ok(Grade::unreadable("not a point of the board")) };
        let best = board.point(gold).map_or(0, |gold| board.captured_by(gold));
        Ok(Grade::binary(best > 0 && board.captured_by(point) >= best))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Upstream's score of what is not the stored move.
fn lenient(answer: &str, gold: &str) -> f64 {
    if answer.contains(gold) {
        return scoring::substring(answer, gold);
    }
    let mut chars = answer.chars();
    let letter = chars.next().is_some_and(|letter| letter.is_ascii_uppercase());
    let move_like = letter && !chars.as_str().is_empty() && chars.all(|char| python::digit(char).is_some());
    if move_like { 0.05 } else { 0.01 }
}

#[derive(Deserialize)]
struct Metadata {
    board: Vec<Vec<char>>,
}

const EMPTY: char = '.';
const BLACK: char = 'X';
const WHITE: char = 'O';

/// Row from the top and column from the left.
type Point = (usize, usize);

/// Equally many rows and columns.
struct Board {
    cells: Vec<Vec<char>>,
}

impl Board {
    fn read(cells: Vec<Vec<char>>) -> Result<Self, InvalidEntry> {
        if cells.iter().any(|row| row.len() != cells.len()) {
            return Err(InvalidEntry::new("metadata.board", "not a square"));
        }
        Ok(Self { cells })
    }

    fn size(&self) -> usize {
        self.cells.len()
    }

    fn at(&self, (row, col): Point) -> char {
        self.cells[row][col]
    }

    fn set(&mut self, (row, col): Point, stone: char) {
        self.cells[row][col] = stone;
    }

    fn points(&self) -> impl Iterator<Item = Point> + use<> {
        let size = self.size();
        (0..size).flat_map(move |row| (0..size).map(move |col| (row, col)))
    }

    /// A column's letter and a row's number, counted from below: `C4`.
    fn name(&self, (row, col): Point) -> String {
        format!("{}{}", char::from(b'A' + col as u8), self.size() - row)
    }

    fn point(&self, name: &str) -> Option<Point> {
        self.points().find(|&point| self.name(point) == name)
    }

    fn neighbors(&self, (row, col): Point) -> impl Iterator<Item = Point> + use<> {
        let size = self.size();
        [(row.wrapping_sub(1), col), (row + 1, col), (row, col.wrapping_sub(1)), (row, col + 1)]
            .into_iter()
            .filter(move |&(row, col)| row < size && col < size)
    }

    /// The stones connected with the one at a point, and the empty points beside them.
    fn group(&self, start: Point) -> (BTreeSet<Point>, BTreeSet<Point>) {
        let (mut stones, mut liberties) = (BTreeSet::from([start]), BTreeSet::new());
        let mut open = vec![start];
        while let Some(stone) = open.pop() {
            for next in self.neighbors(stone) {
                if self.at(next) == EMPTY {
                    liberties.insert(next);
                } else if self.at(next) == self.at(start) && stones.insert(next) {
                    open.push(next);
                }
            }
        }
        (stones, liberties)
    }

    /// How many white stones Black captures by playing at a point; none where a stone is.
    fn captured_by(&self, point: Point) -> usize {
        if self.at(point) != EMPTY {
            return 0;
        }
        let last_liberty = BTreeSet::from([point]);
        let white = self.neighbors(point).filter(|&next| self.at(next) == WHITE).map(|next| self.group(next));
        let captured = white.filter(|(_, liberties)| *liberties == last_liberty).flat_map(|(stones, _)| stones);
        captured.collect::<BTreeSet<_>>().len()
    }

    /// Whether every stone on the board has a liberty, as after any legal move.
    fn is_legal(&self) -> bool {
        self.points().filter(|&point| self.at(point) != EMPTY).all(|point| !self.group(point).1.is_empty())
    }

    fn empty_points(&self) -> Vec<Point> {
        self.points().filter(|&point| self.at(point) == EMPTY).collect()
    }

    /// The rows with their numbers, below the letters of the columns.
    fn diagram(&self) -> String {
        let letters: Vec<String> = (0..self.size()).map(|col| char::from(b'A' + col as u8).to_string()).collect();
        let mut lines = vec![format!("   {}", letters.join(" "))];
        for (row, cells) in self.cells.iter().enumerate() {
            let cells: Vec<String> = cells.iter().map(char::to_string).collect();
            lines.push(format!("{:2} {}", self.size() - row, cells.join(" ")));
        }
        lines.join("\n")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_board_size: usize,
    max_board_size: usize,
    max_stones: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_board_size: 9, max_board_size: 13, max_stones: 15 }
    }
}

impl Generate for Tsumego {
    const NAME: &'static str = "tsumego";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("board_size", "min_board_size", "max_board_size", Levels::Ints(&[5, 10, 15, 19])),
        Attribute::scalar("max_stones", "max_stones", Levels::Ints(&[5, 10, 13, 15])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_board_size, max_board_size, 5..=19)?;
        // More leave no room on the smallest board for what is to be captured.
        within!(config, max_stones, 5..=config.min_board_size * config.min_board_size * 3 / 5)
    }

    /// Scattered stones, and a white group that is shut in but for one point. No other move may capture as many.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let size = rng.size(config.min_board_size, config.max_board_size);
        let mut board = Board { cells: vec![vec![EMPTY; size]; size] };
        // Four are kept for the group.
        for point in rng.sample(&board.empty_points(), config.max_stones - 4) {
            let stone = *rng.choose(&[BLACK, WHITE]);
            board.set(point, stone);
        }
        let solution = shut_in(&mut board, rng)?;
        let captured = board.captured_by(solution);
        let rival = board.empty_points().into_iter().any(|point| point != solution && board.captured_by(point) >= captured);
        if rival || !board.is_legal() {
            return None;
        }
        Some(Problem {
            question: format!(
                "This is a Go board, with X for black stones, O for white stones and dots for empty points:\n{}\nBlack is to move. Which move captures the most white stones at \
                 once? Answer with its column and row, as in C4.",
                board.diagram(),
            ),
            answer: board.name(solution),
            metadata: json!({
                "board": board.cells,
                "board_size": size,
                "difficulty": {"board_size": [config.min_board_size, config.max_board_size]},
            }),
        })
    }
}

/// Adds a white group of three to five stones, joined to others by chance, and black stones on its liberties except the one that is returned.
fn shut_in(board: &mut Board, rng: &mut Rng) -> Option<Point> {
    let start = *rng.choose(&board.empty_points());
    board.set(start, WHITE);
    for _ in 1..rng.size(3, 5) {
        let liberties: Vec<Point> = board.group(start).1.into_iter().collect();
        if liberties.is_empty() {
            return None;
        }
        board.set(*rng.choose(&liberties), WHITE);
    }
    let mut liberties: Vec<Point> = board.group(start).1.into_iter().collect();
    rng.shuffle(&mut liberties);
    let solution = liberties.pop()?;
    liberties.into_iter().for_each(|liberty| board.set(liberty, BLACK));
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Tsumego);
    }

    #[test]
    fn moves_that_capture_as_much_are_right() {
        // Black captures one stone at A5, two at C1, three at C2.
        let board = [".OX..", "XX...", "...XX", "XX.OO", "OO.XO"];
        let metadata = json!({"board": board.map(|row| row.chars().collect::<Vec<_>>())});
        for (answer, gold, parity, strict) in [
            ("C1", "C1", 1.0, 1.0),
            (" c1\n", "C1", 1.0, 1.0),
            ("A5", "C1", 0.05, 0.0),
            ("C1", "A5", 0.05, 1.0),
            ("C2", "A5", 0.05, 1.0),
            ("C4", "A5", 0.05, 0.0),
            ("C4", "C4", 1.0, 1.0),
            ("A5", "C4", 0.05, 0.0),
            ("Z99", "A5", 0.05, 0.0),
            ("Play A5.", "A5", 0.25, 0.0),
            ("A", "A5", 0.01, 0.0),
            ("", "A5", 0.0, 0.0),
        ] {
            check::score(&Tsumego, answer, gold, metadata.clone(), [parity, strict]);
        }
    }
}
