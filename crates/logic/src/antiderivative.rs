//! Scores indefinite integrals: right is what has the integrand as its derivative.

use crate::python::{self, Value};
use crate::{Entry, Grade, InvalidEntry, Mode};
use gavel_math::expr::{Caret, Domain, Equality, Expr, Function, Syntax, compare, parse};
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
/// Parity repeats that SymPy simplifies the difference between derivative and integrand to zero. It may fail to do so, or take minutes, where the two are
/// equal; then our score is 1 and upstream's 0.
pub(crate) fn score(answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
    let Problem { integrand, variable } = entry.metadata()?;
    let integrand =
        parse(&integrand, &Syntax::PYTHON).map_err(|error| InvalidEntry::new("metadata.integrand", format!("{integrand:?}: {error}")))?;
    let Some(answer) = answer else { return Ok(Grade::missing()) };
    let answer = match read(answer, &variable, mode) {
        Ok(expr) => expr,
        Err(message) => return Ok(Grade::unreadable(message)),
    };
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

fn read(answer: &str, variable: &str, mode: Mode) -> Result<Expr, Cow<'static, str>> {
    let error = |error: gavel_math::expr::ParseError| Cow::Owned(error.to_string());
    if mode.is_parity() {
        // A string comes out of SymPy's parser as it is, and is read again by `diff`, which takes `^` for a power.
        let quoted = python::strip(answer).starts_with(['"', '\'']);
        return match if quoted { python::literal(python::strip(answer)) } else { None } {
            Some(Value::Str(text)) => parse(&text, &Syntax { caret: Caret::Power, ..Syntax::PYTHON }).map_err(error),
            _ => parse(answer, &Syntax::PYTHON).map_err(error),
        };
    }
    let expr = parse(answer, &Syntax::WRITTEN).map_err(error)?;
    if expr.uses(Function::Integral) {
        return Err(Cow::Borrowed("an integral that is not solved"));
    }
    match expr.symbols().iter().find(|name| ***name != *variable && !is_constant(name)) {
        Some(name) => Err(Cow::Owned(format!("`{name}` is neither the variable `{variable}` nor a constant"))),
        None => Ok(expr),
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
            "1/(sin(x)**2 + cos(x)**2 - 1)",
            "",
        ] {
            check(answer, "log(x)", 0.0, 0.0);
        }
    }
}
