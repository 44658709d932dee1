//! Decoding a sentence whose bytes hide in the variation selectors behind an emoji.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, words};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct EmojiMystery;

impl Puzzle for EmojiMystery {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Decode a sentence hidden in the variation selectors of an emoji; characters in their right place earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "an answer of another length earns nothing instead of 0.01",
            "one with less than half its characters right earns nothing",
            "white space around the answer is ignored",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let (gold, answer) = if mode.is_parity() { (gold, answer) } else { (python::strip(gold), python::strip(answer)) };
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        let length = gold.chars().count();
        if answer.chars().count() != length {
            return Ok(Grade::of(mode.floor(0.01)).because("the answer has another length"));
        }
        let right = gold.chars().zip(answer.chars()).filter(|(expect, given)| expect == given).count();
        let share = right as f64 / length as f64;
        Ok(Grade::of(if share < 0.5 { mode.floor(share) } else { share }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_words_in_sentence: usize,
    max_words_in_sentence: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_words_in_sentence: 3, max_words_in_sentence: 35 }
    }
}

/// Emoji of one code point each, so that all that follows the first one is the message.
const EMOJI: [char; 24] = [
    '😀', '😅', '🙃', '😎', '🤔', '🤖', '👻', '🐙', '🦊', '🐝', '🌵', '🌻', '🍄', '🍋', '🍩', '🎈', '🎲', '🚀', '🛸', '🪁', '🧩', '🧭',
    '💡', '💙',
];

/// The variation selector that stands for a byte: there are 16 in one block and 240 in another.
fn selector(byte: u8) -> char {
    let first: u32 = if byte < 16 { 0xfe00 } else { 0xe0100 - 16 };
    char::from_u32(first + u32::from(byte)).expect("all 256 selectors are characters")
}

impl Generate for EmojiMystery {
    const NAME: &'static str = "emoji_mystery";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval(
        "num_words_in_sentence",
        "min_words_in_sentence",
        "max_words_in_sentence",
        Levels::Ints(&[5, 10, 20, 30, 40, 50]),
    )];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words_in_sentence, max_words_in_sentence, 1..=1000)?;
        if words::sentences_of(config.min_words_in_sentence..=config.max_words_in_sentence).is_empty() {
            return Err(InvalidConfig::new("min_words_in_sentence", "no sentence has so many words"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let emoji = *rng.choose(&EMOJI);
        let sentence = *rng.choose(&words::sentences_of(config.min_words_in_sentence..=config.max_words_in_sentence));
        let hidden: String = sentence.bytes().map(selector).collect();
        Some(Problem {
            question: format!(
                "This emoji carries a sentence: {emoji}{hidden}\nEach byte of the sentence (UTF-8) is one variation selector behind the \
                 emoji: a byte b below 16 is the code point U+FE00 + b, any other is U+E0100 + (b - 16). Answer with the sentence alone."
            ),
            answer: sentence.to_owned(),
            metadata: json!({
                "emoji": emoji,
                "num_words_in_sentence": sentence.split(' ').count(),
                "difficulty": {"num_words_in_sentence": [config.min_words_in_sentence, config.max_words_in_sentence]},
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
        check::puzzle(&EmojiMystery);
    }

    #[test]
    fn characters_in_place_earn_their_share() {
        for (answer, parity, strict) in [
            ("To be.", 1.0, 1.0),
            (" To be.\n", 0.01, 1.0),
            ("to be!", 4.0 / 6.0, 4.0 / 6.0),
            ("Be to.", 2.0 / 6.0, 0.0),
            ("To be", 0.01, 0.0),
            ("", 0.01, 0.0),
        ] {
            check::score(&EmojiMystery, answer, "To be.", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn bytes_are_variation_selectors() {
        assert_eq!([0, 15, 16, 255].map(selector), ['\u{fe00}', '\u{fe0f}', '\u{e0100}', '\u{e01ef}']);
    }
}
