//! Whether one string becomes another by replacing its letters one for one.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct IsomorphicStrings;

impl Puzzle for IsomorphicStrings {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Say whether two strings are the same up to a renaming of letters."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the case of True and False does not matter", "an answer that contains the solution beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::word(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Whether each letter of one always stands where the same letter of the other does, and the other way round.
fn isomorphic(one: &[char], other: &[char]) -> bool {
    let first = |text: &[char], at: usize| text.iter().position(|char| *char == text[at]);
    one.len() == other.len() && (0..one.len()).all(|at| first(one, at) == first(other, at))
}

const LETTERS: std::ops::RangeInclusive<char> = 'a'..='z';

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_string_length: usize,
    max_string_length: usize,
    p_solvable: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_string_length: 2, max_string_length: 10, p_solvable: 0.5 }
    }
}

impl Generate for IsomorphicStrings {
    const NAME: &'static str = "isomorphic_strings";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::range("string_length", "min_string_length", "max_string_length", Levels::Ints(&[10, 50, 100, 1000]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_string_length, max_string_length, 2..=10_000)?;
        within!(config, p_solvable, 0.0..=1.0)
    }

    /// One letter of an isomorphic pair is changed where the answer is to be False.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let length = rng.size(config.min_string_length, config.max_string_length);
        let solvable = rng.chance(config.p_solvable);
        let alphabet: Vec<char> = LETTERS.collect();
        let mut image = alphabet.clone();
        rng.shuffle(&mut image);
        let one: Vec<char> = (0..length).map(|_| *rng.choose(&alphabet)).collect();
        let mut other: Vec<char> = one.iter().map(|char| image[(*char as u8 - b'a') as usize]).collect();
        if !solvable {
            let at = rng.below(length);
            other[at] = *rng.choose(&alphabet);
        }
        let solution = isomorphic(&one, &other);
        if solution != solvable {
            return None;
        }
        let (one, other): (String, String) = (one.iter().collect(), other.iter().collect());
        Some(Problem {
            question: format!(
                "Can {one} be turned into {other} by replacing letters, every occurrence of a letter by the same one, and different letters by different ones? A letter may stay as it is. Answer True or \
                 False."
            ),
            answer: if solution { "True" } else { "False" }.to_owned(),
            metadata: json!({
                "words": [one, other],
                "solution": solution,
                "solvable": solvable,
                "string_length": length,
                "difficulty": {"string_length": [config.min_string_length, config.max_string_length]},
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
        check::puzzle(&IsomorphicStrings);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [("True", 1.0, 1.0), ("true", 0.0, 1.0), ("True or False", 4.0 / 13.0, 0.0), ("False", 0.0, 0.0)] {
            check::score(&IsomorphicStrings, answer, "True", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn renamings_are_one_for_one() {
        let check = |one: &str, other: &str| isomorphic(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>());
        assert!(check("egg", "add") && check("paper", "title"));
        assert!(!check("foo", "bar") && !check("ab", "aa") && !check("a", "ab"));
    }
}
