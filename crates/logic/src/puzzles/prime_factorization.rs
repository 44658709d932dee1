//! Writing a number as a product of primes.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python::{self, strip};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct PrimeFactorization;

impl Puzzle for PrimeFactorization {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Write a number as a product of primes, in any order."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "products of other factors earn nothing instead of 0.5, which the number itself would get",
            "wrong and empty answers earn nothing instead of 0.01",
            "factors may be joined by `*`, `x`, `·`, `\\times` or `\\cdot` as well as by `×`, and repeated ones written as powers",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = upstream_factors(entry.gold()?).ok_or_else(|| InvalidEntry::new("answer", "not a product of whole numbers"))?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        if mode.is_parity() {
            return Ok(parity(answer, &gold));
        }
        Ok(match factors(answer, gold.len()) {
            Some(factors) => Grade::binary(same_numbers(&factors, &gold)),
            None => Grade::unreadable("not a product of that many whole numbers"),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

fn parity(answer: &str, gold: &[BigInt]) -> Grade {
    let Some(factors) = upstream_factors(answer) else { return Grade::unreadable("not a product of whole numbers") };
    if same_numbers(&factors, gold) {
        return Grade::binary(true);
    }
    Grade::of(if has_product(&factors, &gold.iter().product()) { 0.5 } else { 0.01 })
}

/// The whole numbers between `×`; empty parts are passed over.
fn upstream_factors(text: &str) -> Option<Vec<BigInt>> {
    text.split('×').map(strip).filter(|part| !part.is_empty()).map(whole).collect()
}

/// `int(text)`, quickly for the usual short numbers.
fn whole(text: &str) -> Option<BigInt> {
    text.parse::<i64>().map(BigInt::from).ok().or_else(|| python::int(text))
}

fn same_numbers(factors: &[BigInt], gold: &[BigInt]) -> bool {
    let sorted = |numbers: &[BigInt]| {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        numbers
    };
    factors.len() == gold.len() && sorted(factors) == sorted(gold)
}

/// Whether the factors multiply to `target`. The product is not followed beyond it, so that it stays small.
fn has_product(factors: &[BigInt], target: &BigInt) -> bool {
    if factors.iter().any(Zero::is_zero) {
        return target.is_zero();
    }
    let mut product = BigInt::from(1);
    for factor in factors {
        product *= factor;
        if product.magnitude() > target.magnitude() {
            return false;
        }
    }
    product == *target
}

/// The factors of a product in any usual notation, powers written out. `None` for what is no product, or of more than `most` factors.
fn factors(text: &str, most: usize) -> Option<Vec<BigInt>> {
    let text = text.replace("**", "^").replace("\\times", "×").replace("\\cdot", "×");
    let mut factors = Vec::new();
    for part in text.split(['×', '*', '·', '⋅', 'x']) {
        let (base, exponent) = part.split_once('^').unwrap_or((part, "1"));
        let base = whole(strip(base))?;
        let exponent: usize = braced(strip(exponent)).parse().ok().filter(|exponent| *exponent > 0)?;
        if !base.is_positive() || factors.len().saturating_add(exponent) > most {
            return None;
        }
        factors.extend(std::iter::repeat_n(base, exponent));
    }
    Some(factors)
}

/// The exponent of LaTeX's `2^{4}`.
fn braced(text: &str) -> &str {
    text.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(text)
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_value: i64,
    max_value: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_value: 2, max_value: 1000 }
    }
}

impl Generate for PrimeFactorization {
    const NAME: &'static str = "prime_factorization";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("value", "min_value", "max_value", Levels::Ints(&[10, 1000, 5000, 10_000]))];

    /// The largest value keeps trial division below a millisecond.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_value, max_value, 2..=10_000_000_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let number = rng.int(config.min_value, config.max_value);
        let factors = prime_factors(number);
        Some(Problem {
            question: format!(
                "Write {number} as a product of prime numbers, joined by ×, each as often as it divides the number. For 60 that is 2 × 2 × 3 × 5, and for a prime the \
                 number itself. Answer with the product alone."
            ),
            answer: factors.iter().map(i64::to_string).collect::<Vec<_>>().join(" × "),
            metadata: json!({
                "number": number,
                "factors": factors,
                "difficulty": {"value": [config.min_value, config.max_value]},
            }),
        })
    }
}

/// By trial division, in ascending order.
fn prime_factors(mut number: i64) -> Vec<i64> {
    let mut factors = Vec::new();
    let mut divisor = 2;
    while divisor * divisor <= number {
        if number % divisor == 0 {
            factors.push(divisor);
            number /= divisor;
        } else {
            divisor += 1;
        }
    }
    factors.push(number);
    factors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&PrimeFactorization);
    }

    #[test]
    fn the_primes_are_right_in_any_order_and_notation() {
        for (answer, parity, strict) in [
            ("2 × 2 × 3", 1.0, 1.0),
            ("3×2×2", 1.0, 1.0),
            ("× 2 × 2 × 3", 1.0, 0.0),
            ("2^2 * 3", 0.0, 1.0),
            ("2^{2} \\times 3", 0.0, 1.0),
            ("2**2 x 3", 0.0, 1.0),
            ("4 × 3", 0.5, 0.0),
            ("12", 0.5, 0.0),
            ("-2 × -2 × 3", 0.5, 0.0),
            ("2 × 3", 0.01, 0.0),
            ("0 × 12", 0.01, 0.0),
            ("2 × 2 × 3 × 1", 0.5, 0.0),
            ("12 = 2 × 2 × 3", 0.0, 0.0),
            ("2^9999999999999", 0.0, 0.0),
        ] {
            check::score(&PrimeFactorization, answer, "2 × 2 × 3", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn factors_are_primes() {
        assert_eq!(prime_factors(2), [2]);
        assert_eq!(prime_factors(360), [2, 2, 2, 3, 3, 5]);
        assert_eq!(prime_factors(9_999_999_967), [9_999_999_967]);
    }
}
