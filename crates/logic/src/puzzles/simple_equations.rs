//! Linear equations in one variable with a whole solution.

use crate::config::{InvalidConfig, bounds, check_weights};
use crate::generator::{Generate, Problem};
use crate::polynomial::Polynomial;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use gavel_math::expr::Rational;
use num_bigint::BigInt;
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct SimpleEquations;

impl Puzzle for SimpleEquations {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algebra
    }

    fn summary(&self) -> &'static str {
        "Solve a linear equation in one variable."
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
    min_terms: usize,
    max_terms: usize,
    min_value: i64,
    max_value: i64,
    operators: Vec<Operator>,
    operators_weights: Vec<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Operator {
    #[serde(rename = "+")]
    Add,
    #[serde(rename = "-")]
    Subtract,
    #[serde(rename = "*")]
    Multiply,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_terms: 2,
            max_terms: 4,
            min_value: 1,
            max_value: 100,
            operators: vec![Operator::Add, Operator::Subtract, Operator::Multiply],
            operators_weights: vec![0.4, 0.4, 0.2],
        }
    }
}

/// `slope * variable + constant`.
struct Linear {
    slope: BigInt,
    constant: BigInt,
}

impl Linear {
    fn apply(self, operator: Operator, other: Self) -> Self {
        let (slope, constant) = match operator {
            Operator::Add => (self.slope + other.slope, self.constant + other.constant),
            Operator::Subtract => (self.slope - other.slope, self.constant - other.constant),
            // One of the two has no variable, as it occurs once.
            Operator::Multiply => (self.slope * &other.constant + other.slope * &self.constant, self.constant * other.constant),
        };
        Self { slope, constant }
    }
}

impl Generate for SimpleEquations {
    const NAME: &'static str = "simple_equations";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("min_terms", "min_terms", Levels::Ints(&[2, 3, 4, 5])),
        Attribute::scalar("max_terms", "max_terms", Levels::Ints(&[5, 10, 15, 20])),
        Attribute::scalar("min_value", "min_value", Levels::Ints(&[1, 10, 100, 1000])),
        Attribute::scalar("max_value", "max_value", Levels::Ints(&[100, 10_000, 1_000_000, 100_000_000])),
        Attribute::scalar(
            "operators_weights",
            "operators_weights",
            Levels::Json(&["[0.4, 0.4, 0.2]", "[0.35, 0.35, 0.3]", "[0.3, 0.3, 0.4]", "[0.2, 0.2, 0.6]"]),
        ),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_terms, max_terms, 1..=200)?;
        bounds!(config, min_value, max_value, 1..=1_000_000_000_000)?;
        check_weights("operators_weights", &config.operators_weights, config.operators.len())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let variable = char::from(b'a' + rng.below(26) as u8).to_string();
        let value = |rng: &mut Rng| BigInt::from(rng.int(config.min_value, config.max_value));
        let terms = rng.size(config.min_terms, config.max_terms);
        let unknown = rng.below(terms);
        let mut left: Option<Linear> = None;
        for index in 0..terms {
            let size = value(rng);
            let term = if index != unknown {
                Linear { slope: BigInt::zero(), constant: size }
            } else if config.operators.contains(&Operator::Multiply) {
                Linear { slope: size, constant: BigInt::zero() }
            } else {
                Linear { slope: 1.into(), constant: BigInt::zero() }
            };
            left = Some(match left {
                None => term,
                Some(left) => left.apply(config.operators[rng.weighted(&config.operators_weights)], term),
            });
        }
        let Linear { slope, constant } = left?;
        if slope.is_zero() {
            return None;
        }
        let solution = value(rng);
        let right = &slope * &solution + &constant;
        let mut polynomial = Polynomial::term(Rational::from_integer(slope), &variable, 1);
        polynomial.add_all(Polynomial::from(Rational::from_integer(constant)));
        let equation = format!("{polynomial} = {right}");
        Some(Problem {
            question: format!("Find the value of {variable} that solves this equation: {equation}\nAnswer with the number alone."),
            answer: solution.to_string(),
            metadata: json!({
                "equation": equation,
                "variable": variable,
                "difficulty": {
                    "min_terms": config.min_terms,
                    "max_terms": config.max_terms,
                    "min_value": config.min_value,
                    "max_value": config.max_value,
                    "operators_weights": config.operators_weights,
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
        check::puzzle(&SimpleEquations);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("95", 1.0, 1.0), ("95.0", 0.5, 1.0), ("u = 95", 1.0 / 3.0, 0.0), ("96", 0.0, 0.0)] {
            check::score(&SimpleEquations, answer, "95", json!({}), [parity, strict]);
        }
    }
}
