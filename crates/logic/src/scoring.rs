//! Scores that many puzzles share. Each gives upstream's score in parity, and no credit for merely containing the solution in strict.

use crate::python::{Decimal, strip};
use crate::{Grade, Mode};

/// For solutions with one form. Parity is upstream's default scorer: equal, or the solution's share of an answer that contains it. Strict ignores white space
/// around the answer, and differing white space at the ends of lines.
pub(crate) fn text(answer: Option<&str>, gold: &str, mode: Mode) -> Grade {
    let Some(answer) = answer else { return Grade::missing() };
    match mode {
        Mode::Parity => Grade::of(substring(answer, gold)),
        Mode::Strict => Grade::binary(same_text(answer, gold)),
    }
}

/// For solutions that are one number: as [`text`], and in strict any way of writing the same number in decimals counts, with commas between thousands.
pub(crate) fn number(answer: Option<&str>, gold: &str, mode: Mode) -> Grade {
    match (mode, answer) {
        (Mode::Strict, Some(answer)) => Grade::binary(same_text(answer, gold) || same_number(answer, gold)),
        _ => text(answer, gold, mode),
    }
}

/// For solutions that are a word such as `Yes`: as [`text`], and in strict its case does not matter.
pub(crate) fn word(answer: Option<&str>, gold: &str, mode: Mode) -> Grade {
    match (mode, answer) {
        (Mode::Strict, Some(answer)) => Grade::binary(strip(answer).to_lowercase() == strip(gold).to_lowercase()),
        _ => text(answer, gold, mode),
    }
}

/// Upstream's `compute_decimal_reward`: equal as decimals, commas ignored, else the share of an answer that contains the solution.
pub(crate) fn decimal(answer: Option<&str>, gold: &str, mode: Mode) -> Grade {
    match (mode, answer) {
        (Mode::Parity, Some(answer)) => {
            let (answer, gold) = (answer.replace(',', ""), gold.replace(',', ""));
            let equal = Decimal::parse(&answer).is_some_and(|value| Decimal::parse(&gold) == Some(value));
            Grade::of(if equal { 1.0 } else { substring(&answer, &gold) })
        }
        _ => number(answer, gold, mode),
    }
}

/// Upstream's default score: 1 when equal, else `len(gold) / len(answer)` if the answer contains the solution.
pub(crate) fn substring(answer: &str, gold: &str) -> f64 {
    if answer.is_empty() || !answer.contains(gold) {
        return 0.0;
    }
    gold.chars().count() as f64 / answer.chars().count() as f64
}

/// Equal up to white space around the whole and at the ends of lines.
pub(crate) fn same_text(answer: &str, gold: &str) -> bool {
    let (answer, gold) = (strip(answer), strip(gold));
    answer == gold || answer.lines().map(str::trim_end).eq(gold.lines().map(str::trim_end))
}

/// Equal as decimal numbers. Commas may stand where they separate thousands.
pub(crate) fn same_number(answer: &str, gold: &str) -> bool {
    let plain = |text: &str| Decimal::parse(&without_thousands(strip(text))?);
    plain(answer).is_some_and(|value| plain(gold) == Some(value))
}

/// The number without the commas between its thousands; `None` if a comma stands elsewhere.
pub(crate) fn without_thousands(text: &str) -> Option<String> {
    let end = text.find(['.', 'e', 'E']).unwrap_or(text.len());
    let (whole, rest) = text.split_at(end);
    let mut groups = whole.split(',');
    let first = groups.next().expect("a split has a first part").trim_start_matches(['+', '-']);
    let commas = whole.contains(',');
    let grouped = !commas
        || (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    (grouped && !rest.contains(',')).then(|| text.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_many_forms() {
        for same in ["1000", "+1000", "1,000", "01000", "1000.00", "1e3", " 1000\n"] {
            assert!(same_number(same, "1000"), "{same}");
        }
        for other in ["1000.1", "10,00", "1,0000", "1000 apples", ",1000", "1000,", ""] {
            assert!(!same_number(other, "1000"), "{other}");
        }
        assert!(same_number("-1,234,567.5", "-1234567.50"));
    }

    #[test]
    fn parity_credits_containing_and_strict_does_not() {
        assert_eq!(text(Some("The answer is 7."), "7", Mode::Parity).score, 1.0 / 16.0);
        assert_eq!(text(Some("The answer is 7."), "7", Mode::Strict).score, 0.0);
        assert_eq!(decimal(Some("+07.0"), "7", Mode::Parity).score, 1.0);
        assert_eq!(text(Some(" 7 \n"), "7", Mode::Strict).score, 1.0);
        assert_eq!(text(Some("a \nb"), "a\nb", Mode::Strict).score, 1.0);
    }
}
