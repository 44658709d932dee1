//! When a value that a function returned is the one that was expected.

use crate::compare::Comparison;
use gavel_sandbox::Value;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

/// Whether `actual`, from Python, is what `expected`, from JSON, says.
///
/// As Python's `==`, with the allowances that JSON makes necessary, which are those of the public harnesses for APPS, TACO and LiveCodeBench: a tuple equals a
/// list, and a dictionary's key equals its text. Numbers are equal by value (`1 == 1.0 == True`); with [`Comparison::Float`] also if they are
/// within its tolerance. An expected list of one value is also met by that value: some datasets wrap what is expected in a list.
pub fn equal(expected: &Value, actual: &Value, comparison: Comparison) -> bool {
    let same = Same { comparison };
    same.values(expected, actual) || matches!(expected, Value::List(items) if items.len() == 1 && same.values(&items[0], actual))
}

struct Same {
    comparison: Comparison,
}

impl Same {
    fn values(&self, expected: &Value, actual: &Value) -> bool {
        match (expected, actual) {
            (Value::None, Value::None) => true,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::List(a) | Value::Tuple(a), Value::List(b) | Value::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.values(a, b))
            }
            (Value::Dict(a), Value::Dict(b)) => self.dictionaries(a, b),
            _ => match (Number::of(expected), Number::of(actual)) {
                (Some(a), Some(b)) => self.numbers(&a, &b),
                _ => false,
            },
        }
    }

    fn dictionaries(&self, expected: &[(Value, Value)], actual: &[(Value, Value)]) -> bool {
        let by_key: Option<BTreeMap<String, &Value>> = actual.iter().map(|(key, value)| Some((key_text(key)?, value))).collect();
        let Some(by_key) = by_key else { return false };
        expected.len() == actual.len()
            && by_key.len() == actual.len()
            && expected
                .iter()
                .all(|(key, value)| key_text(key).and_then(|key| by_key.get(&key).copied()).is_some_and(|found| self.values(value, found)))
    }

    fn numbers(&self, expected: &Number, actual: &Number) -> bool {
        if expected.equals(actual) {
            return true;
        }
        let Comparison::Float { abs, rel } = self.comparison else { return false };
        match (expected.as_float(), actual.as_float()) {
            (Some(a), Some(b)) => (a - b).abs() <= abs.max(rel * a.abs()),
            _ => false,
        }
    }
}

/// A key as JSON writes it, which is as text.
fn key_text(key: &Value) -> Option<String> {
    match key {
        Value::Str(text) => Some(text.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::BigInt(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        _ => None,
    }
}

enum Number {
    Whole(BigInt),
    Float(f64),
}

impl Number {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(flag) => Some(Self::Whole(BigInt::from(u8::from(*flag)))),
            Value::Int(number) => Some(Self::Whole(BigInt::from(*number))),
            Value::BigInt(number) => Some(Self::Whole(number.clone())),
            Value::Float(number) => Some(Self::Float(*number)),
            Value::Complex(real, imaginary) if *imaginary == 0.0 => Some(Self::Float(*real)),
            _ => None,
        }
    }

    /// Exactly, as Python compares an int with a float.
    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b,
            (Self::Whole(whole), Self::Float(float)) | (Self::Float(float), Self::Whole(whole)) => {
                float.fract() == 0.0 && num_traits::FromPrimitive::from_f64(*float).is_some_and(|float: BigInt| float == *whole)
            }
        }
    }

    fn as_float(&self) -> Option<f64> {
        match self {
            Self::Whole(number) => number.to_f64().filter(|float| float.is_finite()),
            Self::Float(number) => number.is_finite().then_some(*number),
        }
    }
}

/// The value as Python would print it, in at most about `most` bytes.
pub fn repr(value: &Value, most: usize) -> String {
    let mut out = String::new();
    write_repr(value, most, &mut out);
    if out.len() > most {
        let cut = (0..=most).rev().find(|&at| out.is_char_boundary(at)).unwrap_or(0);
        out.truncate(cut);
        out.push('…');
    }
    out
}

