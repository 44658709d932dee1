//! Polynomials with rational coefficients, for puzzles about them: built, multiplied, differentiated and written as Python writes them.

use crate::config::InvalidConfig;
use gavel_math::expr::{Expr, Rational};
use num_traits::{One, Signed, Zero};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::Arc;

/// A sign that a configuration lets coefficients have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Sign {
    #[serde(rename = "+")]
    Plus,
    #[serde(rename = "-")]
    Minus,
}

impl Sign {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Plus, Self::Minus];

    /// The number of this size.
    pub(crate) fn of(self, size: i64) -> i64 {
        if self == Self::Minus { -size } else { size }
    }

    /// There is one to choose in the field `operators`.
    pub(crate) fn check(operators: &[Self]) -> Result<(), InvalidConfig> {
        if operators.is_empty() {
            return Err(InvalidConfig::new("operators", "empty; give \"+\", \"-\" or both"));
        }
        Ok(())
    }
}

/// Variables with their exponents, which are not zero, sorted by name.
pub(crate) type Monomial = BTreeMap<Arc<str>, u32>;

/// A sum of monomials, none of them twice and none with coefficient zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Polynomial {
    terms: BTreeMap<Monomial, Rational>,
}

/// The largest exponent that is read.
const MAX_EXPONENT: u32 = 10_000;

impl Polynomial {
    /// `coefficient * variable**exponent`.
    pub(crate) fn term(coefficient: Rational, variable: &str, exponent: u32) -> Self {
        let mut polynomial = Self::default();
        let monomial = if exponent == 0 { Monomial::new() } else { Monomial::from([(variable.into(), exponent)]) };
        polynomial.add(monomial, coefficient);
        polynomial
    }

    /// What an expression is if nothing has to be multiplied out but numbers: a sum of products of numbers and powers of symbols, in any order and with
    /// like terms together or not. SymPy brings exactly these into one form by itself.
    pub(crate) fn expanded(expr: &Expr) -> Option<Self> {
        match expr {
            Expr::Symbol(name) => Some(Self::term(Rational::one(), name, 1)),
            Expr::Sum(terms) => {
                let mut sum = Self::default();
                for term in terms.iter() {
                    sum.add_all(Self::expanded(term)?);
                }
                Some(sum)
            }
            Expr::Product(factors) => {
                factors.iter().try_fold(Self::from(Rational::one()), |product, factor| product.expanded_product(&Self::expanded(factor)?))
            }
            Expr::Power(power) => match power.1.evaluate() {
                Ok(exponent) if exponent.is_one() => Self::expanded(&power.0),
                Ok(exponent) if exponent.is_integer() && !exponent.is_negative() => {
                    Self::expanded(&power.0)?.monomial_power(&exponent, expr)
                }
                _ => expr.evaluate().ok().map(Self::from),
            },
            Expr::Number(_) | Expr::Call(..) => expr.evaluate().ok().map(Self::from),
            Expr::Constant(_) => None,
        }
    }

    /// The product with one more factor, if that takes no distributing of a sum over anything but a number.
    fn expanded_product(&self, other: &Self) -> Option<Self> {
        let number = |polynomial: &Self| polynomial.terms.keys().all(Monomial::is_empty);
        let single = self.terms.len() <= 1 && other.terms.len() <= 1;
        (single || number(self) || number(other)).then(|| self.times(other))
    }

    /// A power of a single term.
    fn monomial_power(&self, exponent: &Rational, whole: &Expr) -> Option<Self> {
        let times = u32::try_from(exponent.numer()).ok().filter(|times| *times <= MAX_EXPONENT)?;
        if times == 0 {
            return Some(Self::from(Rational::one()));
        }
        let (monomial, coefficient) = match self.terms.len() {
            0 => return Some(Self::default()),
            1 => self.terms.first_key_value()?,
            _ => return None,
        };
        if monomial.is_empty() {
            return whole.evaluate().ok().map(Self::from);
        }
        // The expression's own evaluation bounds the size of the coefficient's power.
        let coefficient = Expr::power(Expr::Number(coefficient.clone()), Expr::Number(exponent.clone())).evaluate().ok()?;
        let raised =
            monomial.iter().map(|(name, exponent)| Some((Arc::clone(name), exponent.checked_mul(times)?))).collect::<Option<_>>()?;
        Some(Self { terms: BTreeMap::from([(raised, coefficient)]) })
    }

    /// Adds one term.
    pub(crate) fn add(&mut self, monomial: Monomial, coefficient: Rational) {
        match self.terms.entry(monomial) {
            Entry::Vacant(_) if coefficient.is_zero() => {}
            Entry::Vacant(place) => {
                place.insert(coefficient);
            }
            Entry::Occupied(mut place) => {
                *place.get_mut() += coefficient;
                if place.get().is_zero() {
                    place.remove();
                }
            }
        }
    }

