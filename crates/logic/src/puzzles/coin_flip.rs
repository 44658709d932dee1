//! The probability of so many heads in so many flips of a fair coin.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python::{self, format_g};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct CoinFlip;

impl Puzzle for CoinFlip {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Probability
    }

    fn summary(&self) -> &'static str {
        "Find the probability of exactly or at least k heads in n flips, as a decimal or a fraction."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a number with the same first digits earns nothing",
            "the number may be off by 0.0001 and by 1 %, whichever is less, so that 0 is not right for a small probability",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        const TOLERANCE: f64 = 1e-4;
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let expected = python::fraction(&gold.replace(',', "")).ok_or_else(|| InvalidEntry::new("answer", "not a number"))?;
        let Some(value) = python::fraction(&answer.replace(',', "")) else { return Ok(Grade::unreadable("not a number")) };
        let off = (value - expected).abs();
        Ok(match mode {
            Mode::Strict => Grade::binary(off <= TOLERANCE.min(expected / 100.0)),
            Mode::Parity if off <= TOLERANCE => Grade::binary(true),
            Mode::Parity => Grade::of(same_beginning(&format_g(value, 10), &format_g(expected, 10))),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The share of the shorter text that both begin with.
fn same_beginning(one: &str, other: &str) -> f64 {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    same as f64 / one.len().min(other.len()) as f64
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_trials: usize,
    max_trials: usize,
    allow_exact: bool,
    allow_at_least: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_trials: 3, max_trials: 15, allow_exact: true, allow_at_least: true }
    }
}

impl Generate for CoinFlip {
    const NAME: &'static str = "coin_flip";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::range("num_trials", "min_trials", "max_trials", Levels::Ints(&[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        // 2^60 is the largest denominator that fits.
        bounds!(config, min_trials, max_trials, 1..=60)?;
        if !config.allow_exact && !config.allow_at_least {
            return Err(InvalidConfig::new("allow_exact", "one of `allow_exact` and `allow_at_least` must be true"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let trials = rng.size(config.min_trials, config.max_trials);
        let heads = rng.size(0, trials);
        let exact = config.allow_exact && (!config.allow_at_least || rng.chance(0.5));
        let row = binomials(trials);
        let favourable: u64 = if exact { row[heads] } else { row[heads..].iter().sum() };
        let denominator = 1_u64 << trials;
        let probability = favourable as f64 / denominator as f64;
        let how = if exact { "exactly" } else { "at least" };
        Some(Problem {
            question: format!(
                "A fair coin is flipped {trials} times. What is the probability of {how} {heads} heads? Answer with a decimal or a fraction."
            ),
            answer: format_g(probability, 10),
            metadata: json!({
                "num_trials": trials,
                "k_heads": heads,
                "problem_type": if exact { "exact" } else { "at_least" },
                "rational": {"numerator": favourable, "denominator": denominator},
                "difficulty": {"num_trials": [config.min_trials, config.max_trials]},
            }),
        })
    }
}

/// A row of Pascal's triangle.
fn binomials(n: usize) -> Vec<u64> {
    let mut row = vec![1_u64];
    for _ in 0..n {
        let inner: Vec<u64> = row.windows(2).map(|pair| pair[0] + pair[1]).collect();
        row = std::iter::once(1).chain(inner).chain([1]).collect();
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&CoinFlip);
    }

    #[test]
    fn decimals_and_fractions_count() {
        for (answer, parity, strict) in [
            ("0.375", 1.0, 1.0),
            ("3/8", 1.0, 1.0),
            ("0.37505", 1.0, 1.0),
            ("0.37", 1.0, 0.0),
            ("0.4", 2.0 / 3.0, 0.0),
            ("about 0.375", 0.0, 0.0),
            ("1/0", 0.0, 0.0),
        ] {
            check::score(&CoinFlip, answer, "0.375", json!({}), [parity, strict]);
        }
        check::score(&CoinFlip, "0", "3.051757812e-05", json!({}), [1.0, 0.0]);
    }

    #[test]
    fn binomials_are_those_of_pascal() {
        assert_eq!(binomials(4), [1, 4, 6, 4, 1]);
    }
}
