//! How often a letter occurs in a piece of text.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::words::SENTENCE_WORDS;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
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
        "Count how often a letter occurs in a row of words."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["any way of writing the number counts", "an answer that contains the number beside other text earns nothing"]
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

    /// Consecutive words of the text, across the ends of its sentences, and a letter that occurs in them.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let words = SENTENCE_WORDS.concat();
        let length = rng.size(config.min_words, config.max_words);
        let start = rng.size(0, words.len().checked_sub(length)?);
        let span = &words[start..start + length];
        let text = span.join(" ");
        let lower = text.to_ascii_lowercase();
        let letters: BTreeSet<char> = lower.chars().filter(char::is_ascii_lowercase).collect();
        let letter = *rng.choose(&Vec::from_iter(letters));
        Some(Problem {
            question: format!(
                "How many times does the letter \"{letter}\" occur in the following text? Capital and small letters count alike. Answer with the number \
                 alone.\n{text}"
            ),
            answer: lower.matches(letter).count().to_string(),
            metadata: json!({
                "span_length": length,
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
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in
            [("4", 1.0, 1.0), ("4.0", 1.0 / 3.0, 1.0), ("14", 0.5, 0.0), ("four", 0.0, 0.0), ("4 times", 1.0 / 7.0, 0.0)]
        {
            check::score(&LetterCounting, answer, "4", json!({}), [parity, strict]);
        }
    }
}