fn write_repr(value: &Value, most: usize, out: &mut String) {
    use std::fmt::Write;
    if out.len() > most {
        return;
    }
    let written = match value {
        Value::None => write!(out, "None"),
        Value::Bool(flag) => write!(out, "{}", if *flag { "True" } else { "False" }),
        Value::Int(number) => write!(out, "{number}"),
        // Printing is quadratic in the digits.
        Value::BigInt(number) if number.bits() > 4096 => write!(out, "<an integer of {} bits>", number.bits()),
        Value::BigInt(number) => write!(out, "{number}"),
        Value::Float(number) => write!(out, "{number:?}"),
        Value::Complex(real, imaginary) => write!(out, "({real}{imaginary:+}j)"),
        Value::Str(text) => write!(out, "{:?}", text.chars().take(most).collect::<String>()),
        Value::Bytes(bytes) => write!(out, "b\"{}\"", bytes[..bytes.len().min(most)].escape_ascii()),
        Value::Opaque => write!(out, "<an object>"),
        Value::List(items) => return write_items(("[", "]"), items, most, out),
        Value::Tuple(items) => return write_items(("(", ")"), items, most, out),
        Value::Set(items) | Value::FrozenSet(items) => return write_items(("{", "}"), items, most, out),
        Value::Dict(pairs) => {
            out.push('{');
            for (index, (key, value)) in pairs.iter().enumerate() {
                if out.len() > most {
                    return;
                }
                out.push_str(if index > 0 { ", " } else { "" });
                write_repr(key, most, out);
                out.push_str(": ");
                write_repr(value, most, out);
            }
            out.push('}');
            return;
        }
    };
    written.expect("writing to a string cannot fail");
}

fn write_items((open, close): (&str, &str), items: &[Value], most: usize, out: &mut String) {
    out.push_str(open);
    for (index, item) in items.iter().enumerate() {
        if out.len() > most {
            return;
        }
        out.push_str(if index > 0 { ", " } else { "" });
        write_repr(item, most, out);
    }
    out.push_str(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Value {
        crate::json::parse(text).unwrap()
    }

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "keeps the table below readable")]
    fn check(expected: &str, actual: Value, same: bool) {
        assert_eq!(equal(&json(expected), &actual, Comparison::default()), same, "{expected} and {actual:?}");
    }

    #[test]
    fn equality_is_pythons_with_the_allowances_of_json() {
        check("1", Value::Float(1.0), true);
        check("1", Value::Bool(true), true);
        check("true", Value::Int(1), true);
        check("1", Value::Str("1".into()), false);
        check("null", Value::None, true);
        check("0", Value::None, false);
        check("[1, 2]", Value::Tuple(vec![Value::Int(1), Value::Int(2)]), true);
        check("[1, 2]", Value::Set(vec![Value::Int(1), Value::Int(2)]), false);
        check("[[1]]", Value::List(vec![Value::Int(1)]), true);
        check("[[1], [2]]", Value::List(vec![Value::Int(1)]), false);
        check(r#"{"1": "a"}"#, Value::Dict(vec![(Value::Int(1), Value::Str("a".into()))]), true);
        check(r#"{"1": "a"}"#, Value::Dict(vec![]), false);
        check("1e400", Value::Float(f64::INFINITY), true);
        check("9007199254740993", Value::Float(9007199254740992.0), false);
        check("123456789012345678901234567890", json("123456789012345678901234567890"), true);
        check("1", Value::Opaque, false);
    }

    #[test]
    fn a_tolerance_applies_inside_containers() {
        let tolerance = Comparison::Float { abs: 1e-6, rel: 0.0 };
        assert!(equal(&json("[0.1, 0.2]"), &json("[0.1000001, 0.2]"), tolerance));
        assert!(!equal(&json("[0.1, 0.2]"), &json("[0.101, 0.2]"), tolerance));
        assert!(!equal(&json("0.1"), &Value::Float(f64::NAN), tolerance));
    }

    #[test]
    fn printing_is_bounded() {
        let long = Value::List(vec![Value::Str("é".repeat(1000)); 1000]);
        assert!(repr(&long, 100).len() < 110);
        assert_eq!(repr(&json(r#"[1, 2.5, "a", null, true, {"k": []}]"#), 100), r#"[1, 2.5, "a", None, True, {"k": []}]"#);
    }
}
