//! Expressions of whole numbers with four operations and parentheses, in which every division comes out even.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use num_bigint::BigInt;
use num_traits::{One, ToPrimitive, Zero};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct BasicArithmetic;

impl Puzzle for BasicArithmetic {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Evaluate an expression of whole numbers with +, -, *, / and parentheses."
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

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Operator {
    #[serde(rename = "+")]
    Add,
    #[serde(rename = "-")]
    Subtract,
    #[serde(rename = "*")]
    Multiply,
    #[serde(rename = "/")]
    Divide,
}

impl Operator {
    fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FormatStyle {
    Simple,
    Natural,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Whitespace {
    NoSpace,
    Single,
    Random,
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_terms: usize,
    max_terms: usize,
    min_digits: u32,
    max_digits: u32,
    operators: Vec<Operator>,
    allow_parentheses: bool,
    /// Of numbers and of parentheses; upstream has negative numbers without it, unless there are no parentheses.
    allow_negation: bool,
    format_style: FormatStyle,
    whitespace: Whitespace,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_terms: 2,
            max_terms: 6,
            min_digits: 1,
            max_digits: 4,
            operators: vec![Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide],
            allow_parentheses: true,
            allow_negation: true,
            format_style: FormatStyle::Simple,
            whitespace: Whitespace::Single,
        }
    }
}

impl Generate for BasicArithmetic {
    const NAME: &'static str = "basic_arithmetic";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("num_terms", "min_terms", "max_terms", Levels::Ints(&[2, 3, 4, 5, 6])),
        Attribute::range("num_digits", "min_digits", "max_digits", Levels::Ints(&[1, 2, 3, 4])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_terms, max_terms, 1..=100)?;
        bounds!(config, min_digits, max_digits, 1..=15)?;
        if config.operators.is_empty() {
            return Err(InvalidConfig::new("operators", "must name one operator at least"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let terms = rng.size(config.min_terms, config.max_terms);
        let digits = rng.int(config.min_digits.into(), config.max_digits.into()) as u32;
        let mut draw = Draw { config, largest: 10_i64.pow(digits) - 1, tokens: Vec::new(), rng };
        let value = draw.chain(terms, terms);
        let tokens = draw.tokens;
        let expression = match config.whitespace {
            Whitespace::NoSpace => tokens.concat(),
            Whitespace::Single => tokens.join(" "),
            Whitespace::Random => tokens
                .iter()
                .map(|token| if rng.chance(0.15) { format!(" {token}") } else { token.clone() })
                .collect::<String>()
                .trim()
                .to_owned(),
        };
        let task = match config.format_style {
            FormatStyle::Simple => format!("Calculate {expression}."),
            FormatStyle::Natural => {
                let [before, after] =
                    rng.choose(&[["What is ", "?"], ["What does ", " come to?"], ["Work out ", "."], ["Find the value of ", "."]]);
                format!("{before}{expression}{after}")
            }
        };
        Some(Problem {
            question: format!("{task} Answer with the number alone."),
            answer: value.to_string(),
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

/// An expression in the making.
struct Draw<'a> {
    config: &'a Config,
    largest: i64,
    tokens: Vec<String>,
    rng: &'a mut Rng,
}

impl Draw<'_> {
    /// Writes an expression of so many numbers, in which no parentheses hold more than `widest`, and returns its value. Unlike upstream's, no division has a
    /// remainder: its right side is one number, which divides the product on its left.
    fn chain(&mut self, terms: usize, widest: usize) -> BigInt {
        let mut left = terms;
        let mut sum = BigInt::zero();
        let mut product = self.operand(&mut left, widest);
        while left > 0 {
            let operator = *self.rng.choose(&self.config.operators);
            self.tokens.push(operator.symbol().to_owned());
            match operator {
                Operator::Add => sum += std::mem::replace(&mut product, self.operand(&mut left, widest)),
                Operator::Subtract => sum += std::mem::replace(&mut product, -self.operand(&mut left, widest)),
                Operator::Multiply => product *= self.operand(&mut left, widest),
                Operator::Divide => {
                    let divisor = self.divisor(&product);
                    self.tokens.push(divisor.to_string());
                    product /= divisor;
                    left -= 1;
                }
            }
        }
        sum + product
    }

    /// A number, or several in parentheses.
    fn operand(&mut self, left: &mut usize, widest: usize) -> BigInt {
        let terms = self.rng.size(1, (*left).min(widest));
        if terms == 1 || !self.config.allow_parentheses || self.rng.chance(0.5) {
            *left -= 1;
            let number = self.rng.int(if self.config.allow_negation { -self.largest } else { 0 }, self.largest);
            self.tokens.push(number.to_string());
            return number.into();
        }
        *left -= terms;
        let negated = self.config.allow_negation && self.rng.chance(0.5);
        self.tokens.push(if negated { "-(" } else { "(" }.to_owned());
        let value = self.chain(terms, terms - 1);
        self.tokens.push(")".to_owned());
        if negated { -value } else { value }
    }

    /// A number that divides the product, 1 only if no other is found: built from its prime factors below 100 and what is left of it without them.
    fn divisor(&mut self, product: &BigInt) -> i64 {
        if product.is_zero() {
            return self.rng.int(1, self.largest);
        }
        let mut parts = small_prime_factors(product, self.largest);
        self.rng.shuffle(&mut parts);
        let mut divisor = 1_i64;
        for part in parts {
            let larger = divisor.saturating_mul(part);
            if larger <= self.largest && (divisor == 1 || self.rng.chance(0.5)) {
                divisor = larger;
            }
        }
        divisor
    }
}

const PRIMES: [i64; 25] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];

/// Numbers up to `largest` whose product divides a number that is not zero.
fn small_prime_factors(number: &BigInt, largest: i64) -> Vec<i64> {
    let mut rest = number.clone();
    let mut factors = Vec::new();
    for prime in PRIMES {
        while (&rest % prime).is_zero() {
            rest /= prime;
            factors.push(prime);
        }
    }
    factors.extend(rest.magnitude().to_i64().filter(|rest| !rest.is_one() && *rest <= largest));
    factors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use gavel_task::Difficulty;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&BasicArithmetic);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("-120", 1.0, 1.0), ("-120.0", 4.0 / 6.0, 1.0), ("= -120", 4.0 / 6.0, 0.0), ("120", 0.0, 0.0)] {
            check::score(&BasicArithmetic, answer, "-120", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn divisors_divide() {
        assert_eq!(small_prime_factors(&(-84).into(), 9), [2, 2, 3, 7]);
        assert_eq!(small_prime_factors(&206.into(), 1000), [2, 103]);
        assert_eq!(small_prime_factors(&206.into(), 99), [2]);
        assert_eq!(small_prime_factors(&1.into(), 99), Vec::<i64>::new());
    }

    #[test]
    fn configurations_limit_what_is_written() {
        let config = json!({"operators": ["/", "*"], "allow_negation": false, "allow_parentheses": false, "whitespace": "no_space"});
        let Some(config) = config.as_object().cloned() else { unreachable!() };
        for entry in BasicArithmetic.generate(&Difficulty::Config(config), 5, 0).unwrap().take(50) {
            #[derive(Deserialize)]
            struct Metadata {
                expression: String,
            }
            let Metadata { expression } = entry.unwrap().metadata().unwrap();
            assert!(expression.chars().all(|char| char.is_ascii_digit() || "/*".contains(char)), "{expression}");
        }
    }
}
