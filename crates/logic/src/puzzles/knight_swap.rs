//! Swapping the white and the black knights of a small odd-shaped board, or saying that it cannot be done.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, VecDeque};

pub(crate) struct KnightSwap;

impl Puzzle for KnightSwap {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Swap white and black knights by alternating moves, or answer that it is impossible; a longer way earns less."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "legal moves that do not swap the knights earn nothing instead of 0.05",
            "a swap by knight's moves counts also where upstream's impossible puzzles forbid a move that their question does not mention",
            "the JSON may stand in a Markdown fence, and spaces may surround the parts of a move",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let game: Game = entry.metadata()?;
        let Some(answer) = answer.map(python::strip) else { return Ok(Grade::missing()) };
        if answer.to_lowercase() == "no" {
            return Ok(Grade::binary(!game.is_possible));
        }
        if mode.is_parity() && !game.is_possible {
            return Ok(Grade::binary(false));
        }
        let answer = if mode.is_parity() { answer } else { python::unfenced(answer) };
        let value = python::json(answer);
        let Some(moves) = value.as_ref().and_then(|value| read_moves(value, mode)) else {
            return Ok(Grade::unreadable("neither `No` nor a JSON list of moves"));
        };
        Ok(match game.play(&moves, mode) {
            Err(fault) => Grade::binary(false).because(fault),
            Ok(false) => Grade::of(mode.floor(0.05)).because("the knights are not swapped"),
            Ok(true) => {
                let best = game.solution.as_ref().map_or(moves.len(), Vec::len);
                Grade::of(if moves.len() <= best { 1.0 } else { best as f64 / moves.len() as f64 })
            }
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The puzzle; squares are named as on a chess board, `A1`.
#[derive(Deserialize)]
struct Game {
    /// Where a knight may go from each square.
    board: BTreeMap<String, Vec<String>>,
    /// `w`, `B` or nothing on each square.
    pieces: BTreeMap<String, Option<String>>,
    start_turn: String,
    is_possible: bool,
    /// A shortest way, of which only the length is used.
    solution: Option<Vec<serde::de::IgnoredAny>>,
}

struct Move<'a> {
    color: &'a str,
    from: &'a str,
    to: &'a str,
}

/// A JSON list of `"color,from,to"`.
fn read_moves(value: &Value, mode: Mode) -> Option<Vec<Move<'_>>> {
    value.as_list()?.iter().map(|text| read_move(text.as_str()?, mode)).collect()
}

fn read_move(text: &str, mode: Mode) -> Option<Move<'_>> {
    let mut parts = text.split(',').map(|part| if mode.is_parity() { part } else { python::strip(part) });
    let read = Move { color: parts.next()?, from: parts.next()?, to: parts.next()? };
    (parts.next().is_none() && matches!(read.color, "w" | "B")).then_some(read)
}

impl Game {
    /// Makes the moves and says whether the knights are swapped, or why a move cannot be made.
    fn play(&self, moves: &[Move<'_>], mode: Mode) -> Result<bool, String> {
        let mut pieces: BTreeMap<&str, Option<&str>> =
            self.pieces.iter().map(|(square, piece)| (square.as_str(), piece.as_deref())).collect();
        let mut turn = self.start_turn.as_str();
        for (number, &Move { color, from, to }) in (1..).zip(moves) {
            let fault = |what: &str| Err(format!("move {number}: {what}"));
            if color != turn {
                return fault("the other colour is to move");
            }
            if pieces.get(from).copied().flatten() != Some(color) {
                return fault("no knight of this colour stands there");
            }
            if !self.reaches(from, to, mode) {
                return fault("not a knight's move to a square of the board");
            }
            if pieces.get(to).copied().flatten().is_some() {
                return fault("the square is taken");
            }
            pieces.insert(from, None);
            pieces.insert(to, Some(color));
            turn = if turn == "w" { "B" } else { "w" };
        }
        let now = |color: &str| pieces.iter().filter(|(_, piece)| **piece == Some(color)).map(|(square, _)| *square).collect::<Vec<_>>();
        let before = |color: &str| {
            let of_color = self.pieces.iter().filter(|(_, piece)| piece.as_deref() == Some(color));
            of_color.map(|(square, _)| square.as_str()).collect::<Vec<_>>()
        };
        Ok(now("w") == before("B") && now("B") == before("w"))
    }

    fn reaches(&self, from: &str, to: &str, mode: Mode) -> bool {
        let listed = self.board.get(from).is_some_and(|reached| reached.iter().any(|square| square == to));
        listed || mode == Mode::Strict && self.board.contains_key(to) && is_knights_move(from, to)
    }
}

fn is_knights_move(from: &str, to: &str) -> bool {
    let place = |square: &str| {
        let column = square.chars().next()?;
        Some((column as i64, square[column.len_utf8()..].parse::<i64>().ok()?))
    };
    let (Some(from), Some(to)) = (place(from), place(to)) else { return false };
    matches!(((from.0 - to.0).abs(), from.1.abs_diff(to.1)), (1, 2) | (2, 1))
}

/// Upstream's `max_attempts` is left out: how often a draw is repeated is bounded for all generators alike.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_nodes: usize,
    max_nodes: usize,
    min_pieces: usize,
    max_pieces: usize,
    min_steps: usize,
    max_steps: usize,
    impossible_ratio: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_nodes: 6, max_nodes: 9, min_pieces: 2, max_pieces: 2, min_steps: 4, max_steps: 20, impossible_ratio: 0.2 }
    }
}

