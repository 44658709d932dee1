//! Sums in which every digit was replaced by a letter.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use num_bigint::BigUint;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::btree_map::Entry as Place;
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
        "Find the digits that letters of a sum stand for; any assignment that makes it true counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "an assignment that does not solve the sum earns nothing instead of 0.01",
            "a letter with two digits is wrong, where upstream takes the last",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let sum: Sum = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let Some(pairs) = pairs(answer) else { return Ok(Grade::unreadable("not of the form A=1,B=2")) };
        let mut digits = BTreeMap::new();
        let mut contradiction = false;
        for (letter, digit) in pairs {
            match digits.entry(letter) {
                Place::Occupied(mut known) => contradiction |= known.insert(digit) != digit,
                Place::Vacant(new) => {
                    new.insert(digit);
                }
            }
        }
        let fault = if contradiction && !mode.is_parity() { Some("a letter has two digits") } else { sum.fault(&digits) };
        Ok(fault.map_or_else(|| Grade::binary(true), |fault| Grade::of(mode.floor(0.01)).because(fault)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The pairs of `A=1,B=2`, with `None` for a number that is no digit.
fn pairs(answer: &str) -> Option<Vec<(&str, Option<u8>)>> {
    let pair = |text| {
        let (letter, number) = python::strip(text).split_once('=')?;
        let number = python::int(number)?;
        Some((python::strip(letter), number.to_u8().filter(|digit| *digit < 10)))
    };
    answer.split(',').map(pair).collect()
}

#[derive(Deserialize)]
struct Sum {
    words_letters: Vec<String>,
    result_letters: String,
    #[serde(default)]
    allow_leading_zero: bool,
}

impl Sum {
    /// What keeps these digits from solving the sum.
    fn fault(&self, given: &BTreeMap<&str, Option<u8>>) -> Option<&'static str> {
        let words = || self.words_letters.iter().chain([&self.result_letters]);
        let letters: BTreeSet<char> = words().flat_map(|word| word.chars()).collect();
        let mut digits = BTreeMap::new();
        for &letter in &letters {
            let Some(digit) = given.get(letter.encode_utf8(&mut [0; 4]) as &str) else { return Some("a letter has no digit") };
            let Some(digit) = *digit else { return Some("a letter has a number that is no digit") };
            digits.insert(letter, digit);
        }
        if given.len() > letters.len() {
            return Some("there is no such letter");
        }
        if digits.values().collect::<BTreeSet<_>>().len() < digits.len() {
            return Some("two letters have one digit");
        }
        if !self.allow_leading_zero && words().filter_map(|word| word.chars().next()).any(|first| digits[&first] == 0) {
            return Some("a number begins with zero");
        }
        let value = |word: &String| {
            let word: Vec<u8> = word.chars().map(|letter| digits[&letter]).collect();
            if word.is_empty() { None } else { BigUint::from_radix_be(&word, 10) }
        };
        let total: Option<BigUint> = self.words_letters.iter().map(value).sum();
        (total.is_none() || total != value(&self.result_letters)).then_some("the sum is wrong")
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

/// The sum as one writes it by hand.
fn layout(words: &[String], result: &str) -> String {
    let width = words.iter().map(String::len).max().unwrap_or(0).max(result.len());
    let (last, first) = words.split_last().expect("a sum has words");
    let mut lines: Vec<String> = first.iter().map(|word| format!("  {word:>width$}")).collect();
    lines.push(format!("+ {last:>width$}"));
    lines.push("-".repeat(width + 2));
    lines.push(format!("  {result:>width$}"));
    lines.join("\n")
}

impl Generate for Cryptarithm {
    const NAME: &'static str = "cryptarithm";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("words", "min_words", "max_words", Levels::Ints(&[2, 5, 10, 50]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_words, max_words, 2..=100)
    }

    /// Numbers of three to five digits and their sum, whose digits become letters.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_words, config.max_words);
        let numbers: Vec<String> = (0..count)
            .map(|_| {
                let length = rng.size(3, 5);
                let least = if config.allow_leading_zero { 0 } else { 10_i64.pow(length as u32 - 1) };
                format!("{:0length$}", rng.int(least, 10_i64.pow(length as u32) - 1))
            })
            .collect();
        let values: Vec<u64> = numbers.iter().map(|number| number.parse().expect("it was written as a number")).collect();
        let sum: u64 = values.iter().sum();
        let used: BTreeSet<char> = numbers.iter().flat_map(|number| number.chars()).chain(sum.to_string().chars()).collect();
        let letters = rng.sample(&Vec::from_iter('A'..='Z'), used.len());
        let letter_of: BTreeMap<char, char> = used.into_iter().zip(letters).collect();
        let in_letters = |number: &str| -> String { number.chars().map(|digit| letter_of[&digit]).collect() };
        let words: Vec<String> = numbers.iter().map(|number| in_letters(number)).collect();
        let result = in_letters(&sum.to_string());
        let digit_of: BTreeMap<char, u32> =
            letter_of.iter().map(|(digit, letter)| (*letter, digit.to_digit(10).expect("the digits of numbers"))).collect();
        let answer: Vec<String> = digit_of.iter().map(|(letter, digit)| format!("{letter}={digit}")).collect();
        let zeros = if config.allow_leading_zero { "Numbers may begin with zero." } else { "No number begins with zero." };
        Some(Problem {
            question: format!(
                "In this sum every letter stands for a digit, different letters for different digits. {zeros}\n\n{}\n\nFind digits that make the sum true; any solution \
                 counts. Answer with every letter and its digit, separated by commas, such as A=1,B=2,C=3.",
                layout(&words, &result)
            ),
            answer: answer.join(","),
            metadata: json!({
                "allow_leading_zero": config.allow_leading_zero,
                "letters": digit_of.keys().collect::<Vec<_>>(),
                "word_values": values,
                "sum_number": sum,
                "words_letters": words,
                "result_letters": result,
                "digit_to_letter": letter_of,
                "letter_to_digit": digit_of,
                "difficulty": {"words": [config.min_words, config.max_words]},
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use gavel_task::Difficulty;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Cryptarithm);
    }

    #[test]
    fn any_solution_is_right() {
        // AB + AB = CA
        let metadata = json!({"words_letters": ["AB", "AB"], "result_letters": "CA", "allow_leading_zero": false});
        for (answer, parity, strict) in [
            ("A=2,B=1,C=4", 1.0, 1.0),
            (" C = 4 , A=2,\nB=1", 1.0, 1.0),
            ("A=4,B=2,C=8", 1.0, 1.0),
            ("A=9,A=2,B=1,C=4", 1.0, 0.0),
            ("A=2,A=2,B=1,C=4", 1.0, 1.0),
            ("A=2,B=1,C=5", 0.01, 0.0),
            ("A=0,B=0,C=0", 0.01, 0.0),
            ("A=2,B=1", 0.01, 0.0),
            ("A=2,B=1,C=4,D=5", 0.01, 0.0),
            ("A=2,B=1,C=14", 0.01, 0.0),
            ("a=2,b=1,c=4", 0.01, 0.0),
            ("A=2,B=1,C=4,", 0.0, 0.0),
            ("A=2,B=1,C=4=4", 0.0, 0.0),
            ("A:2,B:1,C:4", 0.0, 0.0),
        ] {
            check::score(&Cryptarithm, answer, "A=2,B=1,C=4", metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn zeros_may_lead_where_that_is_allowed() {
        let metadata = |allowed: bool| json!({"words_letters": ["AB", "AC"], "result_letters": "AD", "allow_leading_zero": allowed});
        check::score(&Cryptarithm, "A=0,B=1,C=2,D=3", None, metadata(true), [1.0, 1.0]);
        check::score(&Cryptarithm, "A=0,B=1,C=2,D=3", None, metadata(false), [0.01, 0.0]);
        let config = json!({"allow_leading_zero": true});
        let serde_json::Value::Object(config) = config else { unreachable!() };
        for entry in Cryptarithm.generate(&Difficulty::Config(config), 0, 0).unwrap().take(50) {
            let entry = entry.unwrap();
            assert_eq!(Cryptarithm.score(entry.answer.as_deref(), &entry, Mode::Strict).unwrap().score, 1.0);
        }
    }
}
