//! Lists of decimal numbers: how puzzles draw and write them, and how answers are read, whatever way they are written.

use crate::InvalidEntry;
use crate::python::{self, Decimal, Value};
use crate::rng::Rng;
use std::ops::RangeInclusive;

/// Whether `answer` is the list `gold`. Both are Python or JSON lists, whose items are numbers or strings that hold one, and a Markdown fence may stand around
/// them. `None` if the answer is no such list.
///
/// # Errors
/// If `gold` is none.
pub(crate) fn same_numbers(answer: &str, gold: &str) -> Result<Option<bool>, InvalidEntry> {
    let gold = list(gold).as_deref().and_then(numbers).ok_or_else(|| InvalidEntry::new("answer", "no list of numbers"))?;
    let Some(given) = list(answer) else { return Ok(None) };
    if given.len() != gold.len() {
        return Ok(Some(false));
    }
    Ok(numbers(&given).map(|given| given == gold))
}

fn list(text: &str) -> Option<Vec<Value>> {
    match python::literal(python::strip(python::unfenced(text)))? {
        Value::List(items) => Some(items),
        _ => None,
    }
}

fn numbers(items: &[Value]) -> Option<Vec<Decimal>> {
    items.iter().map(number).collect()
}

fn number(item: &Value) -> Option<Decimal> {
    match item {
        Value::Str(text) => Decimal::parse(text),
        Value::Int(_) | Value::Float(_) => Decimal::parse(&item.to_text()),
        _ => None,
    }
}

/// A number between `low` and `high`, rounded to some number of decimals. Zero has no sign.
pub(crate) fn draw(rng: &mut Rng, low: f64, high: f64, decimals: RangeInclusive<usize>) -> String {
    let decimals = rng.size(*decimals.start(), *decimals.end());
    let text = format!("{:.decimals$}", low + (high - low) * rng.unit());
    let is_zero = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    if is_zero { text.replace('-', "") } else { text }
}

/// The value of a number that [`draw`] made.
pub(crate) fn value(number: &str) -> f64 {
    number.parse().expect("it was written as a number")
}

/// As Python prints a list of strings without quotes in them: `['1', '2']`.
pub(crate) fn list_of_strings(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("'{item}'")).collect();
    format!("[{}]", items.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lists_are_equal() {
        for (answer, expect) in [
            ("[\"-1.5\", \"3.0\"]", Some(true)),
            (" [-1.5, 3] ", Some(true)),
            ("[-1.50,3.0,]", Some(true)),
            ("```json\n[-1.5, 3]\n```", Some(true)),
            ("['-15e-1', ' 3 ']", Some(true)),
            ("[3, -1.5]", Some(false)),
            ("[-1.5]", Some(false)),
            ("[]", Some(false)),
            ("['a', 3]", None),
            ("[[1], 3]", None),
            ("[True, 3]", None),
            ("[-1.5, 3] or so", None),
            ("(-1.5, 3)", None),
            ("-1.5, 3", None),
            ("", None),
        ] {
            assert_eq!(same_numbers(answer, "['-1.50', '3']"), Ok(expect), "{answer}");
        }
        assert_eq!(same_numbers("[ ]", "[]"), Ok(Some(true)));
        assert!(same_numbers("[1]", "1").is_err());
    }

    #[test]
    fn numbers_are_written_plainly() {
        let mut rng = Rng::new("number_list", 0, 0, 0);
        assert_eq!(draw(&mut rng, -0.1, -0.1, 0..=0), "0");
        assert_eq!(draw(&mut rng, -0.126, -0.126, 2..=2), "-0.13");
        assert_eq!(list_of_strings(&["1".to_owned(), "-2.0".to_owned()]), "['1', '-2.0']");
    }
}
