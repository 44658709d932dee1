//! Writing a number of one base in another.

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
        "Convert a whole number from one base to another, with letters for digits above nine."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "letters may be of either case, and zeros and the prefixes 0b, 0o and 0x of bases 2, 8 and 16 may lead",
            "an answer that contains the number beside other text earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let (Mode::Strict, Some(answer)) = (mode, answer) else { return Ok(scoring::text(answer, gold, mode)) };
        let Target { target_base } = entry.metadata()?;
        Ok(Grade::binary(digits(answer, target_base) == digits(gold, target_base)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Target {
    target_base: u32,
}

/// The digits of a number without what leads them; `None` if there are none at all.
fn digits(text: &str, base: u32) -> Option<String> {
    let text = python::strip(text).to_ascii_lowercase();
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    };
    let digits = text.strip_prefix(prefix).unwrap_or(&text);
    (!digits.is_empty()).then(|| digits.trim_start_matches('0').to_owned())
}

fn in_base(mut value: u64, base: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((value % base) as u32, base as u32).expect("a remainder is a digit"));
        value /= base;
        if value == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

fn base_name(base: u64) -> String {
    match base {
        2 => "binary".to_owned(),
        10 => "decimal".to_owned(),
        16 => "hexadecimal".to_owned(),
        _ => format!("base-{base}"),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_base: u64,
    max_base: u64,
    min_value: u64,
    max_value: u64,
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
        Attribute::interval("value", "min_value", "max_value", Levels::Ints(&[1_000, 10_000, 100_000, 1_000_000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_base, max_base, 2..=36)?;
        if config.min_base == config.max_base {
            return Err(InvalidConfig::new("max_base", "two different bases are needed, so it must exceed `min_base`"));
        }
        bounds!(config, min_value, max_value, 0..=1 << 53)?;
        if config.min_value == config.max_value {
            return Err(InvalidConfig::new("max_value", "it must exceed `min_value`"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let mut within = |low: u64, high: u64| low + rng.below((high - low + 1) as usize) as u64;
        let value = within(config.min_value, config.max_value);
        let source = within(config.min_base, config.max_base);
        // One base fewer to choose from: those from the source on move up by one.
        let other = within(config.min_base, config.max_base - 1);
        let target = if other >= source { other + 1 } else { other };
        let (source_repr, target_repr) = (in_base(value, source), in_base(value, target));
        let (source_name, target_name) = (base_name(source), base_name(target));
        Some(Problem {
            question: format!(
                "Write the {source_name} number {source_repr} as a {target_name} number. Digits above 9 are the lower-case letters from a on. Answer with the \
                 digits alone, without a prefix."
            ),
            answer: target_repr.clone(),
            metadata: json!({
                "decimal_value": value,
                "source_base": source,
                "target_base": target,
                "source_repr": source_repr,
                "target_repr": target_repr,
                "difficulty": {
                    "base": [config.min_base, config.max_base],
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
        check::puzzle(&BaseConversion);
    }

    #[test]
    fn a_number_may_be_dressed_but_not_buried() {
        for (answer, base, parity, strict) in [
            ("b1f", 16, 1.0, 1.0),
            ("B1F", 16, 0.0, 1.0),
            ("0xB1F", 16, 0.0, 1.0),
            ("0xb1f", 16, 3.0 / 5.0, 1.0),
            ("0xb1f", 20, 3.0 / 5.0, 0.0),
            ("00b1f", 20, 3.0 / 5.0, 1.0),
            ("b1f.", 16, 3.0 / 4.0, 0.0),
            ("", 16, 0.0, 0.0),
        ] {
            check::score(&BaseConversion, answer, "b1f", json!({"target_base": base}), [parity, strict]);
        }
        check::score(&BaseConversion, "00", "0", json!({"target_base": 2}), [0.5, 1.0]);
        check::score(&BaseConversion, "0x", "0", json!({"target_base": 16}), [0.5, 0.0]);
    }

    #[test]
    fn digits_of_any_base() {
        assert_eq!(in_base(0, 7), "0");
        assert_eq!(in_base(35, 36), "z");
        assert_eq!(in_base(255, 16), "ff");
    }
}
