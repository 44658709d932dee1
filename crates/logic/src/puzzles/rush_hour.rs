//! Rush Hour: cars and lorries slide on a board of six by six until the red car reaches the exit on its right.
//!
//! Scoring simulates the moves. The generator draws boards of its own; upstream takes them from a list.

mod cluster;

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

pub(crate) struct RushHour;

impl Puzzle for RushHour {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Slide vehicles out of the way of the red car; any sequence of moves that frees it counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "an answer that does not free the red car earns nothing instead of 0.01",
            "the answer is moves between white space or commas and nothing else, and vehicles may be in small letters",
            "a move that is blocked, or of what is no vehicle, makes the answer wrong instead of being passed over, and so does any move after the last",
            "the red car may be moved further than to the exit",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Metadata { board_config } = entry.metadata()?;
        let board = Board::read(&board_config)?;
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Parity => match mentioned(answer).map(|slides| board.play_leniently(&slides)) {
                Some(Some(solved)) => Grade::of(if solved { 1.0 } else { 0.01 }),
                Some(None) => Grade::binary(false).because("a move is of what is no vehicle"),
                None => Grade::unreadable("a number is too long"),
            },
            Mode::Strict => match listed(answer).map(|slides| board.play(&slides)) {
                Some(Ok(())) => Grade::binary(true),
                Some(Err(fault)) => Grade::binary(false).because(fault),
                None => Grade::unreadable("not a sequence of moves"),
            },
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Metadata {
    board_config: String,
}

const SIDE: usize = 6;

/// The row of the red car, with the exit at its right end.
const EXIT_ROW: usize = 2;

/// The length of cars, the red one among them, and of lorries.
const LENGTHS: [usize; 2] = [2, 3];

/// The longest text of digits that Python 3.11 converts to a number.
const MAX_DIGITS: usize = 4300;

/// What moves a vehicle: its index, in which direction and how far. Forward is to the right and down.
#[derive(Clone, Copy)]
struct Slide {
    vehicle: usize,
    forward: bool,
    steps: usize,
}

impl Slide {
    fn new(letter: char, sign: char, digits: &str) -> Option<Self> {
        // No vehicle moves further than the board is long.
        let append = |steps: usize, char: char| python::digit(char).map(|digit| (steps * 10 + digit as usize).min(SIDE));
        if digits.is_empty() || digits.chars().count() > MAX_DIGITS {
            return None;
        }
        let steps = digits.chars().try_fold(0, append)?;
        Some(Self { vehicle: letter as usize - 'A' as usize, forward: sign == '+', steps })
    }
}

/// The moves that upstream finds anywhere in a text: its pattern is a capital, a sign and digits. `None` if a number has more digits than Python reads.
fn mentioned(text: &str) -> Option<Vec<Slide>> {
    let mut slides = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|char: char| char.is_ascii_uppercase()) {
        let mut chars = rest[at..].chars();
        let letter = chars.next().expect("a letter was found");
        rest = chars.as_str();
        let Some(digits) = rest.strip_prefix(['+', '-']) else { continue };
        let end = digits.find(|char| python::digit(char).is_none()).unwrap_or(digits.len());
        if end > 0 {
            let sign = if rest.starts_with('+') { '+' } else { '-' };
            slides.push(Slide::new(letter, sign, &digits[..end])?);
            rest = &digits[end..];
        }
    }
    Some(slides)
}

/// The moves of a text that holds nothing else.
fn listed(text: &str) -> Option<Vec<Slide>> {
    let slide = |part: &str| {
        let mut chars = part.chars();
        let letter = chars.next().filter(char::is_ascii_alphabetic)?;
        let sign = chars.next().filter(|sign| ['+', '-'].contains(sign))?;
        let digits = Some(chars.as_str()).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        Slide::new(letter.to_ascii_uppercase(), sign, digits).filter(|slide| slide.steps > 0)
    };
    text.split(|char| char == ',' || python::is_space(char)).filter(|part| !part.is_empty()).map(slide).collect()
}

/// The row or column of a vehicle: the cells that it covers as far back as it goes, as bits, and how far forward it can be from there.
#[derive(Clone, Copy)]
struct Track {
    first: u64,
    stride: usize,
    last: usize,
}

