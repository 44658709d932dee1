//! Lists of decimal numbers: how puzzles draw and write them, and how answers are read, whatever way they are written.

use crate::python::{self, Decimal, Value};
use crate::rng::Rng;
use std::ops::RangeInclusive;

/// The numbers of a Python or JSON list, whose items are numbers or strings that hold one. A Markdown fence may stand around it.
pub(crate) fn numbers(text: &str) -> Option<Vec<Decimal>> {
    let read = python::literal(python::strip(python::unfenced(text)))?;
    read.as_list()?.iter().map(number).collect()
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
        let gold = numbers("['-1.50', '3']");
        assert!(gold.is_some());
        for same in ["[\"-1.5\", \"3.0\"]", " [-1.5, 3] ", "[-1.50,3.0,]", "```json\n[-1.5, 3]\n```", "['-15e-1', ' 3 ']"] {
            assert_eq!(numbers(same), gold, "{same}");
        }
        for bad in ["", "-1.5, 3", "(-1.5, 3)", "[-1.5, 3] or so", "['a']", "[[1]]", "[True]", "['']"] {
            assert_eq!(numbers(bad), None, "{bad}");
        }
        let mut rng = Rng::new("number_list", 0, 0, 0);
        assert_eq!(draw(&mut rng, -0.1, -0.1, 0..=0), "0");
        assert_eq!(draw(&mut rng, -0.126, -0.126, 2..=2), "-0.13");
        assert_ne!(numbers("[3, -1.5]"), gold);
        assert_eq!(numbers("[]"), Some(Vec::new()));
        assert_eq!(list_of_strings(&["1".to_owned(), "-2.0".to_owned()]), "['1', '-2.0']");
    }
}
