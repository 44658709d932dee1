//! Bringing the shuffled words of a sentence back into order.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, words};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct SentenceReordering;

impl Puzzle for SentenceReordering {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Restore the order of a sentence's words; words in their right place earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that does not consist of the sentence's words earns nothing, whatever stands in its right place"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        let count = words_of(gold).count();
        if words_of(answer).count() != count {
            return Ok(Grade::of(mode.floor(0.05)).because("the answer has another number of words"));
        }
        if count == 0 {
            // Upstream divides by the number of words.
            return Ok(Grade::binary(false));
        }
        let lower = |text| -> Vec<String> { words_of(text).map(str::to_lowercase).collect() };
        let (expect, given) = (lower(gold), lower(answer));
        if !mode.is_parity() && sorted(&expect) != sorted(&given) {
            return Ok(Grade::binary(false).because("the answer has other words"));
        }
        let right = expect.iter().zip(&given).filter(|(expect, given)| expect == given).count();
        Ok(Grade::of(right as f64 / count as f64))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The words, as `split()` gives them.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(python::is_space).filter(|word| !word.is_empty())
}

fn sorted(words: &[String]) -> Vec<&String> {
    let mut words: Vec<&String> = words.iter().collect();
    words.sort_unstable();
    words
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_words_in_sentence: usize,
    max_words_in_sentence: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_words_in_sentence: 3, max_words_in_sentence: 20 }
    }
}

impl Generate for SentenceReordering {
    const NAME: &'static str = "sentence_reordering";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("words_in_sentence", "min_words_in_sentence", "max_words_in_sentence", Levels::Ints(&[5, 20, 50, 100]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words_in_sentence, max_words_in_sentence, 1..=1000)?;
        if words::sentences_of(config.min_words_in_sentence..=config.max_words_in_sentence).is_empty() {
            return Err(InvalidConfig::new("min_words_in_sentence", "no sentence has so many words"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let sentence = *rng.choose(&words::sentences_of(config.min_words_in_sentence..=config.max_words_in_sentence));
        let mut words: Vec<&str> = sentence.split(' ').collect();
        rng.shuffle(&mut words);
        let shuffled = words.join(" ");
        (shuffled != sentence).then(|| Problem {
            question: format!(
                "The words of a sentence were shuffled: {shuffled}\nPut them back into their order. Answer with the sentence, each word \
                 exactly as it stands here."
            ),
            answer: sentence.to_owned(),
            metadata: json!({
                "word_count": words.len(),
                "difficulty": {"words_in_sentence": [config.min_words_in_sentence, config.max_words_in_sentence]},
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
        check::puzzle(&SentenceReordering);
    }

    #[test]
    fn words_in_place_earn_their_share() {
        for (answer, parity, strict) in [
            ("To them all seems natural.", 1.0, 1.0),
            (" to THEM all\nseems natural. ", 1.0, 1.0),
            ("To all them seems natural.", 0.6, 0.6),
            ("To them all is natural.", 0.8, 0.0),
            ("To them all", 0.05, 0.0),
            ("", 0.05, 0.0),
        ] {
            check::score(&SentenceReordering, answer, "To them all seems natural.", json!({}), [parity, strict]);
        }
    }
}
