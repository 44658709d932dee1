//! The number of steps from start to goal in a maze of characters.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, scoring};

pub(crate) struct Maze;

impl Puzzle for Maze {
    fn name(&self) -> &'static str {
        "maze"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Find the length of the shortest way through a maze."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the number may be written in any decimal form", "an answer that contains the number beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Maze);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("6", 1.0, 1.0), (" 6\n", 1.0 / 3.0, 1.0), ("6 steps", 1.0 / 7.0, 0.0), ("16", 0.5, 0.0)] {
            check::score(&Maze, answer, "6", json!({}), [parity, strict]);
        }
    }
}
