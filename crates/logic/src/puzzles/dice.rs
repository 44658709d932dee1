//! The probability that some dice show a total or more.

use crate::config::{InvalidConfig, within};
use crate::fraction::Fraction;
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use num_integer::Integer;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Dice;

impl Puzzle for Dice {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Find the probability that dice of many sizes show a total or more, as a reduced fraction."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["white space and LaTeX do not matter", "a line break between digits makes another answer"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        if mode.is_parity() {
            let folded = |text: &str| text.to_lowercase().replace('\n', "");
            return Ok(Grade::binary(folded(answer) == folded(gold)));
        }
        let gold = Fraction::parse(gold).ok_or_else(|| InvalidEntry::new("answer", "not a fraction"))?;
        Ok(Fraction::parse(answer).map_or_else(|| Grade::unreadable("not a fraction"), |fraction| Grade::binary(fraction == gold)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    num_dice: usize,
    max_dice_size: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { num_dice: 4, max_dice_size: 20 }
    }
}

impl Generate for Dice {
    const NAME: &'static str = "dice";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("num_dice", "num_dice", Levels::Ints(&[4, 6, 8, 10])),
        Attribute::scalar("max_dice_size", "max_dice_size", Levels::Ints(&[20, 25, 30, 35])),
    ];

    /// All outcomes of the most and largest dice are fewer than 2^64.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, num_dice, 1..=12)?;
        within!(config, max_dice_size, 2..=40)
    }

    /// One die has the largest size, and the total lies in the middle third of what can be rolled.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let smaller = (config.max_dice_size - 1).max(2);
        let mut dice = vec![config.max_dice_size];
        dice.extend((1..config.num_dice).map(|_| rng.size(2, smaller)));
        dice.sort_unstable_by(|one, other| other.cmp(one));
        let spread = dice.iter().sum::<usize>() - dice.len();
        let target = rng.size(dice.len() + spread / 3, dice.len() + 2 * spread / 3);

        let ways: u64 = ways_by_total(&dice)[target..].iter().sum();
        let outcomes: u64 = dice.iter().map(|sides| *sides as u64).product();
        let common = ways.gcd(&outcomes);
        let (num, den) = (ways / common, outcomes / common);
        let dice_str = dice.iter().map(|sides| format!("1d{sides}")).collect::<Vec<_>>().join(", ");
        Some(Problem {
            question: format!(
                "These dice are rolled together, 1dN being a fair die with the sides 1 to N: {dice_str}. What is the probability that they add up to {target} or more? \
                 Answer with a fraction in lowest terms, such as 5/36."
            ),
            answer: format!("{num}/{den}"),
            metadata: json!({
                "puzzle": {
                    "dice_str": dice_str,
                    "target": target,
                    "num": num,
                    "den": den,
                    "probability": ways as f64 / outcomes as f64,
                },
                "difficulty": {"num_dice": config.num_dice, "max_dice_size": config.max_dice_size},
            }),
        })
    }
}

/// In how many ways each total, from 0 on, can be rolled.
fn ways_by_total(dice: &[usize]) -> Vec<u64> {
    let mut ways = vec![1];
    for &sides in dice {
        let mut next = vec![0; ways.len() + sides];
        for (total, count) in ways.iter().enumerate() {
            next[total + 1..=total + sides].iter_mut().for_each(|sum| *sum += count);
        }
        ways = next;
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Dice);
    }

    #[test]
    fn the_reduced_fraction_is_right() {
        for (answer, parity, strict) in [
            ("5/36", 1.0, 1.0),
            ("5/36\n", 1.0, 1.0),
            ("5/3\n6", 1.0, 0.0),
            (" 5 / 36", 0.0, 1.0),
            ("$\\frac{5}{36}$", 0.0, 1.0),
            ("10/72", 0.0, 0.0),
            ("P = 5/36", 0.0, 0.0),
        ] {
            check::score(&Dice, answer, "5/36", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn ways_of_two_dice() {
        assert_eq!(ways_by_total(&[6, 2]), [0, 0, 1, 2, 2, 2, 2, 2, 1]);
    }
}
