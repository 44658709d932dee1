//! Sums and differences of whole numbers: `12 + 7 - 30 =`.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct ChainSum;

impl Puzzle for ChainSum {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Add and subtract whole numbers from left to right."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["commas count only between thousands", "an answer that contains the number beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::decimal(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_terms: usize,
    max_terms: usize,
    min_digits: u32,
    max_digits: u32,
    allow_negation: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_terms: 2, max_terms: 6, min_digits: 1, max_digits: 4, allow_negation: false }
    }
}

impl Generate for ChainSum {
    const NAME: &'static str = "chain_sum";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("num_terms", "min_terms", "max_terms", Levels::Ints(&[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
        Attribute::range("num_digits", "min_digits", "max_digits", Levels::Ints(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_terms, max_terms, 1..=1000)?;
        bounds!(config, min_digits, max_digits, 1..=15)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let terms = rng.size(config.min_terms, config.max_terms);
        let digits = rng.int(config.min_digits.into(), config.max_digits.into()) as u32;
        let largest = 10_i64.pow(digits) - 1;
        let smallest = match digits {
            _ if config.allow_negation => -largest,
            1 => 0,
            _ => 10_i64.pow(digits - 1),
        };
        let mut sum = rng.int(smallest, largest);
        let mut expression = sum.to_string();
        for _ in 1..terms {
            let term = rng.int(smallest, largest);
            if rng.chance(0.5) {
                sum += term;
                expression += &format!(" + {term}");
            } else {
                sum -= term;
                expression += &format!(" - {term}");
            }
        }
        Some(Problem {
            question: format!("What is the value of {expression}? Answer with the number alone."),
            answer: sum.to_string(),
            metadata: json!({
                "num_terms": terms,
                "num_digits": digits,
                "expression": expression,
                "difficulty": {
                    "num_terms": [config.min_terms, config.max_terms],
                    "num_digits": [config.min_digits, config.max_digits],
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
        check::puzzle(&ChainSum);
    }

    #[test]
    fn the_same_number_in_any_form_is_right() {
        for (answer, parity, strict) in [("+01,000.00", 1.0, 1.0), ("10,00", 1.0, 0.0), ("1000 apples", 4.0 / 11.0, 0.0), ("999", 0.0, 0.0)]
        {
            check::score(&ChainSum, answer, "1000", json!({}), [parity, strict]);
        }
    }
}
