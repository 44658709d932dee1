//! Python's `int()`, `float()` and `repr(float)`.

use super::text::{digit, strip};
use num_bigint::BigInt;

/// The longest text of digits that Python 3.11 converts.
const MAX_DIGITS: usize = 4300;

/// `int(text)`: white space around, a sign, digits of any script, single underscores between them.
pub(crate) fn int(text: &str) -> Option<BigInt> {
    let text = strip(text);
    // Rust reads small numbers without underscores alike, and much faster.
    if text.len() < 20
        && let Ok(small) = text.parse::<i64>()
    {
        return Some(small.into());
    }
    let text = plain_digits(text)?;
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    if digits.is_empty() || digits.len() > MAX_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// `float(text)`: as [`int`], with a point, an exponent, `inf`, `infinity` and `nan` in any case.
pub(crate) fn float(text: &str) -> Option<f64> {
    // Rust reads the same forms, without underscores and other scripts' digits.
    plain_digits(strip(text))?.parse().ok()
}

/// The text with ASCII digits and without the underscores that may stand between two digits.
pub(super) fn plain_digits(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut after_digit = false;
    while let Some(char) = chars.next() {
        if char == '_' {
            if !after_digit || chars.peek().copied().and_then(digit).is_none() {
                return None;
            }
            continue;
        }
        let value = digit(char);
        after_digit = value.is_some();
        plain.push(value.map_or(char, |value| char::from(b'0' + value as u8)));
    }
    Some(plain)
}

/// `repr(value)`: the shortest digits that read back as the same number, an exponent below 1e-4 and from 1e16.
pub(crate) fn repr_float(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "nan".to_owned()
        } else if value > 0.0 {
            "inf".to_owned()
        } else {
            "-inf".to_owned()
        };
    }
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').expect("the format has an exponent");
        let (sign, digits) = exponent.strip_prefix('-').map_or(("+", exponent), |digits| ("-", digits));
        return format!("{mantissa}e{sign}{digits:0>2}");
    }
    format!("{value:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_python_reads_them() {
        for (text, value) in [(" 12\n", Some(12)), ("+1_000", Some(1000)), ("٣", Some(3)), ("-0", Some(0)), ("007", Some(7))] {
            assert_eq!(int(text), value.map(BigInt::from), "{text}");
        }
        for bad in ["", "1__0", "_1", "1_", "1.0", "0x10", "+", "1 2", "--1"] {
            assert_eq!(int(bad), None, "{bad}");
        }
        for (text, value) in [("1e3", 1000.0), (" .5 ", 0.5), ("1_0.2_5", 10.25), ("-INF", f64::NEG_INFINITY), ("5.", 5.0)] {
            assert_eq!(float(text), Some(value), "{text}");
        }
        for bad in ["", ".", "1e", "1_.0", "0x1", "1,000", "e5"] {
            assert_eq!(float(bad), None, "{bad}");
        }
    }

    #[test]
    fn floats_print_as_python_prints_them() {
        for (value, text) in [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (1.5e-7, "1.5e-07"),
            (1e100, "1e+100"),
            (9999999999999998.0, "9999999999999998.0"),
        ] {
            assert_eq!(repr_float(value), text);
        }
    }
}
