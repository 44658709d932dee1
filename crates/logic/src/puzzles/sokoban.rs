//! Sokoban: push every box onto a goal.

mod reverse;

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Sokoban;

impl Puzzle for Sokoban {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Push boxes onto goals; any sequence of moves that does counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the answer is letters for directions, in any case, maybe between commas or white space, and nothing else; upstream picks them out of any text",
            "a move against a wall or a box that is stuck makes the answer wrong instead of being passed over",
            "moves after the last box is placed make the answer wrong",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Metadata { gamestr } = entry.metadata()?;
        let level = Level::read(&gamestr)?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Parity => Grade::binary(level.play_leniently(answer.chars().filter_map(Direction::named))),
            Mode::Strict => match listed(answer).map(|moves| level.play(&moves)) {
                None => Grade::unreadable("not a sequence of the letters L, D, U and R"),
                Some(Ok(())) => Grade::binary(true),
                Some(Err(fault)) => Grade::binary(false).because(fault),
            },
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Metadata {
    gamestr: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
    Left,
    Right,
}

impl Direction {
    const ALL: [Self; 4] = [Self::Up, Self::Down, Self::Left, Self::Right];

    fn letter(self) -> char {
        match self {
            Self::Up => 'U',
            Self::Down => 'D',
            Self::Left => 'L',
            Self::Right => 'R',
        }
    }

    fn named(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.letter() == letter)
    }

    fn opposite(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// The moves of a text that holds nothing else.
fn listed(text: &str) -> Option<Vec<Direction>> {
    let letters = text.chars().filter(|&char| char != ',' && !python::is_space(char));
    letters.map(|letter| Direction::named(letter.to_ascii_uppercase())).collect()
}

/// A level and where everything stands in it. Cells count row by row.
#[derive(Clone)]
struct Level {
    width: usize,
    walls: Vec<bool>,
    goals: Vec<bool>,
    boxes: Vec<bool>,
    player: usize,
    /// How many boxes are on no goal.
    misplaced: usize,
}

impl Level {
    fn read(text: &str) -> Result<Self, InvalidEntry> {
        let fail = |message: String| InvalidEntry::new("metadata.gamestr", message);
        let text = text.replace(' ', "");
        let rows: Vec<Vec<char>> = python::strip(&text).split('\n').map(|row| row.chars().collect()).collect();
        let width = rows[0].len();
        if rows.iter().any(|row| row.len() != width) {
            return Err(fail("the rows are not of one length".to_owned()));
        }
        let cells = rows.concat();
        if let Some(unknown) = cells.iter().find(|cell| !"*%@X$+-".contains(**cell)) {
            return Err(fail(format!("`{unknown}` is nothing that a cell can hold")));
        }
        let player = cells.iter().rposition(|cell| "*%".contains(*cell)).ok_or_else(|| fail("there is no player".to_owned()))?;
        let any_of = |marks: &str| cells.iter().map(|cell| marks.contains(*cell)).collect();
        let misplaced = cells.iter().filter(|cell| **cell == '@').count();
        Ok(Self { width, walls: any_of("+"), goals: any_of("X$%"), boxes: any_of("@$"), player, misplaced })
    }

    /// The next cell in a direction, inside the level.
    fn beside(&self, cell: usize, direction: Direction) -> Option<usize> {
        match direction {
            Direction::Up => cell.checked_sub(self.width),
            Direction::Down => Some(cell + self.width).filter(|&next| next < self.walls.len()),
            Direction::Left => (!cell.is_multiple_of(self.width)).then(|| cell - 1),
            Direction::Right => (!(cell + 1).is_multiple_of(self.width)).then_some(cell + 1),
        }
    }

    fn is_free(&self, cell: usize) -> bool {
        !self.walls[cell] && !self.boxes[cell]
    }

    /// Moves the player, and the box before him, if nothing is in the way; says whether he moved.
    fn step(&mut self, direction: Direction) -> bool {
        let Some(next) = self.beside(self.player, direction).filter(|&next| !self.walls[next]) else { return false };
        if self.boxes[next] {
            let Some(behind) = self.beside(next, direction).filter(|&behind| self.is_free(behind)) else { return false };
            self.move_box(next, behind);
        }
        self.player = next;
        true
    }

    fn move_box(&mut self, from: usize, to: usize) {
        self.boxes[from] = false;
        self.boxes[to] = true;
        self.misplaced -= usize::from(!self.goals[from]);
        self.misplaced += usize::from(!self.goals[to]);
    }

    fn is_solved(&self) -> bool {
        self.misplaced == 0
    }

    /// Plays moves by upstream's rules: one that is not possible changes nothing.
    fn play_leniently(mut self, moves: impl Iterator<Item = Direction>) -> bool {
        for direction in moves {
            self.step(direction);
        }
        self.is_solved()
    }

    /// Plays moves by the rules of the game; the error says which is against them.
    fn play(mut self, moves: &[Direction]) -> Result<(), String> {
        for (index, &direction) in moves.iter().enumerate() {
            if self.is_solved() {
                return Err(format!("move {} comes after the last box is placed", index + 1));
            }
            if !self.step(direction) {
                return Err(format!("move {} is not possible", index + 1));
            }
        }
        if self.is_solved() { Ok(()) } else { Err("not every box is on a goal".to_owned()) }
    }

    fn rows(&self) -> String {
        let mark = |cell: usize| match (self.walls[cell], self.boxes[cell], self.player == cell, self.goals[cell]) {
            (true, ..) => "+",
            (_, true, _, true) => "$",
            (_, true, _, false) => "@",
            (_, _, true, true) => "%",
            (_, _, true, false) => "*",
            (_, _, _, true) => "X",
            _ => "-",
        };
        let cells: Vec<&str> = (0..self.walls.len()).map(mark).collect();
        cells.chunks(self.width).map(|row| row.join(" ")).collect::<Vec<_>>().join("\n")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_w: usize,
    min_h: usize,
    max_w: usize,
    max_h: usize,
    min_boxes: usize,
    max_boxes: usize,
    max_depth: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_w: 6, min_h: 6, max_w: 10, max_h: 10, min_boxes: 4, max_boxes: 10, max_depth: 80 }
    }
}

/// The widths and heights of the curriculum.
const SIZES: [i64; 14] = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];

