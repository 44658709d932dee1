//! Real numbers known to lie in an interval: a midpoint of any precision and a bound of the error, after F. Johansson, "Arb: efficient
//! arbitrary-precision midpoint-radius interval arithmetic", IEEE Trans. Computers 66 (2017).
//!
//! No operation fails: where nothing is known of a result, the bound is infinite. Exponents are 64 bits long, and what leaves their range is rounded
//! to zero with a bound or to infinity. Functions beyond the root are in [`super::elementary`].

use super::bound::{Bound, MAX_EXPONENT};
use crate::expr::Rational;
use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// A number within `radius` of `middle * 2^exponent`.
#[derive(Clone, Debug)]
pub(super) struct Real {
    pub(super) middle: BigInt,
    pub(super) exponent: i64,
    pub(super) radius: Bound,
}

impl Real {
    pub(super) fn zero() -> Self {
        Self { middle: BigInt::ZERO, exponent: 0, radius: Bound::ZERO }
    }

    pub(super) fn integer(value: i64) -> Self {
        Self::exact(BigInt::from(value), 0)
    }

    pub(super) fn exact(middle: BigInt, exponent: i64) -> Self {
        Self { middle, exponent, radius: Bound::ZERO }
    }

    /// Zero with an error.
    pub(super) fn around_zero(radius: Bound) -> Self {
        Self { radius, ..Self::zero() }
    }

    /// A number of which nothing is known.
    pub(super) fn unknown() -> Self {
        Self::around_zero(Bound::INFINITE)
    }

    /// A rational number to `bits` bits.
    pub(super) fn rational(value: &Rational, bits: u64) -> Self {
        let over = Self::exact(value.numer().clone(), 0);
        if value.denom().is_one() { over.rounded(bits) } else { over.div(&Self::exact(value.denom().clone(), 0), bits) }
    }

    /// A double, which is a dyadic number.
    pub(super) fn double(value: f64) -> Self {
        let parts = value.to_bits();
        let raw = ((parts >> 52) & 0x7ff) as i64;
        if !value.is_finite() || raw == 0 {
            return Self::zero();
        }
        let size = BigInt::from((parts & ((1 << 52) - 1)) | (1 << 52));
        Self::exact(if value < 0.0 { -size } else { size }, raw - 1075)
    }

    pub(super) fn is_known(&self) -> bool {
        !self.radius.is_infinite()
    }

    pub(super) fn is_zero(&self) -> bool {
        self.middle.is_zero() && self.radius.is_zero()
    }

    pub(super) fn is_exact(&self) -> bool {
        self.radius.is_zero()
    }

    /// The least `k` with a middle below `2^k`; very small for zero.
    pub(super) fn top(&self) -> i64 {
        if self.middle.is_zero() { -2 * MAX_EXPONENT } else { self.exponent + self.middle.bits() as i64 }
    }

    /// Bound of its size.
    pub(super) fn above(&self) -> Bound {
        self.size().add(self.radius)
    }

    /// Bound of the size of the middle.
    pub(super) fn size(&self) -> Bound {
        Bound::above(&self.middle, self.exponent)
    }

    pub(super) fn excludes_zero(&self) -> bool {
        self.radius.is_below(&self.middle, self.exponent)
    }

    /// The sign, if it is certain.
    pub(super) fn sign(&self) -> Option<Ordering> {
        if self.is_zero() {
            return Some(Ordering::Equal);
        }
        self.excludes_zero().then(|| if self.middle.is_positive() { Ordering::Greater } else { Ordering::Less })
    }

    pub(super) fn is_positive(&self) -> bool {
        self.sign() == Some(Ordering::Greater)
    }

    pub(super) fn is_negative(&self) -> bool {
        self.sign() == Some(Ordering::Less)
    }

    /// Without more than `bits` bits of the middle, or than its error leaves.
    pub(super) fn rounded(mut self, bits: u64) -> Self {
        let mut excess = self.middle.bits().saturating_sub(bits);
        // Bits far below the error say nothing.
        if let Some(top) = self.radius.top().filter(|_| self.is_known()) {
            let noise = top - 16 - self.exponent;
            if noise > 32 {
                excess = excess.max((noise as u64).min(self.middle.bits()));
            }
        }
        if excess > 0 {
            self.middle >>= excess;
            self.exponent += excess as i64;
            self.radius = self.radius.add(Bound::power_of_two(self.exponent));
        }
        self.checked()
    }

    /// Within the range of exponents.
    fn checked(self) -> Self {
        if self.middle.is_zero() {
            Self { exponent: 0, ..self }
        } else if !self.is_known() || self.top() > MAX_EXPONENT {
            Self::unknown()
        } else if self.exponent < -MAX_EXPONENT {
            Self::around_zero(self.above().add(Bound::power_of_two(-MAX_EXPONENT)))
        } else {
            self
        }
    }

    pub(super) fn widened(mut self, by: Bound) -> Self {
        self.radius = self.radius.add(by);
        self
    }

    pub(super) fn neg(mut self) -> Self {
        self.middle = -self.middle;
        self
    }

