//! Writing a number in another base.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct BaseConversion;

impl Puzzle for BaseConversion {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Convert a number from one base to another."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the case of digits, zeros before the number and the usual prefix of the base do not matter",
            "an answer that contains the solution beside other text earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let (Mode::Strict, Some(answer)) = (mode, answer) else { return Ok(scoring::text(answer, gold, mode)) };
        let Target { target_base } = entry.metadata()?;
        Ok(Grade::binary(significant(answer, target_base) == significant(gold, target_base)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Target {
    #[serde(default)]
    target_base: u32,
}

/// The number's digits without what does not change its value.
fn significant(text: &str, base: u32) -> String {
    let text = python::strip(text).to_lowercase();
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    };
    let digits = text.strip_prefix(prefix).unwrap_or(&text);
    let without = digits.trim_start_matches('0');
    if without.is_empty() && !digits.is_empty() { "0".to_owned() } else { without.to_owned() }
}

fn in_base(mut value: u64, base: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((value % base) as u32, base as u32).expect("a digit is less than the base"));
        value /= base;
        if value == 0 {
            return digits.iter().rev().collect();
        }
    }
}

fn named(base: u64) -> String {
    match base {
        2 => "binary".to_owned(),
        10 => "decimal".to_owned(),
        16 => "hexadecimal".to_owned(),
        base => format!("base {base}"),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_base: u64,
    max_base: u64,
    min_value: i64,
    max_value: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_base: 2, max_base: 16, min_value: 0, max_value: 1000 }
    }
}

impl Generate for BaseConversion {
    const NAME: &'static str = "base_conversion";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("base", "min_base", "max_base", Levels::Ints(&[2, 9, 18, 27, 36])),
        Attribute::interval("value", "min_value", "max_value", Levels::Ints(&[1000, 10000, 100000, 1000000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_base, max_base, 2..=36)?;
        bounds!(config, min_value, max_value, 0..=1_000_000_000_000)?;
        if config.min_base == config.max_base || config.min_value == config.max_value {
            return Err(InvalidConfig::new("max_base", "two bases and two values at least must be possible"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let value = rng.int(config.min_value, config.max_value) as u64;
        let bases: Vec<u64> = (config.min_base..=config.max_base).collect();
        let (source, target) = match rng.sample(&bases, 2)[..] {
            [source, target] => (source, target),
            _ => unreachable!("two were drawn"),
        };
        let (given, answer) = (in_base(value, source), in_base(value, target));
        Some(Problem {
            question: format!(
                "Convert the {} number {given} to {}. Digits above 9 are lower-case letters from a on. Answer with the digits alone, without a prefix.",
                named(source),
                named(target)
            ),
            metadata: json!({
                "decimal_value": value,
                "source_base": source,
                "target_base": target,
                "source_repr": given,
                "target_repr": answer,
                "difficulty": {
                    "base": [config.min_base, config.max_base],
                    "value": [config.min_value, config.max_value],
                },
            }),
            answer,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&BaseConversion);
    }

    #[test]
    fn scores_are_these() {
        for (answer, parity, strict) in [("ff", 1.0, 1.0), ("FF", 0.0, 1.0), ("0xff", 0.5, 1.0), ("it is ff", 0.25, 0.0), ("fe", 0.0, 0.0)]
        {
            check::score(&BaseConversion, answer, "ff", json!({"target_base": 16}), [parity, strict]);
        }
    }
}
