//! How many primes lie between two numbers.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::LazyLock;

pub(crate) struct CountPrimes;

impl Puzzle for CountPrimes {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Count the primes of an interval."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["any way of writing the number counts", "an answer that contains the number beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

const LARGEST: usize = 1_000_000;

/// The primes up to [`LARGEST`], by the sieve of Eratosthenes.
static PRIMES: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let mut composite = vec![false; LARGEST + 1];
    let mut primes = Vec::new();
    for number in 2..=LARGEST {
        if !composite[number] {
            primes.push(number);
            (number * number..=LARGEST).step_by(number).for_each(|multiple| composite[multiple] = true);
        }
    }
    primes
});

/// How many primes are in `start..=end`.
fn count(start: usize, end: usize) -> usize {
    PRIMES.partition_point(|prime| *prime <= end) - PRIMES.partition_point(|prime| *prime < start)
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
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("n", "min_n", "max_n", Levels::Ints(&[10, 1000, 10_000, 50_000, 100_000]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_n, max_n, 1..=LARGEST)
    }

    /// The metadata leave out upstream's list of the primes, which takes many kilobytes and which no scorer reads.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let start = rng.size(config.min_n, config.max_n);
        let end = rng.size(start, config.max_n);
        let solution = count(start, end);
        Some(Problem {
            question: format!("How many prime numbers p are there with {start} ≤ p ≤ {end}? Answer with the number alone."),
            answer: solution.to_string(),
            metadata: json!({
                "start": start,
                "end": end,
                "solution": solution,
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
    fn a_number_is_right_in_any_form() {
        for (answer, parity, strict) in
            [("1229", 1.0, 1.0), ("1,229", 0.0, 1.0), (" 1229", 4.0 / 5.0, 1.0), ("1229 primes", 4.0 / 11.0, 0.0)]
        {
            check::score(&CountPrimes, answer, "1229", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn both_ends_belong() {
        for (start, end, expect) in [(1, 10_000, 1229), (2, 2, 1), (1, 1, 0), (3, 7, 3), (8, 10, 0), (1, LARGEST, 78_498)] {
            assert_eq!(count(start, end), expect, "{start}..={end}");
        }
    }
}
