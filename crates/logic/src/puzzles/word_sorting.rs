//! Sorting words by their characters' codes.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, words};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct WordSorting;

impl Puzzle for WordSorting {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Sort words in ascending or descending order; words in their place earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "an answer that is not just the words, each once, earns nothing",
            "having the words in any order earns no 0.2",
            "the words may be on lines of their own or a list of strings",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Sorted { sorted_words } = entry.metadata()?;
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        let given: Vec<String> = match mode {
            Mode::Parity => answer.split(',').map(|word| python::strip(word).to_owned()).collect(),
            Mode::Strict => listed(python::strip(answer)),
        };
        if given == sorted_words {
            return Ok(Grade::binary(true));
        }
        let in_place = given.iter().zip(&sorted_words).filter(|(given, expected)| given == expected).count();
        let share = in_place as f64 / sorted_words.len() as f64;
        let in_order = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        let same_words = in_order(&given) == in_order(&sorted_words);
        Ok(Grade::of(match mode {
            Mode::Parity if same_words => share.max(0.2),
            Mode::Parity => share,
            Mode::Strict if same_words => share,
            Mode::Strict => 0.0,
        }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Sorted {
    sorted_words: Vec<String>,
}

/// The words of a list in one of the usual notations.
fn listed(answer: &str) -> Vec<String> {
    if answer.starts_with('[')
        && let Some(list) = python::literal(answer)
        && let Some(words) = list.as_list().and_then(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect())
    {
        return words;
    }
    let between = if answer.contains(',') { ',' } else { '\n' };
    answer.split(between).map(|word| python::strip(word).to_owned()).collect()
}

/// What is done to the words before they are sorted; the names are upstream's.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Transformation {
    Lowercase,
    Uppercase,
    Original,
    RandomCase,
}

impl Transformation {
    fn apply(self, word: &str, rng: &mut Rng) -> String {
        match self {
            Self::Lowercase => word.to_lowercase(),
            Self::Uppercase => word.to_uppercase(),
            Self::Original => word.to_owned(),
            Self::RandomCase => {
                word.chars().map(|char| if rng.chance(0.5) { char.to_ascii_uppercase() } else { char.to_ascii_lowercase() }).collect()
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
        if words::words_of(config.min_word_length..=config.max_word_length).len() < config.max_words {
            return Err(InvalidConfig::new("max_words", "there are fewer words of such lengths"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_words, config.max_words);
        let original = rng.sample(&words::words_of(config.min_word_length..=config.max_word_length), count);
        let transformed: Vec<String> = original.iter().map(|word| config.transformation.apply(word, rng)).collect();
        let mut ordered = transformed.clone();
        ordered.sort_unstable();
        let ascending = rng.chance(0.5);
        if !ascending {
            ordered.reverse();
        }
        let direction = if ascending { "ascending" } else { "descending" };
        Some(Problem {
            question: format!(
                "Sort these words in {direction} order of their characters' ASCII codes, in which capitals come before small letters: {}. Answer with the words, separated by commas.",
                transformed.join(", ")
            ),
            answer: ordered.join(", "),
            metadata: json!({
                "original_words": original,
                "sorted_words": ordered,
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
    fn scores_are_these() {
        for (answer, parity, strict) in [
            ("a, b, c", 1.0, 1.0),
            ("a,b,\nc", 1.0, 1.0),
            ("a\nb\nc", 0.0, 1.0),
            ("a, c, b", 1.0 / 3.0, 1.0 / 3.0),
            ("b, c, a", 0.2, 0.0),
            ("a, b, c, d", 1.0, 0.0),
            ("sorted: a, b, c", 2.0 / 3.0, 0.0),
        ] {
            check::score(&WordSorting, answer, "a, b, c", json!({"sorted_words": ["a", "b", "c"]}), [parity, strict]);
        }
    }
}
