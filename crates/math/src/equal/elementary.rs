//! Exponentials, logarithms, sines and arc tangents of real balls.
//!
//! Arguments are reduced to a small interval, series are summed in whole numbers with more bits than asked for, and halved arguments are squared
//! back.
//! Logarithms and arc tangents start from a double that nobody trusts and enclose what it lacks. Each function costs some tens of products of its
//! precision.

use super::bound::{Bound, MAX_EXPONENT};
use super::constants::{fixed_ln_2, fixed_pi, ln_2, pi};
use super::real::Real;
use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Bits that fixed-point sums have beyond those that are asked for and beyond one for each halving. A sum has fewer than 2^10 terms with at most 4
/// units of
/// error each; squaring doubles an error, and adds less than it, once for each halving. That makes 2^14 units beside the bits for halvings, and
/// leaves the result right to 2^-(bits + 26); 2^-(bits + 8) is claimed.
const GUARD: u64 = 40;

/// How often an argument is halved before its series is summed.
fn halvings(bits: u64) -> u64 {
    4 + bits.isqrt() / 2
}

/// The ball's middle times `2^bits`, cut.
fn fixed(of: &Real, bits: u64) -> BigInt {
    let shift = of.exponent + bits as i64;
    if shift >= 0 { &of.middle << shift } else { &of.middle >> (-shift).min(1 << 24) }
}

/// `value / by`, to the nearest whole number or one beside it.
fn nearest(value: &BigInt, by: &BigInt) -> BigInt {
    let half = by >> 1_u32;
    let (quotient, rest) = (value / by, value % by);
    if rest > half {
        quotient + 1
    } else if -rest > half {
        quotient - 1
    } else {
        quotient
    }
}

pub(super) fn exp(x: &Real, bits: u64) -> Real {
    let top = x.top();
    if !x.is_known() || x.radius.top().is_some_and(|top| top > 0) {
        return Real::unknown();
    }
    if top > 58 {
        // Only how small it is can be said.
        return if x.middle.is_negative() { Real::around_zero(Bound::power_of_two(-MAX_EXPONENT)) } else { Real::unknown() };
    }
    // For |d| <= 1: |exp(x + d) - exp(x)| <= 2 |d| exp(x).
    let relative = x.radius.scaled(1);
    if top < -(bits as i64) {
        let square = x.size().mul(x.size());
        return Real::integer(1).add(&Real { radius: Bound::ZERO, ..x.clone() }, bits).widened(square.add(relative.scaled(1)));
    }
    let halved = halvings(bits);
    let scale = bits + GUARD + halved + top.max(0) as u64;
    let Some(ln_2) = fixed_ln_2(scale) else { return Real::unknown() };
    let fixed = fixed(x, scale);
    let turns = if top < -1 { BigInt::ZERO } else { nearest(&fixed, &ln_2) };
    let Some(exponent) = turns.to_i64() else { return Real::unknown() };
    let reduced = (fixed - turns * ln_2) >> halved;
    let one = BigInt::one() << scale;
    let (mut sum, mut term) = (one.clone(), one);
    for n in 1_u32.. {
        term = ((term * &reduced) >> scale) / n;
        if term.is_zero() || (term.is_negative() && term.magnitude().is_one()) {
            break;
        }
        sum += &term;
    }
    for _ in 0..halved {
        sum = (&sum * &sum) >> scale;
    }
    let own = Bound::power_of_two(-(bits as i64) - 8);
    let result = Real::exact(sum, -(scale as i64));
    let radius = result.size().mul(relative.add(own).add(relative.mul(own)));
    result.widened(radius).scaled(exponent).rounded(bits)
}

