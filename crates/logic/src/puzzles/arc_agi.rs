//! The tasks of ARC-AGI-1, turned, mirrored and recoloured: find the rule behind pairs of boards and apply it to one more.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, board};

pub(crate) struct ArcAgi;

impl Puzzle for ArcAgi {
    fn name(&self) -> &'static str {
        "arc_agi"
    }

    fn category(&self) -> Category {
        Category::Arc
    }

    fn summary(&self) -> &'static str {
        "Find the rule of a task of ARC-AGI-1 from examples and apply it to a board."
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
        check::puzzle(&ArcAgi);
    }

    #[test]
    fn only_the_board_itself_is_right() {
        for (answer, parity, strict) in [
            ("1 2\n3 4", 1.0, 1.0),
            (" 1 2 \n 3  4", 1.0, 1.0),
            ("```\n1 2\n3 4\n```", 0.0, 1.0),
            ("1 2\n3 5", 0.05, 0.0),
            ("", 0.05, 0.0),
            ("Output:\n1 2\n3 4", 0.0, 0.0),
            ("[[1, 2], [3, 4]]", 0.0, 0.0),
        ] {
            check::score(&ArcAgi, answer, None, json!({"output": [[1, 2], [3, 4]]}), [parity, strict]);
        }
    }
}