impl Generate for Sokoban {
    const NAME: &'static str = "sokoban";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("width", "min_w", "max_w", Levels::Ints(&SIZES)),
        Attribute::range("height", "min_h", "max_h", Levels::Ints(&SIZES)),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_w, max_w, 4..=20)?;
        bounds!(config, min_h, max_h, 4..=20)?;
        // One cell for the player, and at least one to pull a box to.
        let room = (config.min_w - 2) * (config.min_h - 2);
        bounds!(config, min_boxes, max_boxes, 1..=room - 2)?;
        within!(config, max_depth, 2..=10_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let width = rng.size(config.min_w, config.max_w);
        let height = rng.size(config.min_h, config.max_h);
        let boxes = config.boxes(width, height, rng);
        let (level, solution) = reverse::draw(width, height, boxes, rng);
        if level.misplaced < (boxes / 2).max(1) || solution.len() > config.max_depth {
            return None;
        }
        let game = level.rows();
        Some(Problem {
            question: format!(
                "Solve this Sokoban level:\n{game}\n+ is a wall, - an empty cell, X a goal, @ a box, $ a box on a goal, * the player and % the player on a goal. The player moves up, \
                 down, left or right and pushes a box before him if the cell behind it is free of walls and boxes; he cannot pull. Bring every box onto a goal. \
                 Answer with the moves as letters U, D, L and R in one word, as in LDURRUDL."
            ),
            answer: solution.into_iter().map(Direction::letter).collect(),
            metadata: json!({
                "gamestr": game,
                "width": width,
                "height": height,
                "difficulty": {
                    "width": [config.min_w, config.max_w],
                    "height": [config.min_h, config.max_h],
                },
            }),
        })
    }
}

impl Config {
    /// How many boxes a level has: in proportion to its area where areas differ, and not more than half of it holds, unless as many are asked for.
    fn boxes(&self, width: usize, height: usize, rng: &mut Rng) -> usize {
        let (smallest, largest) = (self.min_w * self.min_h, self.max_w * self.max_h);
        let wanted = if smallest < largest {
            self.min_boxes + (self.max_boxes - self.min_boxes) * (width * height - smallest) / (largest - smallest)
        } else {
            rng.size(self.min_boxes, self.max_boxes)
        };
        wanted.min((width - 2) * (height - 2) / 2).max(self.min_boxes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Sokoban);
    }

    #[test]
    fn any_solution_is_right() {
        let metadata = json!({"gamestr": "+ + + + + +  \n+ - - - - +  \n+ * @ - X +  \n+ + + + + +  \n\n"});
        for (answer, parity, strict) in [
            ("RR", 1.0, 1.0),
            (" r, r\n", 0.0, 1.0),
            ("URRDLURDLLLDRR", 0.0, 0.0),
            ("UDRR", 1.0, 1.0),
            ("LRR", 1.0, 0.0),
            ("RRL", 1.0, 0.0),
            ("RRR", 1.0, 0.0),
            ("RR\nRR", 1.0, 0.0),
            ("The answer is RR.", 1.0, 0.0),
            ("R", 0.0, 0.0),
            ("", 0.0, 0.0),
        ] {
            check::score(&Sokoban, answer, None, metadata.clone(), [parity, strict]);
        }
    }
}
