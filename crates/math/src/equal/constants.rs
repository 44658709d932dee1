//! The numbers that reductions of arguments need, computed once to the largest precision and cut.

use super::bound::Bound;
use super::real::Real;
use num_bigint::BigInt;
use num_traits::Zero;
use std::sync::LazyLock;

/// To how many bits constants are known.
pub(super) const CONSTANT_BITS: u64 = 4608;

/// Bits that are computed beyond those, and lost.
const GUARD: u64 = 32;

const SCALE: u64 = CONSTANT_BITS + GUARD;

/// J. Machin's 16 atan(1/5) - 4 atan(1/239).
static PI: LazyLock<BigInt> = LazyLock::new(|| inverse_atan(5, false) * 16 - inverse_atan(239, false) * 4);

/// 18 atanh(1/26) - 2 atanh(1/4801) + 8 atanh(1/8749).
static LN_2: LazyLock<BigInt> = LazyLock::new(|| inverse_atan(26, true) * 18 - inverse_atan(4801, true) * 2 + inverse_atan(8749, true) * 8);

/// The sum of 1/n!.
static E: LazyLock<BigInt> = LazyLock::new(|| {
    let mut sum = BigInt::ZERO;
    let mut term = BigInt::from(1) << SCALE;
    for n in 1_u32.. {
        if term.is_zero() {
            break;
        }
        sum += &term;
        term /= n;
    }
    sum
});

/// `atan(1/n)`, or with equal signs `atanh(1/n)`, times `2^SCALE`. Some 2 000 terms of at most one unit of error each.
fn inverse_atan(n: u32, hyperbolic: bool) -> BigInt {
    let mut power = (BigInt::from(1) << SCALE) / n;
    let mut sum = BigInt::ZERO;
    for k in 0_u32.. {
        if power.is_zero() {
            break;
        }
        let term = &power / (2 * k + 1);
        if hyperbolic || k % 2 == 0 {
            sum += term;
        } else {
            sum -= term;
        }
        power /= n * n;
    }
    sum
}

/// Cut to `bits` bits behind the point: at most 2 units of the last bit too small. `None` above [`CONSTANT_BITS`].
fn fixed(of: &BigInt, bits: u64) -> Option<BigInt> {
    (bits <= CONSTANT_BITS).then(|| of >> (SCALE - bits))
}

pub(super) fn fixed_pi(bits: u64) -> Option<BigInt> {
    fixed(&PI, bits)
}

pub(super) fn fixed_ln_2(bits: u64) -> Option<BigInt> {
    fixed(&LN_2, bits)
}

fn ball(of: &BigInt, bits: u64) -> Real {
    let bits = bits.min(CONSTANT_BITS);
    Real { middle: of >> (SCALE - bits), exponent: -(bits as i64), radius: Bound::power_of_two(2 - bits as i64) }
}

pub(super) fn pi(bits: u64) -> Real {
    ball(&PI, bits)
}

pub(super) fn ln_2(bits: u64) -> Real {
    ball(&LN_2, bits)
}

pub(super) fn e(bits: u64) -> Real {
    ball(&E, bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn begins(of: &BigInt, digits: &str) {
        let places = digits.len() as u32 - 1;
        let decimal = (of * BigInt::from(10).pow(places)) >> SCALE;
        assert_eq!(decimal.to_string(), digits);
    }

    // Digits: OEIS A000796, A002162 and A001113.
    #[test]
    fn digits_are_right() {
        begins(&PI, "3141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067");
        begins(&(&*LN_2 * 10), "6931471805599453094172321214581765680755001343602552541206800094933936219696947156058633269964186875");
        begins(&E, "2718281828459045235360287471352662497757247093699959574966967627724076630353547594571382178525166427");
    }
}
