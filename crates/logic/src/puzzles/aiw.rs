//! How many friends, siblings or colleagues somebody has, as in the Alice-in-Wonderland problem (arXiv 2406.02061).

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, scoring};

pub(crate) struct Aiw;

impl Puzzle for Aiw {
    fn name(&self) -> &'static str {
        "aiw"
    }

    fn category(&self) -> Category {
        Category::Logic
    }

    fn summary(&self) -> &'static str {
        "Count the friends, siblings or colleagues of someone in Alice's world."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the number beside other text earns nothing"]
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
        check::puzzle(&Aiw);
    }

    #[test]
    fn only_the_number_is_right() {
        for (answer, parity, strict) in [("3", 1.0, 1.0), (" 3", 0.5, 1.0), ("3 friends", 1.0 / 9.0, 0.0), ("4", 0.0, 0.0)] {
            check::score(&Aiw, answer, "3", json!({}), [parity, strict]);
        }
    }
}
