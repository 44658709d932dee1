//! Greatest common divisors and least common multiples of polynomials, as computer algebra systems take them: `gcd(2x, xy)` is `x`.
//!
//! Letters may as well stand for integers, and then `gcd(m, n)` has no other form. So this is asked only where the reference mentions neither
//! function: it says that there is another form. One of the arguments must be a monomial: a monomial's divisors are monomials, and one divides a
//! sum if it divides every term.

use crate::expr::{Expr, Function, Rational};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// The most terms of all arguments, and the most factors of a term.
const MAX_PARTS: usize = 32;

/// A number and powers of whatever is no number.
#[derive(Clone, Debug)]
struct Monomial {
    number: Rational,
    factors: Vec<(Expr, Rational)>,
}

/// Whether `gcd` or `lcm` of something that is no number is in it.
pub(super) fn mentions(of: &Expr) -> bool {
    let mut found = false;
    of.visit(&mut |part| found |= divisor_of(part).is_some());
    found
}

/// With the divisors and multiples of its polynomials; `None` if one is not known.
pub(super) fn resolved(of: &Expr) -> Option<Expr> {
    let all = |parts: &[Expr]| parts.iter().map(resolved).collect::<Option<Vec<_>>>();
    Some(match of {
        Expr::Number(_) | Expr::Constant(_) | Expr::Symbol(_) => of.clone(),
        Expr::Sum(terms) => Expr::sum(all(terms)?),
        Expr::Product(factors) => Expr::product(all(factors)?),
        Expr::Power(power) => Expr::power(resolved(&power.0)?, resolved(&power.1)?),
        Expr::Call(function, parts) => match divisor_of(of) {
            Some((greatest, arguments)) => {
                let arguments = all(arguments)?;
                if greatest { divisor(&arguments)?.into_expr() } else { multiple(&arguments)? }
            }
            None => Expr::Call(*function, all(parts)?.into()),
        },
    })
}

/// The arguments, and whether it is the divisor.
fn divisor_of(of: &Expr) -> Option<(bool, &[Expr])> {
    let Expr::Call(Function::Apply, parts) = of else { return None };
    let (Expr::Symbol(name), arguments) = parts.split_first()? else { return None };
    match &**name {
        "gcd" => Some((true, arguments)),
        "lcm" => Some((false, arguments)),
        _ => None,
    }
}

fn divisor(arguments: &[Expr]) -> Option<Monomial> {
    let alike = arguments.iter().skip(1).all(|argument| Some(argument) == arguments.first());
    if !alike && !arguments.iter().any(|argument| !matches!(argument, Expr::Sum(_))) {
        return None;
    }
    let mut terms = Vec::new();
    for argument in arguments {
        match argument {
            Expr::Sum(parts) if !alike => {
                for part in parts.iter() {
                    terms.push(Monomial::of(part)?);
                }
            }
            other => terms.push(Monomial::of(other)?),
        }
        if terms.len() > MAX_PARTS {
            return None;
        }
    }
    let integers = terms.iter().all(|term| term.number.is_integer());
    let mut terms = terms.into_iter();
    let mut common = terms.next()?;
    common.number = if integers { common.number.abs() } else { Rational::one() };
    for term in terms {
        if integers {
            common.number = Rational::from_integer(common.number.numer().gcd(term.number.numer()));
        }
        common.factors.retain_mut(|(base, exponent)| match term.factors.iter().find(|(other, _)| other == base) {
            Some((_, other)) => {
                if *other < *exponent {
                    other.clone_into(exponent);
                }
                true
            }
            None => false,
        });
    }
    Some(common)
}

/// Products over divisors, from the left. Over numbers that are no integers the result has no number before it.
fn multiple(arguments: &[Expr]) -> Option<Expr> {
    let (first, rest) = arguments.split_first()?;
    let integers = arguments.iter().all(|argument| Monomial::of(argument).is_none_or(|term| term.number.is_integer()));
    let monic = |of: &Expr| match Monomial::of(of) {
        Some(term) if !integers && !matches!(of, Expr::Sum(_)) => Monomial { number: Rational::one(), ..term }.into_expr(),
        _ => of.clone(),
    };
    let mut all = monic(first);
    for other in rest {
        let other = monic(other);
        if all == other {
            continue;
        }
        let common = divisor(&[all.clone(), other.clone()])?;
        let product = Expr::product([all, other, common.into_expr().inverse()]);
        all = Monomial::of(&product).map_or(product, Monomial::into_expr);
    }
    Some(all)
}

impl Monomial {
    /// Of powers above zero only.
    fn of(expr: &Expr) -> Option<Self> {
        let mut term = Self { number: Rational::one(), factors: Vec::new() };
        match expr {
            Expr::Product(factors) if factors.len() <= MAX_PARTS => {
                for factor in factors.iter() {
                    term.multiply(factor)?;
                }
            }
            other => term.multiply(other)?,
        }
        term.factors.retain(|(_, exponent)| !exponent.is_zero());
        (!term.number.is_zero() && term.factors.iter().all(|(_, exponent)| exponent.is_positive())).then_some(term)
    }

    fn multiply(&mut self, factor: &Expr) -> Option<()> {
        let (base, exponent) = match factor {
            Expr::Number(number) => {
                if number.numer().bits() + number.denom().bits() + self.number.numer().bits() > 2048 {
                    return None;
                }
                self.number *= number;
                return Some(());
            }
            Expr::Product(factors) if factors.len() <= MAX_PARTS && self.factors.len() <= MAX_PARTS => {
                return factors.iter().try_for_each(|factor| self.multiply(factor));
            }
            Expr::Power(power) => match (&power.0, &power.1) {
                (Expr::Number(base), Expr::Number(exponent)) if *exponent == -Rational::one() && !base.is_zero() => {
                    self.number /= base;
                    return Some(());
                }
                (Expr::Product(factors), Expr::Number(exponent)) if *exponent == -Rational::one() && factors.len() <= MAX_PARTS => {
                    return factors.iter().try_for_each(|factor| self.multiply(&factor.clone().inverse()));
                }
                (base, Expr::Number(exponent)) => (base.clone(), exponent.clone()),
                _ => (factor.clone(), Rational::one()),
            },
            other => (other.clone(), Rational::one()),
        };
        // The inverse of a power.
        let (base, exponent) = match &base {
            Expr::Power(power) => match &power.1 {
                Expr::Number(inner) => (power.0.clone(), exponent * inner),
                _ => (base.clone(), exponent),
            },
            _ => (base, exponent),
        };
        if let Some((_, sum)) = self.factors.iter_mut().find(|(other, _)| *other == base) {
            *sum += exponent;
        } else if self.factors.len() < MAX_PARTS {
            self.factors.push((base, exponent));
        } else {
            return None;
        }
        Some(())
    }

    fn into_expr(self) -> Expr {
        let powers = self.factors.into_iter().map(|(base, exponent)| Expr::power(base, Expr::Number(exponent)));
        Expr::product(std::iter::once(Expr::Number(self.number)).chain(powers))
    }
}
