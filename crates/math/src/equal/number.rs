//! Numbers: exactly, by enclosures, and by separation bounds.

use super::complex::Complex;
use super::enclose::Enclosure;
use super::field::Field;
use super::modular::Modular;
use super::{Decision, Enclosed, How, MAX_BITS, Steps, Why, exact, magnitude, separation};
use crate::expr::{Expr, Rational};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

/// To how many bits beyond the smallest value on the way two numbers must agree to count as equal numerically.
const AGREEMENT: i64 = 256;

/// The same for those whose equality is an identity already.
const CONFIRMATION: i64 = 40;

/// A decision that needs no more thought.
pub(super) fn exactly(equal: bool, how: How) -> Decision {
    if equal { Decision::Equal(how) } else { Decision::Different(how) }
}

/// Compares two expressions without symbols.
pub(super) fn compare(one: &Expr, two: &Expr, steps: &mut Steps) -> Result<Decision, Why> {
    match exact::value(one, steps) {
        Err(exact::Stop::Undefined) => return Err(Why::NoValue),
        Err(_) => {}
        Ok(first) => match exact::value(two, steps) {
            Err(exact::Stop::Undefined) => return Err(Why::NoValue),
            Err(_) => {}
            Ok(second) => {
                let how = if first.is_real() && second.is_real() { How::Rational } else { How::GaussianRational };
                return Ok(exactly(first == second, how));
            }
        },
    }
    by_enclosures(one, two, steps)
}

/// Values and their difference at one precision.
struct Look {
    difference: Complex,
    smallest: i64,
}

fn look(one: &Expr, two: &Expr, bits: u64, steps: &mut Steps) -> Result<Look, Why> {
    let mut enclosure = Enclosure::new(bits, &[], steps);
    let (first, second) = (enclosure.value(one)?, enclosure.value(two)?);
    Ok(Look { difference: first.sub(&second, bits), smallest: enclosure.smallest })
}

fn by_enclosures(one: &Expr, two: &Expr, steps: &mut Steps) -> Result<Decision, Why> {
    let mut bits = 64;
    let first = look(one, two, bits, steps)?;
    if first.difference.excludes_zero() {
        return Ok(Decision::Different(How::Separated { bits }));
    }
    if !first.difference.is_known() && magnitude::are_apart(one, two, steps)? {
        return Ok(Decision::Different(How::Separated { bits: magnitude::bits() }));
    }
    let separation = separation::bits(one, two, steps)?.filter(|bits| *bits < MAX_BITS - 256);
    let identity = separation.is_none() && is_identity(one, two, steps)?;
    let mut last = first;
    let mut before = None;
    loop {
        let mut missing = None;
        if let Some(top) = last.difference.is_known().then(|| last.difference.above().top().unwrap_or(i64::MIN)) {
            if let Some(separation) = separation.filter(|_| bits < MAX_BITS) {
                let lacking = top.saturating_add(separation as i64 + 2);
                if lacking <= 0 {
                    return Ok(Decision::Equal(How::Algebraic { bits }));
                }
                missing = Some(lacking);
            } else {
                // Functions of a small number may agree to a few powers of it.
                let wanted = if identity { last.smallest - CONFIRMATION } else { last.smallest.saturating_mul(4) - AGREEMENT };
                if top <= wanted {
                    return Ok(Decision::Equal(if identity { How::Identity { bits } } else { How::Numerically { bits } }));
                }
                missing = Some(top - wanted);
            }
        }
        if bits >= MAX_BITS {
            return Err(if last.difference.is_known() { Why::Precision } else { Why::NoValue });
        }
        bits = match missing {
            // More bits did not help: something on the way is known to so many and no more.
            Some(missing) if before.is_some_and(|before: i64| missing > before - 16) => return Err(Why::Precision),
            Some(missing) => bits.saturating_add(missing as u64 + 24),
            None => 2 * bits,
        }
        .max(bits + 32)
        .min(MAX_BITS);
        before = missing;
        last = look(one, two, bits, steps)?;
        if last.difference.excludes_zero() {
            return Ok(Decision::Different(How::Separated { bits }));
        }
    }
}

