//! Applying to a list the rule that examples show.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, python, scoring};

pub(crate) struct ListFunctions;

impl Puzzle for ListFunctions {
    fn name(&self) -> &'static str {
        "list_functions"
    }

    fn category(&self) -> Category {
        Category::Induction
    }

    fn summary(&self) -> &'static str {
        "Find the rule that maps lists to lists and apply it."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["spaces in the list do not matter", "an answer that contains the list beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        if let (Mode::Strict, Some(answer)) = (mode, answer)
            && let (Some(given), Some(expected)) = (python::literal(python::strip(answer)), python::literal(gold))
        {
            return Ok(Grade::binary(given == expected));
        }
        Ok(scoring::text(answer, gold, mode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&ListFunctions);
    }

    #[test]
    fn the_list_counts_and_not_its_spaces() {
        for (answer, parity, strict) in [("[1, 2]", 1.0, 1.0), ("[1,2]", 0.0, 1.0), ("[2, 1]", 0.0, 0.0), ("so [1, 2]", 6.0 / 9.0, 0.0)] {
            check::score(&ListFunctions, answer, "[1, 2]", json!({}), [parity, strict]);
        }
    }
}
