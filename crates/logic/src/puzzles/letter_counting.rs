//! How often a letter occurs in a text.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring, words};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

pub(crate) struct LetterCounting;

impl Puzzle for LetterCounting {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Count a letter in a few words."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the solution beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_words: usize,
    max_words: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_words: 5, max_words: 15 }
    }
}

impl Generate for LetterCounting {
    const NAME: &'static str = "letter_counting";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("words", "min_words", "max_words", Levels::Ints(&[5, 7, 9, 11, 13, 15, 17, 19]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words, max_words, 1..=1000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_words, config.max_words);
        let span = words::span(count, rng);
        let text = span.join(" ");
        let letters: Vec<char> = text.to_lowercase().chars().filter(|char| *char != ' ').collect::<BTreeSet<_>>().into_iter().collect();
        let letter = *rng.choose(&letters);
        let occurrences = text.to_lowercase().matches(letter).count();
        Some(Problem {
            question: format!(
                "How often does the letter {letter}, small or capital, occur in this text: {text}? Answer with the number alone."
            ),
            answer: occurrences.to_string(),
            metadata: json!({
                "span_length": span.len(),
                "target_letter": letter,
                "span": span,
                "difficulty": {"words": [config.min_words, config.max_words]},
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
        check::puzzle(&LetterCounting);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [("12", 1.0, 1.0), ("+12", 2.0 / 3.0, 1.0), ("12 times", 0.25, 0.0), ("11", 0.0, 0.0)] {
            check::score(&LetterCounting, answer, "12", json!({}), [parity, strict]);
        }
    }
}
