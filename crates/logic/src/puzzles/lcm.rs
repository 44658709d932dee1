//! The least common multiple of a few numbers.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::One;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Lcm;

impl Puzzle for Lcm {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Find the least common multiple of two or more numbers."
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
    min_value: u64,
    max_value: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_numbers: 2, max_numbers: 2, min_value: 1, max_value: 100 }
    }
}

impl Generate for Lcm {
    const NAME: &'static str = "lcm";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("numbers", "min_numbers", "max_numbers", Levels::Ints(&[2, 3, 4, 5])),
        Attribute::interval("value", "min_value", "max_value", Levels::Ints(&[100, 1000, 10_000, 100_000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_numbers, max_numbers, 2..=100)?;
        bounds!(config, min_value, max_value, 1..=1_000_000_000_000_000)?;
        if config.min_value == config.max_value {
            return Err(InvalidConfig::new("max_value", "must be greater than `min_value`"));
        }
        Ok(())
    }

    /// Upstream's `result` is left out of the metadata: it may be larger than JSON numbers, and is the answer.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let mut draw = || -> Vec<u64> {
            let count = rng.size(config.min_numbers, config.max_numbers);
            (0..count).map(|_| rng.int(config.min_value as i64, config.max_value as i64) as u64).collect()
        };
        // Numbers without a common factor only need multiplying, so a few draws are made.
        let mut numbers = draw();
        for _ in 0..2 {
            if multiple(&numbers) == numbers.iter().product() {
                numbers = draw();
            }
        }
        let list = numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        Some(Problem {
            question: format!(
                "What is the smallest positive whole number that is a multiple of each of {list}? Answer with the number alone."
            ),
            answer: multiple(&numbers).to_string(),
            metadata: json!({
                "numbers": numbers,
                "difficulty": {
                    "numbers": [config.min_numbers, config.max_numbers],
                    "value": [config.min_value, config.max_value],
                },
            }),
        })
    }
}

/// The least common multiple.
fn multiple(numbers: &[u64]) -> BigUint {
    numbers.iter().fold(BigUint::one(), |multiple, number| multiple.lcm(&BigUint::from(*number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Lcm);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("1200", 1.0, 1.0), ("1,200", 0.0, 1.0), ("1200!", 0.8, 0.0), ("600", 0.0, 0.0)] {
            check::score(&Lcm, answer, "1200", json!({}), [parity, strict]);
        }
        assert_eq!(multiple(&[4, 6, 10]), BigUint::from(60_u32));
    }
}
