//! Expressions as balls.

use super::bound::Bound;
use super::complex::Complex;
use super::constants::{e, pi};
use super::field::Field;
use super::modular::{Modular, Stop};
use super::real::Real;
use super::{MAX_DEPTH, Steps, Why};
use crate::expr::{Constant, Expr, Function, Rational};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::sync::Arc;

/// The largest exponent that is applied by multiplying.
const MAX_MULTIPLIED: u64 = 1 << 12;

/// Up to here factorials are products.
const MAX_FACTORS: u64 = 1 << 12;

/// The largest number that is split from the argument of a factorial.
const MAX_OFFSET: u32 = 32;

/// Values of symbols, sorted by name.
pub(super) type Point = [(Arc<str>, Real)];

/// Evaluates at one precision.
pub(super) struct Enclosure<'a> {
    /// Bits of the results on the way.
    pub(super) bits: u64,
    pub(super) point: &'a Point,
    pub(super) steps: &'a mut Steps,
    /// The least `k` with a value above `2^k` among those met, and at most 0: nothing smaller than this may be overlooked.
    pub(super) smallest: i64,
    /// Whether a root, power or function of real numbers was not real.
    pub(super) left_reals: bool,
    depth: usize,
}

impl<'a> Enclosure<'a> {
    pub(super) fn new(bits: u64, point: &'a Point, steps: &'a mut Steps) -> Self {
        Self { bits, point, steps, smallest: 0, left_reals: false, depth: 0 }
    }

    /// Pays for so many products of the precision.
    fn spend(&mut self, products: u64) -> Result<(), Why> {
        let words = self.bits / 64 + 1;
        self.steps.spend(products * (16 + words * words / 2))
    }

    /// What an exponential or one of its kin costs.
    fn spend_function(&mut self) -> Result<(), Why> {
        self.spend(20 + self.bits.isqrt())
    }

    /// An enclosure; an unknown one where the expression has no value, or none that this precision can tell.
    pub(super) fn value(&mut self, expr: &Expr) -> Result<Complex, Why> {
        if self.depth >= MAX_DEPTH {
            return Err(Why::TooDeep);
        }
        self.depth += 1;
        let value = self.node(expr)?;
        self.depth -= 1;
        for part in [&value.re, &value.im] {
            if !part.middle.is_zero() && part.top() < self.smallest && part.excludes_zero() {
                self.smallest = part.top();
            }
        }
        Ok(value)
    }

    fn node(&mut self, expr: &Expr) -> Result<Complex, Why> {
        let bits = self.bits;
        Ok(match expr {
            Expr::Number(value) => {
                self.steps.spend(20 + (value.numer().bits() + value.denom().bits()) / 64)?;
                Complex::real(rational(value, bits))
            }
            Expr::Constant(Constant::Pi) => Complex::real(pi(bits)),
            Expr::Constant(Constant::E) => Complex::real(e(bits)),
            Expr::Constant(Constant::I) => Complex::i(),
            Expr::Symbol(name) => {
                let at = self.point.binary_search_by(|(known, _)| known.cmp(name)).map_err(|_| Why::NoValue)?;
                let (_, value) = self.point.get(at).ok_or(Why::NoValue)?;
                self.steps.spend(30)?;
                Complex::real(value.clone())
            }
            Expr::Sum(terms) => {
                let mut sum = Complex::integer(0);
                for term in terms.iter() {
                    self.spend(1)?;
                    sum = sum.add(&self.value(term)?, bits);
                }
                sum
            }
            Expr::Product(factors) => self.product(factors)?,
            Expr::Power(power) if power.1.is_number(-1) => {
                self.spend(2)?;
                self.value(&power.0)?.inverse(bits)
            }
            Expr::Power(power) => self.power(&power.0, &power.1)?,
            Expr::Call(function, arguments) => self.call(*function, arguments)?,
        })
    }

    /// Factors below the line are divided by, which is exact more often than a product with an inverse.
    fn product(&mut self, factors: &[Expr]) -> Result<Complex, Why> {
        let bits = self.bits;
        let (mut over, mut under) = (Complex::integer(1), Complex::integer(1));
        for factor in factors {
            self.spend(2)?;
            match factor {
                Expr::Power(power) if power.1.is_number(-1) => under = under.mul(&self.value(&power.0)?, bits),
                _ => over = over.mul(&self.value(factor)?, bits),
            }
        }
        Ok(if under.is_real() && under.re.is_exact() && under.re.middle.is_one() && under.re.exponent == 0 {
            over
        } else {
            over.div(&under, bits)
        })
    }

