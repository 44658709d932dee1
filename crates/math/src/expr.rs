//! Expressions: reading, exact evaluation, derivatives and equality.
//!
//! Numbers are exact rationals of any size. Everything here is bounded by the size of what was read and by limits of its own: no power is computed before
//! its size is known, no recursion is deeper than [`MAX_DEPTH`], and what would cost more ends with an error that says so. There is no simplifier and no
//! printing of results; two expressions are compared with [`compare`].
//!
//! ```
//! use gavel_math::expr::{Domain, Equality, Syntax, compare, parse};
//!
//! let answer = parse("x*log(x) - x + C", &Syntax::PYTHON)?;
//! let integrand = parse("log(x)", &Syntax::PYTHON)?;
//! assert_eq!(compare(&integrand, &answer.derivative("x")?, Domain::Complex), Equality::Equal);
//! assert_eq!(parse("(1/3 + 2)*3", &Syntax::PYTHON)?.evaluate()?, gavel_math::expr::Rational::from_integer(7.into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compare;
mod complex;
mod derivative;
mod exact;
mod function;
mod numeric;
mod parse;
mod polynomial;

pub use compare::{Domain, Equality, compare, is_defined};
pub use complex::Complex;
pub use derivative::NoDerivative;
pub use exact::EvaluateError;
pub use function::{Constant, Function};
pub use parse::{Caret, MAX_DEPTH, ParseError, Syntax, parse};

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{One, Zero};
use std::collections::BTreeSet;
use std::sync::Arc;

/// An exact rational number.
pub type Rational = Ratio<BigInt>;

/// An expression.
///
/// Differences are sums with a factor -1, quotients are products with a power -1, and square roots are powers 1/2. Parts are shared and never change, so
/// a clone is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// A rational number.
    Number(Rational),
    /// A number with a name.
    Constant(Constant),
    /// Whatever has a name and no value.
    Symbol(Arc<str>),
    /// Terms added up.
    Sum(Arc<[Expr]>),
    /// Factors multiplied.
    Product(Arc<[Expr]>),
    /// Base and exponent. The value is the principal one, as of `exp(exponent * log(base))`.
    Power(Arc<(Expr, Expr)>),
    /// A function of its arguments.
    Call(Function, Arc<[Expr]>),
}

/// Numbers of together more bits stay factors of their own when a product is made: reducing long fractions takes time.
const MAX_FOLDED_BITS: u64 = 128;

/// The length of a fraction.
fn bits(value: &Rational) -> u64 {
    value.numer().bits() + value.denom().bits()
}

impl Expr {
    /// A whole number.
    pub fn integer(value: impl Into<BigInt>) -> Self {
        Self::Number(Rational::from_integer(value.into()))
    }

    /// A symbol.
    pub fn symbol(name: &str) -> Self {
        Self::Symbol(name.into())
    }

    /// The sum, without terms that are 0.
    pub fn sum(terms: impl IntoIterator<Item = Self>) -> Self {
        let mut terms: Vec<Self> = terms.into_iter().filter(|term| !term.is_number(0)).collect();
        match terms.len() {
            0 => Self::integer(0),
            1 => terms.swap_remove(0),
            _ => Self::Sum(terms.into()),
        }
    }

    /// The product, with its numbers multiplied into one unless that grows long; 0 if a factor is.
    pub fn product(factors: impl IntoIterator<Item = Self>) -> Self {
        let mut number = Rational::one();
        let mut rest = Vec::new();
        for factor in factors {
            match factor {
                Self::Number(value) if value.is_zero() => return Self::integer(0),
                Self::Number(value) if bits(&number) + bits(&value) <= MAX_FOLDED_BITS => number *= value,
                _ => rest.push(factor),
            }
        }
        if !number.is_one() || rest.is_empty() {
            rest.insert(0, Self::Number(number));
        }
        if rest.len() == 1 { rest.swap_remove(0) } else { Self::Product(rest.into()) }
    }

    /// The power; exponents 0 and 1 are applied.
    pub fn power(base: Self, exponent: Self) -> Self {
        if exponent.is_number(0) {
            Self::integer(1)
        } else if exponent.is_number(1) {
            base
        } else {
            Self::Power(Arc::new((base, exponent)))
        }
    }

    /// The square root.
    pub fn sqrt(of: Self) -> Self {
        Self::power(of, Self::Number(Rational::new(1.into(), 2.into())))
    }

    /// A function of one argument.
    pub fn call(function: Function, argument: Self) -> Self {
        Self::Call(function, Arc::new([argument]))
    }

    /// Its negative.
    pub fn negated(self) -> Self {
        Self::product([Self::integer(-1), self])
    }

    /// One divided by it.
    pub fn inverse(self) -> Self {
        Self::power(self, Self::integer(-1))
    }

    /// Whether it is written as this number.
    pub fn is_number(&self, value: i64) -> bool {
        matches!(self, Self::Number(number) if number.is_integer() && *number.numer() == BigInt::from(value))
    }

    /// Every symbol in it, by name.
    pub fn symbols(&self) -> BTreeSet<Arc<str>> {
        let mut names = BTreeSet::new();
        self.visit(&mut |part| {
            if let Self::Symbol(name) = part {
                names.insert(Arc::clone(name));
            }
        });
        names
    }

    /// Whether this function occurs in it.
    pub fn uses(&self, function: Function) -> bool {
        let mut found = false;
        self.visit(&mut |part| found |= matches!(part, Self::Call(called, _) if *called == function));
        found
    }

    /// Shows every part, itself first.
    pub fn visit(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        match self {
            Self::Number(_) | Self::Constant(_) | Self::Symbol(_) => {}
            Self::Sum(parts) | Self::Product(parts) | Self::Call(_, parts) => parts.iter().for_each(|part| part.visit(see)),
            Self::Power(power) => {
                power.0.visit(see);
                power.1.visit(see);
            }
        }
    }
}
