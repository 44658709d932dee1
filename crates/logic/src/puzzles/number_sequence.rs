//! Continuing a sequence of numbers, each made from those before it by the same few operations.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::LazyLock;

pub(crate) struct NumberSequence;

impl Puzzle for NumberSequence {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Cognition
    }

    fn summary(&self) -> &'static str {
        "Find the rule of a sequence of numbers and give the next one."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the number beside other text earns nothing", "the number may be written in any form"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Upstream reads `min_value` and `max_value` but allows -1000 to 1000 whatever they are; here all terms lie between them.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_terms: usize,
    max_terms: usize,
    min_value: i64,
    max_value: i64,
    max_complexity: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_terms: 4, max_terms: 8, min_value: -100, max_value: 100, max_complexity: 3 }
    }
}

/// One step from a term to the next. Upstream's other two leave the number as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    Add(i64),
    Multiply(i64),
    Square,
    Double,
    Halve,
    AddPrevious,
}

/// The largest addend and factor.
const MAX_PARAMETER: i64 = 10;

impl Operation {
    fn draw(rng: &mut Rng) -> Self {
        let parameter = |rng: &mut Rng| rng.int(1, MAX_PARAMETER) * if rng.chance(0.5) { 1 } else { -1 };
        match rng.below(6) {
            0 => Self::Add(parameter(rng)),
            1 => Self::Multiply(parameter(rng)),
            2 => Self::Square,
            3 => Self::Double,
            4 => Self::Halve,
            _ => Self::AddPrevious,
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        let parameters = (-MAX_PARAMETER..=MAX_PARAMETER).filter(|parameter| *parameter != 0);
        let with = parameters.flat_map(|parameter| [Self::Add(parameter), Self::Multiply(parameter)]);
        with.chain([Self::Square, Self::Double, Self::Halve, Self::AddPrevious])
    }

    /// `previous` is the term before the one that the step started from. `None` beyond 64 bits.
    fn apply(self, value: i64, previous: i64) -> Option<i64> {
        match self {
            Self::Add(addend) => value.checked_add(addend),
            Self::Multiply(factor) => value.checked_mul(factor),
            Self::Square => value.checked_mul(value),
            Self::Double => value.checked_mul(2),
            Self::Halve => Some(value.div_euclid(2)),
            Self::AddPrevious => value.checked_add(previous),
        }
    }

    fn describe(self) -> String {
        match self {
            Self::Add(addend) => format!("add {addend}"),
            Self::Multiply(factor) => format!("multiply by {factor}"),
            Self::Square => "square".to_owned(),
            Self::Double => "double".to_owned(),
            Self::Halve => "halve".to_owned(),
            Self::AddPrevious => "add previous".to_owned(),
        }
    }
}

/// The term after these.
fn next(rule: &[Operation], terms: &[i64]) -> Option<i64> {
    let (last, before) = terms.split_last().expect("a sequence has a first term");
    let previous = before.last().copied().unwrap_or(0);
    rule.iter().try_fold(*last, |value, operation| operation.apply(value, previous))
}

/// Every rule of one or two operations.
static SIMPLE_RULES: LazyLock<Vec<Vec<Operation>>> = LazyLock::new(|| {
    let pairs = Operation::all().flat_map(|first| Operation::all().map(move |second| vec![first, second]));
    Operation::all().map(|only| vec![only]).chain(pairs).collect()
});

/// Whether a rule of at most two operations gives all terms but the last and then another one, which would be as good an answer.
fn has_another_end(terms: &[i64]) -> bool {
    let (last, visible) = terms.split_last().expect("there is an answer");
    let fits = |rule: &[Operation]| (1..visible.len()).all(|at| next(rule, &visible[..at]) == Some(visible[at]));
    SIMPLE_RULES.iter().any(|rule| fits(rule) && next(rule, visible) != Some(*last))
}

/// Neither constant nor, where more than one operation is asked for, with equal steps.
fn is_interesting(terms: &[i64], complexity: usize) -> bool {
    let constant = terms.windows(2).all(|pair| pair[0] == pair[1]);
    let even = terms.windows(3).all(|three| three[2] - three[1] == three[1] - three[0]);
    !(constant || even && complexity > 1)
}

impl Generate for NumberSequence {
    const NAME: &'static str = "number_sequence";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("terms", "min_terms", "max_terms", Levels::Ints(&[4, 8, 12, 16])),
        Attribute::scalar("min_value", "min_value", Levels::Ints(&[-100, -500, -1000, -10000])),
        Attribute::scalar("max_value", "max_value", Levels::Ints(&[100, 500, 1000, 10000])),
        Attribute::scalar("max_complexity", "max_complexity", Levels::Ints(&[2, 3, 4, 5])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        const MOST: i64 = 1_000_000_000;
        bounds!(config, min_terms, max_terms, 4..=100)?;
        bounds!(config, min_value, max_value, -MOST..=MOST)?;
        if config.max_value - config.min_value < 20 {
            return Err(InvalidConfig::new("max_value", "less than 20 above `min_value`"));
        }
        within!(config, max_complexity, 1..=20)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let complexity = rng.size(1, config.max_complexity);
        let rule: Vec<Operation> = (0..rng.size(1, complexity + 1)).map(|_| Operation::draw(rng)).collect();
        let count = rng.size(config.min_terms, config.max_terms);
        let mut terms = vec![rng.int(config.min_value.max(-10).min(config.max_value), config.max_value.min(10).max(config.min_value))];
        for _ in 0..count {
            let term = next(&rule, &terms)?;
            terms.push(Some(term).filter(|term| (config.min_value..=config.max_value).contains(term))?);
        }
        if !is_interesting(&terms, complexity) || has_another_end(&terms) {
            return None;
        }
        let visible: Vec<String> = terms[..count].iter().map(i64::to_string).collect();
        Some(Problem {
            question: format!("Which number comes next? Answer with the number alone.\n{}, ?", visible.join(", ")),
            answer: terms[count].to_string(),
            metadata: json!({
                "rule": rule.iter().map(|operation| operation.describe()).collect::<Vec<_>>().join(" then "),
                "complexity": complexity,
                "sequence": terms,
                "difficulty": {
                    "max_complexity": config.max_complexity,
                    "terms": [config.min_terms, config.max_terms],
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
        check::puzzle(&NumberSequence);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("768", 1.0, 1.0), (" 768.0\n", 3.0 / 7.0, 1.0), ("768?", 0.75, 0.0), ("769", 0.0, 0.0)] {
            check::score(&NumberSequence, answer, "768", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn a_sequence_with_two_simple_rules_is_found() {
        // Squaring or doubling.
        assert!(has_another_end(&[2, 4, 16]));
        assert!(!has_another_end(&[1, 3, 5, 7, 9]));
    }
}
