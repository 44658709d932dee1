//! Putting the letters of jumbled words in order.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, words};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct LetterJumble;

impl Puzzle for LetterJumble {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Unscramble words; each right word earns its share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "only words that were jumbled earn a share, and only if the answer has as many words as there are",
            "an answer with the words that were not jumbled changed earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::strip(entry.gold()?).to_lowercase();
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = python::strip(answer).to_lowercase();
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        let (expected, given): (Vec<&str>, Vec<&str>) = (words_of(&gold), words_of(&answer));
        if mode == Mode::Parity {
            // Added one by one, as upstream does.
            let share = 1.0 / expected.len() as f64;
            let score: f64 = expected.iter().zip(&given).filter(|(expected, given)| expected == given).map(|_| share).sum();
            return Ok(Grade::of(score.min(1.0)));
        }
        let Jumbled { scrambled_words } = entry.metadata()?;
        Ok(Grade::of(strict(&expected, &given, &scrambled_words)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

fn words_of(text: &str) -> Vec<&str> {
    text.split(python::is_space).filter(|word| !word.is_empty()).collect()
}

#[derive(Deserialize)]
struct Jumbled {
    #[serde(default)]
    scrambled_words: Vec<String>,
}

/// The share of the jumbled words that are right, where all others were left alone.
fn strict(expected: &[&str], given: &[&str], scrambled: &[String]) -> f64 {
    if given.len() != expected.len() {
        return 0.0;
    }
    let was_jumbled = |at: usize| scrambled.get(at).is_none_or(|word| word.to_lowercase() != expected[at]);
    let (mut jumbled, mut right) = (0_usize, 0_usize);
    for at in 0..expected.len() {
        if was_jumbled(at) {
            jumbled += 1;
            right += usize::from(given[at] == expected[at]);
        } else if given[at] != expected[at] {
            return 0.0;
        }
    }
    if jumbled == 0 { 1.0 } else { right as f64 / jumbled as f64 }
}

/// The word with some pairs of letters exchanged.
fn scrambled(word: &str, level: f64, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 1 {
        let places: Vec<usize> = (0..letters.len()).collect();
        let swaps = ((letters.len() as f64 * level) as usize).max(1);
        for _ in 0..swaps {
            if let [one, other] = rng.sample(&places, 2)[..] {
                letters.swap(one, other);
            }
        }
    }
    letters.into_iter().collect()
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_word_len: usize,
    max_word_len: usize,
    min_words: usize,
    max_words: usize,
    min_corruption_level: f64,
    max_corruption_level: f64,
    consecutive_words: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_word_len: 1,
            max_word_len: 64,
            min_words: 3,
            max_words: 20,
            min_corruption_level: 0.1,
            max_corruption_level: 0.9,
            consecutive_words: true,
        }
    }
}

impl Generate for LetterJumble {
    const NAME: &'static str = "letter_jumble";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("word_len", "min_word_len", "max_word_len", Levels::Ints(&[5, 10, 15, 30, 50])),
        Attribute::interval("words", "min_words", "max_words", Levels::Ints(&[5, 10, 25, 50, 100])),
        Attribute::interval("corruption_level", "min_corruption_level", "max_corruption_level", Levels::Floats(&[0.1, 0.3, 0.6, 0.9])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_word_len, max_word_len, 1..=1000)?;
        bounds!(config, min_words, max_words, 1..=500)?;
        bounds!(config, min_corruption_level, max_corruption_level, 0.0..=1.0)?;
        if config.candidates().len() < config.max_words {
            return Err(InvalidConfig::new("max_words", "the text has fewer words of such lengths"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_words, config.max_words);
        let level = config.min_corruption_level + rng.unit() * (config.max_corruption_level - config.min_corruption_level);
        let candidates = config.candidates();
        let original = if config.consecutive_words {
            let start = rng.below(candidates.len() - count + 1);
            candidates[start..start + count].to_vec()
        } else {
            rng.sample(&candidates, count)
        };
        let jumbled: Vec<String> = original.iter().map(|word| scrambled(word, level, rng)).collect();
        Some(Problem {
            question: format!(
                "In each of these words letters may have changed places; put them right and keep the words in their order:\n{}\nAnswer with the words, with spaces between them.",
                jumbled.join(" ")
            ),
            answer: original.join(" "),
            metadata: json!({
                "num_words": count,
                "corruption_level": level,
                "scrambled_words": jumbled,
                "original_words": original,
                "difficulty": {
                    "word_len": [config.min_word_len, config.max_word_len],
                    "words": [config.min_words, config.max_words],
                    "corruption_level": [config.min_corruption_level, config.max_corruption_level],
                },
            }),
        })
    }
}

impl Config {
    /// The words of the text that have a length asked for, in its order.
    fn candidates(&self) -> Vec<&'static str> {
        words::TEXT.iter().copied().filter(|word| (self.min_word_len..=self.max_word_len).contains(&word.len())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&LetterJumble);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [
            ("The red fox", 1.0, 1.0),
            ("the red ofx", 2.0 / 3.0, 0.5),
            ("the der fox", 2.0 / 3.0, 0.5),
            ("het red fox", 2.0 / 3.0, 0.0),
            ("the red fox the", 1.0, 0.0),
        ] {
            check::score(&LetterJumble, answer, "the red fox", json!({"scrambled_words": ["the", "der", "ofx"]}), [parity, strict]);
        }
    }
}
