//! Complex numbers as pairs of [`Real`]s. A number is real if its imaginary part is exactly zero, and real numbers stay real wherever a function has
//! a real value, so that branch cuts along the axis are on a known side: negative real numbers have the argument pi.

use super::bound::Bound;
use super::constants::pi;
use super::elementary::{atan, exp, log, sin_cos};
use super::real::Real;
use std::cmp::Ordering;

/// A number within a rectangle.
#[derive(Clone, Debug)]
pub(super) struct Complex {
    pub(super) re: Real,
    pub(super) im: Real,
}

impl Complex {
    pub(super) fn real(re: Real) -> Self {
        Self { re, im: Real::zero() }
    }

    pub(super) fn integer(value: i64) -> Self {
        Self::real(Real::integer(value))
    }

    pub(super) fn i() -> Self {
        Self { re: Real::zero(), im: Real::integer(1) }
    }

    pub(super) fn unknown() -> Self {
        Self { re: Real::unknown(), im: Real::unknown() }
    }

    pub(super) fn is_known(&self) -> bool {
        self.re.is_known() && self.im.is_known()
    }

    pub(super) fn is_real(&self) -> bool {
        self.im.is_zero()
    }

    pub(super) fn is_zero(&self) -> bool {
        self.re.is_zero() && self.im.is_zero()
    }

    pub(super) fn excludes_zero(&self) -> bool {
        self.is_known() && (self.re.excludes_zero() || self.im.excludes_zero())
    }

    /// Bound of the absolute value, at most three times too large.
    pub(super) fn above(&self) -> Bound {
        self.re.above().add(self.im.above())
    }

    pub(super) fn neg(self) -> Self {
        Self { re: self.re.neg(), im: self.im.neg() }
    }

    pub(super) fn add(&self, other: &Self, bits: u64) -> Self {
        Self { re: self.re.add(&other.re, bits), im: self.im.add(&other.im, bits) }
    }

    pub(super) fn sub(&self, other: &Self, bits: u64) -> Self {
        Self { re: self.re.sub(&other.re, bits), im: self.im.sub(&other.im, bits) }
    }

    pub(super) fn mul(&self, other: &Self, bits: u64) -> Self {
        match (self.is_real(), other.is_real()) {
            (true, true) => Self::real(self.re.mul(&other.re, bits)),
            (true, false) => other.scaled(&self.re, bits),
            (false, true) => self.scaled(&other.re, bits),
            (false, false) => Self {
                re: self.re.mul(&other.re, bits).sub(&self.im.mul(&other.im, bits), bits),
                im: self.re.mul(&other.im, bits).add(&self.im.mul(&other.re, bits), bits),
            },
        }
    }

    fn scaled(&self, by: &Real, bits: u64) -> Self {
        Self { re: self.re.mul(by, bits), im: self.im.mul(by, bits) }
    }

    fn turned(self) -> Self {
        Self { re: self.im.neg(), im: self.re }
    }

    /// The square of the absolute value.
    fn norm(&self, bits: u64) -> Real {
        self.re.mul(&self.re, bits).add(&self.im.mul(&self.im, bits), bits)
    }

    pub(super) fn abs(&self, bits: u64) -> Real {
        if self.is_real() {
            self.re.clone().abs()
        } else if self.re.is_zero() {
            self.im.clone().abs()
        } else {
            self.norm(bits).sqrt(bits)
        }
    }

    pub(super) fn inverse(&self, bits: u64) -> Self {
        if self.is_real() {
            let re = Real::integer(1).div(&self.re, bits);
            return if re.is_known() { Self::real(re) } else { Self::unknown() };
        }
        let norm = self.norm(bits);
        Self { re: self.re.div(&norm, bits), im: self.im.clone().neg().div(&norm, bits) }
    }

    pub(super) fn div(&self, by: &Self, bits: u64) -> Self {
        if by.is_real() {
            let part = |of: &Real| if of.is_zero() && by.re.excludes_zero() { Real::zero() } else { of.div(&by.re, bits) };
            return Self { re: part(&self.re), im: part(&self.im) };
        }
        self.mul(&by.inverse(bits), bits)
    }

    pub(super) fn powi(&self, times: u64, bits: u64) -> Self {
        if self.is_real() {
            return Self::real(self.re.powi(times, bits));
        }
        let (mut result, mut square, mut left) = (Self::integer(1), self.clone(), times);
        while left > 0 {
            if left % 2 == 1 {
                result = result.mul(&square, bits);
            }
            left /= 2;
            if left > 0 {
                square = square.mul(&square, bits);
            }
        }
        result
    }

    /// The argument, in (-pi, pi]; unknown where the cut is within reach.
    fn argument(&self, bits: u64) -> Real {
        let half = || pi(bits).scaled(-1);
        match (self.re.sign(), self.im.sign()) {
            (Some(Ordering::Greater), Some(Ordering::Equal)) => Real::zero(),
            (Some(Ordering::Less), Some(Ordering::Equal)) => pi(bits),
            (Some(Ordering::Greater), _) => atan(&self.im.div(&self.re, bits), bits),
            (_, Some(Ordering::Greater)) => half().sub(&atan(&self.re.div(&self.im, bits), bits), bits),
            (_, Some(Ordering::Less)) => half().neg().sub(&atan(&self.re.div(&self.im, bits), bits), bits),
            _ => Real::unknown(),
        }
    }