    /// Adds another polynomial.
    pub(crate) fn add_all(&mut self, other: Self) {
        other.terms.into_iter().for_each(|(monomial, coefficient)| self.add(monomial, coefficient));
    }

    /// The product, multiplied out.
    pub(crate) fn times(&self, other: &Self) -> Self {
        let mut product = Self::default();
        for (monomial, coefficient) in &self.terms {
            for (other_monomial, other_coefficient) in &other.terms {
                let mut together = monomial.clone();
                for (name, exponent) in other_monomial {
                    let sum = together.entry(Arc::clone(name)).or_insert(0);
                    *sum = sum.saturating_add(*exponent);
                }
                product.add(together, coefficient * other_coefficient);
            }
        }
        product
    }

    /// The derivative by a variable.
    pub(crate) fn derivative(&self, variable: &str) -> Self {
        let mut derivative = Self::default();
        for (monomial, coefficient) in &self.terms {
            let Some(&exponent) = monomial.get(variable) else { continue };
            let mut lower = monomial.clone();
            if exponent == 1 {
                lower.remove(variable);
            } else {
                lower.insert(variable.into(), exponent - 1);
            }
            derivative.add(lower, coefficient * Rational::from_integer(exponent.into()));
        }
        derivative
    }

    /// Whether it is zero.
    pub(crate) fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// The names in it, sorted.
    pub(crate) fn variables(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = self.terms.keys().flat_map(|monomial| monomial.keys().cloned()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl From<Rational> for Polynomial {
    fn from(value: Rational) -> Self {
        Self::term(value, "", 0)
    }
}

impl fmt::Display for Polynomial {
    /// Highest degree first: `3*x**2/4 - x*y + 5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return f.write_str("0");
        }
        let mut terms: Vec<_> = self.terms.iter().collect();
        terms.sort_by_cached_key(|(monomial, _)| {
            let powers: Vec<_> = monomial.iter().map(|(name, exponent)| (Arc::clone(name), Reverse(*exponent))).collect();
            (Reverse(monomial.values().sum::<u32>()), powers)
        });
        for (index, (monomial, coefficient)) in terms.into_iter().enumerate() {
            match (index, coefficient.is_negative()) {
                (0, true) => f.write_str("-")?,
                (0, false) => {}
                (_, true) => f.write_str(" - ")?,
                (_, false) => f.write_str(" + ")?,
            }
            let (over, under) = (coefficient.numer().abs(), coefficient.denom());
            let mut factors: Vec<String> = Vec::new();
            if !over.is_one() || monomial.is_empty() {
                factors.push(over.to_string());
            }
            factors.extend(
                monomial.iter().map(|(name, exponent)| if *exponent == 1 { name.to_string() } else { format!("{name}**{exponent}") }),
            );
            f.write_str(&factors.join("*"))?;
            if !under.is_one() {
                write!(f, "/{under}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gavel_math::expr::{Syntax, parse};

    fn read(text: &str) -> Option<Polynomial> {
        Polynomial::expanded(&parse(text, &Syntax::PYTHON).unwrap())
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(read(text).map_or_else(|| "none".to_owned(), |polynomial| polynomial.to_string()), expect, "{text}");
    }

    #[test]
    fn only_what_is_expanded_is_read() {
        check("1 + x*2*x - x", "2*x**2 - x + 1");
        check("2*(x + 1)/3 - -(y)", "2*x/3 + y + 2/3");
        check("(2*x*y)**2*y", "4*x**2*y**3");
        check("(x + 1) - (x + 1)", "0");
        check("2**3*x**(1 + 1) + 0*x", "8*x**2");
        check("(x + 1)**1", "x + 1");
        check("x*(x + 1)", "none");
        check("(x + 1)**2", "none");
        check("(x + 1)*(x - 1)", "none");
        check("x**-1", "none");
        check("x**y", "none");
        check("pi*x", "none");
        check("x**99999999999", "none");
        check("(9*x)**9999", "none");
    }

    #[test]
    fn products_and_derivatives() {
        let (one, other) = (read("x + 1").unwrap(), read("x - y").unwrap());
        assert_eq!(one.times(&other).to_string(), "x**2 - x*y + x - y");
        assert_eq!(read("x**3/3 - 2*x + 7").unwrap().derivative("x").to_string(), "x**2 - 2");
        assert_eq!(read("x**2 + y").unwrap().variables().len(), 2);
    }
}
