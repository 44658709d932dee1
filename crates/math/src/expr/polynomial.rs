//! Expressions as quotients of polynomials: two are equal where the difference's numerator is zero.
//!
//! What is no sum, product or whole power is a variable of its own, here called a generator. No relation between generators is known, so a difference that
//! is zero is so for certain, and one that is not may still be, unless all generators are symbols.

use super::{Expr, Rational, bits};
use num_traits::{One, ToPrimitive, Zero};
use std::collections::{BTreeMap, HashMap};

/// The largest whole power that is multiplied out.
const MAX_POWER: u32 = 200;

/// How much work one comparison may take: a term costs about 400, which is one or two microseconds, and more when its coefficient is long.
const MAX_WORK: u64 = 300_000;

/// What is known of a value without looking at numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It is zero wherever it is defined.
    Zero,
    /// It is zero almost nowhere.
    NotZero,
    /// It divides by what is zero everywhere.
    Undefined,
    /// It needs another test.
    Open,
}

/// Whether the difference is zero, as far as the rules of arithmetic tell.
pub(super) fn difference(one: &Expr, other: &Expr) -> Known {
    let mut ring = Ring { generators: HashMap::new(), only_symbols: true, work: MAX_WORK };
    let mut subtract = || {
        let (one, other) = (ring.quotient(one)?, ring.quotient(other)?);
        let other = Quotient { numerator: ring.scaled(other.numerator, &-Rational::one())?, ..other };
        ring.add(one, other)
    };
    match subtract() {
        Ok(difference) if difference.numerator.is_empty() => Known::Zero,
        Ok(_) if ring.only_symbols => Known::NotZero,
        Err(Stop::DivisionByZero) => Known::Undefined,
        Ok(_) | Err(Stop::TooLarge) => Known::Open,
    }
}

/// Generators with their exponents, sorted.
type Monomial = Vec<(u32, u32)>;

/// Terms that are not zero.
type Polynomial = BTreeMap<Monomial, Rational>;

#[derive(Clone)]
struct Quotient {
    numerator: Polynomial,
    denominator: Polynomial,
}

/// Why there is no quotient.
enum Stop {
    TooLarge,
    DivisionByZero,
}

struct Ring<'a> {
    generators: HashMap<&'a Expr, u32>,
    only_symbols: bool,
    work: u64,
}

fn constant(value: Rational) -> Polynomial {
    if value.is_zero() { Polynomial::new() } else { Polynomial::from([(Vec::new(), value)]) }
}

fn as_constant(polynomial: &Polynomial) -> Option<&Rational> {
    let (monomial, coefficient) = polynomial.first_key_value()?;
    (polynomial.len() == 1 && monomial.is_empty()).then_some(coefficient)
}

fn times(one: &Monomial, other: &Monomial) -> Monomial {
    let mut product = Vec::with_capacity(one.len() + other.len());
    let (mut ones, mut others) = (one.iter().peekable(), other.iter().peekable());
    loop {
        match (ones.peek(), others.peek()) {
            (Some(&&(generator, exponent)), Some(&&(other, more))) if generator == other => {
                product.push((generator, exponent + more));
                ones.next();
                others.next();
            }
            (Some(&&first), Some(&&second)) => {
                product.push(first.min(second));
                if first < second {
                    ones.next()
                } else {
                    others.next()
                };
            }
            (Some(&&first), None) => {
                product.push(first);
                ones.next();
            }
            (None, Some(&&second)) => {
                product.push(second);
                others.next();
            }
            (None, None) => return product,
        }
    }
}

impl<'a> Ring<'a> {
    fn spend(&mut self, bits: u64) -> Result<(), Stop> {
        let words = bits / 64 + 1;
        self.work = self.work.checked_sub(300 + 64 * words * words).ok_or(Stop::TooLarge)?;
        Ok(())
    }

    fn quotient(&mut self, expr: &'a Expr) -> Result<Quotient, Stop> {
        let whole = |numerator| Quotient { numerator, denominator: constant(Rational::one()) };
        match expr {
            Expr::Number(value) => Ok(whole(constant(value.clone()))),
            Expr::Sum(terms) => {
                let mut sum = whole(Polynomial::new());
                for term in terms.iter() {
                    let term = self.quotient(term)?;
                    sum = self.add(sum, term)?;
                }
                Ok(sum)
            }
            Expr::Product(factors) => {
                let mut product = whole(constant(Rational::one()));
                for factor in factors.iter() {
                    let factor = self.quotient(factor)?;
                    product = self.multiply(&product, &factor)?;
                }
                Ok(product)
            }
            Expr::Power(power) => match whole_exponent(&power.1) {
                Some((times, negative)) if times <= MAX_POWER => {
                    let base = self.quotient(&power.0)?;
                    let base = if negative { self.inverse(base)? } else { base };
                    self.power(base, times)
                }
                _ => Ok(whole(self.generator(expr))),
            },
            Expr::Symbol(_) | Expr::Constant(_) | Expr::Call(..) => Ok(whole(self.generator(expr))),
        }
    }

    fn generator(&mut self, expr: &'a Expr) -> Polynomial {
        self.only_symbols &= matches!(expr, Expr::Symbol(_));
        let next = self.generators.len() as u32;
        let generator = *self.generators.entry(expr).or_insert(next);
        Polynomial::from([(vec![(generator, 1)], Rational::one())])
    }

