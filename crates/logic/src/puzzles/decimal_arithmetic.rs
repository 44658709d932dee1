//! Expressions of decimal numbers with four operations and parentheses, to a number of significant digits.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::python::Decimal;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct DecimalArithmetic;

impl Puzzle for DecimalArithmetic {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Evaluate an expression of decimal numbers, up to one unit of their last decimal."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "for a solution below 1 the tolerance shrinks with it, so that 0 is not right for every small number",
            "commas may separate thousands",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Metadata { difficulty: Difficulty { decimal_places: (_, places) } } = entry.metadata()?;
        let gold = Decimal::parse(entry.gold()?).ok_or_else(|| InvalidEntry::new("answer", "not a decimal number"))?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let (answer, limit) = match mode {
            Mode::Parity => (Decimal::parse(answer), upstream_limit(places, &entry.question)),
            Mode::Strict => {
                let answer = scoring::without_thousands(answer.trim()).and_then(|plain| Decimal::parse(&plain));
                (answer, gold.magnitude().map(|magnitude| magnitude.min(0) - i64::from(places)).map_or_else(Decimal::default, power_of_ten))
            }
        };
        Ok(match answer {
            Some(answer) => Grade::binary(answer.is_near(&gold, &limit)),
            None => Grade::unreadable("not a decimal number"),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Metadata {
    difficulty: Difficulty,
}

#[derive(Deserialize)]
struct Difficulty {
    decimal_places: (u32, u32),
}

/// The largest difference that upstream rounds to its tolerance: it computes differences to the digits that its question asks for, halves to even. Without such
/// a question they are the 28 digits of Python's module.
fn upstream_limit(places: u32, question: &str) -> Decimal {
    let stated = || question.split_once("maximum of ")?.1.split_once(" significant")?.0.parse().ok();
    let precision: usize = stated().filter(|precision| (1..=1000).contains(precision)).unwrap_or(28);
    Decimal::parse(&format!("1.{}5e-{places}", "0".repeat(precision - 1))).expect("a number")
}

fn power_of_ten(exponent: i64) -> Decimal {
    Decimal::parse(&format!("1e{exponent}")).expect("a number")
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_num_decimal_places: u32,
    max_num_decimal_places: u32,
    min_terms: usize,
    max_terms: usize,
    precision: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_num_decimal_places: 3, max_num_decimal_places: 3, min_terms: 2, max_terms: 6, precision: 12 }
    }
}

impl Generate for DecimalArithmetic {
    const NAME: &'static str = "decimal_arithmetic";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("decimal_places", "min_num_decimal_places", "max_num_decimal_places", Levels::Ints(&[2, 4, 6, 8])),
        Attribute::scalar("precision", "precision", Levels::Ints(&[6, 8, 10, 12])),
        Attribute::range("num_terms", "min_terms", "max_terms", Levels::Ints(&[2, 5, 8, 10])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_num_decimal_places, max_num_decimal_places, 0..=15)?;
        bounds!(config, min_terms, max_terms, 1..=100)?;
        within!(config, precision, 2..=100)?;
        if config.precision <= config.max_num_decimal_places + 1 {
            return Err(InvalidConfig::new("precision", "must be at least 2 more than `max_num_decimal_places`"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_terms, config.max_terms);
        let mut places = 1;
        let numbers: Vec<Atom> = (0..count)
            .map(|_| {
                let decimals = rng.int(config.min_num_decimal_places.into(), config.max_num_decimal_places.into()) as u32;
                places = places.max(decimals);
                Atom::draw(decimals, rng)
            })
            .collect();
        let expression = Chain::build(&numbers, rng)?;
        let value = expression.value()?;
        let answer = Decimal::quotient(value.numer(), value.denom(), config.precision as usize);
        Some(Problem {
            question: format!(
                "Evaluate {}. Round the result, and only it, to {} significant digits, halves away from zero, if it has more. Answer with the number alone.",
                expression.text(),
                config.precision
            ),
            answer: answer.to_string(),
            metadata: json!({
                "decimal_places": places,
                "num_terms": count,
                "difficulty": {
                    "decimal_places": [config.min_num_decimal_places, config.max_num_decimal_places],
                    "num_terms": [config.min_terms, config.max_terms],
                },
            }),
        })
    }
}

/// A number, or an expression in parentheses.
#[derive(Clone)]
struct Atom {
    text: String,
    value: Ratio<BigInt>,
}

impl Atom {
    /// A positive number up to ten.
    fn draw(decimals: u32, rng: &mut Rng) -> Self {
        let scale = 10_i64.pow(decimals);
        let units = rng.int(1, 10 * scale);
        let (whole, fraction) = (units / scale, units % scale);
        let text = match decimals {
            0 => whole.to_string(),
            _ => format!("{whole}.{fraction:0width$}", width = decimals as usize),
        };
        Self { text, value: Ratio::new(BigInt::from(units), BigInt::from(scale)) }
    }
}

/// Atoms with operators between them, which have the usual precedence.
struct Chain {
    first: Atom,
    rest: Vec<(char, Atom)>,
}

impl Chain {
    /// Groups the numbers at random; half of all groups stand in parentheses. `None` if one of these divides by zero.
    fn build(numbers: &[Atom], rng: &mut Rng) -> Option<Self> {
        if let [number] = numbers {
            return Some(Self { first: number.clone(), rest: Vec::new() });
        }
        let (left, right) = numbers.split_at(rng.size(1, numbers.len() - 1));
        let operator = *rng.choose(&['+', '-', '*', '/']);
        let (mut chain, right) = (Self::build(left, rng)?, Self::build(right, rng)?);
        chain.rest.push((operator, right.first));
        chain.rest.extend(right.rest);
        if rng.chance(0.5) {
            chain = Self { first: Atom { text: format!("({})", chain.text()), value: chain.value()? }, rest: Vec::new() };
        }
        Some(chain)
    }