impl Generate for KnightSwap {
    const NAME: &'static str = "knight_swap";
    type Config = Config;
    /// Upstream's levels start with 4 nodes, which its own configuration refuses, and end with 6 knights of each colour, which fill the largest board: here they
    /// start with 6 nodes and end with 5 knights.
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("nodes", "min_nodes", "max_nodes", Levels::Ints(&[6, 8, 10, 12])),
        Attribute::range("pieces", "min_pieces", "max_pieces", Levels::Ints(&[2, 3, 4, 5])),
        Attribute::interval("steps", "min_steps", "max_steps", Levels::Ints(&[1, 10, 20, 30])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_nodes, max_nodes, 6..=SQUARES)?;
        bounds!(config, min_pieces, max_pieces, 1..=SQUARES)?;
        if 2 * config.min_pieces >= config.max_nodes {
            return Err(InvalidConfig::new("min_pieces", "leaves no empty square on the largest board"));
        }
        bounds!(config, min_steps, max_steps, 1..=1000)?;
        within!(config, impossible_ratio, 0.0..=1.0)
    }

    /// A board on which the swap can be done in as many steps as asked for, or not at all. Where upstream takes a move from its graph to make it impossible,
    /// which the question does not show, ours is impossible as shown.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let impossible = rng.chance(config.impossible_ratio);
        (0..DRAWS).find_map(|_| {
            let position = Position::draw(config, rng)?;
            let way = position.shortest_swap();
            let fits = way.as_ref().map_or(impossible, |way| !impossible && (config.min_steps..=config.max_steps).contains(&way.len()));
            fits.then(|| position.problem(config, way.as_deref()))
        })
    }
}

/// The squares that boards are made of: four columns of three, column by column.
const SQUARES: usize = 12;

const ROWS: usize = 3;

/// How many positions are drawn for one that is possible, or impossible, as was decided.
const DRAWS: u32 = 50;

/// The name of a square.
fn square(at: usize) -> String {
    format!("{}{}", char::from(b"ABCD"[at / ROWS]), at % ROWS + 1)
}

/// Whether a knight goes from one square to the other.
fn joined(one: usize, other: usize) -> bool {
    matches!(((one / ROWS).abs_diff(other / ROWS), (one % ROWS).abs_diff(other % ROWS)), (1, 2) | (2, 1))
}

/// White, black.
type Side = usize;

const NAMES: [&str; 2] = ["w", "B"];

/// A board with knights.
struct Position {
    /// The squares there are, in order.
    squares: Vec<usize>,
    /// Which knight stands on each of them.
    knights: Vec<Option<Side>>,
    turn: Side,
}

/// A step of a swap: who moves, from which of the position's squares to which.
struct Step {
    side: Side,
    from: usize,
    to: usize,
}

impl Position {
    /// As many squares as asked for, all joined by knight's moves, with knights on some but not all. `None` if the squares drawn are not.
    fn draw(config: &Config, rng: &mut Rng) -> Option<Self> {
        let count = rng.size(config.min_nodes.max(2 * config.min_pieces + 1), config.max_nodes);
        let each = rng.size(config.min_pieces, config.max_pieces.min((count - 1) / 2));
        let mut squares = (0..DRAWS).map(|_| rng.sample(&ALL, count)).find(|squares| is_connected(squares))?;
        squares.sort_unstable();
        let mut knights: Vec<Option<Side>> = (0..count).map(|at| (at < 2 * each).then_some(at % 2)).collect();
        rng.shuffle(&mut knights);
        Some(Self { squares, knights, turn: rng.below(2) })
    }

