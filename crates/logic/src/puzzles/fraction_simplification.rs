//! Reducing a fraction to its lowest terms.

use crate::config::{InvalidConfig, bounds};
use crate::fraction::Fraction;
use crate::generator::{Generate, Problem};
use crate::python::{self, is_space, strip};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use num_bigint::BigInt;
use num_integer::Integer;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct FractionSimplification;

impl Puzzle for FractionSimplification {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Reduce a fraction to its lowest terms."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "wrong answers earn nothing: not 0.1 for repeating a number of the question, 0.05 for another fraction, or 0.01",
            "nothing may follow a LaTeX fraction",
            "the lowest terms are right where upstream's own solution is not reduced",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let pair: Pair = entry.metadata()?;
        if mode.is_parity() {
            return Ok(Grade::of(answer.and_then(upstream_fraction).map_or(0.01, |fraction| pair.upstream_score(&fraction))));
        }
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let Some(Fraction { numerator, denominator }) = Fraction::parse(answer) else { return Ok(Grade::unreadable("not a fraction")) };
        let is = |(top, bottom): (i64, i64)| numerator == BigInt::from(top) && denominator == BigInt::from(bottom);
        Ok(Grade::binary(is((pair.simplified_numerator, pair.simplified_denominator)) || is(pair.reduced())))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The fraction that was asked about, and upstream's solution.
#[derive(Deserialize)]
struct Pair {
    numerator: i64,
    denominator: i64,
    simplified_numerator: i64,
    simplified_denominator: i64,
}

impl Pair {
    fn upstream_score(&self, (numerator, denominator): &(BigInt, BigInt)) -> f64 {
        if *numerator == self.simplified_numerator.into() && *denominator == self.simplified_denominator.into() {
            1.0
        } else if *numerator == self.numerator.into() || *denominator == self.denominator.into() {
            0.1
        } else {
            0.05
        }
    }

    /// The solution in lowest terms. When drawing fails ten times, upstream takes any two numbers for one.
    fn reduced(&self) -> (i64, i64) {
        let common = self.simplified_numerator.gcd(&self.simplified_denominator).max(1);
        (self.simplified_numerator / common, self.simplified_denominator / common)
    }
}

/// The two numbers that upstream finds: at the beginning of LaTeX, or on both sides of the first slash.
fn upstream_fraction(answer: &str) -> Option<(BigInt, BigInt)> {
    let answer = strip(strip(answer).trim_matches('$'));
    if let Some((numerator, denominator)) = latex_digits(answer) {
        return Some((python::int(numerator)?, python::int(denominator)?));
    }
    let (numerator, denominator) = answer.split_once('/')?;
    Some((python::int(numerator)?, python::int(denominator)?))
}

/// The digits in the two arguments of `\frac` or `\dfrac`, in any case, whatever follows.
fn latex_digits(text: &str) -> Option<(&str, &str)> {
    let named = |name: &str| text.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name)).map(|_| &text[name.len()..]);
    let (numerator, rest) = digits_in_braces(named("\\frac").or_else(|| named("\\dfrac"))?)?;
    let (denominator, _) = digits_in_braces(rest)?;
    Some((numerator, denominator))
}

/// The digits of ` { 12 }` and what follows.
fn digits_in_braces(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_start_matches(is_space).strip_prefix('{')?.trim_start_matches(is_space);
    let end = inside.find(|char| python::digit(char).is_none())?;
    let rest = inside[end..].trim_start_matches(is_space).strip_prefix('}')?;
    (end > 0).then_some((&inside[..end], rest))
}

/// How a fraction is written.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Style {
    Plain,
    LatexInline,
    LatexFrac,
    LatexDfrac,
}

impl Style {
    fn write(self, numerator: i64, denominator: i64) -> String {
        match self {
            Self::Plain => format!("{numerator}/{denominator}"),
            Self::LatexInline => format!("${numerator}/{denominator}$"),
            Self::LatexFrac => format!("$\\frac{{{numerator}}}{{{denominator}}}$"),
            Self::LatexDfrac => format!("$\\dfrac{{{numerator}}}{{{denominator}}}$"),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_value: i64,
    max_value: i64,
    min_factor: i64,
    max_factor: i64,
    styles: Vec<Style>,
}

impl Default for Config {
    fn default() -> Self {
        let styles = vec![Style::Plain, Style::LatexInline, Style::LatexFrac, Style::LatexDfrac];
        Self { min_value: 1, max_value: 1000, min_factor: 1, max_factor: 100, styles }
    }
}

impl Generate for FractionSimplification {
    const NAME: &'static str = "fraction_simplification";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("value", "min_value", "max_value", Levels::Ints(&[1, 100, 1000, 10_000])),
        Attribute::interval("factor", "min_factor", "max_factor", Levels::Ints(&[1, 10, 100, 1000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_value, max_value, 1..=1_000_000_000)?;
        bounds!(config, min_factor, max_factor, 1..=1_000_000_000)?;
        if config.min_value == config.max_value {
            return Err(InvalidConfig::new("max_value", "must be greater than `min_value`"));
        }
        if config.styles.is_empty() {
            return Err(InvalidConfig::new("styles", "must name one style at least"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let (one, other) = (rng.int(config.min_value, config.max_value), rng.int(config.min_value, config.max_value));
        let common = one.gcd(&other);
        let (top, bottom) = (one.min(other) / common, one.max(other) / common);
        if top < config.min_value {
            return None;
        }
        let factor = rng.int(config.min_factor, config.max_factor);
        let style = *rng.choose(&config.styles);
        let (numerator, denominator) = (top * factor, bottom * factor);
        Some(Problem {
            question: format!(
                "Reduce the fraction {} to lowest terms. Answer with the fraction alone, written in the same way.",
                style.write(numerator, denominator)
            ),
            answer: style.write(top, bottom),
            metadata: json!({
                "numerator": numerator,
                "denominator": denominator,
                "simplified_numerator": top,
                "simplified_denominator": bottom,
                "reduction_factor": factor,
                "style": style,
                "factor": factor,
                "difficulty": {
                    "value": [config.min_value, config.max_value],
                    "factor": [config.min_factor, config.max_factor],
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
        check::puzzle(&FractionSimplification);
    }

    #[test]
    fn the_lowest_terms_are_right() {
        let metadata = json!({"numerator": 30, "denominator": 40, "simplified_numerator": 3, "simplified_denominator": 4});
        for (answer, parity, strict) in [
            ("3/4", 1.0, 1.0),
            ("$\\DFrac { 3 }\n{ 4 }$", 1.0, 0.0),
            ("$\\dfrac { 3 }\n{ 4 }$", 1.0, 1.0),
            ("\\frac{3}{4} it is", 1.0, 0.0),
            ("+3 / 4", 1.0, 1.0),
            ("$ $3/4", 0.01, 0.0),
            ("\\tfrac{3}{4}", 0.01, 1.0),
            ("30/40", 0.1, 0.0),
            ("30/7", 0.1, 0.0),
            ("6/8", 0.05, 0.0),
            ("-3/-4", 0.05, 0.0),
            ("0.75", 0.01, 0.0),
            ("", 0.01, 0.0),
        ] {
            check::score(&FractionSimplification, answer, None, metadata.clone(), [parity, strict]);
        }
        let unreduced = json!({"numerator": 30, "denominator": 40, "simplified_numerator": 15, "simplified_denominator": 20});
        check::score(&FractionSimplification, "15/20", None, unreduced.clone(), [1.0, 1.0]);
        check::score(&FractionSimplification, "3/4", None, unreduced, [0.05, 1.0]);
    }
}
