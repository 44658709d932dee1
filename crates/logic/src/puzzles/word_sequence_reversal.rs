//! Writing a list of words from its end to its beginning.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::words::WORDS;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct WordSequenceReversal;

impl Puzzle for WordSequenceReversal {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Reverse a list of words."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the list beside other text earns nothing", "white space around the words is ignored"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        Ok(match (mode, answer) {
            (Mode::Strict, Some(answer)) => {
                let words = |text: &'_ str| -> Vec<String> { text.split(',').map(|word| python::strip(word).to_owned()).collect() };
                Grade::binary(words(answer) == words(gold))
            }
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
    min_words: usize,
    max_words: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_words: 3, max_words: 8 }
    }
}

impl Generate for WordSequenceReversal {
    const NAME: &'static str = "word_sequence_reversal";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("words", "min_words", "max_words", Levels::Ints(&[10, 25, 50, 100]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words, max_words, 1..=1000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_words, config.max_words);
        let words = rng.sample(&WORDS, count);
        let reversed: Vec<&str> = words.iter().rev().copied().collect();
        Some(Problem {
            question: format!("Write this list of words in reverse order, separated by a comma and a space: {}", words.join(", ")),
            answer: reversed.join(", "),
            metadata: json!({
                "num_words": count,
                "words": words,
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
        check::puzzle(&WordSequenceReversal);
    }

    #[test]
    fn the_list_alone_is_right() {
        for (answer, parity, strict) in
            [("b, a", 1.0, 1.0), (" b,a\n", 0.0, 1.0), ("So: b, a", 0.5, 0.0), ("a, b", 0.0, 0.0), ("B, A", 0.0, 0.0), ("b a", 0.0, 0.0)]
        {
            check::score(&WordSequenceReversal, answer, "b, a", json!({}), [parity, strict]);
        }
    }
}
