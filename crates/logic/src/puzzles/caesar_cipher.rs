//! Reading a sentence whose letters were moved along the alphabet.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::words::SENTENCE_WORDS;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
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
        "Decrypt a sentence in a Caesar cipher of unknown rotation."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "letters may be of either case",
            "white space around and between the words does not matter",
            "an answer that contains the sentence beside other text earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let (Mode::Strict, Some(answer)) = (mode, answer) else { return Ok(scoring::text(answer, gold, mode)) };
        let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_uppercase).collect() };
        Ok(Grade::binary(words(answer) == words(gold)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Moves the letters on, from Z to A again. Everything else stays.
fn rotated(text: &str, rotation: u8) -> String {
    text.chars().map(|char| if char.is_ascii_uppercase() { ((char as u8 - b'A' + rotation) % 26 + b'A').into() } else { char }).collect()
}

/// Upstream's `delimiter` is left out: there is one list of sentences.
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

/// The words of the sentences that are of an allowed length.
fn sentences(config: &Config) -> Vec<&'static [&'static str]> {
    SENTENCE_WORDS.iter().map(Vec::as_slice).filter(|words| (config.min_words..=config.max_words).contains(&words.len())).collect()
}

impl Generate for CaesarCipher {
    const NAME: &'static str = "caesar_cipher";
    type Config = Config;
    /// Upstream's rotations go on to 50, which its own configuration rejects; ours end at 25.
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("rotation", "min_rotation", "max_rotation", Levels::Ints(&[5, 15, 25])),
        Attribute::interval("words", "min_words", "max_words", Levels::Ints(&[5, 15, 25, 50])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words, max_words, 1..=1000)?;
        bounds!(config, min_rotation, max_rotation, 1..=25)?;
        if sentences(config).is_empty() {
            return Err(InvalidConfig::new("min_words", "no sentence has so many words"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let words = *rng.choose(&sentences(config));
        let rotation = rng.int(config.min_rotation.into(), config.max_rotation.into()) as u8;
        let clear = words.join(" ").to_ascii_uppercase();
        let cipher = rotated(&clear, rotation);
        Some(Problem {
            question: format!(
                "In this text every letter was replaced by the one that stands a fixed number of places later in the alphabet, which starts again after Z. Answer \
                 with the original text alone, in capital letters.\n{cipher}"
            ),
            metadata: json!({
                "rotation": rotation,
                "cipher_text": cipher,
                "clear_text": clear,
                "num_words": words.len(),
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
    fn the_sentence_alone_is_right() {
        for (answer, parity, strict) in
            [("TO ALL", 1.0, 1.0), ("to all", 0.0, 1.0), (" TO  ALL\n", 0.0, 1.0), ("TO ALL THEM", 6.0 / 11.0, 0.0), ("TOALL", 0.0, 0.0)]
        {
            check::score(&CaesarCipher, answer, "TO ALL", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn the_alphabet_starts_again() {
        assert_eq!(rotated("XYZ A", 3), "ABC D");
    }
}
