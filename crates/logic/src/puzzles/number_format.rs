//! Finding the largest or smallest of numbers that are written in different ways.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::python::{float, strip};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct NumberFormat;

impl Puzzle for NumberFormat {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Pick the largest or smallest of numbers in plain, English and scientific notation."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the number counts to its sixth decimal instead of to 0.01, which may be more than the distance to the next candidate",
            "commas count only between thousands",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Metadata { solution } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let value = match mode {
            Mode::Parity => float(&strip(answer).replace(',', "")),
            Mode::Strict => scoring::without_thousands(strip(answer)).and_then(|plain| float(&plain)),
        };
        let Some(value) = value else { return Ok(Grade::unreadable("not a number")) };
        let distance = (value - solution).abs();
        Ok(Grade::binary(match mode {
            Mode::Parity => distance < 1e-2,
            // Six decimals are printed; the sixteen digits of the scientific notation end before that only for very large numbers.
            Mode::Strict => distance <= 6e-7_f64.max(solution.abs() * 1e-15),
        }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Metadata {
    solution: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_num_candidates: usize,
    max_num_candidates: usize,
    min_n: f64,
    max_n: f64,
    max_delta: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_num_candidates: 2, max_num_candidates: 5, min_n: 1e3, max_n: 1e9, max_delta: 10.0 }
    }
}

impl Generate for NumberFormat {
    const NAME: &'static str = "number_format";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("num_candidates", "min_num_candidates", "max_num_candidates", Levels::Ints(&[5, 25, 100, 500])),
        Attribute::interval("n", "min_n", "max_n", Levels::Ints(&[1000, 100_000, 1_000_000, 1_000_000_000])),
        Attribute::scalar("max_delta", "max_delta", Levels::Floats(&[1e1, 1e0, 1e-3, 1e-6])),
    ];

    /// All numbers have at most sixteen digits, so that every notation gives them in full.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_num_candidates, max_num_candidates, 2..=1000)?;
        bounds!(config, min_n, max_n, 1.0..=1e9)?;
        within!(config, max_delta, 1e-6..=1e9)?;
        if config.min_n >= config.max_n {
            return Err(InvalidConfig::new("max_n", "must be greater than `min_n`"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_num_candidates, config.max_num_candidates);
        // Upstream always has three decimals, and then only one candidate when the numbers are to be closer than that.
        let decimals = if config.max_delta < 0.1 { 6 } else { 3 };
        let units = |value: f64| (value * 10_f64.powi(decimals)).round() as i64;
        let base = rng.int(units(config.min_n), units(config.max_n));
        let delta = units(config.max_delta);
        let mut candidates = vec![Number { units: base, decimals: decimals as usize }];
        candidates.extend((1..count).map(|_| Number { units: base + rng.int(-delta, delta), decimals: decimals as usize }));
        let written: Vec<String> = candidates
            .iter()
            .map(|number| match rng.below(3) {
                0 => number.plain(6),
                1 => number.english(),
                _ => number.scientific(),
            })
            .collect();
        let values = candidates.iter().map(|number| number.units);
        let (size, units) = if rng.chance(0.5) { ("largest", values.max()) } else { ("smallest", values.min()) };
        let solution = Number { units: units.expect("two candidates at least"), decimals: decimals as usize };
        Some(Problem {
            question: format!(
                "Which of these numbers is the {size}?\n{}\nAnswer with that number alone, in any notation.",
                written.join("\n")
            ),
            answer: solution.plain(0),
            metadata: json!({
                "candidates": candidates.iter().map(Number::value).collect::<Vec<f64>>(),
                "solution": solution.value(),
                "formatted_candidates": written,
                "size": size,
                "num_candidates": count,
                "difficulty": {
                    "num_candidates": [config.min_num_candidates, config.max_num_candidates],
                    "n": [config.min_n, config.max_n],
                    "min_delta": config.max_delta,
                },
            }),
        })
    }
}

/// A decimal number.
struct Number {
    /// Of ten to the power of minus `decimals`.
    units: i64,
    decimals: usize,
}

impl Number {
    /// Sign, whole part and decimals.
    fn parts(&self) -> (&'static str, String, String) {
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = self.decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.decimals);
        (if self.units < 0 { "-" } else { "" }, whole.to_owned(), fraction.to_owned())
    }

    /// With at least this many decimals, and one, but no more zeros at the end than that takes.
    fn plain(&self, decimals: usize) -> String {
        let (sign, whole, fraction) = self.parts();
        format!("{sign}{whole}.{:0<width$}", fraction.trim_end_matches('0'), width = decimals.max(1))
    }

    /// With commas between thousands.
    fn english(&self) -> String {
        let (sign, whole, fraction) = self.parts();
        let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).expect("digits")).collect();
        format!("{sign}{}.{:0<1}", groups.join(","), fraction.trim_end_matches('0'))
    }

    /// With one digit before the point, fifteen behind it, and an exponent of two digits at least.
    fn scientific(&self) -> String {
        let digits = self.units.unsigned_abs().to_string();
        let exponent = digits.len() as i64 - 1 - self.decimals as i64;
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        let sign = if self.units < 0 { "-" } else { "" };
        format!("{sign}{}.{:0<15}e{exponent_sign}{:02}", &digits[..1], &digits[1..], exponent.abs())
    }

    fn value(&self) -> f64 {
        self.plain(0).parse().expect("a number as Rust reads it")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&NumberFormat);
    }

    #[test]
    fn the_number_is_right_in_any_notation() {
        for (answer, parity, strict) in [
            ("12345.678", 1.0, 1.0),
            (" 12,345.678000\n", 1.0, 1.0),
            ("1.2345678e+04", 1.0, 1.0),
            ("12345.67", 1.0, 0.0),
            ("123,45.678", 1.0, 0.0),
            ("12345.7", 0.0, 0.0),
            ("nan", 0.0, 0.0),
            ("It is 12345.678", 0.0, 0.0),
        ] {
            check::score(&NumberFormat, answer, None, json!({"solution": 12345.678}), [parity, strict]);
        }
    }

    #[test]
    fn notations_give_the_same_number() {
        for (units, plain, english, scientific) in [
            (1_234_567, "1234.567", "1,234.567", "1.234567000000000e+03"),
            (-999_120, "-999.12", "-999.12", "-9.991200000000000e+02"),
            (1_000_000_000, "1000000.0", "1,000,000.0", "1.000000000000000e+06"),
            (5, "0.005", "0.005", "5.000000000000000e-03"),
        ] {
            let number = Number { units, decimals: 3 };
            assert_eq!([number.plain(0), number.english(), number.scientific()], [plain, english, scientific]);
        }
        assert_eq!(Number { units: 0, decimals: 3 }.plain(6), "0.000000");
    }
}
