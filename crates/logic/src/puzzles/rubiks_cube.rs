//! Solving a scrambled Rubik's cube of any size.

use crate::config::{InvalidConfig, bounds, within};
use crate::cube::{Cube, Face, Move, SIZES, parse_moves, write_moves};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct RubiksCube;

impl Puzzle for RubiksCube {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Cognition
    }

    fn summary(&self) -> &'static str {
        "Solve a scrambled Rubik's cube; any sequence of moves that does it counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "moves that do not solve the cube earn nothing instead of 0.01",
            "a word that is no move makes the answer unreadable, where upstream skips words with a digit inside",
            "numbered layers, as in 2R or 3Rw', can be turned, and moves may be doubled, as in R2'",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let mut cube = scrambled(entry)?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let moves = if mode.is_parity() { expanded(answer) } else { parse_moves(answer).filter(|moves| !moves.is_empty()) };
        let Some(moves) = moves else { return Ok(Grade::unreadable("not a sequence of moves").scoring(mode.floor(0.01))) };
        if moves.len() > MAX_MOVES {
            return Ok(Grade::unreadable("more moves than are simulated").scoring(mode.floor(0.01)));
        }
        let solved = cube.turn_all(&moves).is_some() && cube.is_solved();
        Ok(if solved { Grade::binary(true) } else { Grade::of(mode.floor(0.01)) })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The longest sequence that is simulated, to bound the time. Upstream has no limit.
const MAX_MOVES: usize = 10_000;

#[derive(Deserialize)]
struct Scramble {
    cube_size: usize,
    scramble_moves: String,
}

fn scrambled(entry: &Entry) -> Result<Cube, InvalidEntry> {
    let Scramble { cube_size, scramble_moves } = entry.metadata()?;
    if !SIZES.contains(&cube_size) {
        return Err(InvalidEntry::new("metadata.cube_size", format!("{cube_size} is not between {} and {}", SIZES.start(), SIZES.end())));
    }
    let mut cube = Cube::new(cube_size);
    let moves = parse_moves(&scramble_moves).filter(|moves| cube.turn_all(moves).is_some());
    moves.ok_or_else(|| InvalidEntry::new("metadata.scramble_moves", "not a sequence of moves of this cube"))?;
    Ok(cube)
}

/// Upstream's reading of an answer: digits at a word's end repeat it, words with digits elsewhere are dropped, and what is left must be moves.
fn expanded(answer: &str) -> Option<Vec<Move>> {
    let mut moves = Vec::new();
    for word in answer.split(python::is_space).filter(|word| !word.is_empty()) {
        let is_digit = |char: char| python::digit(char).is_some();
        let base = word.trim_end_matches(is_digit);
        let digits = &word[base.len()..];
        if base.contains(is_digit) {
            continue;
        }
        // A list of so many moves fits no memory; upstream then takes the answer as it is and finds a word that is no move.
        const MOST: u64 = 1_000_000_000;
        let times = if digits.is_empty() { 1 } else { repetitions(digits).filter(|times| *times <= MOST)? };
        if base.is_empty() || times == 0 {
            continue;
        }
        moves.push(Move::parse(base)?.repeated(times));
    }
    Some(moves)
}

fn repetitions(digits: &str) -> Option<u64> {
    // Reading a few digits needs no big number.
    let short = || digits.parse().ok().filter(|_| digits.len() < 10);
    short().or_else(|| python::int(digits)?.to_u64())
}

/// Upstream's `remove_ansi` is left out: colours are always letters here.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_scramble_steps: usize,
    max_scramble_steps: usize,
    cube_size: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_scramble_steps: 3, max_scramble_steps: 10, cube_size: 3 }
    }
}

