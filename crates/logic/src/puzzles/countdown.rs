//! The numbers round of Countdown: an expression of all given numbers that makes a target.

use crate::arithmetic::{Operator, Written, numbers, plain, same_numbers, sympy};
use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use gavel_math::expr::Rational;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Countdown;

impl Puzzle for Countdown {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Make a target from all of the given numbers with the four operations."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a wrong answer earns nothing instead of 0.05 or 0.01",
            "the value must be the target exactly, where upstream allows a relative error of 1e-5",
            "only + - * / and parentheses are allowed; upstream also reads powers, factorials, functions and `^` as exclusive or",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let given: Given = entry.metadata()?;
        Ok(match (mode, answer) {
            (Mode::Parity, answer) => Grade::of(answer.and_then(|answer| given.upstream(answer)).unwrap_or(0.01)),
            (Mode::Strict, Some(answer)) => given.strict(answer),
            (Mode::Strict, None) => Grade::missing(),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Given {
    numbers: Vec<i64>,
    target: i64,
}

impl Given {
    /// Upstream's score; `None` where it catches an exception.
    fn upstream(&self, answer: &str) -> Option<f64> {
        if python::strip(answer).is_empty() {
            return None;
        }
        let value = sympy(answer)?.float()?;
        let target = self.target as f64;
        let close = (value - target).abs() <= 1e-6 + 1e-5 * target.abs();
        Some(if same_numbers(&numbers(answer)?, &self.numbers) && close { 1.0 } else { 0.05 })
    }

    fn strict(&self, answer: &str) -> Grade {
        match plain(answer) {
            Err(message) => Grade::unreadable(message),
            Ok(plain) if !same_numbers(&plain.numbers, &self.numbers) => Grade::binary(false).because("not the given numbers, each once"),
            Ok(plain) => Grade::binary(plain.value == Rational::from_integer(self.target.into())),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_numbers: usize,
    max_numbers: usize,
    min_value: i64,
    max_value: i64,
    min_target: i64,
    max_target: i64,
    operators: Vec<Operator>,
    shuffle: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_numbers: 4,
            max_numbers: 6,
            min_value: 1,
            max_value: 100,
            min_target: 100,
            max_target: 999,
            operators: Operator::ALL.to_vec(),
            shuffle: true,
        }
    }
}

/// How many expressions are built in one draw until a value lies in the range of targets.
const EXPRESSIONS: usize = 50;

impl Generate for Countdown {
    const NAME: &'static str = "countdown";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("numbers", "min_numbers", "max_numbers", Levels::Ints(&[3, 6, 9, 12, 15])),
        Attribute::interval("target", "min_target", "max_target", Levels::Ints(&[100, 500, 1000, 5000, 10_000])),
        Attribute::interval("value", "min_value", "max_value", Levels::Ints(&[1, 100, 200, 300])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_numbers, max_numbers, 2..=50)?;
        bounds!(config, min_value, max_value, 1..=1_000_000)?;
        bounds!(config, min_target, max_target, 1..=1_000_000_000)?;
        if config.operators.is_empty() {
            return Err(InvalidConfig::new("operators", "empty; give some of \"+\", \"-\", \"*\", \"/\""));
        }
        Ok(())
    }

    /// Numbers are joined at random until one value is left, so that the expression which makes the target is there from the start.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_numbers, config.max_numbers);
        (0..EXPRESSIONS).find_map(|_| {
            let mut numbers: Vec<i64> = (0..count).map(|_| rng.int(config.min_value, config.max_value)).collect();
            let (target, expression) = join_all(&numbers, config, rng)?;
            if !(config.min_target..=config.max_target).contains(&target) {
                return None;
            }
            if config.shuffle {
                rng.shuffle(&mut numbers);
            }
            Some(problem(&numbers, target, &expression, config))
        })
    }
}

fn join_all(numbers: &[i64], config: &Config, rng: &mut Rng) -> Option<(i64, String)> {
    let mut parts: Vec<(i64, Written)> = numbers.iter().map(|number| (*number, Written::number(*number))).collect();
    while parts.len() > 1 {
        let one = parts.swap_remove(rng.below(parts.len()));
        let other = parts.swap_remove(rng.below(parts.len()));
        parts.push(join(&one, &other, config, rng)?);
    }
    parts.pop().map(|(value, written)| (value, written.text))
}

/// Both joined by an operator whose value is whole, not negative, and not far above the targets.
fn join(one: &(i64, Written), other: &(i64, Written), config: &Config, rng: &mut Rng) -> Option<(i64, Written)> {
    let (more, less) = if one.0 < other.0 { (other, one) } else { (one, other) };
    let value = |operator| match operator {
        Operator::Add => Some(one.0 + other.0),
        Operator::Subtract => Some(more.0 - less.0),
        Operator::Multiply => one.0.checked_mul(other.0),
        Operator::Divide => (less.0 != 0 && more.0 % less.0 == 0).then(|| more.0 / less.0),
    };
    let limit = config.max_target.saturating_mul(4);
    let mut operators = config.operators.clone();
    rng.shuffle(&mut operators);
    operators.into_iter().find_map(|operator| {
        let value = value(operator).filter(|value| *value <= limit)?;
        Some((value, more.1.join(operator, &less.1)))
    })
}

fn problem(numbers: &[i64], target: i64, expression: &str, config: &Config) -> Problem {
    let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let signs: Vec<String> = config.operators.iter().map(|operator| operator.sign().to_string()).collect();
    Problem {
        question: format!(
            "Make {target} from the numbers {}: use each of them exactly once, with the operators {} and parentheses. Answer with the expression alone, without an \
             equals sign.",
            list.join(", "),
            signs.join(" ")
        ),
        answer: expression.to_owned(),
        metadata: json!({
            "numbers": numbers,
            "target": target,
            "expression": expression,
            "difficulty": {
                "numbers": [config.min_numbers, config.max_numbers],
                "target": [config.min_target, config.max_target],
                "value": [config.min_value, config.max_value],
            },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Countdown);
    }

    #[test]
    fn the_target_from_all_numbers() {
        for (answer, parity, strict) in [
            ("2*3 + 4", 1.0, 1.0),
            ("(4 + 2 × 3)", 0.01, 1.0),
            ("3*2 - -4", 1.0, 1.0),
            ("2*3 + 4.00001 - 0.00001", 0.05, 0.0),
            ("2*3 + 4 = 10", 0.01, 0.0),
            ("2*3 + 4 == 10", 0.05, 0.0),
            ("2*3 + 4 # so", 1.0, 0.0),
            ("2^3 + 4", 0.05, 0.0),
            ("4 + 3!", 0.05, 0.0),
            ("10", 0.05, 0.0),
            ("\"10\"", 0.05, 0.0),
            ("2*4 + 3", 0.05, 0.0),
            ("2*3 + 4 + 0", 0.05, 0.0),
            ("", 0.01, 0.0),
        ] {
            check::score(&Countdown, answer, "2*3 + 4", json!({"numbers": [4, 3, 2], "target": 10}), [parity, strict]);
        }
    }
}
