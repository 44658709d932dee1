//! How few swaps make a binary string alternate: <https://leetcode.com/problems/minimum-number-of-swaps-to-make-the-binary-string-alternating/>.

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
        "Find the least number of swaps after which no two neighbours in a binary string are equal."
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

/// The least number of swaps; `None` if no order alternates.
fn swaps(bits: &[bool]) -> Option<usize> {
    // Each swap repairs two places.
    let from = |first: bool| bits.iter().enumerate().filter(|&(at, &bit)| bit != (first == (at % 2 == 0))).count() / 2;
    let ones = bits.iter().filter(|bit| **bit).count();
    match 2 * ones as i64 - bits.len() as i64 {
        1 => Some(from(true)),
        -1 => Some(from(false)),
        0 => Some(from(true).min(from(false))),
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

    /// Half ones, half zeros; for what cannot be solved, one more of the majority, or two if there is none.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let n = rng.size(config.min_n, config.max_n);
        let solvable = rng.chance(config.p_solvable);
        let majority = rng.chance(0.5);
        let more = match (n % 2, solvable) {
            (odd, true) => odd,
            (_, false) => 2,
        };
        let mut bits = vec![majority; n / 2 + more];
        bits.extend(vec![!majority; n / 2]);
        rng.shuffle(&mut bits);
        let solution = swaps(&bits).map_or(-1, |swaps| swaps as i64);
        let string: String = bits.iter().map(|bit| if *bit { '1' } else { '0' }).collect();
        Some(Problem {
            question: format!(
                "A binary string alternates if no two neighbouring characters in it are equal. One swap exchanges any two of its characters, neighbours or not. How \
                 many swaps does it take at least to make this string alternate?\n{string}\nAnswer with the number alone, or with -1 if it is impossible."
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
    fn a_number_is_right_in_any_form() {
        for (answer, parity, strict) in
            [("12", 1.0, 1.0), ("12.0", 0.5, 1.0), ("+12", 2.0 / 3.0, 1.0), ("112", 2.0 / 3.0, 0.0), ("-12", 2.0 / 3.0, 0.0)]
        {
            check::score(&BinaryAlternation, answer, "12", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn fewest_swaps() {
        for (text, expect) in [("111000", Some(1)), ("010", Some(0)), ("1110", None), ("0", Some(0)), ("11", None), ("00111", Some(1))] {
            let bits: Vec<bool> = text.chars().map(|bit| bit == '1').collect();
            assert_eq!(swaps(&bits), expect, "{text}");
        }
    }
}