    /// Searches all positions by breadth. A position is numbered by its squares as digits to base three, twice, with one more when black is to move.
    fn shortest_swap(&self) -> Option<Vec<Step>> {
        let count = self.squares.len();
        let powers: Vec<usize> = (0..count as u32).map(|at| 2 * 3_usize.pow(at)).collect();
        let number = |knights: &[Option<Side>]| -> usize {
            knights.iter().zip(&powers).map(|(knight, power)| power * knight.map_or(0, |side| side + 1)).sum()
        };
        let near: Vec<Vec<usize>> =
            self.squares.iter().map(|one| (0..count).filter(|at| joined(*one, self.squares[*at])).collect()).collect();
        let swapped: Vec<Option<Side>> = self.knights.iter().map(|knight| knight.map(|side| 1 - side)).collect();
        let start = number(&self.knights) + self.turn;
        let goal = number(&swapped);
        // Which position each was reached from; no position is reached from itself.
        let mut before = vec![usize::MAX; 2 * 3_usize.pow(count as u32)];
        before[start] = start;
        let mut queue = VecDeque::from([start]);
        while let Some(position) = queue.pop_front() {
            if position & !1 == goal {
                return Some(way_to(position, &before, &powers));
            }
            let side = position & 1;
            let digit = |at: usize| position / powers[at] % 3;
            for from in (0..count).filter(|at| digit(*at) == side + 1) {
                for &to in near[from].iter().filter(|at| digit(**at) == 0) {
                    let next = (position + (side + 1) * powers[to] - (side + 1) * powers[from]) ^ 1;
                    if before[next] == usize::MAX {
                        before[next] = position;
                        queue.push_back(next);
                    }
                }
            }
        }
        None
    }

    fn problem(&self, config: &Config, way: Option<&[Step]>) -> Problem {
        let name = |at: usize| square(self.squares[at]);
        let steps: Vec<(&str, String, String)> =
            way.unwrap_or_default().iter().map(|step| (NAMES[step.side], name(step.from), name(step.to))).collect();
        let texts: Vec<String> = steps.iter().map(|(side, from, to)| format!("{side},{from},{to}")).collect();
        let near = |one: usize| self.squares.iter().filter(|other| joined(one, **other)).map(|other| square(*other)).collect::<Vec<_>>();
        let board: BTreeMap<String, Vec<String>> = self.squares.iter().map(|one| (square(*one), near(*one))).collect();
        let pieces: BTreeMap<String, Option<&str>> =
            self.squares.iter().zip(&self.knights).map(|(at, knight)| (square(*at), knight.map(|side| NAMES[side]))).collect();
        Problem {
            question: format!(
                "White knights (w) and black knights (B) stand on a board of odd shape; a dot is an empty square, and where nothing is drawn there is no \
                 square.\n\n{}\n\nKnights move as in chess, two squares along and one across, to an empty square of the board. White and black take turns with one \
                 move each; {} moves first. Bring all white knights to where the black ones stand now, and all black ones to where the white ones stand, in as few \
                 moves as you can.\nAnswer with a JSON list of the moves, each as \"color,from,to\", such as [\"w,A1,B3\", \"B,C1,A2\"]; if it cannot be done, answer \
                 No.",
                self.picture(),
                if self.turn == 0 { "white" } else { "black" },
            ),
            answer: if way.is_some() { json!(texts).to_string() } else { "No".to_owned() },
            metadata: json!({
                "board": board,
                "pieces": pieces,
                "start_turn": NAMES[self.turn],
                "solution": way.map(|_| &steps),
                "is_possible": way.is_some(),
                "num_steps": steps.len(),
                "difficulty": {
                    "nodes": [config.min_nodes, config.max_nodes],
                    "pieces": [config.min_pieces, config.max_pieces],
                    "steps": [config.min_steps, config.max_steps],
                },
            }),
        }
    }

