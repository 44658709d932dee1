//! Answers that are arithmetic: the value of one, and the numbers in it.

use crate::python::{self, Value};
use gavel_math::expr::{EvaluateError, Rational, Syntax, parse};
use num_bigint::BigInt;
use num_traits::{One, ToPrimitive, Zero};
use regex::Regex;
use std::sync::LazyLock;

/// What SymPy's `parse_expr` makes of an answer, as far as Python turns it into a number.
pub(crate) enum Evaluated {
    /// An exact value. Decimals count as the fractions that they are.
    Exact(Rational),
    /// A value that is irrational.
    Real(f64),
    /// The text between quotes.
    Text(String),
}

/// What `parse_expr(text)` gives, if it is a number or a string: expressions, with functions and factorials; comparisons by `==`, which are 1 or 0.
/// Symbols are no numbers, not even where they cancel.
pub(crate) fn sympy(text: &str) -> Option<Evaluated> {
    let text = python::strip(text);
    if text.starts_with(['"', '\'']) {
        let Value::Str(text) = python::literal(text)? else { return None };
        return Some(Evaluated::Text(text));
    }
    match text {
        "nan" => return Some(Evaluated::Real(f64::NAN)),
        "oo" => return Some(Evaluated::Real(f64::INFINITY)),
        "-oo" => return Some(Evaluated::Real(f64::NEG_INFINITY)),
        _ => {}
    }
    let mut sides = text.split("==");
    let first = value(sides.next().expect("a split has a first part"))?;
    let others = sides.map(value).collect::<Option<Vec<_>>>()?;
    if others.is_empty() {
        return Some(first);
    }
    let equal = others.iter().all(|other| matches!((&first, other), (Evaluated::Exact(one), Evaluated::Exact(other)) if one == other));
    Some(Evaluated::Exact(if equal { Rational::one() } else { Rational::zero() }))
}

fn value(text: &str) -> Option<Evaluated> {
    let expr = parse(text, &Syntax::PYTHON).ok()?;
    match expr.evaluate() {
        Ok(value) => Some(Evaluated::Exact(value)),
        Err(EvaluateError::NotRational) => {
            let value = expr.approximate()?;
            (value.im.abs() <= 1e-12 * (1.0 + value.re.abs())).then_some(Evaluated::Real(value.re))
        }
        // Python's float of what SymPy computes all the same.
        Err(EvaluateError::TooLarge) => Some(Evaluated::Real(f64::INFINITY)),
        Err(_) => None,
    }
}

impl Evaluated {
    /// Python's `float()`.
    pub(crate) fn float(&self) -> Option<f64> {
        match self {
            Self::Exact(value) => Some(value.numer().to_f64()? / value.denom().to_f64()?).filter(|value| !value.is_nan()),
            Self::Real(value) => Some(*value),
            Self::Text(text) => python::float(text),
        }
    }

    /// Python's `int()`, which leaves out what follows the point.
    pub(crate) fn int(&self) -> Option<BigInt> {
        match self {
            Self::Exact(value) => Some(value.to_integer()),
            Self::Real(value) => num_traits::FromPrimitive::from_f64(value.trunc()),
            Self::Text(text) => python::int(text),
        }
    }
}

/// A number with a point or an exponent, which Python makes a float.
pub(crate) static DECIMAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+").expect("a valid pattern"));

/// The whole numbers that stand as words of their own: `1.5` has two, `2x` none. `None` if one is longer than Python reads.
pub(crate) fn numbers(text: &str) -> Option<Vec<BigInt>> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b\d+\b").expect("a valid pattern"));
    NUMBER.find_iter(text).map(|number| python::int(number.as_str())).collect()
}

/// An expression of whole numbers, `+`, `-`, `*`, `/` and parentheses and nothing else, with its value. `×`, `·`, `÷` and `−` are read as what they mean.
pub(crate) fn plain(text: &str) -> Result<Plain, &'static str> {
    const FORM: &str = "not an expression of whole numbers, + - * / and parentheses";
    let text: String = text
        .chars()
        .map(|char| match char {
            '×' | '·' => '*',
            '÷' => '/',
            '−' => '-',
            _ if python::is_space(char) => ' ',
            _ => char,
        })
        .collect();
    let allowed = text.chars().all(|char| char.is_ascii_digit() || " +-*/()".contains(char));
    if !allowed || text.contains("//") || text.contains("**") {
        return Err(FORM);
    }
    let expr = parse(&text, &Syntax::PYTHON).map_err(|_| FORM)?;
    let value = expr.evaluate().map_err(|error| match error {
        EvaluateError::DivisionByZero => "it divides by zero",
        _ => "too large",
    })?;
    Ok(Plain { value, numbers: numbers(&text).ok_or("too large")? })
}

