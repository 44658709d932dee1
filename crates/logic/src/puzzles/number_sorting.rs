//! Sorting a list of numbers.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python::{Value, json};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
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
        &["each number must be right; upstream lets each be off by 1", "the list may be written with or without quotes and brackets"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Direction { direction } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let expected = json(&gold.replace('\'', "\"")).and_then(|list| floats(&list));
        let expected = expected.ok_or_else(|| InvalidEntry::new("answer", "not a list of numbers"))?;
        let given = match mode {
            Mode::Parity => json(&answer.replace('\'', "\"")).and_then(|list| floats(&list)),
            Mode::Strict => plain(python::strip(answer)),
        };
        let Some(given) = given else { return Ok(Grade::unreadable("not a list of numbers")) };
        if given.len() != expected.len() {
            return Ok(Grade::binary(false));
        }
        Ok(Grade::binary(match mode {
            Mode::Strict => given == expected,
            Mode::Parity => {
                sorted(&given, direction == "ascending") && given.iter().zip(&expected).all(|(given, expected)| !far(*given, *expected))
            }
        }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Direction {
    direction: String,
}

/// `float` of each item of a list: numbers, and texts of numbers.
fn floats(list: &Value) -> Option<Vec<f64>> {
    list.as_list()?.iter().map(|item| item.as_str().map_or_else(|| item.as_f64(), python::float)).collect()
}

/// As [`floats`], for lists in Python's or JSON's notation, or without brackets.
fn plain(text: &str) -> Option<Vec<f64>> {
    let bracketed = if text.starts_with('[') { text.to_owned() } else { format!("[{text}]") };
    floats(&python::literal(&bracketed)?)
}

/// Whether sorting would leave the list as it is. Python compares neighbours first, so a list in which no neighbour is out of order stays, NaNs included.
fn sorted(values: &[f64], ascending: bool) -> bool {
    let out_of_order = |pair: &[f64]| if ascending { pair[1] < pair[0] } else { pair[0] < pair[1] };
    !values.windows(2).any(out_of_order)
}

/// More than 1 apart. NaN is not far from anything, as upstream has it.
fn far(one: f64, other: f64) -> bool {
    (one - other).abs() > 1.0
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
        Attribute::scalar("min_value", "min_value", Levels::Ints(&[-100, -500, -1000, -10000])),
        Attribute::scalar("max_value", "max_value", Levels::Ints(&[100, 500, 1000, 10000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_numbers, max_numbers, 1..=5000)?;
        bounds!(config, min_decimals, max_decimals, 0..=12)?;
        bounds!(config, min_value, max_value, -1e12..=1e12)?;
        if config.min_value == config.max_value {
            return Err(InvalidConfig::new("max_value", "must be greater than `min_value`"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_numbers, config.max_numbers);
        let texts: Vec<String> = (0..count)
            .map(|_| {
                let value = config.min_value + rng.unit() * (config.max_value - config.min_value);
                let decimals = rng.size(config.min_decimals, config.max_decimals);
                let text = format!("{value:.decimals$}");
                // A number that rounds to zero has no sign.
                if text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.')) { text.trim_start_matches('-').to_owned() } else { text }
            })
            .collect();
        let ascending = rng.chance(0.5);
        let mut ordered = texts.clone();
        let value = |text: &String| text.parse::<f64>().expect("it was written as a number");
        ordered.sort_by(|one, other| value(one).total_cmp(&value(other)));
        if !ascending {
            ordered.reverse();
        }
        let direction = if ascending { "ascending" } else { "descending" };
        let listed: Vec<String> = ordered.iter().map(|text| format!("'{text}'")).collect();
        Some(Problem {
            question: format!(
                "Sort these numbers in {direction} order: {}. Answer with a list of strings, as in ['-69', '-13', '1.5', '7'].",
                texts.join(", ")
            ),
            answer: format!("[{}]", listed.join(", ")),
            metadata: json!({
                "original_numbers": texts,
                "direction": direction,
                "sorted_numbers": ordered,
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
    fn scores_are_these() {
        for (answer, parity, strict) in [
            ("['-3', '1.5', '7']", 1.0, 1.0),
            ("[-3, 1.50, 7]", 1.0, 1.0),
            ("-3, 1.5, 7", 0.0, 1.0),
            ("[-3, 1, 7]", 1.0, 0.0),
            ("[7, 1.5, -3]", 0.0, 0.0),
            ("sorted: ['-3', '1.5', '7']", 0.0, 0.0),
        ] {
            check::score(&NumberSorting, answer, "['-3', '1.5', '7']", json!({"direction": "ascending"}), [parity, strict]);
        }
    }
}
