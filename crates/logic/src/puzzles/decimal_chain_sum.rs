//! Sums and differences of decimal numbers: `12.5 + 7.25 - 30.1 =`.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python::{Decimal, strip};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct DecimalChainSum;

impl Puzzle for DecimalChainSum {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Add and subtract decimal numbers from left to right."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["commas may separate thousands"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        match (mode, answer) {
            (Mode::Parity, Some(answer)) => {
                Ok(Grade::binary(Decimal::parse(strip(answer)).is_some_and(|value| Decimal::parse(gold) == Some(value))))
            }
            _ => Ok(scoring::number(answer, gold, mode)),
        }
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
    min_decimal_places: u32,
    max_decimal_places: u32,
    allow_negation: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_terms: 2,
            max_terms: 6,
            min_digits: 1,
            max_digits: 4,
            min_decimal_places: 1,
            max_decimal_places: 4,
            allow_negation: false,
        }
    }
}

impl Generate for DecimalChainSum {
    const NAME: &'static str = "decimal_chain_sum";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("num_terms", "min_terms", "max_terms", Levels::Ints(&[2, 5, 8, 10])),
        Attribute::interval("num_digits", "min_digits", "max_digits", Levels::Ints(&[1, 2, 4, 8, 10])),
        Attribute::interval("decimal_places", "min_decimal_places", "max_decimal_places", Levels::Ints(&[1, 2, 4, 6, 8])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_terms, max_terms, 1..=1000)?;
        bounds!(config, min_digits, max_digits, 1..=15)?;
        bounds!(config, min_decimal_places, max_decimal_places, 0..=15)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_terms, config.max_terms);
        let digits = rng.int(config.min_digits.into(), config.max_digits.into()) as u32;
        let terms: Vec<Fixed> = (0..count).map(|_| Fixed::draw(digits, config, rng)).collect();

        let places = terms.iter().map(|term| term.places).max().expect("one term at least");
        let mut sum = terms[0].units_at(places);
        let mut expression = terms[0].to_string();
        for term in &terms[1..] {
            let sign = *rng.choose(&['+', '-']);
            sum += if sign == '+' { term.units_at(places) } else { -term.units_at(places) };
            expression += &format!(" {sign} {term}");
        }
        Some(Problem {
            question: format!("What is the exact value of {expression}? Answer with the number alone."),
            answer: Fixed { units: sum, places }.to_string(),
            metadata: json!({
                "num_terms": count,
                "num_digits": digits,
                "expression": expression,
                "difficulty": {
                    "num_terms": [config.min_terms, config.max_terms],
                    "num_digits": [config.min_digits, config.max_digits],
                    "decimal_places": [config.min_decimal_places, config.max_decimal_places],
                },
            }),
        })
    }
}

/// A number with a fixed count of decimals.
struct Fixed {
    /// Of ten to the power of minus `places`. The largest sum of the largest terms is far from the end of 128 bits.
    units: i128,
    places: u32,
}

impl Fixed {
    /// So many digits before the point, and one of the allowed counts behind it; the first of each is not 0, except for a single digit before the point.
    fn draw(digits: u32, config: &Config, rng: &mut Rng) -> Self {
        let places = rng.int(config.min_decimal_places.into(), config.max_decimal_places.into()) as u32;
        let of_length = |length: u32| if length == 0 { 0 } else { 10_i64.pow(length - 1) };
        let largest = 10_i64.pow(digits) - 1;
        let smallest = match digits {
            _ if config.allow_negation => -largest,
            1 => 0,
            _ => of_length(digits),
        };
        let whole = rng.int(smallest, largest);
        let fraction = rng.int(of_length(places), 10_i64.pow(places) - 1);
        Self { units: i128::from(whole) * 10_i128.pow(places) + i128::from(fraction), places }
    }

    fn units_at(&self, places: u32) -> i128 {
        self.units * 10_i128.pow(places - self.places)
    }
}

impl std::fmt::Display for Fixed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scale = 10_u128.pow(self.places);
        let size = self.units.unsigned_abs();
        let (whole, fraction) = (size / scale, size % scale);
        let sign = if self.units < 0 { "-" } else { "" };
        match self.places {
            0 => write!(f, "{sign}{whole}"),
            places => write!(f, "{sign}{whole}.{fraction:0width$}", width = places as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&DecimalChainSum);
    }

    #[test]
    fn the_same_number_in_any_form_is_right() {
        for (answer, parity, strict) in
            [("1234.50", 1.0, 1.0), ("+1.2345E3", 1.0, 1.0), ("1,234.5", 0.0, 1.0), ("= 1234.5", 0.0, 0.0), ("1234.51", 0.0, 0.0)]
        {
            check::score(&DecimalChainSum, answer, "1234.5", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn numbers_keep_their_decimals() {
        for (units, places, text) in [(-1205, 3, "-1.205"), (5, 2, "0.05"), (-5, 1, "-0.5"), (70, 1, "7.0"), (7, 0, "7")] {
            assert_eq!(Fixed { units, places }.to_string(), text);
        }
    }
}
