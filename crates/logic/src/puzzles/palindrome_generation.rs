//! Making a palindrome of given letters.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct PalindromeGeneration;

impl Puzzle for PalindromeGeneration {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Arrange letters into a palindrome; any one counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["a palindrome of other letters, or letters that are no palindrome, earn nothing instead of 0.05 and 0.02"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Given { letters } = entry.metadata()?;
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        let answer = python::strip(answer).to_lowercase();
        if !answer.chars().eq(answer.chars().rev()) {
            return Ok(Grade::of(mode.floor(0.02)).because("not a palindrome"));
        }
        let mut used: Vec<char> = answer.chars().collect();
        let mut given: Vec<char> = letters.concat().chars().collect();
        used.sort_unstable();
        given.sort_unstable();
        Ok(if used == given { Grade::binary(true) } else { Grade::of(mode.floor(0.05)).because("not the letters that were given") })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Given {
    letters: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_length: usize,
    max_length: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_length: 3, max_length: 10 }
    }
}

impl Generate for PalindromeGeneration {
    const NAME: &'static str = "palindrome_generation";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("length", "min_length", "max_length", Levels::Ints(&[10, 50, 100, 500]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_length, max_length, 1..=10_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let length = rng.size(config.min_length, config.max_length);
        let alphabet: Vec<char> = ('a'..='z').collect();
        let mut half: Vec<char> = (0..length.div_ceil(2)).map(|_| *rng.choose(&alphabet)).collect();
        let back: Vec<char> = half.iter().rev().skip(length % 2).copied().collect();
        half.extend(back);
        let palindrome: String = half.iter().collect();
        rng.shuffle(&mut half);
        let letters: Vec<String> = half.iter().map(char::to_string).collect();
        Some(Problem {
            question: format!(
                "Arrange all of these letters so that they read the same forward and backward: {}. Answer with the word alone.",
                letters.join(", ")
            ),
            metadata: json!({
                "letters": letters,
                "generated_palindrome": palindrome,
                "length": length,
                "difficulty": {"length": [config.min_length, config.max_length]},
            }),
            answer: palindrome,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&PalindromeGeneration);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [("abba", 1.0, 1.0), (" BAAB", 1.0, 1.0), ("aba", 0.05, 0.0), ("aabb", 0.02, 0.0), ("", 0.0, 0.0)] {
            check::score(&PalindromeGeneration, answer, "abba", json!({"letters": ["a", "b", "b", "a"]}), [parity, strict]);
        }
    }
}
