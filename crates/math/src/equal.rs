//! Equality of expressions.
//!
//! [`equal`] decides whether two expressions have the same value, in this order: numbers that are rational or Gaussian rational exactly; other
//! numbers by
//! enclosures of growing precision, where disjoint ones prove that they differ, and where algebraic numbers that agree beyond their separation bound
//! are
//! proven equal; expressions with symbols by residues modulo two primes and enclosures at points. What agrees without a proof to some hundred digits
//! is [`How::Numerically`] equal and says the precision. Nothing is simplified, and no double decides anything.
//!
//! What is assumed: symbols are real numbers, unless [`Symbols::Positive`] says more, so that `sqrt(x^2)` is `|x|` and not `x`, and `ln(x^2)` is `2
//! ln|x|`
//! but not `2 ln(x)`, which is complex for negative `x`. Where both expressions are complex on their way they are not compared, unless the imaginary
//! unit is
//! written or they are so everywhere: `1/sqrt(n)` is `sqrt(1/n)`. Values are principal ones but for odd roots of negative real numbers, which are
//! real: the cube root
//! of -8 is -2. Expressions are the same where both have a value: `x/x` is 1. Functions without values (antiderivatives, functions that nobody
//! defined) are the same if their arguments are, as far as arithmetic tells.
//!
//! Equality and difference are symmetric, and transitive among expressions with the same points of definition; an undecided pair says [`Why`]. Work
//! is counted in [`Steps`], never timed.
//!
//! ```
//! use gavel_math::equal::{Steps, equal};
//! use gavel_math::expr::{Syntax, parse};
//!
//! let read = |text| parse(text, &Syntax::WRITTEN);
//! assert!(equal(&read("sqrt(3)/2")?, &read("3/(2*sqrt(3))")?, &mut Steps::default()).is_equal());
//! assert!(equal(&read("(x + 1)^2")?, &read("x^2 + 2*x + 1")?, &mut Steps::default()).is_equal());
//! assert!(equal(&read("1/2004!")?, &read("1/2006!")?, &mut Steps::default()).is_different());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bound;
mod complex;
mod constants;
mod elementary;
mod enclose;
mod exact;
mod field;
mod identity;
mod magnitude;
mod modular;
mod number;
mod real;
mod scan;
mod separation;
mod steps;

pub use steps::Steps;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use crate::expr::{Expr, Rational};
use scan::Scan;
use std::cmp::Ordering;

/// How deep an expression may nest.
const MAX_DEPTH: usize = 256;

/// The largest precision that is tried, in bits.
const MAX_BITS: u64 = 2048;

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They are equal.
    Equal(How),
    /// They differ.
    Different(How),
    /// It could not be told.
    Undecided(Why),
}

impl Decision {
    /// Whether they are equal.
    pub const fn is_equal(self) -> bool {
        matches!(self, Self::Equal(_))
    }

    /// Whether they differ.
    pub const fn is_different(self) -> bool {
        matches!(self, Self::Different(_))
    }
}

/// The rule that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum How {
    /// They are written alike.
    Identical,
    /// Both are rational numbers.
    Rational,
    /// Both are rational numbers or have rational real and imaginary parts.
    GaussianRational,
    /// Both are quotients of polynomials, compared modulo two primes; those that are equal agree at a point besides.
    RationalFunction,
    /// Both are algebraic numbers that agree to more bits than different ones of their kind could.
    Algebraic {
        /// The precision.
        bits: u64,
    },
    /// Both are numbers, and proven enclosures of them have nothing in common.
    Separated {
        /// The precision.
        bits: u64,
    },
    /// Their difference is zero modulo two primes, with functions as unknowns, and proven enclosures agree.
    Identity {
        /// The precision.
        bits: u64,
    },
    /// Both are numbers that agree as far as was looked; nothing more is proven.
    Numerically {
        /// The precision.
        bits: u64,
    },
    /// Proven enclosures of the values at a point have nothing in common.
    SeparatedAtPoint {
        /// The precision.
        bits: u64,
    },
    /// Proven enclosures of the values agree at several points.
    AgreesAtPoints {
        /// How many points.
        points: u32,
        /// The precision.
        bits: u64,
    },
    /// The value lies where it rounds to the decimal, or does not.
    Rounding,
}

