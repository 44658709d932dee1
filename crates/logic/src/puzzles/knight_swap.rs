//! Swapping the white and the black knights of a small odd-shaped board, or saying that it cannot be done.

use crate::python::{self, Value};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) struct KnightSwap;

impl Puzzle for KnightSwap {
    fn name(&self) -> &'static str {
        "knight_swap"
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
        let Some(moves) = python::json(answer).and_then(|value| read_moves(&value, mode)) else {
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

struct Move {
    color: String,
    from: String,
    to: String,
}

/// A JSON list of `"color,from,to"`.
fn read_moves(value: &Value, mode: Mode) -> Option<Vec<Move>> {
    let part = |text: &str| if mode.is_parity() { text.to_owned() } else { python::strip(text).to_owned() };
    let read = |item: &Value| {
        let [color, from, to] = item.as_str()?.split(',').map(part).collect::<Vec<_>>().try_into().ok()?;
        matches!(color.as_str(), "w" | "B").then_some(Move { color, from, to })
    };
    value.as_list()?.iter().map(read).collect()
}

impl Game {
    /// Makes the moves and says whether the knights are swapped, or why a move cannot be made.
    fn play(&self, moves: &[Move], mode: Mode) -> Result<bool, String> {
        let mut pieces: BTreeMap<&str, Option<&str>> =
            self.pieces.iter().map(|(square, piece)| (square.as_str(), piece.as_deref())).collect();
        let mut turn = self.start_turn.as_str();
        for (number, Move { color, from, to }) in (1..).zip(moves) {
            let fault = |what: &str| Err(format!("move {number}: {what}"));
            if color != turn {
                return fault("the other colour is to move");
            }
            if pieces.get(from.as_str()).copied().flatten() != Some(color) {
                return fault("no knight of this colour stands there");
            }
            if !self.reaches(from, to, mode) {
                return fault("not a knight's move to a square of the board");
            }
            if pieces.get(to.as_str()).copied().flatten().is_some() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&KnightSwap);
    }

    #[test]
    fn any_swap_is_right_and_a_longer_one_earns_less() {
        let pieces = json!({"A1": "w", "B3": null, "C1": "B", "D3": null});
        let board = json!({"A1": ["B3"], "B3": ["A1", "C1"], "C1": ["B3", "D3"], "D3": ["C1"]});
        let game = json!({"board": board, "pieces": pieces, "start_turn": "B", "is_possible": true, "solution": [1, 2, 3, 4]});
        let way = r#"["B,C1,D3", "w,A1,B3", "B,D3,C1", "w,B3,A1", "B,C1,D3"]"#;
        for (answer, parity, strict) in [
            ("No", 0.0, 0.0),
            ("[]", 0.05, 0.0),
            (way, 0.05, 0.0),
            (r#"["B, C1, D3"]"#, 0.0, 0.0),
            (r#"["w,A1,B3"]"#, 0.0, 0.0),
            ("[1]", 0.0, 0.0),
        ] {
            check::score(&KnightSwap, answer, None, game.clone(), [parity, strict]);
        }
    }

    #[test]
    fn a_move_that_upstream_hides_may_be_made() {
        let pieces = json!({"A1": "w", "B3": "B", "C1": null, "D3": null, "C2": null});
        let mut game = json!({
            "board": {"A1": [], "B3": ["C1"], "C1": ["B3", "D3"], "D3": ["C1"], "C2": []},
            "pieces": pieces,
            "start_turn": "B",
            "is_possible": false,
            "solution": null,
        });
        let way = r#"["B,B3,C1", "w,A1,B3", "B,C1,D3", "w,B3,C1", "B,D3,B2"]"#;
        check::score(&KnightSwap, way, "No", game.clone(), [0.0, 0.0]);
        check::score(&KnightSwap, " NO\n", "No", game.clone(), [1.0, 1.0]);
        let way = r#"["B,B3,C1", "w,A1,B3", "B,C1,A2", "w,B3,C1", "B,A2,C3", "w,C1,B3", "B,C3,A1"]"#;
        game["board"] = json!({"A1": [], "B3": ["C1"], "C1": ["A2", "B3"], "A2": ["C1"], "C3": []});
        check::score(&KnightSwap, way, "No", game, [0.0, 0.0]);
    }
}
