//! Boards of one row: find the rule behind pairs of rows and apply it to one more.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, scoring};

pub(crate) struct Arc1d;

impl Puzzle for Arc1d {
    fn name(&self) -> &'static str {
        "arc_1d"
    }

    fn category(&self) -> Category {
        Category::Arc
    }

    fn summary(&self) -> &'static str {
        "Find the rule that turns one row of digits into another and apply it."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the row beside other text earns nothing", "white space around the row is ignored"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::text(answer, entry.gold()?, mode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Arc1d);
    }

    #[test]
    fn the_row_alone_is_right() {
        for (answer, parity, strict) in
            [("0 1 2", 1.0, 1.0), (" 0 1 2\n", 5.0 / 7.0, 1.0), ("0 1 2 0 1", 5.0 / 9.0, 0.0), ("0 1", 0.0, 0.0)]
        {
            check::score(&Arc1d, answer, "0 1 2", json!({}), [parity, strict]);
        }
    }
}
