//! Running a program of the language Brainfuck in the head.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, scoring};

pub(crate) struct Bf;

impl Puzzle for Bf {
    fn name(&self) -> &'static str {
        "bf"
    }

    fn category(&self) -> Category {
        Category::Code
    }

    fn summary(&self) -> &'static str {
        "Say what a Brainfuck program prints."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the output beside other text earns nothing", "white space around the output is ignored"]
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
        check::puzzle(&Bf);
    }

    #[test]
    fn the_output_alone_is_right() {
        for (answer, parity, strict) in
            [("onset", 1.0, 1.0), ("onset\n", 5.0 / 6.0, 1.0), ("\"onset\"", 5.0 / 7.0, 0.0), ("Onset", 0.0, 0.0)]
        {
            check::score(&Bf, answer, "onset", json!({}), [parity, strict]);
        }
    }
}