impl Track {
    fn new(row: usize, col: usize, length: usize, vertical: bool) -> Self {
        let (start, stride) = if vertical { (col, SIDE) } else { (row * SIDE, 1) };
        Self { first: (0..length).map(|at| 1 << (start + at * stride)).sum(), stride, last: SIDE - length }
    }

    /// The cells that the vehicle covers when it is this far forward.
    fn cells(&self, offset: usize) -> u64 {
        self.first << (self.stride * offset)
    }
}

/// Vehicles, each on its track and so far forward; the first is the red car. Walls are fixed cells.
#[derive(Clone)]
struct Board {
    tracks: Vec<Track>,
    offsets: Vec<usize>,
    walls: u64,
}

impl Board {
    /// A board as 36 cells: `o` empty, `x` a wall, else a vehicle's letter. Vehicles count in the order of their letters.
    fn read(text: &str) -> Result<Self, InvalidEntry> {
        let fail = |message: String| InvalidEntry::new("metadata.board_config", message);
        if text.chars().count() != SIDE * SIDE {
            return Err(fail(format!("not {} cells", SIDE * SIDE)));
        }
        let mut board = Self { tracks: Vec::new(), offsets: Vec::new(), walls: 0 };
        let mut vehicles: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (cell, label) in text.chars().enumerate() {
            match label {
                'o' => {}
                'x' => board.walls |= 1 << cell,
                _ => vehicles.entry(label).or_default().push(cell),
            }
        }
        for (label, cells) in vehicles {
            let (row, col) = (cells[0] / SIDE, cells[0] % SIDE);
            let vertical = cells.get(1) == Some(&(cells[0] + SIDE));
            let track = Track::new(row, col, cells.len().min(SIDE), vertical);
            let offset = if vertical { row } else { col };
            let covered: u64 = cells.iter().map(|cell| 1 << cell).sum();
            if !LENGTHS.contains(&cells.len()) || offset > track.last || track.cells(offset) != covered {
                return Err(fail(format!("`{label}` is no vehicle of two or three cells in a line")));
            }
            board.tracks.push(track);
            board.offsets.push(offset);
        }
        if board.tracks.is_empty() {
            return Err(fail("there is no vehicle".to_owned()));
        }
        Ok(board)
    }

    fn occupied(&self) -> u64 {
        self.tracks.iter().zip(&self.offsets).fold(self.walls, |cells, (track, offset)| cells | track.cells(*offset))
    }

    /// Moves a vehicle as far as nothing is in its way, and says how far that was.
    fn slide(&mut self, Slide { vehicle, forward, steps }: Slide) -> usize {
        let track = self.tracks[vehicle];
        let others = self.occupied() & !track.cells(self.offsets[vehicle]);
        for done in 0..steps {
            let offset = self.offsets[vehicle];
            let next = if forward { Some(offset + 1) } else { offset.checked_sub(1) };
            match next.filter(|&next| next <= track.last && track.cells(next) & others == 0) {
                Some(next) => self.offsets[vehicle] = next,
                None => return done,
            }
        }
        steps
    }

    /// Whether the red car is at the exit.
    fn is_solved(&self) -> bool {
        self.tracks[0].cells(self.offsets[0]).trailing_zeros() as usize == EXIT_ROW * SIDE + SIDE - LENGTHS[0]
    }

    /// Plays moves by upstream's rules: each goes as far as it can. `None` where upstream raises an exception, for the letter that follows the last piece, walls
    /// counted as pieces.
    fn play_leniently(mut self, slides: &[Slide]) -> Option<bool> {
        let pieces = self.tracks.len() + self.walls.count_ones() as usize;
        for &slide in slides {
            if slide.vehicle == pieces {
                return None;
            }
            if slide.vehicle < self.tracks.len() {
                self.slide(slide);
            }
        }
        Some(self.is_solved())
    }