/// Whether they have equal residues in both fields.
pub(super) fn is_identity(one: &Expr, two: &Expr, steps: &mut Steps) -> Result<bool, Why> {
    for field in Field::BOTH {
        let mut modular = Modular::new(field, steps);
        let Ok(first) = modular.value(one) else { return Ok(false) };
        if modular.value(two) != Ok(first) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Which is larger of two real numbers.
pub(super) fn order(one: &Expr, two: &Expr, steps: &mut Steps) -> Result<Ordering, Why> {
    if let (Ok(first), Ok(second)) = (exact::value(one, steps), exact::value(two, steps)) {
        return first.into_rational().zip(second.into_rational()).map(|(first, second)| first.cmp(&second)).ok_or(Why::NotReal);
    }
    let mut bits = 64;
    while bits <= MAX_BITS {
        let Look { difference, .. } = look(one, two, bits, steps)?;
        if difference.im.excludes_zero() {
            return Err(Why::NotReal);
        }
        // The roots of unity, say, may leave an imaginary part that is zero and not known to be.
        if let Some(order) = difference.re.sign().filter(|order| *order != Ordering::Equal) {
            let small = difference.im.above().top().is_none_or(|top| top < -40);
            if small || difference.is_real() {
                return Ok(order);
            }
        }
        if bits >= 128 && compare(one, two, steps)?.is_equal() {
            return Ok(Ordering::Equal);
        }
        bits *= 2;
    }
    Err(Why::Precision)
}

/// A real enclosure of a number, of at least so many bits if its digits allow that.
fn real(expr: &Expr, bits: u64, steps: &mut Steps) -> Result<(Rational, Rational), Why> {
    let Enclosed { re, im } = enclose(expr, bits, steps)?;
    let reach = Rational::new(BigInt::one(), BigInt::one() << 40);
    if im.0.is_positive() || im.1.is_negative() || &im.1 - &im.0 > reach { Err(Why::NotReal) } else { Ok(re) }
}

pub(super) fn enclose(expr: &Expr, bits: u64, steps: &mut Steps) -> Result<Enclosed, Why> {
    let mut working = bits + 32;
    loop {
        let value = Enclosure::new(working, &[], steps).value(expr)?;
        let good = |part: &super::real::Real| {
            part.radius.top().is_none_or(|error| error <= part.top().max(-(bits as i64)) - bits as i64)
                || part.middle.is_zero() && part.is_exact()
        };
        let enough = value.is_known() && good(&value.re) && good(&value.im);
        if enough || working >= MAX_BITS {
            if !value.is_known() {
                return Err(Why::NoValue);
            }
            let ends = |part: &super::real::Real| part.ends().map(|(high, low)| (low, high)).ok_or(Why::TooLarge);
            return Ok(Enclosed { re: ends(&value.re)?, im: ends(&value.im)? });
        }
        working = (2 * working).min(MAX_BITS);
    }
}

/// A power of ten of moderate size.
fn power_of_ten(exponent: i32) -> Result<Rational, Why> {
    const LARGEST: u32 = 20_000;
    if exponent.unsigned_abs() > LARGEST {
        return Err(Why::TooLarge);
    }
    let power = BigInt::from(10).pow(exponent.unsigned_abs());
    Ok(if exponent < 0 { Rational::new_raw(BigInt::one(), power) } else { Rational::from_integer(power) })
}

pub(super) fn rounds_to(expr: &Expr, decimal: &Rational, places: i32, steps: &mut Steps) -> Result<Decision, Why> {
    // Long numbers are few, and pay for the powers of ten.
    steps.spend(50 + u64::from(places.unsigned_abs()) / 2)?;
    let unit = power_of_ten(places.checked_neg().ok_or(Why::TooLarge)?)?;
    let near = |value: &Rational| {
        // Twice the distance is at most a unit; products only, as reducing long fractions takes time.
        let distance = (value.numer() * decimal.denom() - decimal.numer() * value.denom()).abs();
        distance * unit.denom() * 2 <= unit.numer() * value.denom() * decimal.denom()
    };
    if let Expr::Number(value) = expr {
        return Ok(exactly(near(value), How::Rounding));
    }
    let half = &unit / BigInt::from(2);
    let (low, high) = (decimal - &half, decimal + &half);
    // Mostly a short enclosure says enough.
    if let Ok((bottom, top)) = real(expr, 64, steps) {
        if low <= bottom && top <= high {
            return Ok(Decision::Equal(How::Rounding));
        }
        if high < bottom || top < low {
            return Ok(Decision::Different(How::Rounding));
        }
    }
    if let Ok(value) = exact::value(expr, steps) {
        return Ok(exactly(near(&value.into_rational().ok_or(Why::NotReal)?), How::Rounding));
    }
    let mut bits = 64;
    loop {
        let (bottom, top) = real(expr, bits, steps)?;
        if low <= bottom && top <= high {
            return Ok(Decision::Equal(How::Rounding));
        }
        if high < bottom || top < low {
            return Ok(Decision::Different(How::Rounding));
        }
        if bits >= MAX_BITS / 2 {
            // It may be one of the ends.
            let is_end = |end: &Rational, steps: &mut Steps| compare(expr, &Expr::Number(end.clone()), steps).is_ok_and(Decision::is_equal);
            return if is_end(&low, steps) || is_end(&high, steps) { Ok(Decision::Equal(How::Rounding)) } else { Err(Why::Precision) };
        }
        bits *= 2;
    }
}

pub(super) fn round_to_digits(expr: &Expr, significant: u32, steps: &mut Steps) -> Result<Rational, Why> {
    let significant = i64::from(significant.clamp(1, 500));
    steps.spend(200 + significant as u64)?;
    let rounded = |value: &Rational| -> Result<Rational, Why> {
        if value.is_zero() {
            return Ok(value.clone());
        }
        // The number of digits before the point, off by one at most, is known from the bits.
        let bits = value.numer().bits() as i64 - value.denom().bits() as i64;
        let mut digits = (bits * 30_103).div_euclid(100_000);
        let ten = |exponent: i64| power_of_ten(i32::try_from(exponent).map_err(|_| Why::TooLarge)?);
        let size = value.abs();
        while size < ten(digits - 1)? {
            digits -= 1;
        }
        while size >= ten(digits)? {
            digits += 1;
        }
        let unit = ten(digits - significant)?;
        let count = (size / &unit + Rational::new(1.into(), 2.into())).floor();
        Ok(if value.is_negative() { -(count * unit) } else { count * unit })
    };
    if let Ok(value) = exact::value(expr, steps) {
        let value = value.into_rational().ok_or(Why::NotReal)?;
        steps.spend((value.numer().bits() + value.denom().bits()).pow(2) / 64)?;
        return rounded(&value);
    }
    let mut bits = 64 + 4 * significant as u64;
    while bits <= MAX_BITS {
        let (low, high) = real(expr, bits, steps)?;
        steps.spend(bits * 8)?;
        let (low, high) = (rounded(&low)?, rounded(&high)?);
        if low == high {
            return Ok(low);
        }
        bits *= 2;
    }
    Err(Why::Precision)
}
