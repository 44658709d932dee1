//! The greatest common divisor of a few numbers.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use num_integer::Integer;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Gcd;

impl Puzzle for Gcd {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Find the greatest common divisor of two or more numbers."
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
    min_numbers: usize,
    max_numbers: usize,
    min_value: i64,
    max_value: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_numbers: 2, max_numbers: 2, min_value: 1, max_value: 1000 }
    }
}

impl Generate for Gcd {
    const NAME: &'static str = "gcd";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("num_terms", "min_numbers", "max_numbers", Levels::Ints(&[2, 3, 4, 5])),
        Attribute::interval("value", "min_value", "max_value", Levels::Ints(&[100, 1000, 10_000, 100_000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_numbers, max_numbers, 2..=1000)?;
        bounds!(config, min_value, max_value, 1..=1_000_000_000_000_000)?;
        if config.min_value == config.max_value {
            return Err(InvalidConfig::new("max_value", "must be greater than `min_value`"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let mut draw = || -> (Vec<i64>, i64) {
            let count = rng.size(config.min_numbers, config.max_numbers);
            let numbers: Vec<i64> = (0..count).map(|_| rng.int(config.min_value, config.max_value)).collect();
            let divisor = numbers.iter().fold(0, |divisor: i64, number| divisor.gcd(number));
            (numbers, divisor)
        };
        // Most draws have no common divisor but 1, so a few are made.
        let mut drawn = draw();
        for _ in 0..2 {
            if drawn.1 == 1 {
                drawn = draw();
            }
        }
        let (numbers, divisor) = drawn;
        let list = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        Some(Problem {
            question: format!("What is the largest whole number that divides all of {list}? Answer with the number alone."),
            answer: divisor.to_string(),
            metadata: json!({
                "num_terms": numbers.len(),
                "numbers": numbers,
                "result": divisor,
                "difficulty": {
                    "num_terms": [config.min_numbers, config.max_numbers],
                    "value": [config.min_value, config.max_value],
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
        check::puzzle(&Gcd);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("12", 1.0, 1.0), ("12.0", 0.5, 1.0), ("gcd 12", 1.0 / 3.0, 0.0), ("6", 0.0, 0.0), ("", 0.0, 0.0)]
        {
            check::score(&Gcd, answer, "12", json!({}), [parity, strict]);
        }
    }
}
