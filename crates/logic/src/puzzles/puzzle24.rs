//! Four numbers that make 24.

use crate::arithmetic::{Operator, Written, numbers, plain, same_numbers, sympy};
use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use gavel_math::expr::Rational;
use num_bigint::BigInt;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Puzzle24;

const TARGET: i64 = 24;

impl Puzzle for Puzzle24 {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Make 24 from four numbers with the four operations."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the numbers must be those of the question; upstream takes any four within the configured range",
            "the value must be 24 exactly; upstream drops what follows the point",
            "a wrong answer earns nothing instead of 0.01",
            "only + - * / and parentheses are allowed; upstream also reads powers, factorials, functions and `^` as exclusive or",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let given: Given = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing().scoring(mode.floor(0.01))) };
        Ok(match mode {
            Mode::Parity => Grade::of(if given.upstream(answer).unwrap_or(false) { 1.0 } else { 0.01 }),
            Mode::Strict => match plain(answer) {
                Err(message) => Grade::unreadable(message),
                Ok(plain) if !same_numbers(&plain.numbers, &given.numbers) => {
                    Grade::binary(false).because("not the given numbers, each once")
                }
                Ok(plain) => Grade::binary(plain.value == Rational::from_integer(TARGET.into())),
            },
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Given {
    numbers: Vec<i64>,
    #[serde(default)]
    difficulty: Range,
}

#[derive(Deserialize)]
struct Range {
    value: (i64, i64),
}

impl Default for Range {
    fn default() -> Self {
        let Config { min_value, max_value, .. } = Config::default();
        Self { value: (min_value, max_value) }
    }
}

impl Given {
    /// Whether upstream counts it as solved; `None` where it catches an exception.
    fn upstream(&self, answer: &str) -> Option<bool> {
        let value = sympy(answer)?.int()?;
        let numbers = numbers(answer)?;
        let (low, high) = self.difficulty.value;
        let allowed = BigInt::from(low)..=BigInt::from(high);
        Some(value == BigInt::from(TARGET) && numbers.len() == 4 && numbers.iter().all(|number| allowed.contains(number)))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    operators: Vec<Operator>,
    min_value: i64,
    max_value: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { operators: Operator::ALL.to_vec(), min_value: 1, max_value: 10 }
    }
}

impl Generate for Puzzle24 {
    const NAME: &'static str = "puzzle24";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("value", "min_value", "max_value", Levels::Ints(&[1, 5, 6, 7, 8, 9, 10]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_value, max_value, 1..=10)?;
        if config.operators.is_empty() {
            return Err(InvalidConfig::new("operators", "empty; give some of \"+\", \"-\", \"*\", \"/\""));
        }
        Ok(())
    }

    /// Four random numbers from which a search finds 24.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let numbers = [(); 4].map(|()| rng.int(config.min_value, config.max_value));
        let mut operators = config.operators.clone();
        rng.shuffle(&mut operators);
        let expression = solve(&numbers, &operators)?;
        let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
        let signs: Vec<String> = config.operators.iter().map(|operator| operator.sign().to_string()).collect();
        Some(Problem {
            question: format!(
                "Make {TARGET} from the numbers {}: use each of them exactly once, with the operators {} and parentheses. Answer with the expression alone, without \
                 an equals sign.",
                list.join(", "),
                signs.join(" ")
            ),
            answer: expression,
            metadata: json!({"numbers": numbers, "difficulty": {"value": [config.min_value, config.max_value]}}),
        })
    }
}

/// Which two values are joined, by what; the result takes the place of the first, and the last value that of the second.
#[derive(Clone, Copy)]
struct Step {
    one: usize,
    other: usize,
    operator: Operator,
}

/// An expression of all numbers that makes the target.
fn solve(numbers: &[i64; 4], operators: &[Operator]) -> Option<String> {
    let mut steps = Vec::with_capacity(numbers.len());
    if !search(numbers.map(|number| Fraction { over: number, under: 1 }), numbers.len(), operators, &mut steps) {
        return None;
    }
    let mut parts: Vec<Written> = numbers.iter().map(|number| Written::number(*number)).collect();
    for Step { one, other, operator } in steps {
        parts[one] = parts[one].join(operator, &parts[other]);
        parts.swap_remove(other);
    }
    parts.pop().map(|written| written.text)
}

/// Joins any two of the first `count` values in every way until the target is left. Values are searched without their expressions, which would take most of
/// the time.
fn search(values: [Fraction; 4], count: usize, operators: &[Operator], steps: &mut Vec<Step>) -> bool {
    if count == 1 {
        return values[0].over == TARGET * values[0].under;
    }
    for one in 0..count {
        for other in (0..count).filter(|other| *other != one) {
            for &operator in operators {
                // Sums and products are the same the other way round.
                let twice = matches!(operator, Operator::Add | Operator::Multiply) && other < one;
                let Some(value) = values[one].apply(operator, values[other]).filter(|_| !twice) else { continue };
                let mut rest = values;
                rest[one] = value;
                rest[other] = rest[count - 1];
                steps.push(Step { one, other, operator });
                if search(rest, count - 1, operators, steps) {
                    return true;
                }
                steps.pop();
            }
        }
    }
    false
}

/// A quotient that is never reduced: with four numbers up to 10, neither part outgrows an `i64`, and a search that reduces takes ten times as long.
#[derive(Clone, Copy)]
struct Fraction {
    over: i64,
    under: i64,
}

impl Fraction {
    fn apply(self, operator: Operator, other: Self) -> Option<Self> {
        let (left, right, under) = (self.over * other.under, other.over * self.under, self.under * other.under);
        match operator {
            Operator::Add => Some(Self { over: left + right, under }),
            Operator::Subtract => Some(Self { over: left - right, under }),
            Operator::Multiply => Some(Self { over: self.over * other.over, under }),
            Operator::Divide => (right != 0).then_some(Self { over: left, under: right }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Puzzle24);
    }

    #[test]
    fn exactly_24_from_the_given_numbers() {
        for (answer, parity, strict) in [
            ("8 / (3 - 8/3)", 1.0, 1.0),
            ("8/(3-8÷3)", 0.01, 1.0),
            ("6*4*1*1", 1.0, 0.0),
            ("8*3 + 3/8", 1.0, 0.0),
            ("8*3*(8 - 8 + 1)", 0.01, 0.0),
            ("24", 0.01, 0.0),
            ("8 / (3 - 8/3) = 24", 0.01, 0.0),
            ("8/(3 - 8/3) # 24", 0.01, 0.0),
            ("I give up", 0.01, 0.0),
        ] {
            check::score(&Puzzle24, answer, "8 / (3 - 8/3)", json!({"numbers": [3, 3, 8, 8]}), [parity, strict]);
        }
    }

    #[test]
    fn the_search_finds_what_there_is() {
        assert_eq!(solve(&[3, 3, 8, 8], &Operator::ALL).unwrap(), "8 / (3 - 8 / 3)");
        assert_eq!(solve(&[1, 1, 1, 1], &Operator::ALL), None);
        let mut found = 0;
        for index in (0..10_000_usize).step_by(37) {
            let numbers: [i64; 4] = std::array::from_fn(|place| (index / 10_usize.pow(place as u32) % 10 + 1) as i64);
            if let Some(expression) = solve(&numbers, &Operator::ALL) {
                found += 1;
                let plain = plain(&expression).unwrap();
                assert!(plain.value == Rational::from_integer(TARGET.into()) && same_numbers(&plain.numbers, &numbers), "{expression}");
            }
        }
        assert!(found > 150, "{found}");
    }
}
