//! Python's `fractions.Fraction`, as far as its value as a float is needed.

use super::number::plain_digits;
use super::text::strip;
use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

/// The longest numerator, denominator or power of ten that is read; CPython's own bound on digits.
const MAX_DIGITS: usize = 4300;

/// `float(Fraction(text))`: a decimal number, or two integers with a slash between. `None` where Python raises: no such form, a denominator of 0, or a value beyond a float.
pub(crate) fn fraction(text: &str) -> Option<f64> {
    let text = strip(text);
    let value = match text.split_once('/') {
        Some((numerator, denominator)) => {
            let denominator = unsigned(denominator)?;
            if denominator.is_zero() {
                return None;
            }
            ratio(&signed(numerator)?, &denominator)
        }
        None if text.contains(['n', 'N', 'i', 'I']) => return None,
        // Rust reads decimals as `Fraction` does, and rounds them to the same float.
        None if text.len() <= MAX_DIGITS => plain_digits(text)?.parse().ok()?,
        None => return None,
    };
    value.is_finite().then_some(value)
}

fn signed(text: &str) -> Option<BigInt> {
    match text.strip_prefix('-') {
        Some(rest) => unsigned(rest).map(|value| -value),
        None => unsigned(text.strip_prefix('+').unwrap_or(text)),
    }
}

fn unsigned(text: &str) -> Option<BigInt> {
    let digits = plain_digits(text)?;
    (!digits.is_empty() && digits.len() <= MAX_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// The quotient, rounded once to the nearest float.
fn ratio(numerator: &BigInt, denominator: &BigInt) -> f64 {
    match (numerator.to_i64(), denominator.to_i64()) {
        (Some(top), Some(bottom)) if top.unsigned_abs() < 1 << 53 && bottom < 1 << 53 => top as f64 / bottom as f64,
        _ => {
            // Both sides keep 64 bits more than a float has, so that rounding them changes the result's last bit at most.
            let shift = numerator.bits().max(denominator.bits()).saturating_sub(1000);
            let (top, bottom) = (numerator >> shift, denominator >> shift);
            top.to_f64().unwrap_or(f64::NAN) / bottom.to_f64().unwrap_or(f64::NAN)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_read_as_python_reads_them() {
        for (text, value) in
            [("3/8", 0.375), (" -3/8\n", -0.375), ("0.375", 0.375), ("1e-3", 0.001), ("+7", 7.0), (".5", 0.5), ("1_0/4", 2.5)]
        {
            assert_eq!(fraction(text), Some(value), "{text}");
        }
        for bad in ["", "3 / 8", "3/-8", "1/0", "inf", "nan", "1.5/2", "x", "1e400", "3/8/2"] {
            assert_eq!(fraction(bad), None, "{bad}");
        }
    }
}
