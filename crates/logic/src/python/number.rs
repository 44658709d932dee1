//! Python's `int()`, `float()` and `repr(float)`.

use super::text::{digit, strip};
use num_bigint::BigInt;

/// The longest text of digits that Python 3.11 converts.
const MAX_DIGITS: usize = 4300;

/// `int(text)`: white space around, a sign, digits of any script, single underscores between them.
pub(crate) fn int(text: &str) -> Option<BigInt> {
    let text = strip(text);
    // Nearly all numbers are short; both languages read these alike.
    if text.len() < 19
        && let Ok(value) = text.parse::<i64>()
    {
        return Some(value.into());
    }
    let text = plain_digits(text)?;
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    if digits.is_empty() || digits.len() > MAX_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// `int(text, 0)`: as [`int`], with a prefix `0x`, `0o` or `0b` in any case, which an underscore may follow; without one, no zero may lead.
pub(crate) fn int_of_any_base(text: &str) -> Option<BigInt> {
    let text = strip(text);
    let (negative, text) = text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |rest| (true, rest));
    let text: String = text.chars().map(|char| digit(char).map_or(char, |value| char::from(b'0' + value as u8))).collect();
    let radix = match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => 10,
    };
    let body = if radix == 10 { text.as_str() } else { text[2..].strip_prefix('_').unwrap_or(&text[2..]) };
    if body.starts_with('_') || body.ends_with('_') || body.contains("__") {
        return None;
    }
    let digits = body.replace('_', "");
    let zero_leads = digits.starts_with('0') && digits.bytes().any(|byte| byte != b'0');
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) || radix == 10 && (zero_leads || digits.len() > MAX_DIGITS) {
        return None;
    }
    let value = BigInt::parse_bytes(digits.as_bytes(), radix)?;
    Some(if negative { -value } else { value })
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

/// `f"{value:.{digits}g}"` for `digits` above 0: so many significant digits, without zeros at the end, an exponent below 1e-4 and from 10^digits.
pub(crate) fn format_g(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return repr_float(value);
    }
    let scientific = format!("{value:.*e}", digits - 1);
    let (mantissa, exponent) = scientific.split_once('e').expect("the format has an exponent");
    let exponent: i32 = exponent.parse().expect("an exponent is an integer");
    let trimmed =
        |text: &str| if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() };
    if (-4..digits as i32).contains(&exponent) {
        let decimals = (digits as i32 - 1 - exponent) as usize;
        return trimmed(&format!("{value:.decimals$}"));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", trimmed(mantissa), exponent.abs())
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
        for (text, value) in [(" -0xFf\n", -255), ("+0b_1_1", 3), ("0O17", 15), ("0_0", 0), ("1_0", 10), ("0x٣", 3)] {
            assert_eq!(int_of_any_base(text), Some(BigInt::from(value)), "{text}");
        }
        for bad in ["", "0x", "0x_", "007", "0_7", "0x1__2", "0b12", "_1", "0xf_", "- 1", "--1", "0x-1", "0xＦ", "ff", "1.0"] {
            assert_eq!(int_of_any_base(bad), None, "{bad}");
        }
        for (text, value) in [("1e3", 1000.0), (" .5 ", 0.5), ("1_0.2_5", 10.25), ("-INF", f64::NEG_INFINITY), ("5.", 5.0)] {
            assert_eq!(float(text), Some(value), "{text}");
        }
        for bad in ["", ".", "1e", "1_.0", "0x1", "1,000", "e5"] {
            assert_eq!(float(bad), None, "{bad}");
        }
    }

    #[test]
    fn significant_digits_print_as_python_prints_them() {
        for (value, digits, text) in [
            (0.375, 10, "0.375"),
            (1.0 / 3.0, 10, "0.3333333333"),
            (0.000_030_517_578_125, 10, "3.051757812e-05"),
            (100_000.0, 3, "1e+05"),
            (0.0, 10, "0"),
            (123_456.0, 6, "123456"),
            (9.9996, 4, "10"),
        ] {
            assert_eq!(format_g(value, digits), text);
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
