//! Arithmetic in the field of `p^2` elements, `p = 2^61 - c` a prime of which `(p - 1)/2` is prime too.
//!
//! Such a `p` leaves 3 modulo 4: -1 is no square, so that `i` extends the field, every element of the smaller field has a square root in the larger,
//! and every odd root in the smaller is unique.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

/// A field by its `c`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    gap: u64,
}

/// An element `re + im i`, both below the prime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Residue {
    pub(super) re: u64,
    pub(super) im: u64,
}

impl Residue {
    pub(super) const ZERO: Self = Self { re: 0, im: 0 };
    pub(super) const ONE: Self = Self { re: 1, im: 0 };
    pub(super) const I: Self = Self { re: 0, im: 1 };
}

const LOW: u64 = (1 << 61) - 1;

impl Field {
    /// The two that are used: the first of their kind below 2^61 with small primes that are squares; found by search.
    pub(super) const BOTH: [Self; 2] = [Self { gap: 3153 }, Self { gap: 8613 }];

    pub(super) const fn prime(self) -> u64 {
        (1 << 61) - self.gap
    }

    fn reduce(self, value: u128) -> u64 {
        let fold = |value: u128| (value >> 61) * u128::from(self.gap) + (value & u128::from(LOW));
        let folded = fold(fold(value)) as u64;
        if folded >= self.prime() { folded - self.prime() } else { folded }
    }

    fn times(self, one: u64, two: u64) -> u64 {
        self.reduce(u128::from(one) * u128::from(two))
    }

    fn plus(self, one: u64, two: u64) -> u64 {
        let sum = one + two;
        if sum >= self.prime() { sum - self.prime() } else { sum }
    }

    fn minus(self, of: u64) -> u64 {
        if of == 0 { 0 } else { self.prime() - of }
    }

    fn to_the(self, base: u64, mut times: u64) -> u64 {
        let (mut result, mut square) = (1, base);
        while times > 0 {
            if times % 2 == 1 {
                result = self.times(result, square);
            }
            square = self.times(square, square);
            times /= 2;
        }
        result
    }

    /// Any 64 bits.
    pub(super) fn word(self, value: u64) -> u64 {
        self.reduce(value.into())
    }

    pub(super) fn integer(self, value: &BigInt) -> u64 {
        let size = match value.magnitude().to_u64() {
            Some(word) => self.word(word),
            None => {
                value.magnitude().iter_u64_digits().rev().fold(0, |sum, digit| self.reduce((u128::from(sum) << 64) | u128::from(digit)))
            }
        };
        if value.is_negative() { self.minus(size) } else { size }
    }

    pub(super) fn add(self, one: Residue, two: Residue) -> Residue {
        Residue { re: self.plus(one.re, two.re), im: self.plus(one.im, two.im) }
    }

    pub(super) fn neg(self, of: Residue) -> Residue {
        Residue { re: self.minus(of.re), im: self.minus(of.im) }
    }

    pub(super) fn mul(self, one: Residue, two: Residue) -> Residue {
        if one.im == 0 && two.im == 0 {
            return Residue { re: self.times(one.re, two.re), im: 0 };
        }
        let re = self.plus(self.times(one.re, two.re), self.minus(self.times(one.im, two.im)));
        let im = self.plus(self.times(one.re, two.im), self.times(one.im, two.re));
        Residue { re, im }
    }

    pub(super) fn inverse(self, of: Residue) -> Option<Residue> {
        if of == Residue::ZERO {
            return None;
        }
        let norm = self.plus(self.times(of.re, of.re), self.times(of.im, of.im));
        let inverse = self.to_the(norm, self.prime() - 2);
        Some(Residue { re: self.times(of.re, inverse), im: self.minus(self.times(of.im, inverse)) })
    }

    pub(super) fn power(self, base: Residue, mut times: u64) -> Residue {
        if base.im == 0 {
            return Residue { re: self.to_the(base.re, times), im: 0 };
        }
        let (mut result, mut square) = (Residue::ONE, base);
        while times > 0 {
            if times % 2 == 1 {
                result = self.mul(result, square);
            }
            square = self.mul(square, square);
            times /= 2;
        }
        result
    }

    /// A square root of an element of the smaller field: roots of squares multiply to roots.
    pub(super) fn sqrt(self, of: u64) -> Residue {
        let root = self.to_the(of, self.prime().div_ceil(4));
        if self.times(root, root) == of { Residue { re: root, im: 0 } } else { Residue { re: 0, im: root } }
    }

    /// The root of an odd index in the smaller field.
    pub(super) fn odd_root(self, of: u64, index: u64) -> Option<u64> {
        // The exponent is the inverse of the index modulo p - 1.
        let order = i128::from(self.prime() - 1);
        let (mut old, mut new, mut old_factor, mut factor) = (i128::from(index), order, 1_i128, 0_i128);
        while new != 0 {
            let quotient = old / new;
            (old, new) = (new, old - quotient * new);
            (old_factor, factor) = (factor, old_factor - quotient * factor);
        }
        (old == 1).then(|| self.to_the(of, old_factor.rem_euclid(order) as u64))
    }
}

/// 64 bits that look random, the same for the same input: a step of SplitMix64.
pub(super) fn mixed(state: u64, next: u64) -> u64 {
    let mut mixed = state.rotate_left(23).wrapping_add(0x9e37_79b9_7f4a_7c15) ^ next;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_their_laws() {
        for field in Field::BOTH {
            let mut seed = 7;
            let mut draw = || {
                seed = mixed(seed, 1);
                field.word(seed)
            };
            for _ in 0..50 {
                let (a, b) = (Residue { re: draw(), im: draw() }, Residue { re: draw(), im: draw() });
                assert_eq!(field.mul(field.mul(a, b), field.inverse(b).unwrap()), a);
                let root = field.sqrt(a.re);
                assert_eq!(field.mul(root, root), Residue { re: a.re, im: 0 });
                let cube = field.odd_root(a.re, 3).unwrap();
                assert_eq!(field.power(Residue { re: cube, im: 0 }, 3).re, a.re);
                assert_eq!(field.power(a, field.prime() + 1).im, 0);
            }
            assert_eq!(field.integer(&-BigInt::from(1)), field.prime() - 1);
            assert_eq!(field.integer(&(BigInt::from(field.prime()) * 5 + 3)), 3);
            assert_eq!(field.prime() % 4, 3);
        }
    }
}
