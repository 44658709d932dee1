//! How many ones the binary form of a number has.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct CountBits;

impl Puzzle for CountBits {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Count the ones in the binary form of a number."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the same number in another form is right", "an answer that contains the number beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_n: i64,
    max_n: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_n: 1, max_n: i32::MAX.into() }
    }
}

impl Generate for CountBits {
    const NAME: &'static str = "count_bits";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("n", "min_n", "max_n", Levels::Ints(&[10, 1000, 1_000_000, 100_000_000, i32::MAX as i64]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_n, max_n, 1..=1 << 60)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let number = rng.int(config.min_n, config.max_n);
        let ones = number.count_ones();
        Some(Problem {
            question: format!("Written in binary, how many digits of {number} are 1? Answer with the count alone."),
            answer: ones.to_string(),
            metadata: json!({
                "number": number,
                "solution": ones,
                "binary": format!("{number:b}"),
                "n": number,
                "difficulty": {"n": [config.min_n, config.max_n]},
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
        check::puzzle(&CountBits);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("17", 1.0, 1.0), ("017", 2.0 / 3.0, 1.0), ("17 bits", 2.0 / 7.0, 0.0), ("16", 0.0, 0.0)] {
            check::score(&CountBits, answer, "17", json!({}), [parity, strict]);
        }
    }
}
