//! Upper bounds of sizes: what the errors of [`super::real`] are measured in. Every operation rounds up; there is no subtraction.

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use std::cmp::Ordering;

/// Exponents of finite numbers stay within this on both sides.
pub(super) const MAX_EXPONENT: i64 = 1 << 60;

/// Bits of a mantissa.
const BITS: u32 = 32;

/// The number `mantissa * 2^exponent`, or infinity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    /// Below `2^32`; 0 for zero alone.
    mantissa: u64,
    /// `i64::MAX` for infinity.
    exponent: i64,
}

impl Bound {
    pub(super) const ZERO: Self = Self { mantissa: 0, exponent: 0 };
    pub(super) const INFINITE: Self = Self { mantissa: 1, exponent: i64::MAX };

    /// At least `mantissa * 2^exponent`.
    fn new(mantissa: u64, exponent: i64) -> Self {
        if mantissa == 0 {
            return Self::ZERO;
        }
        let excess = (64 - mantissa.leading_zeros()).saturating_sub(BITS);
        let cut = mantissa >> excess;
        let rounded = cut + u64::from(cut << excess != mantissa);
        // Rounding up may reach 2^32 itself.
        let (mantissa, excess) = if rounded >> BITS != 0 { (rounded >> 1, excess + 1) } else { (rounded, excess) };
        let exponent = exponent.saturating_add(i64::from(excess));
        if exponent > MAX_EXPONENT {
            Self::INFINITE
        } else if exponent < -MAX_EXPONENT {
            Self { mantissa: 1, exponent: -MAX_EXPONENT }
        } else {
            Self { mantissa, exponent }
        }
    }

    /// `2^exponent`.
    pub(super) fn power_of_two(exponent: i64) -> Self {
        Self::new(1, exponent)
    }

    /// At least `|mantissa| * 2^exponent`.
    pub(super) fn above(mantissa: &BigInt, exponent: i64) -> Self {
        let (cut, excess) = leading(mantissa);
        let exact = excess == 0;
        Self::new(cut + u64::from(!exact), exponent.saturating_add(excess as i64))
    }

    pub(super) fn is_infinite(self) -> bool {
        self.exponent == i64::MAX
    }

    pub(super) fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The least `k` with a value of at most `2^k`; `None` of zero.
    pub(super) fn top(self) -> Option<i64> {
        (!self.is_zero()).then(|| self.exponent.saturating_add(64 - i64::from(self.mantissa.leading_zeros())))
    }

    pub(super) fn add(self, other: Self) -> Self {
        if self.is_zero() {
            return other;
        }
        if other.is_zero() {
            return self;
        }
        if self.is_infinite() || other.is_infinite() {
            return Self::INFINITE;
        }
        let (high, low) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // A mantissa has 32 bits, so that shifts of 31 more fit.
        let apart = high.exponent - low.exponent;
        if apart < 31 {
            return Self::new((high.mantissa << apart) + low.mantissa, low.exponent);
        }
        let shift = (apart - 30).min(63) as u32;
        Self::new((high.mantissa << 30) + (low.mantissa >> shift) + 1, high.exponent - 30)
    }

    pub(super) fn mul(self, other: Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Self::ZERO;
        }
        if self.is_infinite() || other.is_infinite() {
            return Self::INFINITE;
        }
        Self::new(self.mantissa * other.mantissa, self.exponent + other.exponent)
    }

    /// Times `2^exponent`.
    pub(super) fn scaled(self, exponent: i64) -> Self {
        if self.is_zero() || self.is_infinite() { self } else { Self::new(self.mantissa, self.exponent.saturating_add(exponent)) }
    }

    /// Divided by `|mantissa| * 2^exponent`, which is not zero.
    pub(super) fn div(self, mantissa: &BigInt, exponent: i64) -> Self {
        let (cut, excess) = leading(mantissa);
        if self.is_zero() || self.is_infinite() || cut == 0 {
            return if cut == 0 { Self::INFINITE } else { self };
        }
        let below = exponent.saturating_add(excess as i64);
        // The divisor is rounded down, to at most 32 bits; the quotient has 31 bits or more.
        Self::new((self.mantissa << 31) / cut + 1, self.exponent.saturating_sub(below).saturating_sub(31))
    }

    /// The root, at most three times too large.
    pub(super) fn sqrt(self) -> Self {
        self.top().map_or(Self::ZERO, |top| if self.is_infinite() { self } else { Self::power_of_two(top.div_euclid(2) + 1) })
    }

    /// Whether it is less than `|mantissa| * 2^exponent` for certain.
    pub(super) fn is_below(self, mantissa: &BigInt, exponent: i64) -> bool {
        let (cut, excess) = leading(mantissa);
        let other = Self { mantissa: cut, exponent: exponent.saturating_add(excess as i64) };
        self.compare(other) == Ordering::Less
    }

    /// Which is larger.
    pub(super) fn compare(self, other: Self) -> Ordering {
        match (self.top(), other.top()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(one), Some(two)) => one.cmp(&two).then_with(|| {
                let aligned = |bound: Self| bound.mantissa << bound.mantissa.leading_zeros();
                aligned(self).cmp(&aligned(other))
            }),
        }
    }
}

/// The leading 32 bits of a size, cut off, and how many bits were left out.
fn leading(value: &BigInt) -> (u64, u64) {
    let magnitude = value.magnitude();
    if magnitude.is_zero() {
        return (0, 0);
    }
    let excess = magnitude.bits().saturating_sub(BITS.into());
    let cut = if excess == 0 { magnitude.to_u64() } else { top_bits(magnitude.iter_u64_digits(), excess) };
    (cut.unwrap_or(u64::MAX >> BITS), excess)
}

/// The bits from `excess` on, at most 32, without a copy of the whole.
fn top_bits(digits: impl DoubleEndedIterator<Item = u64>, excess: u64) -> Option<u64> {
    let mut digits = digits.rev();
    let high = digits.next()?;
    let bits = 64 - u64::from(high.leading_zeros());
    if bits >= u64::from(BITS) {
        return Some(high >> (bits - u64::from(BITS)));
    }
    let low = digits.next().filter(|_| excess > 0)?;
    let missing = u64::from(BITS) - bits;
    Some((high << missing) | (low >> (64 - missing)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_rounds_up() {
        let big = (BigInt::from(1) << 100_u32) + 1;
        let bound = Bound::above(&big, 0);
        assert!(!bound.is_below(&big, 0));
        assert_eq!(bound.top(), Some(101));
        assert!(Bound::power_of_two(99).is_below(&big, 0));
        let third = Bound::power_of_two(0).div(&BigInt::from(3), 0);
        assert!(!third.mul(Bound::new(3, 0)).is_below(&BigInt::from(1), 0));
        assert!(Bound::power_of_two(-70).add(Bound::power_of_two(0)).compare(Bound::power_of_two(0)) == Ordering::Greater);
        assert!(Bound::power_of_two(MAX_EXPONENT).mul(Bound::power_of_two(9)).is_infinite());
        assert!(Bound::power_of_two(7).sqrt().mul(Bound::power_of_two(7).sqrt()).compare(Bound::power_of_two(7)) == Ordering::Greater);
    }
}
