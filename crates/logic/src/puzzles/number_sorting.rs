//! Sorting numbers.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::number_list::{draw, list_of_strings, same_numbers, value};
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct NumberSorting;

impl Puzzle for NumberSorting {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Sort numbers in ascending or descending order."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "every number must be exact, where upstream lets each be off by 1",
            "the list may be one of Python or JSON, of strings or of numbers, and may stand in a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let right = match mode {
            Mode::Parity => {
                let Task { direction } = entry.metadata()?;
                let gold = python::json(gold).or_else(|| python::literal(gold)).as_ref().and_then(floats);
                let gold = gold.ok_or_else(|| InvalidEntry::new("answer", "no list of numbers"))?;
                let given = python::json(&answer.replace('\'', "\"")).as_ref().and_then(floats);
                given.map(|given| direction.near(&given, &gold))
            }
            Mode::Strict => same_numbers(answer, gold)?,
        };
        Ok(right.map_or_else(|| Grade::unreadable("not a list of numbers"), Grade::binary))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// `[float(item) for item in list]`.
fn floats(list: &Value) -> Option<Vec<f64>> {
    let float = |item: &Value| match item {
        Value::Str(text) => python::float(text),
        _ => item.as_f64(),
    };
    list.as_list()?.iter().map(float).collect()
}

#[derive(Deserialize)]
struct Task {
    direction: Direction,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Ascending,
    Descending,
}

impl Direction {
    /// Upstream's rule. Comparisons with NaN are false, so a NaN passes, in order and near to anything.
    fn near(self, given: &[f64], gold: &[f64]) -> bool {
        let out_of_order = given.windows(2).any(|pair| match self {
            Self::Ascending => pair[1] < pair[0],
            Self::Descending => pair[0] < pair[1],
        });
        given.len() == gold.len() && !out_of_order && !given.iter().zip(gold).any(|(given, gold)| (given - gold).abs() > 1.0)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
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
        Self { min_numbers: 3, max_numbers: 10, min_decimals: 0, max_decimals: 2, min_value: -100.0, max_value: 100.0 }
    }
}

impl Generate for NumberSorting {
    const NAME: &'static str = "number_sorting";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("numbers", "min_numbers", "max_numbers", Levels::Ints(&[10, 100, 500, 1000])),
        Attribute::interval("decimals", "min_decimals", "max_decimals", Levels::Ints(&[0, 1, 2, 3, 4, 5, 6, 7])),
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

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_numbers, config.max_numbers);
        let decimals = config.min_decimals..=config.max_decimals;
        let numbers: Vec<String> = (0..count).map(|_| draw(rng, config.min_value, config.max_value, decimals.clone())).collect();
        let direction = if rng.chance(0.5) { Direction::Ascending } else { Direction::Descending };
        let mut sorted = numbers.clone();
        sorted.sort_by(|one, other| {
            let ascending = value(one).total_cmp(&value(other));
            if matches!(direction, Direction::Ascending) { ascending } else { ascending.reverse() }
        });
        Some(Problem {
            question: format!(
                "Sort these numbers in {} order: {}\nAnswer with a list of strings, each a number as it is written here, such as ['-2.5', '1', '30'].",
                direction.name(),
                numbers.join(", ")
            ),
            answer: list_of_strings(&sorted),
            metadata: json!({
                "original_numbers": numbers,
                "direction": direction,
                "sorted_numbers": sorted,
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
        check::puzzle(&NumberSorting);
    }

    #[test]
    fn numbers_are_exact_in_any_form() {
        for (answer, parity, strict) in [
            ("['-5.0', '2.25', '3']", 1.0, 1.0),
            ("[-5, 2.250, 3]", 1.0, 1.0),
            ("[-5, 2.25, 3,]", 0.0, 1.0),
            ("```\n[-5, 2.25, 3]\n```", 0.0, 1.0),
            ("['-5.9', '2.25', '3']", 1.0, 0.0),
            ("['-5.0', '3', '2.25']", 0.0, 0.0),
            ("['nan', 'nan', 'nan']", 1.0, 0.0),
            ("['-5.0', '2.25']", 0.0, 0.0),
            ("-5.0, 2.25, 3", 0.0, 0.0),
        ] {
            check::score(&NumberSorting, answer, "['-5.0', '2.25', '3.0']", json!({"direction": "ascending"}), [parity, strict]);
        }
        check::score(&NumberSorting, "[3, -5]", "['3', '-5']", json!({"direction": "descending"}), [1.0, 1.0]);
    }
}
