//! A sum whose digits were replaced by letters.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Cryptarithm;

impl Puzzle for Cryptarithm {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Find digits for letters so that a sum is right; any assignment that keeps the rules counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a mapping that is not a solution earns nothing instead of 0.01",
            "no letter may come twice",
            "pairs may be separated by line breaks or semicolons, and written with a colon",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let sum: Sum = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let usual = python::strip(answer).replace([';', '\n'], ",").replace(':', "=");
        let read = match mode {
            Mode::Parity => mapping(answer),
            Mode::Strict => mapping(usual.trim_end_matches(',')).filter(|mapping| mapping.len() == usual.matches('=').count()),
        };
        let Some(mapping) = read else { return Ok(Grade::unreadable("not a list like A=1,B=2")) };
        Ok(match sum.fault(&mapping) {
            None => Grade::binary(true),
            Some(fault) => Grade::of(mode.floor(0.01)).because(fault),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Sum {
    words_letters: Vec<String>,
    result_letters: String,
    #[serde(default)]
    allow_leading_zero: bool,
}

/// Letters with their digits, which may be any integers here. The last one counts where a letter comes twice.
fn mapping(answer: &str) -> Option<BTreeMap<&str, BigInt>> {
    let mut found = BTreeMap::new();
    for part in answer.split(',') {
        let (letter, digit) = python::strip(part).split_once('=')?;
        found.insert(python::strip(letter), python::int(digit)?);
    }
    Some(found)
}

impl Sum {
    /// What keeps this mapping from being a solution.
    fn fault(&self, mapping: &BTreeMap<&str, BigInt>) -> Option<&'static str> {
        let numbers = || self.words_letters.iter().chain([&self.result_letters]);
        let letters: BTreeSet<String> = numbers().flat_map(|word| word.chars()).map(String::from).collect();
        if !mapping.keys().copied().eq(letters.iter().map(String::as_str)) {
            return Some("not just the letters of the puzzle");
        }
        let digits: Option<BTreeMap<char, u8>> =
            mapping.iter().map(|(letter, digit)| Some((letter.chars().next()?, digit.to_u8().filter(|digit| *digit < 10)?))).collect();
        let Some(digits) = digits else { return Some("not digits") };
        if digits.values().collect::<BTreeSet<_>>().len() != digits.len() {
            return Some("two letters have one digit");
        }
        let leading_zero = |word: &String| word.chars().next().is_some_and(|letter| digits[&letter] == 0);
        if !self.allow_leading_zero && numbers().any(leading_zero) {
            return Some("a number begins with 0");
        }
        let value = |word: &String| word.chars().fold(BigInt::ZERO, |value, letter| value * 10 + digits[&letter]);
        let right = self.words_letters.iter().map(value).sum::<BigInt>() == value(&self.result_letters);
        (!right).then_some("the sum is wrong")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_words: usize,
    max_words: usize,
    allow_leading_zero: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_words: 2, max_words: 3, allow_leading_zero: false }
    }
}

impl Generate for Cryptarithm {
    const NAME: &'static str = "cryptarithm";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("words", "min_words", "max_words", Levels::Ints(&[2, 5, 10, 50]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words, max_words, 2..=100)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_words, config.max_words);
        let numbers: Vec<u64> = (0..count)
            .map(|_| {
                let length = rng.int(3, 5) as u32;
                let smallest = if config.allow_leading_zero { 0 } else { 10_i64.pow(length - 1) };
                rng.int(smallest, 10_i64.pow(length) - 1) as u64
            })
            .collect();
        let total: u64 = numbers.iter().sum();
        let used: BTreeSet<char> =
            numbers.iter().chain([&total]).flat_map(|number| number.to_string().chars().collect::<Vec<_>>()).collect();
        let alphabet: Vec<char> = ('A'..='Z').collect();
        let letters = rng.sample(&alphabet, used.len());
        let letter_of: BTreeMap<char, char> = used.iter().copied().zip(letters).collect();
        let written = |number: &u64| number.to_string().chars().map(|digit| letter_of[&digit]).collect::<String>();
        let (words, result): (Vec<String>, String) = (numbers.iter().map(written).collect(), written(&total));
        let mut pairs: Vec<(char, char)> = letter_of.iter().map(|(digit, letter)| (*letter, *digit)).collect();
        pairs.sort_unstable();
        let listed: Vec<String> = pairs.iter().map(|(letter, digit)| format!("{letter}={digit}")).collect();
        let zero = if config.allow_leading_zero { "Numbers may begin with 0." } else { "No number begins with 0." };
        Some(Problem {
            question: format!(
                "In this sum every letter stands for a digit, different letters for different digits:\n{} = {result}\n{zero} Find digits for which it is right. Answer in the form A=1,B=2,C=3.",
                words.join(" + ")
            ),
            answer: listed.join(","),
            metadata: json!({
                "allow_leading_zero": config.allow_leading_zero,
                "letters": pairs.iter().map(|(letter, _)| letter.to_string()).collect::<Vec<_>>(),
                "word_values": numbers,
                "sum_number": total,
                "words_letters": words,
                "result_letters": result,
                "difficulty": {"words": [config.min_words, config.max_words]},
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
        check::puzzle(&Cryptarithm);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [
            ("A=1,B=0", 1.0, 1.0),
            ("B = 0 , A = 1", 1.0, 1.0),
            ("A: 1\nB: 0", 0.0, 1.0),
            ("A=1,B=2", 0.01, 0.0),
            ("A=1", 0.01, 0.0),
            ("A=1,B=0,C=5", 0.01, 0.0),
            ("A is 1", 0.0, 0.0),
        ] {
            check::score(
                &Cryptarithm,
                answer,
                None,
                json!({"words_letters": ["A", "B"], "result_letters": "A", "allow_leading_zero": true}),
                [parity, strict],
            );
        }
    }
}
