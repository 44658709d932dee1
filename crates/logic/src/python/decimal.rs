//! Python's `decimal.Decimal`, as far as comparing needs it.

use super::number::plain_digits;
use super::text::strip;

/// A decimal number of any length, kept so that equal numbers are equal: no zeros at either end of its digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    /// Significant digits; empty for zero.
    digits: String,
    /// Power of ten of the last digit.
    exponent: i64,
}

impl Decimal {
    /// `Decimal(text)`, except that infinities and NaNs are no numbers.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = plain_digits(&strip(text).replace('_', ""))?;
        let (negative, text) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text.as_str()),
        };
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], exponent(&text[at + 1..])?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let all = format!("{whole}{fraction}");
        let significant = all.trim_start_matches('0');
        let digits = significant.trim_end_matches('0');
        if digits.is_empty() {
            return Some(Self { negative: false, digits: String::new(), exponent: 0 });
        }
        let exponent = exponent - fraction.len() as i64 + (significant.len() - digits.len()) as i64;
        Some(Self { negative, digits: digits.to_owned(), exponent })
    }
}

/// An exponent within the range of Python's module, which is far inside an `i64`.
fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|value: &i64| value.unsigned_abs() < 1_000_000_000_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str) {
        assert!(Decimal::parse(one).is_some(), "{one}");
        assert_eq!(Decimal::parse(one), Decimal::parse(other));
    }

    #[test]
    fn equal_numbers_are_equal() {
        check("+01000.00", "1000");
        check("1e3", "1000");
        check("-0.0", "0");
        check("0e999999", "0");
        check(".5", "0.50");
        check("12.30e-1", "1.23");
        check(" 1_000 ", "1000");
        assert_ne!(Decimal::parse("1"), Decimal::parse("-1"));
        for bad in ["", "-", ".", "1e", "1 2", "inf", "nan", "1e9999999999999999999", "0x1", "1.2.3", "--1"] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }
}
