//! Powers of decimal numbers, to three significant digits.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python::{Decimal, Half};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use num_bigint::BigInt;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct PowerFunction;

impl Puzzle for PowerFunction {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Raise a decimal number to a positive or negative power, to three significant digits."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "digits beyond the third must be right as well: upstream drops them",
            "a half may be rounded up as well as to even",
            "wrong and unreadable answers earn nothing instead of 0.01",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = Decimal::parse(entry.gold()?).ok_or_else(|| InvalidEntry::new("answer", "not a decimal number"))?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let Some(answer) = Decimal::parse(answer) else { return Ok(Grade::unreadable("not a decimal number").scoring(mode.floor(0.01))) };
        if mode.is_parity() {
            return Ok(Grade::of(if answer.rounded(DIGITS, Half::Even) == gold.rounded(DIGITS, Half::Even) { 1.0 } else { 0.01 }));
        }
        let Metadata { solution } = entry.metadata()?;
        // Our own items have the rounded power as their solution, and all its digits only here.
        let exact = solution.and_then(|power| Decimal::parse(&power.to_string())).unwrap_or_else(|| gold.clone());
        let digits = answer.significant().max(DIGITS);
        Ok(Grade::binary(answer == gold || [Half::Even, Half::Up].iter().any(|half| answer == exact.rounded(digits, *half))))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The significant digits that are asked for.
const DIGITS: usize = 3;

#[derive(Deserialize)]
struct Metadata {
    solution: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_base: f64,
    max_base: f64,
    min_exponent: u32,
    max_exponent: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_base: -1e3, max_base: 1e3, min_exponent: 0, max_exponent: 8 }
    }
}

/// What bases are multiples of: four decimals.
const BASE_SCALE: f64 = 1e4;

impl Generate for PowerFunction {
    const NAME: &'static str = "power_function";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::range("exponent", "min_exponent", "max_exponent", Levels::Ints(&[2, 4, 6, 8, 10]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_base, max_base, -1e6..=1e6)?;
        bounds!(config, min_exponent, max_exponent, 0..=50)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let base = rng.int((config.min_base * BASE_SCALE).round() as i64, (config.max_base * BASE_SCALE).round() as i64);
        if base == 0 {
            return None;
        }
        let exponent = rng.int(config.min_exponent.into(), config.max_exponent.into());
        let exponent = if rng.chance(0.5) { -exponent } else { exponent };

        let (top, bottom) =
            (BigInt::from(base).pow(exponent.unsigned_abs() as u32), BigInt::from(BASE_SCALE as i64).pow(exponent.unsigned_abs() as u32));
        let (top, bottom) = if exponent < 0 { (bottom, top) } else { (top, bottom) };
        let float = |number: &Decimal| -> f64 { number.to_string().parse().expect("a number as Rust reads it") };
        // Twenty digits determine the nearest double.
        let power = float(&Decimal::quotient(&top, &bottom, 20));
        let base = Decimal::quotient(&base.into(), &BigInt::from(BASE_SCALE as i64), 20);
        Some(Problem {
            question: format!(
                "What is ({base})^{exponent}, rounded to {DIGITS} significant digits? Answer with the number alone in scientific notation, such as 1.20e+3 or -4.56e-7."
            ),
            answer: Decimal::quotient(&top, &bottom, DIGITS).scientific(DIGITS),
            metadata: json!({
                "base": float(&base),
                "exponent": exponent,
                "solution": power,
                "difficulty": {"exponent": [config.min_exponent, config.max_exponent]},
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
        check::puzzle(&PowerFunction);
    }

    #[test]
    fn digits_that_are_given_must_be_right() {
        for (answer, parity, strict) in [
            ("1.23e+4", 1.0, 1.0),
            ("12345.678", 1.0, 1.0),
            ("12346", 1.0, 1.0),
            ("12349", 1.0, 0.0),
            ("1.2e4", 0.01, 0.0),
            ("1.23 * 10^4", 0.01, 0.0),
            ("nan", 0.01, 0.0),
        ] {
            check::score(&PowerFunction, answer, "12345.678", json!({"solution": 12345.678}), [parity, strict]);
        }
        for (answer, parity, strict) in [("122", 1.0, 1.0), ("123", 0.01, 1.0), ("122.5", 1.0, 1.0)] {
            check::score(&PowerFunction, answer, "122.5", json!({}), [parity, strict]);
        }
        check::score(&PowerFunction, "-0", "0.0", json!({}), [1.0, 1.0]);
    }
}
