//! Whether a note can be cut from the letters of a magazine: <https://leetcode.com/problems/ransom-note/>.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
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
        "Decide whether one string has all the letters of another, each as often."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["True and False may be of either case", "an answer that contains the word beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        Ok(match (mode, answer) {
            (Mode::Strict, Some(answer)) => Grade::binary(python::strip(answer).eq_ignore_ascii_case(gold)),
            _ => scoring::text(answer, gold, mode),
        })
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
        bounds!(config, min_magazine_length, max_magazine_length, 2..=10_000)?;
        if config.max_note_length >= config.max_magazine_length {
            return Err(InvalidConfig::new("max_note_length", "it must be less than `max_magazine_length`"));
        }
        within!(config, p_solvable, 0.0..=1.0)
    }

    /// The magazine is the note and random letters; for what cannot be solved, one letter occurs once less than in the note.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let note_length = rng.size(config.min_note_length, config.max_note_length);
        let magazine_length = rng.size(config.min_magazine_length.max(note_length), config.max_magazine_length);
        let solvable = rng.chance(config.p_solvable);
        let mut letters = Vec::from_iter('a'..='z');
        let note: Vec<char> = (0..note_length).map(|_| *rng.choose(&letters)).collect();
        let mut magazine = note.clone();
        if !solvable {
            let missing = magazine.swap_remove(rng.below(note_length));
            letters.retain(|letter| *letter != missing);
        }
        magazine.resize_with(magazine_length, || *rng.choose(&letters));
        rng.shuffle(&mut magazine);
        let (note, magazine) = (String::from_iter(note), String::from_iter(magazine));
        Some(Problem {
            question: format!(
                "A note is to be cut out of the letters of a magazine, each of which can be used once. Is that possible? Answer with True or False.\nNote: \
                 {note}\nMagazine: {magazine}"
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
    use gavel_task::Difficulty;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&RansomNote);
    }

    #[test]
    fn the_word_alone_is_right() {
        for (answer, parity, strict) in [("False", 1.0, 1.0), ("FALSE\n", 0.0, 1.0), ("False!", 5.0 / 6.0, 0.0), ("True", 0.0, 0.0)] {
            check::score(&RansomNote, answer, "False", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn answers_hold_for_the_letters() {
        #[derive(Deserialize)]
        struct Strings {
            ransom_note: String,
            magazine: String,
        }
        for entry in RansomNote.generate(&Difficulty::Default, 0, 0).unwrap().take(300) {
            let entry = entry.unwrap();
            let Strings { ransom_note: note, magazine } = entry.metadata().unwrap();
            let enough = note.chars().all(|letter| note.matches(letter).count() <= magazine.matches(letter).count());
            assert_eq!(entry.gold(), Ok(if enough { "True" } else { "False" }), "{note} {magazine}");
        }
    }
}
