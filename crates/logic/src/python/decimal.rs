//! Python's `decimal.Decimal`, as far as comparing, rounding and writing need it.

use super::number::plain_digits;
use super::text::strip;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Signed;
use std::fmt;

/// A decimal number of any length, kept so that equal numbers are equal: no zeros at either end of its digits. The default is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    /// Significant digits; empty for zero.
    digits: String,
    /// Power of ten of the last digit.
    exponent: i64,
}

/// Where a number goes that lies in the middle of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    /// To the one whose last digit is even.
    Even,
    /// Away from zero.
    Up,
}

/// How many digits a comparison by difference looks at. Solutions have far fewer.
const MAX_SPAN: i64 = 10_000;

impl Decimal {
    fn new(negative: bool, digits: &str, exponent: i64) -> Self {
        let significant = digits.trim_start_matches('0');
        let digits = significant.trim_end_matches('0');
        if digits.is_empty() {
            return Self { negative: false, digits: String::new(), exponent: 0 };
        }
        Self { negative, digits: digits.to_owned(), exponent: exponent + (significant.len() - digits.len()) as i64 }
    }

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
        Some(Self::new(negative, &format!("{whole}{fraction}"), exponent - fraction.len() as i64))
    }

    /// A quotient, rounded to significant digits, halves up.
    ///
    /// # Panics
    /// If the denominator is zero.
    pub(crate) fn quotient(numerator: &BigInt, denominator: &BigInt, digits: usize) -> Self {
        // The integer quotient has digits to spare, and one more stands for all that follow.
        let shift = digits as u64 + 2 + denominator.bits() / 3;
        let (quotient, rest) = (numerator.abs() * BigInt::from(10).pow(shift as u32)).div_rem(&denominator.abs());
        let sticky = if rest == BigInt::ZERO { "0" } else { "1" };
        let negative = numerator.is_negative() != denominator.is_negative();
        Self::new(negative, &format!("{quotient}{sticky}"), -(shift as i64) - 1).rounded(digits, Half::Up)
    }

    /// How many significant digits it has, 0 for zero.
    pub(crate) fn significant(&self) -> usize {
        self.digits.len()
    }

    /// The power of ten of the first digit; `None` for zero.
    pub(crate) fn magnitude(&self) -> Option<i64> {
        (!self.digits.is_empty()).then(|| self.top() - 1)
    }

    /// The power of ten above the first digit.
    fn top(&self) -> i64 {
        self.exponent + self.digits.len() as i64
    }

    /// Rounded to at most `count` significant digits.
    pub(crate) fn rounded(&self, count: usize, half: Half) -> Self {
        if self.digits.len() <= count {
            return self.clone();
        }
        let (kept, rest) = self.digits.split_at(count);
        let exponent = self.exponent + rest.len() as i64;
        let odd = kept.bytes().last().is_some_and(|digit| digit % 2 == 1);
        // There are no zeros at the end, so more digits behind a 5 mean more than half.
        let up = rest > "5" || rest == "5" && (half == Half::Up || odd);
        if !up {
            return Self::new(self.negative, kept, exponent);
        }
        match kept.rfind(|digit| digit != '9') {
            Some(at) => {
                let next = char::from(kept.as_bytes()[at] + 1);
                Self::new(self.negative, &format!("{}{next}", &kept[..at]), exponent + (count - at - 1) as i64)
            }
            None => Self::new(self.negative, "1", exponent + count as i64),
        }
    }

    /// Whether the two differ by at most `limit`, exactly, however many digits this one has.
    pub(crate) fn is_near(&self, other: &Self, limit: &Self) -> bool {
        let (top, low) = (other.top().max(limit.top()), other.exponent.min(limit.exponent));
        if self == other {
            return true;
        }
        if self.magnitude().is_some_and(|magnitude| magnitude > top) || top - low > MAX_SPAN {
            return false;
        }
        (self.units(low - 1) - other.units(low - 1)).abs() <= limit.units(low - 1)
    }

    /// The value in units of a power of ten. A last 1 stands for digits below it, so that what lies between two larger units still does.
    fn units(&self, exponent: i64) -> BigInt {
        let shift = self.exponent - exponent;
        let kept = (self.digits.len() as i64 + shift.min(0)).max(0) as usize;
        let mut digits = self.digits[..kept].to_owned();
        if kept < self.digits.len() && !digits.ends_with(|digit| digit > '0') {
            digits.pop();
            digits.push('1');
        }
        digits.extend(std::iter::repeat_n('0', shift.max(0) as usize));
        let size: BigInt = if digits.is_empty() { BigInt::ZERO } else { digits.parse().expect("only digits") };
        if self.negative { -size } else { size }
    }

    /// Rounded, in scientific notation with this many digits before the exponent, which has a sign: `1.20e+3`.
    pub(crate) fn scientific(&self, digits: usize) -> String {
        let rounded = self.rounded(digits, Half::Up);
        let padded = format!("{:0<digits$}", rounded.digits);
        let (first, rest) = padded.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        format!("{}{first}{point}{rest}e{:+}", if rounded.negative { "-" } else { "" }, rounded.magnitude().unwrap_or(0))
    }
}