/// What [`plain`] read.
pub(crate) struct Plain {
    pub(crate) value: Rational,
    /// The numbers, in their order.
    pub(crate) numbers: Vec<BigInt>,
}

/// Whether two lists hold the same numbers equally often.
pub(crate) fn same_numbers(used: &[BigInt], given: &[i64]) -> bool {
    let mut used = used.to_vec();
    let mut given: Vec<BigInt> = given.iter().map(|number| BigInt::from(*number)).collect();
    used.sort_unstable();
    given.sort_unstable();
    used == given
}

/// An operator between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Operator {
    #[serde(rename = "+")]
    Add,
    #[serde(rename = "-")]
    Subtract,
    #[serde(rename = "*")]
    Multiply,
    #[serde(rename = "/")]
    Divide,
}

impl Operator {
    /// All four.
    pub(crate) const ALL: [Self; 4] = [Self::Add, Self::Subtract, Self::Multiply, Self::Divide];

    /// Its sign.
    pub(crate) fn sign(self) -> char {
        match self {
            Self::Add => '+',
            Self::Subtract => '-',
            Self::Multiply => '*',
            Self::Divide => '/',
        }
    }
}

/// An expression that is being built, with no more parentheses than it needs.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) text: String,
    /// What it was joined by last; `None` for a number.
    joined: Option<Operator>,
}

impl Written {
    /// A number that is not negative.
    pub(crate) fn number(value: i64) -> Self {
        Self { text: value.to_string(), joined: None }
    }

    /// Both with an operator between them.
    pub(crate) fn join(&self, operator: Operator, other: &Self) -> Self {
        let strong = matches!(operator, Operator::Multiply | Operator::Divide);
        let weak = |joined: Option<Operator>| matches!(joined, Some(Operator::Add | Operator::Subtract));
        let left = if strong && weak(self.joined) { format!("({})", self.text) } else { self.text.clone() };
        let enclosed = match operator {
            Operator::Add => false,
            Operator::Subtract | Operator::Multiply => weak(other.joined),
            Operator::Divide => other.joined.is_some(),
        };
        let right = if enclosed { format!("({})", other.text) } else { other.text.clone() };
        Self { text: format!("{left} {} {right}", operator.sign()), joined: Some(operator) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_sympy(text: &str, float: Option<f64>, int: Option<i64>) {
        let evaluated = sympy(text);
        let got = (evaluated.as_ref().and_then(Evaluated::float), evaluated.as_ref().and_then(Evaluated::int));
        assert_eq!(got, (float, int.map(BigInt::from)), "{text}");
    }

    #[test]
    fn values_as_sympy_gives_them() {
        check_sympy("7/2", Some(3.5), Some(3));
        check_sympy("2^3 + 1", Some(6.0), Some(6));
        check_sympy("sqrt(16) - 4!", Some(-20.0), Some(-20));
        check_sympy("sqrt(577)", Some(577_f64.sqrt()), Some(24));
        check_sympy("2*3 == 6", Some(1.0), Some(1));
        check_sympy("\"24\"", Some(24.0), Some(24));
        check_sympy("'1 + 2'", None, None);
        check_sympy("1 = 1", None, None);
        check_sympy("1/0", None, None);
        check_sympy("x", None, None);
        check_sympy("9**9**9", Some(f64::INFINITY), None);
    }

    #[test]
    fn plain_arithmetic_is_nothing_else() {
        let value = |text| plain(text).map(|plain| plain.value.to_string()).unwrap_or_default();
        assert_eq!(value(" (1 + 2)*3\n- 8/2 "), "5");
        assert_eq!(value("(1 + 2) × 3 − 8 ÷ 2"), "5");
        for bad in ["1 + x", "2**3", "7//2", "1.5", "1 = 1", "sqrt(4)", "", "()", "2(3)", "5!", "1/0"] {
            assert_eq!(value(bad), "", "{bad}");
        }
        assert_eq!(numbers("12*(3 + 12) # 7").unwrap(), [12, 3, 12, 7].map(BigInt::from));
    }

    #[test]
    fn parentheses_only_where_they_matter() {
        let [a, b, c] = [1, 2, 3].map(Written::number);
        let minus = a.join(Operator::Subtract, &b);
        let over = a.join(Operator::Divide, &b);
        assert_eq!(c.join(Operator::Subtract, &minus).text, "3 - (1 - 2)");
        assert_eq!(minus.join(Operator::Subtract, &c).text, "1 - 2 - 3");
        assert_eq!(minus.join(Operator::Multiply, &over).text, "(1 - 2) * 1 / 2");
        assert_eq!(c.join(Operator::Divide, &over).text, "3 / (1 / 2)");
        assert_eq!(c.join(Operator::Add, &minus).text, "3 + 1 - 2");
    }
}
