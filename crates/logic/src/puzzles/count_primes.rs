//! How many primes lie between two numbers.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct CountPrimes;

impl Puzzle for CountPrimes {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Count the primes of an interval, both ends included."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the solution beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The primes of an interval, by a sieve over its numbers alone.
fn primes(start: usize, end: usize) -> Vec<usize> {
    let mut composite = vec![false; end + 1 - start];
    let mut divisor = 2;
    while divisor * divisor <= end {
        let first = (divisor * divisor).max(start.next_multiple_of(divisor));
        (first..=end).step_by(divisor).for_each(|multiple| composite[multiple - start] = true);
        divisor += 1;
    }
    (start.max(2)..=end).filter(|number| !composite[number - start]).collect()
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_n: usize,
    max_n: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_n: 1, max_n: 10_000 }
    }
}

impl Generate for CountPrimes {
    const NAME: &'static str = "count_primes";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("n", "min_n", "max_n", Levels::Ints(&[10, 1000, 10000, 50000, 100000]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_n, max_n, 1..=1_000_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let start = rng.size(config.min_n, config.max_n);
        let end = rng.size(start, config.max_n);
        let primes = primes(start, end);
        Some(Problem {
            question: format!("How many prime numbers are there from {start} to {end}, both included? Answer with the number alone."),
            answer: primes.len().to_string(),
            metadata: json!({
                "start": start,
                "end": end,
                "solution": primes.len(),
                "primes": primes,
                "n": [start, end],
                "difficulty": {"n": [config.min_n, config.max_n]},
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
        check::puzzle(&CountPrimes);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [("25", 1.0, 1.0), ("25.0", 0.5, 1.0), ("25 primes", 2.0 / 9.0, 0.0), ("24", 0.0, 0.0)] {
            check::score(&CountPrimes, answer, "25", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn primes_are_those() {
        assert_eq!(primes(1, 30), [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
        assert_eq!(primes(89, 101), [89, 97, 101]);
        assert_eq!(primes(1, 1), [0; 0]);
    }
}