    fn power(&mut self, base: &Expr, exponent: &Expr) -> Result<Complex, Why> {
        let known = if let Expr::Number(value) = exponent { Some(value.clone()) } else { small_rational(exponent, self.steps)? };
        let base = self.value(base)?;
        let is_real = base.is_real();
        if let Some(exponent) = known {
            let power = self.rational_power(base, &exponent)?;
            self.left_reals |= is_real && !power.is_real();
            return Ok(power);
        }
        let exponent = self.value(exponent)?;
        self.left_reals |= is_real && exponent.is_real() && base.re.is_negative();
        if base.is_zero() {
            return Ok(if exponent.re.is_positive() { base } else { Complex::unknown() });
        }
        self.spend_function()?;
        self.spend_function()?;
        let more = self.bits + 16;
        Ok(exponent.mul(&base.log(more), more).exp(self.bits))
    }

    fn rational_power(&mut self, base: Complex, exponent: &Rational) -> Result<Complex, Why> {
        let bits = self.bits;
        let (Some(times), Some(index)) = (exponent.numer().magnitude().to_u64(), exponent.denom().to_u64()) else {
            return self.large_power(&base, exponent);
        };
        let times_bits = 64 - u64::from(times.leading_zeros());
        if times > 1 << 40 || index > 1 << 20 {
            return self.large_power(&base, exponent);
        }
        let more = if times == 1 { bits } else { bits + times_bits + 4 };
        self.spend(4 + 2 * times_bits)?;
        if base.is_zero() {
            return Ok(match exponent.numer().sign() {
                num_bigint::Sign::Plus => base,
                num_bigint::Sign::NoSign => Complex::integer(1),
                num_bigint::Sign::Minus => Complex::unknown(),
            });
        }
        let root = match index {
            1 => base,
            2 => base.sqrt(more),
            _ => self.root(&base, index, more)?,
        };
        let power = if times == 1 {
            root
        } else if times <= MAX_MULTIPLIED || root.re.middle.bits() < 64 {
            root.powi(times, more)
        } else {
            return self.large_power(&root, &Rational::from_integer(exponent.numer().clone()));
        };
        Ok(if exponent.is_negative() { power.inverse(bits) } else { power })
    }

    /// The root of an index above 2: the real one of a real number if there is one, else the principal one.
    fn root(&mut self, base: &Complex, index: u64, bits: u64) -> Result<Complex, Why> {
        self.spend_function()?;
        self.spend_function()?;
        let degree = Real::integer(index as i64);
        if base.is_real() {
            let size = |of: Real| super::elementary::exp(&super::elementary::log(&of, bits + 8).div(&degree, bits + 8), bits);
            match base.re.sign() {
                Some(Ordering::Greater) => return Ok(Complex::real(size(base.re.clone()))),
                Some(Ordering::Less) if index % 2 == 1 => return Ok(Complex::real(size(base.re.clone().neg()).neg())),
                None if base.is_known() => {
                    // About zero: the root of the size, where 2^(top/index) is rounded up.
                    let top = base.above().top().unwrap_or(0);
                    let radius = Bound::power_of_two(top.div_euclid(index as i64) + 1);
                    return Ok(if index % 2 == 1 { Complex::real(Real::around_zero(radius)) } else { Complex::around_zero(radius) });
                }
                _ => {}
            }
        }
        let log = base.log(bits + 8);
        Ok(Complex { re: log.re.div(&degree, bits + 8), im: log.im.div(&degree, bits + 8) }.exp(bits))
    }

    /// By the logarithm. A real number with an odd root has a real power.
    fn large_power(&mut self, base: &Complex, exponent: &Rational) -> Result<Complex, Why> {
        self.spend_function()?;
        self.spend_function()?;
        let more = self.bits + 80;
        let power = Real::rational(exponent, more);
        if base.is_real() && exponent.denom().is_odd() && base.re.excludes_zero() {
            let size = super::elementary::exp(&super::elementary::log(&base.re.clone().abs(), more).mul(&power, more), self.bits);
            let negative = base.re.is_negative() && exponent.numer().is_odd();
            return Ok(if size.is_known() { Complex::real(if negative { size.neg() } else { size }) } else { Complex::unknown() });
        }
        if base.is_zero() {
            return Ok(if exponent.is_positive() { base.clone() } else { Complex::unknown() });
        }
        Ok(base.log(more).mul(&Complex::real(power), more).exp(self.bits))
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) -> Result<Complex, Why> {
        match (function, arguments) {
            (function, _) if is_opaque(function) => self.opaque(function, arguments),
            (Function::Factorial, [of]) => self.factorial(of),
            (_, [of]) => {
                let of = self.value(of)?;
                let value = self.function(function, &of)?;
                self.left_reals |= of.is_real() && !value.is_real();
                Ok(value)
            }
            (Function::Max | Function::Min, [first, rest @ ..]) => {
                let mut best = self.value(first)?;
                for argument in rest {
                    let next = self.value(argument)?;
                    best = self.larger(best, next, function == Function::Max);
                }
                Ok(best)
            }
            (Function::FloorDivide | Function::Modulo, [of, by]) => {
                let (of, by) = (self.value(of)?, self.value(by)?);
                self.spend(6)?;
                let quotient = self.function(Function::Floor, &of.div(&by, self.bits))?;
                Ok(if function == Function::FloorDivide { quotient } else { of.sub(&quotient.mul(&by, self.bits), self.bits) })
            }
            _ => Err(Why::NoValue),
        }
    }

