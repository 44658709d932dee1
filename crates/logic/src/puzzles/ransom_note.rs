//! Whether the letters of one text suffice to write another.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct RansomNote;

impl Puzzle for RansomNote {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Say whether a note can be cut out of a magazine's letters."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the case of True and False does not matter", "an answer that contains the solution beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::word(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_note_length: usize,
    max_note_length: usize,
    min_magazine_length: usize,
    max_magazine_length: usize,
    p_solvable: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_note_length: 1, max_note_length: 10, min_magazine_length: 2, max_magazine_length: 30, p_solvable: 0.5 }
    }
}

impl Generate for RansomNote {
    const NAME: &'static str = "ransom_note";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("note_length", "min_note_length", "max_note_length", Levels::Ints(&[10, 50, 100, 500])),
        Attribute::interval("magazine_length", "min_magazine_length", "max_magazine_length", Levels::Ints(&[50, 100, 500, 1000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_note_length, max_note_length, 1..=10_000)?;
        bounds!(config, min_magazine_length, max_magazine_length, 2..=20_000)?;
        within!(config, p_solvable, 0.0..=1.0)?;
        if config.max_note_length >= config.max_magazine_length {
            return Err(InvalidConfig::new("max_note_length", "must be less than `max_magazine_length`"));
        }
        Ok(())
    }

    /// The magazine has the note's letters and others; for False one of its letters is missing once.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let note_length = rng.size(config.min_note_length, config.max_note_length);
        let magazine_length = rng.size(note_length.max(config.min_magazine_length), config.max_magazine_length);
        let solvable = rng.chance(config.p_solvable);
        let alphabet: Vec<char> = ('a'..='z').collect();
        let mut note: Vec<char> = (0..note_length).map(|_| *rng.choose(&alphabet)).collect();
        let mut magazine = note.clone();
        let mut others = alphabet;
        if !solvable {
            let missing = magazine.swap_remove(rng.below(note_length));
            others.retain(|letter| *letter != missing);
        }
        while magazine.len() < magazine_length {
            magazine.push(*rng.choose(&others));
        }
        rng.shuffle(&mut note);
        rng.shuffle(&mut magazine);
        let (note, magazine): (String, String) = (note.iter().collect(), magazine.iter().collect());
        Some(Problem {
            question: format!(
                "Can {note} be written with letters cut out of {magazine}, each of which can be used once? Answer True or False."
            ),
            answer: if solvable { "True" } else { "False" }.to_owned(),
            metadata: json!({
                "ransom_note": note,
                "magazine": magazine,
                "solution": solvable,
                "solvable": solvable,
                "note_length": note_length,
                "magazine_length": magazine_length,
                "difficulty": {
                    "note_length": [config.min_note_length, config.max_note_length],
                    "magazine_length": [config.min_magazine_length, config.max_magazine_length],
                },
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&RansomNote);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [("False", 1.0, 1.0), ("false", 0.0, 1.0), ("False, not True", 1.0 / 3.0, 0.0), ("True", 0.0, 0.0)]
        {
            check::score(&RansomNote, answer, "False", json!({}), [parity, strict]);
        }
    }
}