    pub(super) fn abs(mut self) -> Self {
        // The middle of a ball about zero moves by no more than its error.
        if self.middle.is_negative() {
            self.middle = -self.middle;
        }
        self
    }

    /// Times `2^exponent`.
    pub(super) fn scaled(mut self, exponent: i64) -> Self {
        self.exponent = self.exponent.saturating_add(exponent);
        self.radius = self.radius.scaled(exponent);
        self.checked()
    }

    pub(super) fn add(&self, other: &Self, bits: u64) -> Self {
        let radius = self.radius.add(other.radius);
        if self.middle.is_zero() || other.middle.is_zero() {
            let which = if self.middle.is_zero() { other } else { self };
            return Self { radius, ..which.clone() }.rounded(bits);
        }
        let (high, low) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // What lies far below the last bit that is kept becomes error, so that no shift is long.
        let room = bits as i64 + 8;
        for (large, small) in [(high, low), (low, high)] {
            if large.top().saturating_sub(small.top()) > room + 2 && large.exponent - small.exponent > 64
                || large.top() - small.top() > 1 << 20
            {
                return Self { radius: radius.add(small.size()), ..large.clone() }.rounded(bits);
            }
        }
        let middle = if high.exponent == low.exponent {
            &high.middle + &low.middle
        } else {
            (&high.middle << (high.exponent - low.exponent)) + &low.middle
        };
        Self { middle, exponent: low.exponent, radius }.rounded(bits)
    }

    pub(super) fn sub(&self, other: &Self, bits: u64) -> Self {
        self.add(&other.clone().neg(), bits)
    }

    pub(super) fn mul(&self, other: &Self, bits: u64) -> Self {
        if self.is_zero() || other.is_zero() {
            // Nothing is said of zero times infinity: an unknown factor stays unknown.
            return if self.is_known() && other.is_known() { Self::zero() } else { Self::unknown() };
        }
        let radius = if self.is_exact() && other.is_exact() {
            Bound::ZERO
        } else {
            let crossed = self.size().mul(other.radius).add(other.size().mul(self.radius));
            crossed.add(self.radius.mul(other.radius))
        };
        let middle = &self.middle * &other.middle;
        Self { middle, exponent: self.exponent + other.exponent, radius }.rounded(bits)
    }

    pub(super) fn times(&self, factor: i64, bits: u64) -> Self {
        self.mul(&Self::integer(factor), bits)
    }

    /// Unknown where the divisor may be zero, or its error is above a quarter of it.
    pub(super) fn div(&self, by: &Self, bits: u64) -> Self {
        let near = !by.radius.scaled(2).is_below(&by.middle, by.exponent);
        if near || !self.is_known() {
            return Self::unknown();
        }
        // A quotient of `bits + 2` bits at least.
        let shift = bits as i64 + 2 + by.middle.bits() as i64 - self.middle.bits() as i64;
        let over = if shift >= 0 { &self.middle << shift } else { &self.middle >> -shift };
        let mut exact = shift >= 0;
        let middle = if by.middle.magnitude().is_one() {
            if by.middle.is_negative() { -over } else { over }
        } else {
            let quotient = &over / &by.middle;
            exact &= &quotient * &by.middle == over;
            quotient
        };
        let exponent = self.exponent - by.exponent - shift;
        let mut radius = if exact { Bound::ZERO } else { Bound::power_of_two(exponent + 1) };
        if !self.is_exact() || !by.is_exact() {
            let quotient = Bound::above(&middle, exponent).add(radius);
            // |x/y - a/b| <= (dx + |a/b| dy) / (|b| - dy), and dy is at most |b|/4.
            radius = radius.add(self.radius.add(quotient.mul(by.radius)).div(&by.middle, by.exponent).scaled(1));
        }
        Self { middle, exponent, radius }.rounded(bits)
    }

    /// The root of a number that is not negative; unknown of others. About zero the error of the root is the root of the size.
    pub(super) fn sqrt(&self, bits: u64) -> Self {
        if self.is_zero() {
            return Self::zero();
        }
        if !self.is_positive() {
            return if self.is_known() && !self.is_negative() { Self::around_zero(self.above().sqrt()) } else { Self::unknown() };
        }
        let mut shift = 2 * bits as i64 + 4 - self.middle.bits() as i64;
        if (self.exponent - shift) % 2 != 0 {
            shift += 1;
        }
        let square = if shift >= 0 { &self.middle << shift } else { &self.middle >> -shift };
        let middle = square.sqrt();
        let exponent = (self.exponent - shift) / 2;
        let exact = shift >= 0 && &middle * &middle == square;
        let mut radius = if exact { Bound::ZERO } else { Bound::power_of_two(exponent + 1) };
        if !self.is_exact() {
            // sqrt(x) - sqrt(x - r) <= r / sqrt(x); the middle is at most the root, hence twice.
            radius = radius.add(self.radius.div(&middle, exponent).scaled(1));
        }
        Self { middle, exponent, radius }.rounded(bits)
    }

    /// The power; of ever more bits where it is exact, and hence of at most `bits`.
    pub(super) fn powi(&self, mut times: u64, bits: u64) -> Self {
        let (mut result, mut square) = (Self::integer(1), self.clone());
        while times > 0 {
            if times % 2 == 1 {
                result = result.mul(&square, bits);
            }
            times /= 2;
            if times > 0 {
                square = square.mul(&square, bits);
            }
        }
        result
    }

