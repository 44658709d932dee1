//! Word problems of school arithmetic with changing names and numbers, after GSM-Symbolic. They are only scored here.

use crate::python::{digit, float};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, scoring};
use regex::Regex;
use std::sync::LazyLock;

pub(crate) struct GsmSymbolic;

impl Puzzle for GsmSymbolic {
    fn name(&self) -> &'static str {
        "gsm_symbolic"
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Solve a word problem of school arithmetic."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the answer is a number alone: upstream takes the first number of a text, without its sign or what follows a comma",
            "a dollar sign may stand before it",
            "a wrong number earns nothing instead of 0.01",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        if mode.is_parity() {
            return parity(answer, gold);
        }
        let amount = answer.trim().strip_prefix('$').unwrap_or(answer);
        Ok(scoring::number(Some(amount), gold, mode))
    }
}

fn parity(answer: &str, gold: &str) -> Result<Grade, InvalidEntry> {
    let gold = float(gold).ok_or_else(|| InvalidEntry::new("answer", "not a number"))?;
    let Some(first) = first_number(answer) else { return Ok(Grade::unreadable("no number")) };
    Ok(Grade::of(if float(first) == Some(gold) { 1.0 } else { 0.01 }))
}

/// What Python's `re.search(r"\b-?\d+(?:\.\d+)?\b", text)` finds. A minus sign only counts behind a letter or digit, where the pattern's first boundary is.
fn first_number(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(start) = text[from..].find(is_digit).map(|at| from + at) {
        let end = end_of_digits(text, start);
        let before = text[..start].strip_suffix('-').filter(|before| ends_in_word(before)).unwrap_or(&text[..start]);
        let signed = before.len() < start;
        let stands_alone = signed || !ends_in_word(before);
        if let Some(end) = end_of_number(text, end).filter(|_| stands_alone) {
            return Some(&text[before.len()..end]);
        }
        from = end;
    }
    None
}

/// The end of a number whose whole part ends here, with its fraction if one follows; `None` if a word goes on behind it.
fn end_of_number(text: &str, whole: usize) -> Option<usize> {
    let ends = |end: usize| !text[end..].chars().next().is_some_and(is_word);
    let fraction = text[whole..].starts_with('.').then(|| end_of_digits(text, whole + 1)).filter(|end| *end > whole + 1 && ends(*end));
    fraction.or_else(|| ends(whole).then_some(whole))
}

fn end_of_digits(text: &str, start: usize) -> usize {
    text[start..].find(|char| !is_digit(char)).map_or(text.len(), |at| start + at)
}

fn is_digit(char: char) -> bool {
    digit(char).is_some()
}

fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_word)
}

/// Python's `\w`: letters, numbers of any kind, and the underscore, but no marks.
fn is_word(char: char) -> bool {
    static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]").expect("a valid pattern"));
    if char.is_ascii() { char.is_ascii_alphanumeric() || char == '_' } else { WORD.is_match(char.encode_utf8(&mut [0; 4])) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&GsmSymbolic);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [
            ("1200", 1.0, 1.0),
            (" 1,200.0", 0.01, 1.0),
            ("$1200.00", 1.0, 1.0),
            ("1200 apples, not 7", 1.0, 0.0),
            ("-1200", 1.0, 0.0),
            ("7 1200", 0.01, 0.0),
            ("none", 0.0, 0.0),
        ] {
            check::score(&GsmSymbolic, answer, "1200", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn the_first_number_is_pythons() {
        for (text, number) in [
            ("a-5", Some("-5")),
            ("x -5", Some("5")),
            ("x5 6", Some("6")),
            ("1.5a 2", Some("1")),
            ("12.5.7", Some("12.5")),
            ("3a.4", Some("4")),
            ("5_ 7.", Some("7")),
            ("½3 é4 x\u{301}5", Some("5")),
            ("٣.٤", Some("٣.٤")),
            ("a--5", Some("5")),
            ("12a", None),
        ] {
            assert_eq!(first_number(text), number, "{text}");
        }
    }
}