    /// A function without values, as a number that depends on its arguments as a residue does.
    fn opaque(&mut self, function: Function, arguments: &[Expr]) -> Result<Complex, Why> {
        let call = Expr::Call(function, arguments.into());
        match Modular::new(Field::BOTH[0], self.steps).value(&call) {
            Ok(residue) => Ok(Complex::real(Real::exact(((residue.re >> 20) % (1 << 20) + 1).into(), -18))),
            Err(Stop::Limit(why)) => Err(why),
            Err(Stop::Undefined) => Ok(Complex::unknown()),
        }
    }

    /// The larger or the smaller of two; what holds both where neither is for certain.
    fn larger(&self, one: Complex, two: Complex, larger: bool) -> Complex {
        if !one.is_real() || !two.is_real() {
            return Complex::unknown();
        }
        match two.re.sub(&one.re, self.bits).sign() {
            Some(order) => {
                if (order == Ordering::Greater) == larger {
                    two
                } else {
                    one
                }
            }
            None => Complex::real(one.re.hull(&two.re, self.bits)),
        }
    }

    fn function(&mut self, function: Function, of: &Complex) -> Result<Complex, Why> {
        let bits = self.bits;
        if !matches!(function, Function::Abs | Function::Sign | Function::Floor | Function::Ceiling | Function::Max | Function::Min) {
            self.spend_function()?;
            if !of.is_real() {
                self.spend_function()?;
                self.spend_function()?;
            }
        }
        let whole = |value: Option<BigInt>| value.map_or_else(Complex::unknown, |value| Complex::real(Real::exact(value, 0)));
        Ok(match function {
            Function::Exp => of.exp(bits),
            Function::Log => of.log(bits),
            Function::Sin => of.sin_cos(bits).0,
            Function::Cos => of.sin_cos(bits).1,
            Function::Tan | Function::Cot | Function::Sec | Function::Csc => {
                let (sine, cosine) = of.sin_cos(bits + 8);
                match function {
                    Function::Tan => sine.div(&cosine, bits),
                    Function::Cot => cosine.div(&sine, bits),
                    Function::Sec => cosine.inverse(bits),
                    _ => sine.inverse(bits),
                }
            }
            Function::Asin => of.asin(bits),
            Function::Acos => of.acos(bits),
            Function::Atan => of.atan(bits),
            Function::Sinh => of.sinh_cosh(bits).0,
            Function::Cosh => of.sinh_cosh(bits).1,
            Function::Tanh => {
                let (sinh, cosh) = of.sinh_cosh(bits + 8);
                sinh.div(&cosh, bits)
            }
            Function::Asinh => of.asinh(bits),
            Function::Acosh => of.acosh(bits),
            Function::Atanh => of.atanh(bits),
            Function::Abs => Complex::real(of.abs(bits)),
            Function::Sign if of.is_real() => match of.re.sign() {
                Some(order) => Complex::integer(order as i64),
                None => Complex::real(Real::around_zero(Bound::power_of_two(0))),
            },
            Function::Floor if of.is_real() => whole(of.re.floor()),
            Function::Ceiling if of.is_real() => whole(of.re.clone().neg().floor().map(|value| -value)),
            Function::Max | Function::Min => of.clone(),
            _ => Complex::unknown(),
        })
    }

    fn factorial(&mut self, of: &Expr) -> Result<Complex, Why> {
        let of = match of {
            Expr::Number(value) => value.clone(),
            _ => match small_rational(of, self.steps)? {
                Some(value) => value,
                None if self.point.is_empty() => return Err(Why::NoValue),
                None => return self.factorial_of_symbols(of),
            },
        };
        if !of.is_integer() || of.is_negative() {
            return Err(Why::NoValue);
        }
        let Some(of) = of.numer().to_u64().filter(|of| *of < 1 << 50) else { return Ok(Complex::unknown()) };
        Ok(Complex::real(if of <= MAX_FACTORS { self.factors(of)? } else { self.stirling(of)? }))
    }

