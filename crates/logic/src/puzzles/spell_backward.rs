//! Spelling a word from its end to its beginning.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, words};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct SpellBackward;

impl Puzzle for SpellBackward {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Spell a word backward; letters in their right place earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["a wrong answer of another length earns nothing, so that one which only begins right does not score near 1"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?.to_lowercase();
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = if mode.is_parity() { answer } else { python::strip(answer) }.to_lowercase();
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        let length = gold.chars().count();
        if !mode.is_parity() && answer.chars().count() != length {
            return Ok(Grade::binary(false).because("the answer has another length"));
        }
        // Added one by one, as upstream does: the sum of ten tenths is not 1 there.
        let share = 1.0 / length as f64;
        let score: f64 = gold.chars().zip(answer.chars()).filter(|(expect, given)| expect == given).map(|_| share).sum();
        Ok(Grade::of(if score == 1.0 { 0.8 } else { score.min(1.0) }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Upstream's `data_file` is left out: there is one list of words.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_word_len: usize,
    max_word_len: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_word_len: 3, max_word_len: 10 }
    }
}

impl Generate for SpellBackward {
    const NAME: &'static str = "spell_backward";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::range("word_len", "min_word_len", "max_word_len", Levels::Ints(&[3, 5, 7, 9, 11]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_word_len, max_word_len, 1..=100)?;
        if words::words_of(config.min_word_len..=config.max_word_len).is_empty() {
            return Err(InvalidConfig::new("min_word_len", "no word is of such a length"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let word = *rng.choose(&words::words_of(config.min_word_len..=config.max_word_len));
        Some(Problem {
            question: format!("Write the letters of the word \"{word}\" in reverse order, as in sun, nus."),
            answer: word.chars().rev().collect(),
            metadata: json!({
                "word": word,
                "word_len": word.len(),
                "difficulty": {"word_len": [config.min_word_len, config.max_word_len]},
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
        check::puzzle(&SpellBackward);
    }

    #[test]
    fn letters_in_place_earn_their_share() {
        for (answer, parity, strict) in [("NUS", 1.0, 1.0), ("nut", 2.0 / 3.0, 2.0 / 3.0), ("nu", 2.0 / 3.0, 0.0), (" nus", 0.0, 1.0)] {
            check::score(&SpellBackward, answer, "nus", json!({}), [parity, strict]);
        }
    }
}
