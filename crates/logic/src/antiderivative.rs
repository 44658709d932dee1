//! Scores indefinite integrals: right is what has the integrand as its derivative.

use crate::arithmetic::DECIMAL;
use crate::python::{self, Value};
use crate::{Entry, Grade, InvalidEntry, Mode};
use gavel_math::expr::{Caret, Domain, Equality, Expr, Function, Syntax, compare, is_defined, parse};
use serde::Deserialize;
use std::borrow::Cow;

/// How strict scoring differs from upstream's, for both puzzles about integrals.
pub(crate) const DELTAS: &[&str] = &[
    "an integral that is left as it stands earns nothing, though upstream stores some as solutions",
    "the variable is real: log(Abs(x)) is an antiderivative of 1/x, where the integrand is real",
    "`^` is read as a power, and arcsin, arctan and the like are known",
    "constants must be called C, c, K, k or C with a number; upstream takes any symbol that is not the variable for one",
    "an answer in quotes earns nothing",
];

#[derive(Deserialize)]
struct Problem {
    integrand: String,
    variable: String,
}

/// Whether the answer is an antiderivative.
///
/// Parity repeats that SymPy simplifies the difference between derivative and integrand to zero, with these exceptions. It may fail to do so, or take
/// minutes, where the two are equal; then our score is 1 and upstream's 0. It computes with floats where the answer has decimals, and 0.6*x**3 has the
/// derivative 1.7999999999999998*x**2; here decimals are the fractions that they look like.
pub(crate) fn score(answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
    let Problem { integrand, variable } = entry.metadata()?;
    let integrand =
        parse(&integrand, &Syntax::PYTHON).map_err(|error| InvalidEntry::new("metadata.integrand", format!("{integrand:?}: {error}")))?;
    let Some(answer) = answer else { return Ok(Grade::missing()) };
    if mode.is_parity() && decimals_stay(answer, &variable) {
        return Ok(Grade::binary(false).because("SymPy does not simplify decimals there"));
    }
    let answer = match read(answer, &variable, mode) {
        Ok(expr) => expr,
        Err(message) => return Ok(Grade::unreadable(message)),
    };
    // What divides by zero may have a derivative all the same. An integral has one and no value.
    if !is_defined(&answer) && !answer.uses(Function::Integral) {
        return Ok(Grade::binary(false).because("it has no value"));
    }
    let derivative = match answer.derivative(&variable) {
        Ok(derivative) => derivative,
        Err(error) => return Ok(Grade::binary(false).because(error.to_string())),
    };
    let complex = compare(&integrand, &derivative, Domain::Complex);
    let equality = match mode {
        Mode::Strict if complex != Equality::Equal => compare(&integrand, &derivative, Domain::Real),
        _ => complex,
    };
    Ok(match equality {
        Equality::Equal => Grade::binary(true),
        Equality::Unknown => Grade::binary(false).because("it cannot be told whether the derivative is the integrand"),
        _ => Grade::binary(false).because("the derivative is not the integrand"),
    })
}

/// Answers of more nodes are not read: those of right ones are some tens.
const MAX_NODES: usize = 1500;

fn read(answer: &str, variable: &str, mode: Mode) -> Result<Expr, Cow<'static, str>> {
    let error = |error: gavel_math::expr::ParseError| Cow::Owned(error.to_string());
    if mode.is_parity() {
        let python = Syntax { max_nodes: MAX_NODES, ..Syntax::PYTHON };
        // A string comes out of SymPy's parser as it is, and is read again by `diff`, which takes `^` for a power.
        let quoted = python::strip(answer).starts_with(['"', '\'']);
        return match if quoted { python::literal(python::strip(answer)) } else { None } {
            Some(Value::Str(text)) => parse(&text, &Syntax { caret: Caret::Power, ..python }).map_err(error),
            _ => parse(answer, &python).map_err(error),
        };
    }
    let expr = parse(answer, &Syntax { max_nodes: MAX_NODES, ..Syntax::WRITTEN }).map_err(error)?;
    if expr.uses(Function::Integral) {
        return Err(Cow::Borrowed("an integral that is not solved"));
    }
    match expr.symbols().iter().find(|name| ***name != *variable && !is_constant(name)) {
        Some(name) => Err(Cow::Owned(format!("`{name}` is neither the variable `{variable}` nor a constant"))),
        None => Ok(expr),
    }
}

/// Whether a decimal stands beside the variable in an exponent, under a root or in a function other than a logarithm. SymPy finds none of these equal to the
/// same with a fraction.
fn decimals_stay(answer: &str, variable: &str) -> bool {
    const DECIMAL_NAME: &str = "decimal";
    let marked = DECIMAL.replace_all(answer, DECIMAL_NAME);
    if matches!(marked, Cow::Borrowed(_)) {
        return false;
    }
    let mut search = DecimalSearch { variable, decimal: DECIMAL_NAME, found: false };
    parse(&marked, &Syntax::PYTHON).is_ok_and(|expr| {
        search.contents(&expr);
        search.found
    })
}