/// Sine and cosine.
pub(super) fn sin_cos(x: &Real, bits: u64) -> (Real, Real) {
    let top = x.top();
    // Far from zero all of the argument's bits are turns; too far, they are not looked at.
    if !x.is_known() || x.radius.top().is_some_and(|top| top > 2) || top > 2048 {
        let anything = Real::around_zero(Bound::power_of_two(0));
        return (anything.clone(), anything);
    }
    let point = Real { radius: Bound::ZERO, ..x.clone() };
    if top < -(bits as i64) {
        let square = x.size().mul(x.size());
        let sine = point.rounded(bits).widened(square.mul(x.size()).add(x.radius));
        return (sine, Real::integer(1).widened(square.add(x.radius)));
    }
    let halved = halvings(bits);
    let scale = bits + GUARD + halved + top.unsigned_abs();
    let Some(quarter) = fixed_pi(scale + 1).map(|pi| pi >> 2_u32) else {
        let anything = Real::around_zero(Bound::power_of_two(0));
        return (anything.clone(), anything);
    };
    let fixed = fixed(x, scale);
    let turns = if top < 0 { BigInt::ZERO } else { nearest(&fixed, &quarter) };
    let reduced = (fixed - &turns * quarter) >> halved;
    let (mut sine, mut cosine) = taylor(&reduced, scale);
    for _ in 0..halved {
        let product = (&sine * &cosine) >> (scale - 1);
        cosine = (&cosine * &cosine - &sine * &sine) >> scale;
        sine = product;
    }
    let own = Bound::power_of_two(-(bits as i64) - 8 + top.min(0));
    let ball = |value: BigInt| Real { middle: value, exponent: -(scale as i64), radius: own.add(x.radius) }.rounded(bits);
    let low = turns.magnitude().to_u64_digits().first().copied().unwrap_or(0) % 4;
    let low = if turns.is_negative() { (4 - low) % 4 } else { low };
    match low {
        0 => (ball(sine), ball(cosine)),
        1 => (ball(cosine), ball(-sine)),
        2 => (ball(-sine), ball(-cosine)),
        _ => (ball(-cosine), ball(sine)),
    }
}

/// Sine and cosine of a small number, all times `2^scale`.
fn taylor(x: &BigInt, scale: u64) -> (BigInt, BigInt) {
    let square = (x * x) >> scale;
    let one = BigInt::one() << scale;
    let (mut sine, mut cosine) = (x.clone(), one.clone());
    let (mut odd, mut even) = (x.clone(), one);
    for n in 1_u32.. {
        even = -((even * &square) >> scale) / ((2 * n - 1) * (2 * n));
        odd = -((odd * &square) >> scale) / ((2 * n) * (2 * n + 1));
        if even.magnitude().bits() <= 1 && odd.magnitude().bits() <= 1 {
            break;
        }
        cosine += &even;
        sine += &odd;
    }
    (sine, cosine)
}

/// `x - x^2/2 + x^3/3 ..` or `x - x^3/3 + x^5/5 ..`: `step` is 1 or 2. Of `|x| < 1/8`; the error is below the first term that is left out, times 2.
fn alternating(x: &Real, step: u32, bits: u64) -> Real {
    let top = x.above().top().unwrap_or(-2 * MAX_EXPONENT);
    if x.is_zero() {
        return Real::zero();
    }
    if top > -3 {
        return Real::unknown();
    }
    let factor = if step == 1 { x.clone() } else { x.mul(x, bits + 8) };
    let (mut sum, mut power) = (x.clone(), x.clone());
    for n in 1_u32.. {
        power = power.mul(&factor, bits + 8).neg();
        let size = power.above();
        if size.top().is_none_or(|small| small < top - bits as i64 - 4) {
            return sum.widened(size.scaled(1));
        }
        sum = sum.add(&power.div(&Real::integer(i64::from(step * n + 1)), bits + 8), bits + 8);
    }
    sum
}

/// The logarithm of a positive number; unknown of others.
pub(super) fn log(x: &Real, bits: u64) -> Real {
    // Half of the middle must be beyond the error.
    if !x.radius.scaled(1).is_below(&x.middle, x.exponent) || x.middle.is_negative() {
        return Real::unknown();
    }
    let (mut fraction, mut exponent) = x.rough();
    if fraction < 0.75 {
        fraction *= 2.0;
        exponent -= 1;
    }
    let point = Real { radius: Bound::ZERO, ..x.clone() }.scaled(-exponent);
    let more = bits + 16;
    let start = if (fraction - 1.0).abs() < 1e-4 { Real::zero() } else { Real::double(fraction.ln()) };
    let ratio = if start.is_zero() { point } else { point.rounded(more).mul(&exp(&start.clone().neg(), more), more) };
    let rest = alternating(&ratio.sub(&Real::integer(1), more), 1, more);
    let turns = ln_2(more + 64).times(exponent, more);
    // |log(x + d) - log(x)| <= 2 |d| / x for |d| <= x/2.
    let error = x.radius.div(&x.middle, x.exponent).scaled(1);
    rest.add(&start, more).add(&turns, more).widened(error).rounded(bits)
}

