//! Products of whole numbers: `12 * 7 * 30 =`.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use num_bigint::BigInt;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Products;

impl Puzzle for Products {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Multiply whole numbers."
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
        Self { min_terms: 2, max_terms: 2, min_digits: 1, max_digits: 5, allow_negation: false }
    }
}

impl Generate for Products {
    const NAME: &'static str = "products";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("num_terms", "min_terms", "max_terms", Levels::Ints(&[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
        Attribute::range("num_digits", "min_digits", "max_digits", Levels::Ints(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_terms, max_terms, 1..=100)?;
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
        let factors: Vec<i64> = (0..terms).map(|_| rng.int(smallest, largest)).collect();
        let product: BigInt = factors.iter().map(|factor| BigInt::from(*factor)).product();
        let expression = factors.iter().map(i64::to_string).collect::<Vec<_>>().join(" * ");
        Some(Problem {
            question: format!("Multiply: {expression}. Answer with the product alone."),
            answer: product.to_string(),
            metadata: json!({
                "expression": expression,
                "num_terms": terms,
                "num_digits": digits,
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
        check::puzzle(&Products);
    }

    #[test]
    fn the_same_number_in_any_form_is_right() {
        for (answer, parity, strict) in [("+01,200.00", 1.0, 1.0), ("1,2,0,0", 1.0, 0.0), ("= 1200", 4.0 / 6.0, 0.0), ("1201", 0.0, 0.0)] {
            check::score(&Products, answer, "1200", json!({}), [parity, strict]);
        }
    }
}