struct DecimalSearch<'a> {
    variable: &'a str,
    decimal: &'a str,
    found: bool,
}

/// What an expression contains.
#[derive(Clone, Copy, Default)]
struct Contents {
    variable: bool,
    decimal: bool,
}

impl Contents {
    fn and(self, other: Self) -> Self {
        Self { variable: self.variable || other.variable, decimal: self.decimal || other.decimal }
    }

    fn both(self) -> bool {
        self.variable && self.decimal
    }
}

impl DecimalSearch<'_> {
    fn contents(&mut self, expr: &Expr) -> Contents {
        let mut all = |parts: &[Expr]| parts.iter().fold(Contents::default(), |contents, part| contents.and(self.contents(part)));
        match expr {
            Expr::Number(_) | Expr::Constant(_) => Contents::default(),
            Expr::Symbol(name) => Contents { variable: **name == *self.variable, decimal: **name == *self.decimal },
            Expr::Sum(parts) | Expr::Product(parts) => all(parts),
            Expr::Call(function, arguments) => {
                let contents = all(arguments);
                self.found |= contents.both() && !matches!(function, Function::Log | Function::Integral);
                contents
            }
            Expr::Power(power) => {
                let (base, exponent) = (self.contents(&power.0), self.contents(&power.1));
                let whole = || power.1.evaluate().is_ok_and(|value| value.is_integer());
                self.found |= exponent.decimal && (base.variable || exponent.variable) || base.both() && !whole();
                base.and(exponent)
            }
        }
    }
}

/// `C`, `c`, `K` or `k`, with a number or without.
fn is_constant(name: &str) -> bool {
    let rest = name.strip_prefix(['C', 'c', 'K', 'k']);
    rest.is_some_and(|rest| rest.trim_start_matches('_').bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(answer: &str, integrand: &str, parity: f64, strict: f64) {
        let metadata = serde_json::json!({"integrand": integrand, "variable": "x"});
        let entry = Entry { question: String::new(), answer: None, metadata: serde_json::value::to_raw_value(&metadata).unwrap() };
        let of = |mode| score(Some(answer), &entry, mode).unwrap().score;
        assert_eq!([of(Mode::Parity), of(Mode::Strict)], [parity, strict], "{answer} for {integrand}");
    }

    #[test]
    fn any_antiderivative_is_right() {
        check("x*log(x) - x + C", "log(x)", 1.0, 1.0);
        check("x*(ln(x) - 1)", "log(x)", 1.0, 1.0);
        check("-cos(x)**2/2 + C", "sin(x)*cos(x)", 1.0, 1.0);
        check("sin(x)**2/2 - 17", "sin(x)*cos(x)", 1.0, 1.0);
        check("-cos(2*x)/4 + C1", "sin(x)*cos(x)", 1.0, 1.0);
        check("2*(4*x - 7)*sqrt(4*x - 7)/12 + C", "sqrt(4*x - 7)", 1.0, 1.0);
        check("E**x*(x - 1) + C", "x*exp(x)", 1.0, 1.0);
        check("x^2/2", "x", 0.0, 1.0);
        check("'x^2/2 + C'", "x", 1.0, 0.0);
        check("log(Abs(x)) + C", "1/x", 0.0, 1.0);
        check("arctan(x) + C", "1/(x**2 + 1)", 0.0, 1.0);
        check("Integral(log(x), x) + C", "log(x)", 1.0, 0.0);
        check("x**2/2 + y", "x", 1.0, 0.0);
    }

    #[test]
    fn decimals_are_right_and_upstream_does_not_always_see_it() {
        check("0.5*x**2 + C", "x", 1.0, 1.0);
        check("(x + 0.5)**3*4/3", "(2*x + 1)**2", 1.0, 1.0);
        check("x*log(1.0*x) - x", "log(x)", 1.0, 1.0);
        check("2*x**1.5/3", "sqrt(x)", 0.0, 1.0);
        check("x**2.0/2", "x", 0.0, 1.0);
        check("exp(2.0*x)/2", "exp(2*x)", 0.0, 1.0);
        check("(4*x - 7)*sqrt(4.0*x - 7)/6", "sqrt(4*x - 7)", 0.0, 1.0);
        check("sqrt(4.0)*x**2/4", "x", 1.0, 1.0);
    }

    #[test]
    fn what_has_another_derivative_is_wrong() {
        for answer in [
            "x*log(x) + C",
            "x*log(x) - x + C*x",
            "log(x)",
            "X*log(X) - X",
            "x*log(x) - x + C + 10**30*sin(x) - 10**30*sin(x) + x",
            "(x*log(x) - x)*1.0000001",
            "x*log(x) - x + exp(-10**6*x**2)",
            "F(x) = x*log(x) - x",
            "x*log(x) - x + floor(x)",
            "x*log(x) - x + Abs(x - 1)/1000000",
            "x*log(x) - x + 0*Abs(x)*log(0)",
            "x*log(x) - x + 1/0",
            "1/(sin(x)**2 + cos(x)**2 - 1)",
            "",
        ] {
            check(answer, "log(x)", 0.0, 0.0);
        }
    }
}