    /// The board with the third row on top and the columns' letters below.
    fn picture(&self) -> String {
        let mark = |at: usize| match self.squares.binary_search(&at) {
            Ok(found) => self.knights[found].map_or(".", |side| NAMES[side]),
            Err(_) => " ",
        };
        let row = |row: usize| {
            let marks: Vec<&str> = (0..SQUARES / ROWS).map(|column| mark(column * ROWS + row)).collect();
            format!("{} | {} |", row + 1, marks.join(" | "))
        };
        let rows: Vec<String> = (0..ROWS).rev().map(row).collect();
        format!("{}\n    A   B   C   D", rows.join("\n"))
    }
}

const ALL: [usize; SQUARES] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// Whether a knight gets from any of these squares to any other.
fn is_connected(squares: &[usize]) -> bool {
    let mut reached = vec![squares[0]];
    let mut at = 0;
    while let Some(&one) = reached.get(at) {
        at += 1;
        let new: Vec<usize> = squares.iter().copied().filter(|other| joined(one, *other) && !reached.contains(other)).collect();
        reached.extend(new);
    }
    reached.len() == squares.len()
}

/// The steps by which a position was reached from the start.
fn way_to(position: usize, before: &[usize], powers: &[usize]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut after = position;
    while before[after] != after {
        let earlier = before[after];
        let changed = |to_empty: bool| {
            let digits = |at: usize| (earlier / powers[at] % 3, after / powers[at] % 3);
            (0..powers.len()).find(|at| if to_empty { digits(*at).0 > digits(*at).1 } else { digits(*at).0 < digits(*at).1 })
        };
        let from = changed(true).expect("a step empties a square");
        let to = changed(false).expect("a step fills a square");
        steps.push(Step { side: earlier & 1, from, to });
        after = earlier;
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&KnightSwap);
    }

    /// The squares around B2, in the order in which knights go from one to the next; white stands on the first, black on the second.
    const RING: [&str; 8] = ["A1", "B3", "C1", "A2", "C3", "B1", "A3", "C2"];

    /// Black goes round, white steps to and fro.
    const WAY: &str = r#"["B,B3,C1", "w,A1,B3", "B,C1,A2", "w,B3,C1", "B,A2,C3", "w,C1,B3", "B,C3,B1", "w,B3,C1", "B,B1,A3", "w,C1,B3", "B,A3,C2",
        "w,B3,C1", "B,C2,A1", "w,C1,B3"]"#;

    fn ring(solution: &serde_json::Value) -> serde_json::Value {
        let near = |at: usize| [RING[(at + 1) % 8], RING[(at + 7) % 8]];
        let board: BTreeMap<&str, [&str; 2]> = (0..8).map(|at| (RING[at], near(at))).collect();
        let pieces: BTreeMap<&str, Option<&str>> = (0..8).map(|at| (RING[at], ["w", "B"].get(at).copied())).collect();
        json!({"board": board, "pieces": pieces, "start_turn": "B", "is_possible": !solution.is_null(), "solution": solution})
    }

    #[test]
    fn any_swap_is_right_and_a_longer_one_earns_less() {
        let spaced = WAY.replace(',', ", ");
        let fenced = format!("```json\n{WAY}\n```");
        let illegal = WAY.replace("B,B1,A3", "B,B1,B2");
        for (answer, best, parity, strict) in [
            (WAY, 14, 1.0, 1.0),
            (WAY, 7, 0.5, 0.5),
            (&spaced, 14, 0.0, 1.0),
            (&fenced, 14, 0.0, 1.0),
            (&illegal, 14, 0.0, 0.0),
            (r#"["B,B3,C1", "w,A1,B3"]"#, 14, 0.05, 0.0),
            (r#"["w,A1,C2"]"#, 14, 0.0, 0.0),
            ("[]", 14, 0.05, 0.0),
            ("[1]", 14, 0.0, 0.0),
            ("No", 14, 0.0, 0.0),
        ] {
            check::score(&KnightSwap, answer, None, ring(&json!(vec![0; best])), [parity, strict]);
        }
    }

    #[test]
    fn a_move_that_upstream_hides_may_be_made() {
        let mut impossible = ring(&json!(null));
        impossible["board"]["A1"] = json!(["C2"]);
        impossible["board"]["B3"] = json!(["C1"]);
        check::score(&KnightSwap, " NO\n", "No", impossible.clone(), [1.0, 1.0]);
        check::score(&KnightSwap, WAY, "No", impossible.clone(), [0.0, 1.0]);
        check::score(&KnightSwap, r#"["B,B3,C1"]"#, "No", impossible, [0.0, 0.0]);
    }
}
