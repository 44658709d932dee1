//! Keeping or removing the numbers of a list that are larger or smaller than a given one.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::number_list::{draw, list_of_strings, same_numbers, value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct NumberFiltering;

impl Puzzle for NumberFiltering {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Keep or remove the numbers of a list that lie on one side of a bound."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the list may be one of Python or JSON, of strings or of numbers in any form, and may stand in a Markdown fence",
            "an answer that contains the list beside other text earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let (Mode::Strict, Some(answer)) = (mode, answer) else { return Ok(scoring::text(answer, gold, mode)) };
        Ok(same_numbers(answer, gold)?.map_or_else(|| Grade::unreadable("not a list of numbers"), Grade::binary))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_numbers: usize,
    max_numbers: usize,
    min_decimals: usize,
    max_decimals: usize,
    min_value: f64,
    max_value: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_numbers: 3, max_numbers: 10, min_decimals: 0, max_decimals: 4, min_value: -100.0, max_value: 100.0 }
    }
}

impl Generate for NumberFiltering {
    const NAME: &'static str = "number_filtering";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("numbers", "min_numbers", "max_numbers", Levels::Ints(&[10, 50, 100, 200])),
        Attribute::interval("decimals", "min_decimals", "max_decimals", Levels::Ints(&[0, 2, 4, 6])),
        Attribute::scalar("min_value", "min_value", Levels::Ints(&[-100, -500, -1000, -10_000])),
        Attribute::scalar("max_value", "max_value", Levels::Ints(&[100, 500, 1000, 10_000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_numbers, max_numbers, 1..=1000)?;
        bounds!(config, min_decimals, max_decimals, 0..=9)?;
        bounds!(config, min_value, max_value, -1e6..=1e6)?;
        if config.min_value == config.max_value {
            return Err(InvalidConfig::new("max_value", "it must exceed `min_value`"));
        }
        Ok(())
    }

    /// A list, and a bound between its least and its greatest number.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_numbers, config.max_numbers);
        let decimals = config.min_decimals..=config.max_decimals;
        let numbers: Vec<String> = (0..count).map(|_| draw(rng, config.min_value, config.max_value, decimals.clone())).collect();
        let least = numbers.iter().map(|number| value(number)).fold(f64::INFINITY, f64::min);
        let most = numbers.iter().map(|number| value(number)).fold(f64::NEG_INFINITY, f64::max);
        let bound = draw(rng, least, most, decimals);
        let (keep, larger) = (rng.chance(0.5), rng.chance(0.5));
        let matches = |number: &String| if larger { value(number) > value(&bound) } else { value(number) < value(&bound) };
        let result: Vec<String> = numbers.iter().filter(|number| matches(number) == keep).cloned().collect();
        let (verb, side) = (if keep { "keep" } else { "remove" }, if larger { "larger" } else { "smaller" });
        let task = if keep { format!("Keep only the numbers that are {side}") } else { format!("Remove every number that is {side}") };
        Some(Problem {
            question: format!(
                "{task} than {bound} in this list: {}\nAnswer with the list that is left, in the same format and order; if nothing is left, with [].",
                list_of_strings(&numbers)
            ),
            answer: list_of_strings(&result),
            metadata: json!({
                "original_numbers": numbers,
                "filter_value": bound,
                "operation": format!("{verb}_{side}"),
                "result": result,
                "numbers": count,
                "difficulty": {
                    "numbers": [config.min_numbers, config.max_numbers],
                    "decimals": [config.min_decimals, config.max_decimals],
                    "value": [config.min_value, config.max_value],
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
        check::puzzle(&NumberFiltering);
    }

    #[test]
    fn a_list_is_right_in_any_form() {
        for (answer, parity, strict) in [
            ("['-1.50', '3']", 1.0, 1.0),
            ("[-1.5, 3]", 0.0, 1.0),
            ("['3', '-1.50']", 0.0, 0.0),
            ("['-1.50', '3', '3']", 0.0, 0.0),
            ("so ['-1.50', '3']", 14.0 / 17.0, 0.0),
            ("-1.50, 3", 0.0, 0.0),
        ] {
            check::score(&NumberFiltering, answer, "['-1.50', '3']", json!({}), [parity, strict]);
        }
    }
}