    fn inverse(&mut self, of: Quotient) -> Result<Quotient, Stop> {
        let Quotient { numerator, denominator } = of;
        if numerator.is_empty() {
            return Err(Stop::DivisionByZero);
        }
        // A number moves to the numerator, so that sums of fractions with numbers below share their denominator.
        if let Some(number) = as_constant(&numerator) {
            return Ok(Quotient { numerator: self.scaled(denominator, &number.recip())?, denominator: constant(Rational::one()) });
        }
        Ok(Quotient { numerator: denominator, denominator: numerator })
    }

    fn power(&mut self, base: Quotient, times: u32) -> Result<Quotient, Stop> {
        let one = || constant(Rational::one());
        let mut result = Quotient { numerator: one(), denominator: one() };
        let (mut square, mut left) = (base, times);
        while left > 0 {
            if left % 2 == 1 {
                result = self.multiply(&result, &square)?;
            }
            left /= 2;
            if left > 0 {
                square = self.multiply(&square, &square)?;
            }
        }
        Ok(result)
    }

    fn add(&mut self, one: Quotient, other: Quotient) -> Result<Quotient, Stop> {
        if one.denominator == other.denominator {
            return Ok(Quotient { numerator: self.add_terms(one.numerator, other.numerator)?, denominator: one.denominator });
        }
        let left = self.multiply_terms(&one.numerator, &other.denominator)?;
        let right = self.multiply_terms(&other.numerator, &one.denominator)?;
        Ok(Quotient { numerator: self.add_terms(left, right)?, denominator: self.multiply_terms(&one.denominator, &other.denominator)? })
    }

    fn multiply(&mut self, one: &Quotient, other: &Quotient) -> Result<Quotient, Stop> {
        let numerator = self.multiply_terms(&one.numerator, &other.numerator)?;
        let denominator = self.multiply_terms(&one.denominator, &other.denominator)?;
        Ok(Quotient { numerator, denominator })
    }

    fn add_terms(&mut self, one: Polynomial, other: Polynomial) -> Result<Polynomial, Stop> {
        let (mut sum, fewer) = if one.len() < other.len() { (other, one) } else { (one, other) };
        for (monomial, coefficient) in fewer {
            self.accumulate(&mut sum, monomial, coefficient)?;
        }
        Ok(sum)
    }

    fn accumulate(&mut self, sum: &mut Polynomial, monomial: Monomial, coefficient: Rational) -> Result<(), Stop> {
        use std::collections::btree_map::Entry;
        self.spend(bits(&coefficient))?;
        match sum.entry(monomial) {
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
        Ok(())
    }

    fn multiply_terms(&mut self, one: &Polynomial, other: &Polynomial) -> Result<Polynomial, Stop> {
        for (factor, rest) in [(one, other), (other, one)] {
            if let Some(number) = as_constant(factor) {
                return if number.is_one() { Ok(rest.clone()) } else { self.scaled(rest.clone(), number) };
            }
        }
        let mut product = Polynomial::new();
        for (monomial, coefficient) in one {
            for (other_monomial, other_coefficient) in other {
                self.spend(bits(coefficient) + bits(other_coefficient))?;
                self.accumulate(&mut product, times(monomial, other_monomial), coefficient * other_coefficient)?;
            }
        }
        Ok(product)
    }

    fn scaled(&mut self, mut polynomial: Polynomial, by: &Rational) -> Result<Polynomial, Stop> {
        for coefficient in polynomial.values_mut() {
            self.spend(bits(coefficient) + bits(by))?;
            *coefficient *= by;
        }
        Ok(polynomial)
    }
}

/// The size of an exponent that is a whole number, and whether it is negative. Signs may be products with -1.
fn whole_exponent(exponent: &Expr) -> Option<(u32, bool)> {
    let value = exponent.evaluate().ok()?;
    let size = value.numer().magnitude().to_u32().filter(|_| value.is_integer())?;
    Some((size, *value.numer() < 0.into()))
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, parse};
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expect: Known) {
        let read = |text| parse(text, &Syntax::PYTHON).unwrap();
        assert_eq!(difference(&read(one), &read(other)), expect, "{one} and {other}");
    }

    #[test]
    fn quotients_of_polynomials_are_decided() {
        check("(x + y)**2", "x**2 + 2*x*y + y**2", Known::Zero);
        check("(x + 1)*(x - 1)", "x**2 - 1", Known::Zero);
        check("1/x + 1/y", "(x + y)/(x*y)", Known::Zero);
        check("(x**2 - 1)/(x - 1)", "x + 1", Known::Zero);
        check("x/3 + x/6", "0.5*x", Known::Zero);
        check("(x + 1)**12/(x + 1)**11", "x + 1", Known::Zero);
        check("x*y - y*x", "0", Known::Zero);
        check("x**2", "x**3", Known::NotZero);
        check("x**-1", "x", Known::NotZero);
        check("1/(x - x)", "0", Known::Undefined);
    }

    #[test]
    fn functions_are_variables() {
        check("(sin(x) + 1)**2", "sin(x)**2 + 2*sin(x) + 1", Known::Zero);
        check("sqrt(x)*x", "x*sqrt(x)", Known::Zero);
        check("sin(x)**2 + cos(x)**2", "1", Known::Open);
        check("pi", "3", Known::Open);
    }

    #[test]
    fn work_is_bounded() {
        check("(x + y + z + a + b + c)**100", "1", Known::Open);
        check("((x + 1)**200 + y)**200", "1", Known::Open);
        check("x**100000", "x**100000 + 1", Known::Open);
    }
}