    /// The larger and the smaller end, to a few bits more than it has.
    pub(super) fn ends(&self) -> Option<(Rational, Rational)> {
        const SMALL: i64 = 1 << 14;
        let top = self.radius.top().unwrap_or(0);
        if !self.is_known() || self.exponent.abs() > SMALL || top.abs() > SMALL {
            return None;
        }
        let dyadic = |value: BigInt, exponent: i64| {
            if exponent >= 0 { Rational::from_integer(value << exponent) } else { Rational::new(value, BigInt::one() << -exponent) }
        };
        let middle = dyadic(self.middle.clone(), self.exponent);
        let radius = if self.is_exact() { Rational::zero() } else { dyadic(BigInt::one(), top) };
        Some((&middle + &radius, middle - radius))
    }

    /// Roughly the middle: a fraction of size 1/2 to 1 and an exponent. Nothing may be decided by it.
    pub(super) fn rough(&self) -> (f64, i64) {
        let excess = self.middle.bits().saturating_sub(62);
        let cut = if excess == 0 { self.middle.to_f64() } else { (&self.middle >> excess).to_f64() };
        let fraction = cut.unwrap_or(0.0) / 2_f64.powi((self.middle.bits() - excess) as i32);
        (fraction, self.top())
    }

    /// The integer part towards minus infinity, if all of the interval has the same.
    pub(super) fn floor(&self) -> Option<BigInt> {
        if !self.is_known() || self.top() > 1 << 12 {
            return None;
        }
        let cut = |value: &BigInt, exponent: i64| if exponent >= 0 { value << exponent } else { value >> -exponent };
        if self.is_exact() {
            return Some(cut(&self.middle, self.exponent));
        }
        let top = self.radius.top()?;
        if top > 0 || self.exponent < -(1 << 16) || top < -(1 << 16) {
            return None;
        }
        let exponent = self.exponent.min(top);
        let middle = &self.middle << (self.exponent - exponent);
        let radius = BigInt::one() << (top - exponent);
        let (low, high) = (cut(&(&middle - &radius), exponent), cut(&(middle + radius), exponent));
        (low == high).then_some(low)
    }

    /// Whether the two have no number in common.
    #[cfg(test)]
    pub(super) fn is_apart(&self, other: &Self, bits: u64) -> bool {
        self.sub(other, bits).excludes_zero()
    }

    /// An interval that holds both.
    pub(super) fn hull(&self, other: &Self, bits: u64) -> Self {
        let apart = self.sub(other, bits).above();
        self.clone().widened(apart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(over: i64, under: i64) -> Rational {
        Rational::new(over.into(), under.into())
    }

    #[track_caller]
    fn holds(ball: &Real, value: &Rational) {
        let (high, low) = ball.ends().unwrap();
        assert!(low <= *value && *value <= high, "{ball:?} and {value}");
        assert!(high - low < ratio(1, 1 << 40) * value.abs(), "{ball:?} is wide");
    }

    #[test]
    fn results_are_enclosed() {
        for (a, b, c, d) in [(1, 3, 2, 7), (-5, 9, 355, 113), (1_000_003, 17, -1, 1_000_000_007), (4, 1, -2, 1)] {
            let (one, two) = (ratio(a, b), ratio(c, d));
            let (x, y) = (Real::rational(&one, 64), Real::rational(&two, 64));
            holds(&x.add(&y, 64), &(&one + &two));
            holds(&x.sub(&y, 64), &(&one - &two));
            holds(&x.mul(&y, 64), &(&one * &two));
            holds(&x.div(&y, 64), &(&one / &two));
            holds(&x.mul(&x, 64).sqrt(64), &one.abs());
        }
    }

    #[test]
    fn sizes_of_any_kind_are_kept_apart() {
        let huge = Real::exact(1.into(), 1_000_000_000);
        assert!(huge.is_apart(&huge.clone().scaled(1), 64));
        assert!(!huge.add(&Real::integer(1), 64).is_apart(&huge, 64));
        assert!(huge.mul(&huge, 64).sqrt(64).div(&huge, 64).sub(&Real::integer(1), 64).above().top().is_none_or(|top| top < -50));
        assert!(!Real::exact(1.into(), MAX_EXPONENT).mul(&Real::exact(1.into(), 9), 64).is_known());
        let tiny = Real::exact(1.into(), -MAX_EXPONENT);
        assert!(tiny.mul(&tiny, 64).is_known() && !tiny.mul(&tiny, 64).excludes_zero());
        assert!(!Real::integer(1).div(&Real::zero(), 64).is_known());
    }

    #[test]
    fn floors_need_certainty() {
        assert_eq!(Real::rational(&ratio(-7, 2), 64).floor(), Some((-4).into()));
        assert_eq!(Real::rational(&ratio(1, 3), 64).times(3, 64).floor(), None);
        assert_eq!(Real::rational(&ratio(22, 7), 64).floor(), Some(3.into()));
    }
}