    pub(super) fn exp(&self, bits: u64) -> Self {
        let size = exp(&self.re, bits);
        if self.is_real() {
            return if size.is_known() { Self::real(size) } else { Self::unknown() };
        }
        let (sine, cosine) = sin_cos(&self.im, bits);
        Self { re: size.mul(&cosine, bits), im: size.mul(&sine, bits) }
    }

    pub(super) fn log(&self, bits: u64) -> Self {
        let size = if self.is_real() { log(&self.re.clone().abs(), bits) } else { log(&self.norm(bits), bits).scaled(-1) };
        Self { re: size, im: self.argument(bits) }
    }

    /// The principal root.
    pub(super) fn sqrt(&self, bits: u64) -> Self {
        if self.is_real() {
            match self.re.sign() {
                Some(Ordering::Less) => return Self { re: Real::zero(), im: self.re.clone().neg().sqrt(bits) },
                Some(_) => return Self::real(self.re.sqrt(bits)),
                None => {}
            }
        }
        if self.re.is_negative() && self.im.excludes_zero() {
            // sqrt(-z) turned by a quarter: up where z is above the axis.
            let turned = self.clone().neg().sqrt(bits).turned();
            return if self.im.is_positive() { turned } else { turned.neg() };
        }
        let size = self.abs(bits);
        let re = size.add(&self.re, bits).scaled(-1).sqrt(bits);
        if self.re.is_negative() || !re.excludes_zero() {
            // On the cut, or about zero: either sign of what is left.
            return if self.re.is_negative() { Self::unknown() } else { Self::around_zero(self.above().sqrt()) };
        }
        let im = self.im.div(&re, bits).scaled(-1);
        Self { re, im }
    }

    pub(super) fn around_zero(radius: Bound) -> Self {
        Self { re: Real::around_zero(radius), im: Real::around_zero(radius) }
    }

    /// Sine and cosine.
    pub(super) fn sin_cos(&self, bits: u64) -> (Self, Self) {
        let (sine, cosine) = sin_cos(&self.re, bits);
        if self.is_real() {
            return (Self::real(sine), Self::real(cosine));
        }
        let (sinh, cosh) = hyperbolic(&self.im, bits);
        (
            Self { re: sine.mul(&cosh, bits), im: cosine.mul(&sinh, bits) },
            Self { re: cosine.mul(&cosh, bits), im: sine.mul(&sinh, bits).neg() },
        )
    }

    /// Hyperbolic sine and cosine.
    pub(super) fn sinh_cosh(&self, bits: u64) -> (Self, Self) {
        if self.is_real() {
            let (sinh, cosh) = hyperbolic(&self.re, bits);
            return (Self::real(sinh), Self::real(cosh));
        }
        // sinh(z) = -i sin(iz), cosh(z) = cos(iz)
        let (sine, cosine) = self.clone().turned().sin_cos(bits);
        (sine.turned().neg(), cosine)
    }

    pub(super) fn atan(&self, bits: u64) -> Self {
        if self.is_real() {
            return Self::real(atan(&self.re, bits));
        }
        // i/2 (log(1 - iz) - log(1 + iz))
        let (one, turned) = (Self::integer(1), self.clone().turned());
        let apart = one.sub(&turned, bits).log(bits).sub(&one.add(&turned, bits).log(bits), bits);
        let half = apart.turned();
        Self { re: half.re.scaled(-1), im: half.im.scaled(-1) }
    }

    pub(super) fn asin(&self, bits: u64) -> Self {
        let one = Self::integer(1);
        let cosine = one.sub(&self.mul(self, bits), bits);
        if self.is_real() {
            if cosine.is_zero() {
                let quarter = pi(bits).scaled(-1);
                return Self::real(if self.re.is_negative() { quarter.neg() } else { quarter });
            }
            if cosine.re.is_positive() {
                return Self::real(atan(&self.re.div(&cosine.re.sqrt(bits), bits), bits));
            }
        }
        // -i log(iz + sqrt(1 - z^2))
        self.clone().turned().add(&cosine.sqrt(bits), bits).log(bits).turned().neg()
    }

    pub(super) fn acos(&self, bits: u64) -> Self {
        Self::real(pi(bits).scaled(-1)).sub(&self.asin(bits), bits)
    }

    pub(super) fn asinh(&self, bits: u64) -> Self {
        if self.re.is_negative() {
            return self.clone().neg().asinh(bits).neg();
        }
        let one = Self::integer(1);
        self.add(&self.mul(self, bits).add(&one, bits).sqrt(bits), bits).log(bits)
    }

    pub(super) fn acosh(&self, bits: u64) -> Self {
        let one = Self::integer(1);
        let product = self.add(&one, bits).sqrt(bits).mul(&self.sub(&one, bits).sqrt(bits), bits);
        self.add(&product, bits).log(bits)
    }

    pub(super) fn atanh(&self, bits: u64) -> Self {
        let one = Self::integer(1);
        let twice = one.add(self, bits).log(bits).sub(&one.sub(self, bits).log(bits), bits);
        Self { re: twice.re.scaled(-1), im: twice.im.scaled(-1) }
    }
}

/// Hyperbolic sine and cosine. The sine of a small number is lost among its terms; precision that grows finds it.
fn hyperbolic(x: &Real, bits: u64) -> (Real, Real) {
    let more = bits + 8 + (-x.top()).clamp(0, bits as i64) as u64;
    let up = exp(x, more);
    let down = Real::integer(1).div(&up, more);
    if x.is_zero() {
        return (Real::zero(), Real::integer(1));
    }
    (up.sub(&down, bits).scaled(-1), up.add(&down, bits).scaled(-1))
}
