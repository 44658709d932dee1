//! Procedural variants of the tasks of ARC-AGI-1 (RE-ARC): find the rule behind pairs of boards and apply it to one more.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, board};

pub(crate) struct Rearc;

impl Puzzle for Rearc {
    fn name(&self) -> &'static str {
        "rearc"
    }

    fn category(&self) -> Category {
        Category::Arc
    }

    fn summary(&self) -> &'static str {
        "Find the rule of a procedural variant of an ARC task from examples and apply it to a board."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["a board that is not the solution earns nothing instead of 0.05", "the board may stand in a Markdown fence"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        board::score(answer, entry, mode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Rearc);
    }

    #[test]
    fn only_the_board_itself_is_right() {
        for (answer, parity, strict) in [("5", 1.0, 1.0), ("Shape: 1x1\n5", 1.0, 1.0), ("5 5", 0.05, 0.0), ("5.", 0.0, 0.0)] {
            check::score(&Rearc, answer, None, json!({"output": [[5]]}), [parity, strict]);
        }
    }
}
