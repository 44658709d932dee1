//! The output of a circuit of gates that is drawn with characters.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, python, scoring};

pub(crate) struct CircuitLogic;

impl Puzzle for CircuitLogic {
    fn name(&self) -> &'static str {
        "circuit_logic"
    }

    fn category(&self) -> Category {
        Category::Logic
    }

    fn summary(&self) -> &'static str {
        "Evaluate a drawn circuit of gates."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["white space around the answer costs nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Strict => Grade::binary(scoring::same_text(answer, gold)),
            Mode::Parity if answer == gold => Grade::binary(true),
            Mode::Parity if python::strip(answer) == gold => Grade::of(scoring::substring(answer, gold)),
            Mode::Parity => Grade::binary(false),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&CircuitLogic);
    }

    #[test]
    fn white_space_costs_upstream_only() {
        for (answer, parity, strict) in [("1", 1.0, 1.0), (" 1 ", 1.0 / 3.0, 1.0), ("0", 0.0, 0.0), ("is 1", 0.0, 0.0)] {
            check::score(&CircuitLogic, answer, "1", json!({}), [parity, strict]);
        }
    }
}
