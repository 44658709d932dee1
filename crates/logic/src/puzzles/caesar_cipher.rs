//! Reading a text whose letters were all moved along the alphabet.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring, words};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct CaesarCipher;

impl Puzzle for CaesarCipher {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Decrypt a Caesar cipher."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "case and the spaces between words do not matter",
            "an answer that contains the solution beside other text earns nothing",
            "higher levels stay within rotations of 25 and the longest sentences there are, where upstream's configuration is invalid",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        Ok(match (mode, answer) {
            (Mode::Strict, Some(answer)) => Grade::binary(words(answer) == words(gold)),
            _ => scoring::text(answer, gold, mode),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The most words of a sentence that there is.
const MOST_WORDS: usize = 35;

/// Sentences of letters only, in capitals.
fn sentences(words: std::ops::RangeInclusive<usize>) -> Vec<String> {
    let plain = |sentence: &&str| -> Vec<String> {
        let letters = sentence.trim_end_matches(['.', '!', '?']).replace([',', ';', ':', '"'], "");
        letters
            .split(' ')
            .filter(|word| word.chars().all(|char| char.is_ascii_alphabetic()) && !word.is_empty())
            .map(str::to_uppercase)
            .collect()
    };
    words::SENTENCES.iter().map(plain).filter(|found| words.contains(&found.len())).map(|found| found.join(" ")).collect()
}

fn rotated(text: &str, by: u8) -> String {
    text.chars().map(|char| if char.is_ascii_uppercase() { char::from(b'A' + (char as u8 - b'A' + by) % 26) } else { char }).collect()
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_words: usize,
    max_words: usize,
    min_rotation: u8,
    max_rotation: u8,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_words: 3, max_words: 20, min_rotation: 1, max_rotation: 25 }
    }
}

impl Generate for CaesarCipher {
    const NAME: &'static str = "caesar_cipher";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("rotation", "min_rotation", "max_rotation", Levels::Ints(&[5, 15, 25])),
        Attribute::interval("words", "min_words", "max_words", Levels::Ints(&[5, 15, 25, 50])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words, max_words, 1..=100)?;
        bounds!(config, min_rotation, max_rotation, 1..=25)?;
        if config.min_words > MOST_WORDS || sentences(config.min_words..=config.max_words).is_empty() {
            return Err(InvalidConfig::new("min_words", "no sentence has so many words"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let clear = rng.choose(&sentences(config.min_words..=config.max_words)).clone();
        let rotation = rng.size(config.min_rotation.into(), config.max_rotation.into()) as u8;
        let cipher = rotated(&clear, rotation);
        Some(Problem {
            question: format!(
                "Every letter of a text was replaced by the one a fixed number of places further on in the alphabet, Z being followed by A:\n{cipher}\nAnswer with the original text alone."
            ),
            metadata: json!({
                "rotation": rotation,
                "cipher_text": cipher,
                "clear_text": clear,
                "num_words": clear.split(' ').count(),
                "difficulty": {
                    "words": [config.min_words, config.max_words],
                    "rotation": [config.min_rotation, config.max_rotation],
                },
            }),
            answer: clear,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&CaesarCipher);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [("GO ON", 1.0, 1.0), ("go on", 0.0, 1.0), ("It says GO ON", 5.0 / 13.0, 0.0), ("GO OFF", 0.0, 0.0)]
        {
            check::score(&CaesarCipher, answer, "GO ON", json!({}), [parity, strict]);
        }
    }
}
