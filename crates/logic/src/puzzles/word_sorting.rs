//! Sorting words by the codes of their characters, in which capital letters come before small ones.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::words::SENTENCE_WORDS;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(crate) struct WordSorting;

impl Puzzle for WordSorting {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Sort words in ascending or descending ASCII order; words in their right place earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a wrong order earns only the share of words in their right place, and not at least 0.2",
            "an answer that is no arrangement of the given words earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Words { sorted_words: gold } = entry.metadata()?;
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        let answer: Vec<&str> = answer.split(',').map(python::strip).collect();
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        let in_place = answer.iter().zip(&gold).filter(|(given, expect)| *given == *expect).count();
        let share = if gold.is_empty() { 0.0 } else { in_place as f64 / gold.len() as f64 };
        let rearranged = answer.len() == gold.len() && sorted(&answer) == sorted(&gold.iter().map(String::as_str).collect::<Vec<_>>());
        Ok(match (mode, rearranged) {
            (Mode::Parity, true) => Grade::of(share.max(0.2)),
            (Mode::Strict, false) => Grade::binary(false).because("these are not the given words"),
            _ => Grade::of(share),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Words {
    sorted_words: Vec<String>,
}

fn sorted<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut words = words.to_vec();
    words.sort_unstable();
    words
}

/// What becomes of a word before it is asked about.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Transformation {
    Lowercase,
    Uppercase,
    Original,
    Randomcase,
}

impl Transformation {
    fn apply(self, word: &str, rng: &mut Rng) -> String {
        match self {
            Self::Lowercase => word.to_ascii_lowercase(),
            Self::Uppercase => word.to_ascii_uppercase(),
            Self::Original => word.to_owned(),
            Self::Randomcase => {
                let mut case = |char: char| if rng.chance(0.5) { char.to_ascii_uppercase() } else { char.to_ascii_lowercase() };
                word.chars().map(&mut case).collect()
            }
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_words: usize,
    max_words: usize,
    min_word_length: usize,
    max_word_length: usize,
    transformation: Transformation,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_words: 3, max_words: 10, min_word_length: 3, max_word_length: 12, transformation: Transformation::Original }
    }
}

/// The different words of the text, sorted; `The` and `the` are two.
static VOCABULARY: LazyLock<Vec<&str>> =
    LazyLock::new(|| SENTENCE_WORDS.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect());

/// Those of an allowed length.
fn vocabulary(config: &Config) -> Vec<&'static str> {
    let lengths = config.min_word_length..=config.max_word_length;
    VOCABULARY.iter().copied().filter(|word| lengths.contains(&word.len())).collect()
}

impl Generate for WordSorting {
    const NAME: &'static str = "word_sorting";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("num_words", "min_words", "max_words", Levels::Ints(&[5, 10, 25, 50, 100])),
        Attribute::interval("word_length", "min_word_length", "max_word_length", Levels::Ints(&[3, 5, 10, 15])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words, max_words, 1..=1000)?;
        bounds!(config, min_word_length, max_word_length, 1..=100)?;
        let known = vocabulary(config).len();
        if known < config.max_words {
            return Err(InvalidConfig::new("max_words", format!("there are only {known} words of such a length")));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_words, config.max_words);
        let original = rng.sample(&vocabulary(config), count);
        let transformed: Vec<String> = original.iter().map(|word| config.transformation.apply(word, rng)).collect();
        let ascending = rng.chance(0.5);
        let direction = if ascending { "ascending" } else { "descending" };
        let mut sorted = transformed.clone();
        sorted.sort_unstable();
        if !ascending {
            sorted.reverse();
        }
        Some(Problem {
            question: format!(
                "Sort these words in {direction} ASCII order, in which every capital letter comes before every small one: {}\nAnswer with all the words, each \
                 separated from the next by a comma and a space.",
                transformed.join(", ")
            ),
            answer: sorted.join(", "),
            metadata: json!({
                "original_words": original,
                "sorted_words": sorted,
                "transformed_words": transformed,
                "direction": direction,
                "num_words": count,
                "word_length": original.iter().map(|word| word.len()).max(),
                "difficulty": {
                    "num_words": [config.min_words, config.max_words],
                    "word_length": [config.min_word_length, config.max_word_length],
                },
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
        check::puzzle(&WordSorting);
    }

    #[test]
    fn words_in_place_earn_their_share_of_an_arrangement() {
        let metadata = json!({"sorted_words": ["An", "a", "be", "to", "we"]});
        for (answer, parity, strict) in [
            ("An, a, be, to, we", 1.0, 1.0),
            (" An,a ,be,\nto,we\n", 1.0, 1.0),
            ("a, An, be, to, we", 0.6, 0.6),
            ("a, be, to, we, An", 0.2, 0.0),
            ("An, a, be, to, we, we", 1.0, 0.0),
            ("An, a, be, to", 0.8, 0.0),
            ("an, a, be, to, we", 0.8, 0.0),
        ] {
            check::score(&WordSorting, answer, "An, a, be, to, we", metadata.clone(), [parity, strict]);
        }
    }
}