impl std::fmt::Display for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Identical => f.write_str("written alike"),
            Self::Rational => f.write_str("exact rational numbers"),
            Self::GaussianRational => f.write_str("exact complex numbers with rational parts"),
            Self::RationalFunction => f.write_str("quotients of polynomials, modulo two primes"),
            Self::Algebraic { bits } => write!(f, "algebraic numbers, within their separation bound at {bits} bits"),
            Self::Separated { bits } => write!(f, "disjoint enclosures at {bits} bits"),
            Self::Identity { bits } => write!(f, "identity modulo two primes, enclosures agree at {bits} bits"),
            Self::Numerically { bits } => write!(f, "enclosures agree at {bits} bits"),
            Self::SeparatedAtPoint { bits } => write!(f, "disjoint enclosures at a point, at {bits} bits"),
            Self::AgreesAtPoints { points, bits } => write!(f, "enclosures agree at {points} points, at {bits} bits"),
            Self::Rounding => f.write_str("rounding to the digits given"),
        }
    }
}

/// Why a comparison was not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// The steps ran out.
    #[error("the budget of steps is spent")]
    Budget,
    /// One of them nests deeper than is looked at.
    #[error("too deeply nested")]
    TooDeep,
    /// A number on the way is beyond the range of exponents.
    #[error("too large to be enclosed")]
    TooLarge,
    /// One of them has no value that is known: it divides by zero, or has functions without values here.
    #[error("no value is known")]
    NoValue,
    /// The precision did not suffice.
    #[error("not told apart at the largest precision")]
    Precision,
    /// It is no real number.
    #[error("not a real number")]
    NotReal,
}

/// What symbols stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Symbols {
    /// Any real numbers.
    #[default]
    Real,
    /// Positive numbers: `sqrt(a^2)` is `a`.
    Positive,
}

/// Compares two expressions whose symbols are real.
pub fn equal(one: &Expr, two: &Expr, steps: &mut Steps) -> Decision {
    equal_for(one, two, Symbols::Real, steps)
}

/// Compares two expressions.
pub fn equal_for(one: &Expr, two: &Expr, symbols: Symbols, steps: &mut Steps) -> Decision {
    if let (Expr::Number(one), Expr::Number(two)) = (one, two) {
        return number::exactly(one == two, How::Rational);
    }
    compare(one, two, symbols, steps).unwrap_or_else(Decision::Undecided)
}

fn compare(one: &Expr, two: &Expr, symbols: Symbols, steps: &mut Steps) -> Result<Decision, Why> {
    let scan = Scan::of(&[one, two], steps)?;
    if one == two {
        return Ok(Decision::Equal(How::Identical));
    }
    if scan.symbols.is_empty() && !scan.opaque {
        number::compare(one, two, steps)
    } else {
        identity::compare(one, two, &scan, symbols, steps)
    }
}

/// Compares two real numbers.
///
/// # Errors
/// If one of them is not real or has no value, or if they are not told apart and not known to be equal.
pub fn compare_real(one: &Expr, two: &Expr, steps: &mut Steps) -> Result<Ordering, Why> {
    if let (Expr::Number(one), Expr::Number(two)) = (one, two) {
        return Ok(one.cmp(two));
    }
    let scan = Scan::of(&[one, two], steps)?;
    if !scan.symbols.is_empty() || scan.opaque {
        return Err(Why::NoValue);
    }
    number::order(one, two, steps)
}

/// The sign of a real number.
///
/// # Errors
/// As those of [`compare_real`].
pub fn sign(expr: &Expr, steps: &mut Steps) -> Result<Ordering, Why> {
    compare_real(expr, &Expr::integer(0), steps)
}

/// Ends of the intervals that real and imaginary part of a number lie in: at most about `2^-bits` of their size apart, if that precision can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosed {
    /// The lower and the upper end of the real part.
    pub re: (Rational, Rational),
    /// The lower and the upper end of the imaginary part; both are zero if the number is known to be real.
    pub im: (Rational, Rational),
}

/// Proven bounds of a number.
///
/// # Errors
/// If it has symbols or no value, or one above 2^16384 or so in size, whose digits nobody wants.
pub fn enclose(expr: &Expr, bits: u64, steps: &mut Steps) -> Result<Enclosed, Why> {
    let scan = Scan::of(&[expr], steps)?;
    if !scan.symbols.is_empty() || scan.opaque {
        return Err(Why::NoValue);
    }
    number::enclose(expr, bits.min(MAX_BITS), steps)
}

/// Whether a real number rounds to a decimal whose last digit counts `10^-places`. A number half way rounds to both of its neighbours.
pub fn rounds_to(expr: &Expr, decimal: &Rational, places: i32, steps: &mut Steps) -> Decision {
    number::rounds_to(expr, decimal, places, steps).unwrap_or_else(Decision::Undecided)
}

/// The decimal of so many significant digits that is nearest to a real number; of two, the one further from zero.
///
/// # Errors
/// If it is not real or has no value, or if the precision does not tell which decimal it is.
pub fn round_to_digits(expr: &Expr, significant: u32, steps: &mut Steps) -> Result<Rational, Why> {
    number::round_to_digits(expr, significant, steps)
}
