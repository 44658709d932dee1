//! How many assignments of truth make a list of statements about themselves consistent.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, scoring};

pub(crate) struct SelfReference;

impl Puzzle for SelfReference {
    fn name(&self) -> &'static str {
        "self_reference"
    }

    fn category(&self) -> Category {
        Category::Logic
    }

    fn summary(&self) -> &'static str {
        "Count the ways in which seven statements about each other's truth can be consistent."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["white space and the form of the number do not matter"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        match (mode, answer) {
            // Upstream gives nothing to a number among other text here.
            (Mode::Parity, Some(answer)) => Ok(Grade::binary(answer == entry.gold()?)),
            _ => Ok(scoring::number(answer, entry.gold()?, mode)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&SelfReference);
    }

    #[test]
    fn only_the_number_is_right() {
        for (answer, parity, strict) in [("4", 1.0, 1.0), (" 4", 0.0, 1.0), ("4 ways", 0.0, 0.0)] {
            check::score(&SelfReference, answer, "4", json!({}), [parity, strict]);
        }
    }
}
