//! Complex numbers in double precision.

use std::ops::{Add, Mul, Neg, Sub};

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

impl Complex {
    /// The number with these parts.
    pub const fn new(re: f64, im: f64) -> Self {
        Self { re, im }
    }

    /// Its distance from zero.
    pub fn abs(self) -> f64 {
        self.re.hypot(self.im)
    }

    /// Neither part is infinite or no number.
    pub fn is_finite(self) -> bool {
        self.re.is_finite() && self.im.is_finite()
    }

    pub(super) fn inverse(self) -> Self {
        // Scaled, so that the square of a large part does not overflow.
        let scale = self.re.abs().max(self.im.abs());
        let (re, im) = (self.re / scale, self.im / scale);
        let size = (re * re + im * im) * scale;
        Self::new(re / size, -im / size)
    }

    pub(super) fn exp(self) -> Self {
        let size = self.re.exp();
        // A real number's exponential is real, with no rounding in the imaginary part.
        if self.im == 0.0 { Self::new(size, 0.0) } else { Self::new(size * self.im.cos(), size * self.im.sin()) }
    }

    /// The principal logarithm. Negative real numbers count as lying above the cut.
    pub(super) fn ln(self) -> Self {
        let im = if self.im == 0.0 { 0.0 } else { self.im };
        Self::new(self.abs().ln(), im.atan2(self.re))
    }

    pub(super) fn sin(self) -> Self {
        if self.im == 0.0 {
            return Self::new(self.re.sin(), 0.0);
        }
        Self::new(self.re.sin() * self.im.cosh(), self.re.cos() * self.im.sinh())
    }

    pub(super) fn cos(self) -> Self {
        if self.im == 0.0 {
            return Self::new(self.re.cos(), 0.0);
        }
        Self::new(self.re.cos() * self.im.cosh(), -self.re.sin() * self.im.sinh())
    }
}

impl Add for Complex {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.re + other.re, self.im + other.im)
    }
}

impl Sub for Complex {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.re - other.re, self.im - other.im)
    }
}

impl Mul for Complex {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self::new(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)
    }
}

impl Neg for Complex {
    type Output = Self;

    fn neg(self) -> Self {
        Self::new(-self.re, -self.im)
    }
}