    fn text(&self) -> String {
        self.rest.iter().fold(self.first.text.clone(), |text, (operator, atom)| format!("{text} {operator} {}", atom.text))
    }

    /// `None` if it divides by zero.
    fn value(&self) -> Option<Ratio<BigInt>> {
        let mut sum = Ratio::zero();
        let mut product = self.first.value.clone();
        for (operator, Atom { value, .. }) in &self.rest {
            match operator {
                '*' => product *= value,
                '/' if value.is_zero() => return None,
                '/' => product /= value,
                _ => {
                    sum += product;
                    product = if *operator == '+' { value.clone() } else { -value };
                }
            }
        }
        Some(sum + product)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&DecimalArithmetic);
    }

    #[test]
    fn the_last_decimal_may_be_off_by_one() {
        let metadata = json!({"difficulty": {"decimal_places": [3, 3]}});
        for (answer, parity, strict) in [
            ("1234.56789", 1.0, 1.0),
            ("1,234.5679", 0.0, 1.0),
            ("1234.56889", 1.0, 1.0),
            ("1234.56889001", 0.0, 0.0),
            ("1.2345674e3", 1.0, 1.0),
            ("1234.5", 0.0, 0.0),
            ("= 1234.56789", 0.0, 0.0),
        ] {
            check::score(&DecimalArithmetic, answer, "1234.56789", metadata.clone(), [parity, strict]);
        }
        for (answer, parity, strict) in [("0.00042", 1.0, 1.0), ("0.0004201", 1.0, 1.0), ("0", 1.0, 0.0), ("0.001", 1.0, 0.0)] {
            check::score(&DecimalArithmetic, answer, "0.00042", metadata.clone(), [parity, strict]);
        }
        check::score(&DecimalArithmetic, "0.0", "0", metadata.clone(), [1.0, 1.0]);
        check::score(&DecimalArithmetic, "0.0001", "0", metadata, [1.0, 0.0]);
    }

    #[test]
    fn a_difference_is_rounded_before_it_is_compared() {
        let limit = upstream_limit(2, "to a maximum of 4 significant digits");
        assert_eq!(Some(limit), Decimal::parse("0.010005"));
    }

    #[test]
    fn products_bind_before_sums() {
        let atom = |units: i64| Atom { text: units.to_string(), value: Ratio::from(BigInt::from(units)) };
        let chain =
            |first, rest: &[(char, i64)]| Chain { first: atom(first), rest: rest.iter().map(|(op, units)| (*op, atom(*units))).collect() };
        let value = |units: i64| Some(Ratio::from(BigInt::from(units)));
        assert_eq!(chain(2, &[('+', 3), ('*', 4), ('-', 6), ('/', 2)]).value(), value(11));
        assert_eq!(chain(8, &[('/', 4), ('/', 2), ('-', 1), ('-', 1)]).value(), value(-1));
        assert_eq!(chain(8, &[('/', 0)]).value(), None);
    }
}
