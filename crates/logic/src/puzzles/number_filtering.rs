//! Keeping or removing the numbers of a list that are above or below another.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python::Decimal;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
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
        "Filter a list of numbers by a bound."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the list may be written with or without quotes, and its numbers with other zeros",
            "an answer that contains the solution beside other text earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let (Mode::Strict, Some(answer)) = (mode, answer) else { return Ok(scoring::text(answer, gold, mode)) };
        let expected = numbers(gold).ok_or_else(|| InvalidEntry::new("answer", "not a list of numbers"))?;
        Ok(match numbers(python::strip(answer)) {
            Some(given) => Grade::binary(given == expected),
            None => Grade::unreadable("not a list of numbers"),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The numbers of a list literal, as text or as numbers.
fn numbers(text: &str) -> Option<Vec<Decimal>> {
    let list = python::literal(text)?;
    list.as_list()?.iter().map(|item| Decimal::parse(&item.to_text())).collect()
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
        let mut within = |low: f64, high: f64| {
            let value = low + rng.unit() * (high - low);
            let decimals = rng.size(config.min_decimals, config.max_decimals);
            format!("{value:.decimals$}")
        };
        let texts: Vec<String> = (0..count).map(|_| within(config.min_value, config.max_value)).collect();
        let value = |text: &String| text.parse::<f64>().expect("it was written as a number");
        let least = texts.iter().map(value).fold(f64::INFINITY, f64::min);
        let most = texts.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
        let bound = within(least, most);
        let (larger, keep) = (rng.chance(0.5), rng.chance(0.5));
        let selected = |text: &&String| {
            let (value, bound) = (value(text), value(&bound));
            (if larger { value > bound } else { value < bound }) == keep
        };
        let result: Vec<&String> = texts.iter().filter(selected).collect();
        let listed = |texts: &[&String]| format!("[{}]", texts.iter().map(|text| format!("'{text}'")).collect::<Vec<_>>().join(", "));
        let (verb, side) = (if keep { "keep" } else { "remove" }, if larger { "larger" } else { "smaller" });
        Some(Problem {
            question: format!(
                "From the list {}, {verb} all numbers {side} than {bound}. Answer with the list that is left, in the same order and written in the same way.",
                listed(&texts.iter().collect::<Vec<_>>())
            ),
            answer: listed(&result),
            metadata: json!({
                "original_numbers": texts,
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
    fn scores_are_these() {
        for (answer, parity, strict) in
            [("['1.50', '2']", 1.0, 1.0), ("[1.5, 2]", 0.0, 1.0), ("['2', '1.50']", 0.0, 0.0), ("I keep ['1.50', '2']", 13.0 / 20.0, 0.0)]
        {
            check::score(&NumberFiltering, answer, "['1.50', '2']", json!({}), [parity, strict]);
        }
    }
}
