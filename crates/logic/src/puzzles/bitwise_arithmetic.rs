//! Sums, products and shifts of hexadecimal numbers: `((0x12a + 0x345) << 0x2)`.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::python;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct BitwiseArithmetic;

impl Puzzle for BitwiseArithmetic {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Evaluate sums, products and shifts of hexadecimal numbers; the answer may be written in base 2, 8, 10 or 16."
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, _: Mode) -> Result<Grade, InvalidEntry> {
        let Metadata { problem } = entry.metadata()?;
        let value = evaluate(&problem).ok_or_else(|| InvalidEntry::new("metadata.problem", "not an expression of whole numbers"))?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match python::int_of_any_base(answer) {
            Some(answer) => Grade::binary(answer == value),
            None => Grade::unreadable("not a whole number"),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Metadata {
    problem: String,
}

/// How deep parentheses and signs may nest; the hardest problem has ten levels.
const MAX_DEPTH: u32 = 100;

/// How long a value may grow; the hardest problem stays below half of it.
const MAX_BITS: u64 = 1 << 16;

/// The value of an expression with `+`, `-`, `*`, `<<`, `>>`, parentheses and Python's precedence.
fn evaluate(expression: &str) -> Option<BigInt> {
    let mut parser = Parser { rest: expression, depth: 0 };
    let value = parser.shift()?;
    parser.skip_space();
    parser.rest.is_empty().then_some(value)
}

struct Parser<'a> {
    rest: &'a str,
    depth: u32,
}

impl Parser<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn shift(&mut self) -> Option<BigInt> {
        let mut value = self.sum()?;
        loop {
            let left = self.eat("<<");
            if !left && !self.eat(">>") {
                return Some(value);
            }
            let places = self.sum()?.to_u64().filter(|places| *places <= MAX_BITS)?;
            value = if left { bounded(value << places)? } else { value >> places };
        }
    }

    fn sum(&mut self) -> Option<BigInt> {
        let mut value = self.product()?;
        loop {
            if self.eat("+") {
                value += self.product()?;
            } else if self.eat("-") {
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<BigInt> {
        let mut value = self.factor()?;
        while self.eat("*") {
            value = bounded(value * self.factor()?)?;
        }
        Some(value)
    }

    fn factor(&mut self) -> Option<BigInt> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let value = if self.eat("-") {
            -self.factor()?
        } else if self.eat("+") {
            self.factor()?
        } else if self.eat("(") {
            let value = self.shift()?;
            if !self.eat(")") {
                return None;
            }
            value
        } else {
            self.number()?
        };
        self.depth -= 1;
        Some(value)
    }

    fn number(&mut self) -> Option<BigInt> {
        self.skip_space();
        let end = self.rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        bounded(python::int_of_any_base(number)?)
    }
}

fn bounded(value: BigInt) -> Option<BigInt> {
    (value.bits() <= MAX_BITS).then_some(value)
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    difficulty: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { difficulty: 2 }
    }
}

impl Generate for BitwiseArithmetic {
    const NAME: &'static str = "bitwise_arithmetic";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::scalar("difficulty", "difficulty", Levels::Ints(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, difficulty, 1..=10)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let problem = expression(config.difficulty, rng);
        let value = evaluate(&problem)?;
        let sign = if value < BigInt::ZERO { "-" } else { "" };
        Some(Problem {
            question: format!(
                "What is the value of this expression? Numbers are signed and of any size, and `>>` rounds down.\n{problem}\nAnswer with a hexadecimal number alone, with \
                 a minus sign if it is negative, such as 0x1f or -0x3."
            ),
            answer: format!("{sign}0x{:x}", value.magnitude()),
            metadata: json!({"problem": problem, "difficulty": {"difficulty": config.difficulty}}),
        })
    }
}

/// Nested operations, now and then cut short. What is shifted by is small.
fn expression(depth: u32, rng: &mut Rng) -> String {
    if depth == 0 || rng.chance(0.01) {
        return format!("{:#x}", rng.int(0x100, 0xffff));
    }
    let operator = *rng.choose(&["+", "-", "*", "<<", ">>"]);
    let left = expression(depth - 1, rng);
    let right = if operator.len() == 2 { format!("{:#x}", rng.int(0, 3)) } else { expression(depth - 1, rng) };
    format!("({left} {operator} {right})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&BitwiseArithmetic);
    }

    #[test]
    fn the_value_is_right_in_any_base() {
        let metadata = json!({"problem": "(0x10 - (0x3 << 0x3))"});
        for (answer, score) in
            [("-0x8", 1.0), (" -8 ", 1.0), ("-0b1000", 1.0), ("0x8", 0.0), ("0xfff8", 0.0), ("= -0x8", 0.0), ("-8.0", 0.0)]
        {
            check::score(&BitwiseArithmetic, answer, None, metadata.clone(), [score, score]);
        }
    }

    #[test]
    fn expressions_have_pythons_precedence() {
        for (text, value) in [("2 + 3 * 4 << 1", 28), ("-7 >> 1", -4), ("1 << 2 + 1", 8), ("7 - 2 - 1", 4), ("-(0x10)*2", -32)] {
            assert_eq!(evaluate(text), Some(value.into()), "{text}");
        }
        for bad in ["", "1 +", "(1", "1 2", "1 << -1", "9 << 99999999", "x", "2 ** 3"] {
            assert_eq!(evaluate(bad), None, "{bad}");
        }
        assert_eq!(evaluate(&"(".repeat(100_000)), None);
        assert_eq!(evaluate(&"-".repeat(100_000)), None);
    }
}