/// The arc tangent.
pub(super) fn atan(x: &Real, bits: u64) -> Real {
    if !x.is_known() {
        return Real::around_zero(Bound::power_of_two(1));
    }
    if x.middle.is_zero() {
        return x.clone();
    }
    let more = bits + 16;
    let point = Real { radius: Bound::ZERO, ..x.clone() };
    if x.top() > 1 {
        let quarter = pi(more).scaled(-1);
        let quarter = if x.middle.is_negative() { quarter.neg() } else { quarter };
        return quarter.sub(&atan(&Real::integer(1).div(&point, more), more), bits).widened(x.radius);
    }
    if x.top() < -12 {
        return alternating(&point, 2, more).widened(x.radius).rounded(bits);
    }
    let (fraction, exponent) = x.rough();
    let start = Real::double((fraction * 2_f64.powi(exponent as i32)).atan());
    let (sine, cosine) = sin_cos(&start, more);
    let over = point.mul(&cosine, more).sub(&sine, more);
    let under = point.mul(&sine, more).add(&cosine, more);
    alternating(&over.div(&under, more), 2, more).add(&start, more).widened(x.radius).rounded(bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Rational;

    /// Digits of the value, cut from mpmath 1.x's at 60 digits.
    #[track_caller]
    fn check(ball: &Real, digits: &str) {
        let (whole, part) = digits.split_once('.').unwrap();
        let value = Rational::new(format!("{whole}{part}").parse().unwrap(), BigInt::from(10).pow(part.len() as u32));
        let unit = Rational::new(1.into(), BigInt::from(10).pow(part.len() as u32));
        let (high, low) = ball.ends().unwrap();
        assert!(low <= &value + &unit && &value - &unit <= high, "{ball:?} is not {digits}");
        assert!(high - low < unit, "{ball:?} is wide");
    }

    fn rational(over: i64, under: i64) -> Real {
        Real { radius: Bound::ZERO, ..Real::rational(&Rational::new(over.into(), under.into()), 300) }
    }

    #[test]
    fn values_are_enclosed() {
        for bits in [128, 160, 256] {
            check(&exp(&rational(1, 1), bits), "2.718281828459045235360287471352662");
            check(&exp(&Real::rational(&Rational::new((-7).into(), 3.into()), 300), bits), "0.096971967864405062809906659298370");
            check(&exp(&rational(20, 1), bits), "485165195.409790277969106830541540");
            check(&log(&rational(2, 1), bits), "0.693147180559945309417232121458176");
            check(&log(&rational(10, 1), bits), "2.302585092994045684017991454684364");
            check(&sin_cos(&rational(1, 1), bits).0, "0.841470984807896506652502321630298");
            check(&sin_cos(&rational(1, 1), bits).1, "0.540302305868139717400936607442976");
            check(&atan(&rational(1, 1), bits), "0.785398163397448309615660845819875");
            check(&atan(&rational(-3, 1), bits), "-1.249045772398254425829917077281090");
        }
    }

    #[test]
    fn functions_are_inverse_at_every_precision_and_size() {
        for bits in [64, 100, 256, 700, 2048] {
            for x in [
                rational(3, 7),
                rational(355, 113),
                rational(1, 1_000_003),
                rational(999_999, 1_000_000),
                Real::exact(1.into(), -300),
                Real::exact(3.into(), 40),
            ] {
                let near = |value: &Real, what: &str| {
                    let apart = value.sub(&x, bits);
                    assert!(!apart.excludes_zero(), "{what} of {x:?}");
                    let top = apart.above().top().unwrap_or(-99_999);
                    assert!(top < x.top() + 60 - bits as i64 + x.top().abs().min(300), "{what} of {x:?} at {bits}: 2^{top}");
                };
                near(&exp(&log(&x, bits + 30), bits), "exp(log)");
                if x.top() < 3 {
                    near(&log(&exp(&x, bits + 30), bits), "log(exp)");
                }
                let tangent = |y: &Real| {
                    let (sine, cosine) = sin_cos(y, bits + 30);
                    sine.div(&cosine, bits + 30)
                };
                if x.top() < 10 {
                    near(&tangent(&atan(&x, bits + 30)), "tan(atan)");
                }
                let (sine, cosine) = sin_cos(&x, bits);
                let one = sine.mul(&sine, bits).add(&cosine.mul(&cosine, bits), bits).sub(&Real::integer(1), bits);
                assert!(!one.excludes_zero() && one.above().top().unwrap() < 10 - bits as i64, "{x:?}");
            }
        }
    }

    #[test]
    fn extremes_end() {
        let huge = Real::exact(1.into(), 1 << 58);
        assert!(!exp(&huge, 64).is_known());
        assert!(exp(&huge.clone().neg(), 64).is_known());
        assert_eq!(sin_cos(&huge, 64).0.above().top(), Some(1));
        assert!(log(&huge, 64).is_apart(&log(&huge.clone().scaled(1), 64), 64));
        assert!(!log(&Real::integer(-1), 64).is_known());
        assert!(atan(&huge, 64).is_known());
        let wide = Real::integer(1).widened(Bound::power_of_two(3));
        assert!(!exp(&wide, 64).is_known() && !log(&wide, 64).is_known());
    }
}
