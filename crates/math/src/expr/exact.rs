//! Values that are rational numbers, computed exactly.

use super::{Expr, Function, Rational, bits};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The largest numerator or denominator on the way, in bits.
const MAX_BITS: u64 = 1 << 15;

/// How much work one value may take, about in nanoseconds.
const MAX_WORK: u64 = 2_000_000;

/// The largest number whose factorial is computed.
const MAX_FACTORIAL: u32 = 500;

/// Why an expression has no exact value here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateError {
    /// It contains symbols, or is irrational, complex, or made of functions without rational values.
    #[error("not a rational number")]
    NotRational,
    /// It divides by zero, or takes a negative power of zero.
    #[error("division by zero")]
    DivisionByZero,
    /// Its value, or one on the way, is larger than the limits.
    #[error("too large to be computed")]
    TooLarge,
}

impl Expr {
    /// The exact value. Roots have one when it is rational.
    ///
    /// # Errors
    /// If it is not rational, not defined, or too large.
    pub fn evaluate(&self) -> Result<Rational, EvaluateError> {
        Evaluation { work: MAX_WORK }.value(self)
    }
}

struct Evaluation {
    /// What may still be spent.
    work: u64,
}

impl Evaluation {
    /// Pays for an operation on numbers of together so many bits: reducing a fraction takes time with their square.
    fn spend(&mut self, bits: u64) -> Result<(), EvaluateError> {
        let words = bits / 64 + 1;
        let left = if bits > MAX_BITS { None } else { self.work.checked_sub(100 + 64 * words * words) };
        self.work = left.ok_or(EvaluateError::TooLarge)?;
        Ok(())
    }

    fn value(&mut self, expr: &Expr) -> Result<Rational, EvaluateError> {
        match expr {
            Expr::Number(value) => {
                self.spend(bits(value))?;
                Ok(value.clone())
            }
            Expr::Constant(_) | Expr::Symbol(_) => Err(EvaluateError::NotRational),
            Expr::Sum(terms) => {
                let mut sum = Rational::zero();
                for term in terms.iter() {
                    let term = self.value(term)?;
                    self.spend(bits(&sum) + bits(&term))?;
                    sum += term;
                }
                Ok(sum)
            }
            Expr::Product(factors) => {
                let mut product = Rational::one();
                for factor in factors.iter() {
                    let factor = self.value(factor)?;
                    self.spend(bits(&product) + bits(&factor))?;
                    product *= factor;
                }
                Ok(product)
            }
            Expr::Power(power) => {
                let (base, exponent) = (self.value(&power.0)?, self.value(&power.1)?);
                self.power(&base, &exponent)
            }
            Expr::Call(function, arguments) => {
                let values = arguments.iter().map(|argument| self.value(argument)).collect::<Result<Vec<_>, _>>()?;
                self.call(*function, &values)
            }
        }
    }

    fn power(&mut self, base: &Rational, exponent: &Rational) -> Result<Rational, EvaluateError> {
        let index = exponent.denom().to_u32().filter(|index| *index <= 64).ok_or(EvaluateError::NotRational)?;
        let base = if index == 1 { base.clone() } else { root(base, index).ok_or(EvaluateError::NotRational)? };
        if base.is_zero() && exponent.is_negative() {
            return Err(EvaluateError::DivisionByZero);
        }
        if base.is_zero() || base.is_one() {
            return Ok(if exponent.is_zero() { Rational::one() } else { base });
        }
        let minus_one = base.is_integer() && *base.numer() == -BigInt::one();
        if minus_one {
            return Ok(if exponent.numer().is_even() { Rational::one() } else { base });
        }
        let times = exponent.numer().magnitude().to_u32().ok_or(EvaluateError::TooLarge)?;
        let (over, under) = (base.numer().bits(), base.denom().bits());
        self.spend((over + under).saturating_mul(times.into()))?;
        let (over, under) = (base.numer().pow(times), base.denom().pow(times));
        Ok(if exponent.is_negative() { Rational::new(under, over) } else { Rational::new_raw(over, under) })
    }

