//! Arranging letters to a palindrome.

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
        "Arrange all the given letters to a palindrome; any valid one counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["a palindrome of other letters earns nothing instead of 0.05, and any other text nothing instead of 0.02"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Task { letters } = entry.metadata()?;
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        let answer: Vec<char> = python::strip(answer).to_lowercase().chars().collect();
        if !is_palindrome(&answer) {
            return Ok(Grade::of(mode.floor(0.02)).because("not a palindrome"));
        }
        if answer.len() != letters.len() || sorted(answer.into_iter().map(String::from).collect()) != sorted(letters) {
            return Ok(Grade::of(mode.floor(0.05)).because("not of the given letters"));
        }
        Ok(Grade::binary(true))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Task {
    letters: Vec<String>,
}

fn is_palindrome(letters: &[char]) -> bool {
    letters.iter().eq(letters.iter().rev())
}

fn sorted(mut letters: Vec<String>) -> Vec<String> {
    letters.sort_unstable();
    letters
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

    /// Letters in an order that is no palindrome, where there is such an order.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let length = rng.size(config.min_length, config.max_length);
        let mut palindrome: Vec<char> = (0..length.div_ceil(2)).map(|_| rng.int(b'a'.into(), b'z'.into()) as u8 as char).collect();
        palindrome.extend_from_within(..length / 2);
        palindrome[length.div_ceil(2)..].reverse();
        let mut letters = palindrome.clone();
        rng.shuffle(&mut letters);
        let only_one_order = letters.iter().all(|letter| *letter == letters[0]);
        if is_palindrome(&letters) && !only_one_order {
            return None;
        }
        let list: Vec<String> = letters.iter().map(char::to_string).collect();
        let answer = String::from_iter(&palindrome);
        Some(Problem {
            question: format!(
                "Arrange all of these letters to a palindrome, which reads the same from both ends: {}\nAny valid one will do. Answer with the letters as one word, \
                 without spaces or punctuation.",
                list.join(", ")
            ),
            metadata: json!({
                "letters": list,
                "generated_palindrome": answer,
                "length": length,
                "difficulty": {"length": [config.min_length, config.max_length]},
            }),
            answer,
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
    fn any_palindrome_of_the_letters_is_right() {
        let metadata = json!({"letters": ["a", "b", "c", "b", "a"]});
        for (answer, parity, strict) in [
            ("abcba", 1.0, 1.0),
            (" BACAB\n", 1.0, 1.0),
            ("aabbc", 0.02, 0.0),
            ("abba", 0.05, 0.0),
            (" ", 0.05, 0.0),
            ("", 0.0, 0.0),
            ("a b c b a", 0.05, 0.0),
        ] {
            check::score(&PalindromeGeneration, answer, "abcba", metadata.clone(), [parity, strict]);
        }
    }
}