    /// Plays moves by the rules of the game; the error says which is against them.
    fn play(mut self, slides: &[Slide]) -> Result<(), String> {
        for (index, &slide) in slides.iter().enumerate() {
            let number = index + 1;
            if self.is_solved() {
                return Err(format!("move {number} comes after the red car is out"));
            }
            if slide.vehicle >= self.tracks.len() {
                return Err(format!("move {number} is of a vehicle that there is not"));
            }
            let out = |board: &Self| slide.vehicle == 0 && slide.forward && board.is_solved();
            if self.slide(slide) < slide.steps && !out(&self) {
                return Err(format!("move {number} is blocked"));
            }
        }
        if self.is_solved() { Ok(()) } else { Err("the red car is not at the exit".to_owned()) }
    }

    /// The rows, with a letter for each vehicle from `A`, `empty` for what is free and `x` for walls.
    fn rows(&self, empty: char) -> Vec<String> {
        let mut cells = [empty; SIDE * SIDE];
        for (cell, label) in cells.iter_mut().enumerate() {
            let covers = |(track, offset): (&Track, &usize)| track.cells(*offset) >> cell & 1 == 1;
            if let Some(vehicle) = self.tracks.iter().zip(&self.offsets).position(covers) {
                *label = letter(vehicle);
            } else if self.walls >> cell & 1 == 1 {
                *label = 'x';
            }
        }
        cells.chunks(SIDE).map(|row| row.iter().collect()).collect()
    }
}

/// A vehicle's name.
fn letter(vehicle: usize) -> char {
    char::from(b'A' + vehicle as u8)
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_moves: usize,
    max_moves: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_moves: 1, max_moves: 50 }
    }
}

impl Generate for RushHour {
    const NAME: &'static str = "rush_hour";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("moves", "min_moves", "max_moves", Levels::Ints(&[5, 25, 50, 100]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_moves, max_moves, 1..=100)?;
        within!(config, min_moves, 1..=cluster::HARDEST)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let (board, solution) = cluster::draw(config.min_moves..=config.max_moves, rng)?;
        let moves: Vec<String> = solution
            .iter()
            .map(|slide| format!("{}{}{}", letter(slide.vehicle), if slide.forward { '+' } else { '-' }, slide.steps))
            .collect();
        Some(Problem {
            question: format!(
                "Vehicles stand on a board of six by six cells, each shown by a letter of its own; dots are empty cells{}:\n{}\nA vehicle moves only along its own line: left \
                 and right, or up and down. None passes through another. Bring the red car, A, to the right end of its row. Answer with moves \
                 separated by spaces, each a letter, a sign and a number of cells: + is to the right or down, - to the left or up, as in B+2 A-1 C+3.",
                if board.walls == 0 { "" } else { " and x are walls, which nothing can enter" },
                board.rows('.').join("\n"),
            ),
            answer: moves.join(" "),
            metadata: json!({
                "board_config": board.rows('o').concat(),
                "min_moves": moves.len(),
                "difficulty": {"moves": [config.min_moves, config.max_moves]},
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
        check::puzzle(&RushHour);
    }

    #[test]
    fn moves_are_played_on_the_board() {
        let metadata = json!({"board_config": "oooxoooooBooAAoBooooooooooooooCCCooo"});
        for (answer, parity, strict) in [
            ("B+3 A+4", 1.0, 1.0),
            ("b+3, a+2, a+2", 0.01, 1.0),
            ("B+3 A+5", 1.0, 1.0),
            ("B+2 B+1 A+9", 1.0, 1.0),
            ("B+3 A+4 C+1", 1.0, 0.0),
            ("B+4 A+4", 1.0, 0.0),
            ("Z+1 B+3 A+4", 1.0, 0.0),
            ("D+1 B+3 A+4", 1.0, 0.0),
            ("E+1 B+3 A+4", 0.0, 0.0),
            ("First B+3, then A+4.", 1.0, 0.0),
            ("B+٣ A+4", 1.0, 0.0),
            ("B-1 A+4", 0.01, 0.0),
            ("A+4", 0.01, 0.0),
            ("1+1", 0.01, 0.0),
            ("B+0 B+3 A+4", 1.0, 0.0),
            ("", 0.0, 0.0),
        ] {
            check::score(&RushHour, answer, None, metadata.clone(), [parity, strict]);
        }
    }
}
