//! The fewest swaps that make zeros and ones take turns.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct BinaryAlternation;

impl Puzzle for BinaryAlternation {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Count the swaps that make a binary string alternate, or say that none do."
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

/// The fewest swaps of any two characters after which neighbours differ; `None` if no order does.
fn swaps(bits: &[bool]) -> Option<usize> {
    let ones = bits.iter().filter(|bit| **bit).count();
    let zeros = bits.len() - ones;
    let wrong = |first: bool| bits.iter().enumerate().filter(|(at, bit)| **bit != (first ^ (at % 2 == 1))).count() / 2;
    match ones.abs_diff(zeros) {
        0 => Some(wrong(true).min(wrong(false))),
        1 => Some(wrong(ones > zeros)),
        _ => None,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_n: usize,
    max_n: usize,
    p_solvable: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_n: 10, max_n: 30, p_solvable: 0.8 }
    }
}

impl Generate for BinaryAlternation {
    const NAME: &'static str = "binary_alternation";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("n", "min_n", "max_n", Levels::Ints(&[10, 50, 500, 1000]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_n, max_n, 1..=10_000)?;
        within!(config, p_solvable, 0.0..=1.0)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let n = rng.size(config.min_n, config.max_n);
        let solvable = rng.chance(config.p_solvable);
        let more = rng.chance(0.5);
        // With one more of a kind where the length is odd, and two more where it cannot be done.
        let mut bits: Vec<bool> = (0..n).map(|at| if at == n - 1 && n % 2 == 1 { more } else { at % 2 == 0 }).collect();
        if !solvable {
            bits.extend(std::iter::repeat_n(more, if n % 2 == 1 { 1 } else { 2 }));
        }
        rng.shuffle(&mut bits);
        let string: String = bits.iter().map(|bit| if *bit { '1' } else { '0' }).collect();
        let solution = swaps(&bits).map_or(-1, |count| count as i64);
        Some(Problem {
            question: format!(
                "How many swaps of two characters, not necessarily neighbours, does it take at least to make zeros and ones alternate in {string}? Answer with the number, or -1 if it cannot be done."
            ),
            answer: solution.to_string(),
            metadata: json!({
                "string": string,
                "solution": solution,
                "solvable": solvable,
                "n": n,
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
        check::puzzle(&BinaryAlternation);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [("-1", 1.0, 1.0), (" -1", 2.0 / 3.0, 1.0), ("it is -1", 0.25, 0.0), ("1", 0.0, 0.0)] {
            check::score(&BinaryAlternation, answer, "-1", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn swaps_are_counted() {
        for (text, expect) in [("111000", Some(1)), ("010", Some(0)), ("1110", None), ("100", Some(1)), ("0", Some(0))] {
            let bits: Vec<bool> = text.chars().map(|char| char == '1').collect();
            assert_eq!(swaps(&bits), expect, "{text}");
        }
    }
}
