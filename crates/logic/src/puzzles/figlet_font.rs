//! Reading a word that is drawn in large letters made of characters.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, python};

pub(crate) struct FigletFont;

impl Puzzle for FigletFont {
    fn name(&self) -> &'static str {
        "figlet_font"
    }

    fn category(&self) -> Category {
        Category::Cognition
    }

    fn summary(&self) -> &'static str {
        "Read a word drawn in FIGlet letters; letters in their right place earn 0.1 each."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "letters earn their 0.1 only in a word of the right length that has at least half of them right",
            "a wrong word earns at most 0.9, so that ten letters of a longer one are not enough",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::strip(entry.gold()?).to_lowercase();
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = python::strip(&answer.replace(' ', "")).to_lowercase();
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        let right = answer.chars().zip(gold.chars()).filter(|(given, expect)| given == expect).count();
        let credit = right as f64 * 0.1;
        let length = gold.chars().count();
        Ok(match mode {
            Mode::Parity => Grade::of(credit),
            Mode::Strict if answer.chars().count() == length && 2 * right >= length => Grade::of(credit.min(0.9)),
            Mode::Strict => Grade::binary(false),
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
        check::puzzle(&FigletFont);
    }

    #[test]
    fn letters_in_place_earn_a_tenth() {
        for (answer, parity, strict) in [
            ("o n s e t", 1.0, 1.0),
            (" onset\n", 1.0, 1.0),
            ("ONSEN", 0.4, 0.4),
            ("ON", 0.2, 0.0),
            ("OASIS", 0.2, 0.0),
            ("ONSETS", 0.5, 0.0),
        ] {
            check::score(&FigletFont, answer, "ONSET", json!({}), [parity, strict]);
        }
        check::score(&FigletFont, "figletfonts", "FIGLETFONTZ", json!({}), [1.0, 0.9]);
    }
}