    /// `(n + 2)!` is `n! (n + 1)(n + 2)`, and `n!` a number that depends on `n`.
    fn factorial_of_symbols(&mut self, of: &Expr) -> Result<Complex, Why> {
        let (rest, offset) = offset(of);
        let factorial = self.opaque(Function::Factorial, std::slice::from_ref(&rest))?;
        let rest = self.value(&rest)?;
        let mut product = Complex::integer(1);
        for step in 0..offset.unsigned_abs() as i64 {
            self.spend(2)?;
            let add = if offset > 0 { step + 1 } else { -step };
            product = product.mul(&rest.add(&Complex::integer(add), self.bits), self.bits);
        }
        Ok(if offset < 0 { factorial.div(&product, self.bits) } else { factorial.mul(&product, self.bits) })
    }

    /// `1 * 2 * .. * of`, in groups that fit one word.
    fn factors(&mut self, of: u64) -> Result<Real, Why> {
        self.spend(of / 4 + 1)?;
        let bits = self.bits + 16;
        let mut product = Real::integer(1);
        let mut group = 1_u64;
        for factor in 2..=of {
            match group.checked_mul(factor) {
                Some(larger) => group = larger,
                None => {
                    product = product.mul(&Real::exact(group.into(), 0), bits);
                    group = factor;
                }
            }
        }
        Ok(product.mul(&Real::exact(group.into(), 0), bits).rounded(self.bits))
    }

    /// Stirling's series, whose error is below the first term that is left out (NIST DLMF 5.11.1 and 5.11(ii)): known to some 200 bits whatever is
    /// asked for.
    fn stirling(&mut self, of: u64) -> Result<Real, Why> {
        // B(2k) / (2k (2k - 1)) for k = 1..9.
        const TERMS: [(i64, i64); 9] =
            [(1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360_360), (1, 156), (-3617, 122_400), (43_867, 244_188)];
        self.spend_function()?;
        self.spend_function()?;
        self.spend_function()?;
        self.spend(40)?;
        let bits = self.bits + 96;
        let n = Real::exact(of.into(), 0);
        let half = Real::exact(1.into(), -1);
        let log = super::elementary::log(&n, bits);
        let tail = super::elementary::log(&pi(bits).scaled(1), bits).scaled(-1);
        let mut sum = n.add(&half, bits).mul(&log, bits).sub(&n, bits).add(&tail, bits);
        let mut power = n.clone();
        let square = n.mul(&n, bits);
        for (index, (over, under)) in TERMS.iter().enumerate() {
            let term = Real::integer(*over).div(&power.times(*under, bits), bits);
            if index + 1 == TERMS.len() {
                sum = sum.widened(term.above());
            } else {
                sum = sum.add(&term, bits);
                power = power.mul(&square, bits);
            }
        }
        Ok(super::elementary::exp(&sum, self.bits))
    }
}

/// A sum without its whole number, and that number, if it is small.
pub(super) fn offset(of: &Expr) -> (Expr, i32) {
    if let Expr::Sum(terms) = of {
        let integer = |term: &Expr| match term {
            Expr::Number(value) if value.is_integer() => value.numer().to_i32(),
            _ => None,
        };
        // A difference has its number as a product with -1.
        let number = |term: &Expr| match term {
            Expr::Product(factors) => factors.iter().try_fold(1_i32, |product, factor| product.checked_mul(integer(factor)?)),
            _ => integer(term),
        };
        let number = |term: &Expr| number(term).filter(|value| value.unsigned_abs() <= MAX_OFFSET);
        if let Some((index, value)) = terms.iter().enumerate().find_map(|(index, term)| Some((index, number(term)?))) {
            let rest = terms.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, term)| term.clone());
            return (Expr::sum(rest), value);
        }
    }
    (of.clone(), 0)
}

/// Whether a function has no values here: it is compared by its arguments alone.
pub(super) fn is_opaque(function: Function) -> bool {
    matches!(function, Function::Integral | Function::Xor)
}

/// A rational number to `bits` bits. Long ones are cut before they are divided.
fn rational(value: &Rational, bits: u64) -> Real {
    if value.denom().is_one() || value.denom().bits() + value.numer().bits() < 4 * bits {
        return Real::rational(value, bits);
    }
    let part = |part: &BigInt| Real::exact(part.clone(), 0).rounded(bits + 8);
    part(value.numer()).div(&part(value.denom()), bits)
}

/// The value of an exponent or an argument that is a rational number of moderate size; `None` of others.
fn small_rational(expr: &Expr, steps: &mut Steps) -> Result<Option<Rational>, Why> {
    match super::exact::value(expr, steps) {
        Ok(value) => Ok(value.into_rational().filter(|value| value.numer().bits() + value.denom().bits() < 1 << 10)),
        Err(_) => Ok(None),
    }
}