/// Without an exponent.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let Self { digits, exponent, .. } = self;
        if digits.is_empty() {
            return f.write_str("0");
        }
        if *exponent >= 0 {
            return write!(f, "{sign}{digits}{}", "0".repeat(*exponent as usize));
        }
        match self.top() {
            top @ 1.. => write!(f, "{sign}{}.{}", &digits[..top as usize], &digits[top as usize..]),
            top => write!(f, "{sign}0.{}{digits}", "0".repeat(-top as usize)),
        }
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

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn rounding_keeps_significant_digits() {
        for (text, even, up) in [
            ("1234", "1230", "1230"),
            ("1235.0001", "1240", "1240"),
            ("1225", "1220", "1230"),
            ("1215", "1220", "1220"),
            ("0.009996", "0.01", "0.01"),
            ("-99950", "-100000", "-100000"),
            ("19.95", "20", "20"),
            ("7", "7", "7"),
            ("0", "0", "0"),
        ] {
            assert_eq!(decimal(text).rounded(3, Half::Even).to_string(), even, "{text}");
            assert_eq!(decimal(text).rounded(3, Half::Up).to_string(), up, "{text}");
        }
    }

    #[test]
    fn quotients_are_rounded_once() {
        for (numerator, denominator, text) in
            [(2, 3, "0.6667"), (-1, 8, "-0.125"), (1, 80_000, "0.0000125"), (123_450, 1, "123500"), (0, 7, "0")]
        {
            assert_eq!(Decimal::quotient(&numerator.into(), &denominator.into(), 4).to_string(), text);
        }
        for (text, scientific) in [("12345", "1.23e+4"), ("-0.0002", "-2.00e-4"), ("9.999", "1.00e+1"), ("1", "1.00e+0")] {
            assert_eq!(decimal(text).scientific(3), scientific);
        }
    }

    #[test]
    fn near_is_exact() {
        let long = format!("1.001{}1", "0".repeat(60_000));
        for (text, near) in [
            ("1", true),
            ("1.001", true),
            ("0.999", true),
            ("1.0010001", false),
            ("1.00099999999999999999", true),
            (long.as_str(), false),
            ("0.99899999999999999", false),
            ("-1", false),
            ("1e400", false),
            ("1e-400", false),
        ] {
            assert_eq!(decimal(text).is_near(&decimal("1"), &decimal("1e-3")), near, "{text:.30}");
        }
        assert!(decimal("1e-400").is_near(&decimal("0"), &decimal("1e-3")));
        assert!(!decimal("1").is_near(&decimal("0"), &decimal("0")));
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