impl Generate for RubiksCube {
    const NAME: &'static str = "rubiks_cube";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("cube_size", "cube_size", Levels::Ints(&[3, 4, 5, 6, 7])),
        Attribute::interval("scramble_steps", "min_scramble_steps", "max_scramble_steps", Levels::Ints(&[3, 10, 25, 50, 100])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_scramble_steps, max_scramble_steps, 1..=1000)?;
        within!(config, cube_size, 2..=7)
    }

    /// Turns one layer, or two of cubes of size 4 and more. Upstream also turns deeper layers, in a notation that its scorer cannot read in an answer.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_scramble_steps, config.max_scramble_steps);
        let draw = |rng: &mut Rng| Move::quarter(*rng.choose(&Face::ALL), config.cube_size > 3 && rng.chance(0.5), rng.chance(0.5));
        let scramble: Vec<Move> = (0..count).map(|_| draw(rng)).collect();
        let mut cube = Cube::new(config.cube_size);
        cube.turn_all(&scramble).expect("every cube has its outer layers, and larger ones two on each side");
        if cube.is_solved() {
            return None;
        }
        let solution: Vec<Move> = scramble.iter().rev().map(|step| step.inverse()).collect();
        let solution = write_moves(&solution);
        Some(Problem {
            question: question(&cube, config.cube_size),
            metadata: json!({
                "cube_size": config.cube_size,
                "scramble_steps": count,
                "scramble_moves": write_moves(&scramble),
                "example_correct_answer": solution,
                "difficulty": {
                    "cube_size": config.cube_size,
                    "scramble_steps": [config.min_scramble_steps, config.max_scramble_steps],
                },
            }),
            answer: solution,
        })
    }
}

fn question(cube: &Cube, size: usize) -> String {
    let wide = if size > 3 { ", and with w the two outermost layers (Uw, Uw')" } else { "" };
    format!(
        "This is a scrambled Rubik's cube of size {size}, unfolded: the upper face, below it the left, front, right and back faces side \
         by side, and the lower face. A letter is the colour of a sticker.\n\n{}\nSolve it: make every face one colour. Answer with \
         moves in Singmaster notation, separated by spaces: U, D, L, R, F and B turn a face a quarter clockwise as seen from outside, \
         with an apostrophe (U') counterclockwise{wide}. Write a half turn as two moves.",
        net(cube, size)
    )
}

/// The faces unfolded, a letter a sticker.
fn net(cube: &Cube, size: usize) -> String {
    let row_of =
        |face: Face, row: usize| -> String { (0..size).flat_map(|column| [' ', color(cube.sticker(face, row, column))]).collect() };
    let alone = |face: Face| -> String { (0..size).map(|row| format!("{}{}\n", "  ".repeat(size), row_of(face, row))).collect() };
    let middle = (0..size).map(|row| [Face::L, Face::F, Face::R, Face::B].map(|face| row_of(face, row)).concat() + "\n");
    format!("{}{}{}", alone(Face::U), middle.collect::<String>(), alone(Face::D))
}

/// The letter of a face's colour, as on the usual cube: white down, green in front.
fn color(face: Face) -> char {
    match face {
        Face::L => 'R',
        Face::R => 'O',
        Face::D => 'W',
        Face::U => 'Y',
        Face::B => 'B',
        Face::F => 'G',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&RubiksCube);
    }

    #[test]
    fn any_solution_is_right() {
        let metadata = json!({"cube_size": 3, "scramble_moves": "R U"});
        for (answer, parity, strict) in [
            ("U' R'", 1.0, 1.0),
            (" U U U\nR3 ", 1.0, 1.0),
            ("U' R' X M M'", 1.0, 1.0),
            ("U' R'5", 1.0, 1.0),
            ("1. U' R'", 1.0, 0.0),
            ("1 U' 2 R' 2R", 1.0, 0.0),
            ("U2' U R'", 0.01, 1.0),
            ("U' R' W0", 1.0, 0.0),
            ("U'", 0.01, 0.0),
            ("u' r'", 0.01, 0.0),
            ("", 0.01, 0.0),
        ] {
            check::score(&RubiksCube, answer, None, metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn layers_of_larger_cubes_can_be_turned() {
        let metadata = json!({"cube_size": 4, "scramble_moves": "Rw 2F'"});
        for (answer, parity, strict) in [("2F Rw'", 0.01, 1.0), ("Fw F' Rw'", 1.0, 1.0), ("2F M", 0.01, 0.0)] {
            check::score(&RubiksCube, answer, None, metadata.clone(), [parity, strict]);
        }
    }
}