    fn call(&mut self, function: Function, arguments: &[Rational]) -> Result<Rational, EvaluateError> {
        self.spend(arguments.iter().map(bits).sum())?;
        match (function, arguments) {
            (Function::Abs, [value]) => Ok(value.abs()),
            (Function::Sign, [value]) => Ok(value.signum()),
            (Function::Floor, [value]) => Ok(value.floor()),
            (Function::Ceiling, [value]) => Ok(value.ceil()),
            (Function::Max, values) => values.iter().max().cloned().ok_or(EvaluateError::NotRational),
            (Function::Min, values) => values.iter().min().cloned().ok_or(EvaluateError::NotRational),
            (Function::Factorial, [value]) => self.factorial(value),
            (Function::FloorDivide | Function::Modulo, [_, by]) if by.is_zero() => Err(EvaluateError::DivisionByZero),
            (Function::FloorDivide, [value, by]) => Ok((value / by).floor()),
            (Function::Modulo, [value, by]) => Ok(value - (value / by).floor() * by),
            (Function::Xor, [one, other]) if one.is_integer() && other.is_integer() => {
                Ok(Rational::from_integer(one.numer() ^ other.numer()))
            }
            (Function::Exp, [value]) if value.is_zero() => Ok(Rational::one()),
            (Function::Log, [value]) if value.is_one() => Ok(Rational::zero()),
            (Function::Sin | Function::Tan | Function::Asin | Function::Atan, [value]) if value.is_zero() => Ok(Rational::zero()),
            (Function::Cos, [value]) if value.is_zero() => Ok(Rational::one()),
            _ => Err(EvaluateError::NotRational),
        }
    }

    fn factorial(&mut self, of: &Rational) -> Result<Rational, EvaluateError> {
        if !of.is_integer() || of.is_negative() {
            return Err(EvaluateError::NotRational);
        }
        let of = of.numer().to_u32().filter(|of| *of <= MAX_FACTORIAL).ok_or(EvaluateError::TooLarge)?;
        self.spend(u64::from(of) * 64)?;
        Ok(Rational::from_integer((1..=of).product()))
    }
}

/// The principal root, if it is rational. Those of negative numbers are complex, odd ones as well.
fn root(of: &Rational, index: u32) -> Option<Rational> {
    if of.is_negative() {
        return None;
    }
    let exact = |value: &BigInt| {
        let root = value.nth_root(index);
        (root.pow(index) == *value).then_some(root)
    };
    Some(Rational::new_raw(exact(of.numer())?, exact(of.denom())?))
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, parse};
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = parse(text, &Syntax::PYTHON).unwrap().evaluate();
        assert_eq!(got.map_or_else(|error| error.to_string(), |value| value.to_string()), expect, "{text}");
    }

    #[test]
    fn values_are_exact() {
        check("1/3 + 1/6", "1/2");
        check("(1 + 2)*3 - 4**2/8", "7");
        check("0.1 + 0.2 - 0.3", "0");
        check("2**-2", "1/4");
        check("(-2)**3", "-8");
        check("(4/9)**(-3/2)", "27/8");
        check("7//2 + -7//2 + -7 % 3", "1");
        check("5! - abs(-20)", "100");
        check("10^2 + 39", "35");
        check("max(1, 2, 3)*floor(-1/2)*ceiling(1/2)", "-3");
        check("0**0", "1");
        check("(-1)**123456789", "-1");
        check("root(8, 3)", "2");
    }

    #[test]
    fn what_has_no_value_says_why() {
        check("1/(2 - 2)", "division by zero");
        check("0**-1", "division by zero");
        check("5 % 0", "division by zero");
        check("sqrt(2)", "not a rational number");
        check("(-8)**(1/3)", "not a rational number");
        check("x", "not a rational number");
        check("pi", "not a rational number");
        check("9**9**9**9", "too large to be computed");
        check("(1/3)**99999999", "too large to be computed");
        check("99999!", "too large to be computed");
    }

    #[test]
    fn work_is_bounded() {
        let fractions: Vec<String> = (2..600).map(|n| format!("1/{n}")).collect();
        assert_eq!(parse(&fractions.join("+"), &Syntax::PYTHON).unwrap().evaluate(), Err(EvaluateError::TooLarge));
        let squares = "(".repeat(50) + "7" + &"**2)".repeat(50);
        assert_eq!(parse(&squares, &Syntax::PYTHON).unwrap().evaluate(), Err(EvaluateError::TooLarge));
    }
}
