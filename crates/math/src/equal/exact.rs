//! Values that are rational or Gaussian rational, computed exactly: in machine words as long as they fit, in big integers up to a length.

use super::{MAX_DEPTH, Steps, Why};
use crate::expr::{Constant, Expr, Function, Rational};
use num_bigint::BigInt;
use num_integer::{Integer, Roots};
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::borrow::Cow;

/// The longest part of a number on the way, in bits. A sum or product of whole numbers costs about its length; a fraction, its square.
const MAX_BITS: u64 = 1 << 18;

/// The largest number whose factorial is computed.
const MAX_FACTORIAL: u64 = 4000;

/// The largest index of a root.
const MAX_INDEX: u32 = 64;

/// Why there is no exact value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It has symbols or is irrational.
    NotRational,
    /// It divides by zero.
    Undefined,
    /// It has too many digits.
    TooLarge,
    /// It has too many levels.
    TooDeep,
    /// The steps ran out.
    Budget,
}

impl From<Why> for Stop {
    fn from(_: Why) -> Self {
        Self::Budget
    }
}

/// A Gaussian rational. Whatever fits the small form has it, so that equal values are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// `(re + im i) / under`, in lowest terms with `under` above zero.
    Small {
        re: i64,
        im: i64,
        under: i64,
    },
    Big(Box<Big>),
}

/// Real and imaginary part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Big {
    re: Rational,
    im: Rational,
}

use Value::Small;

impl Value {
    pub(super) const ZERO: Self = Small { re: 0, im: 0, under: 1 };
    pub(super) const ONE: Self = Small { re: 1, im: 0, under: 1 };

    fn integer(value: BigInt) -> Self {
        match value.to_i64().filter(|value| *value != i64::MIN) {
            Some(re) => Small { re, im: 0, under: 1 },
            None => Self::Big(Box::new(Big { re: Rational::from_integer(value), im: Rational::zero() })),
        }
    }

    /// Its value, if it is a whole number.
    fn whole(&self) -> Option<Cow<'_, BigInt>> {
        match self {
            Small { re, im: 0, under: 1 } => Some(Cow::Owned((*re).into())),
            Self::Big(big) if big.im.is_zero() && big.re.is_integer() => Some(Cow::Borrowed(big.re.numer())),
            _ => None,
        }
    }

    fn rational(value: &Rational) -> Self {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(re), Some(under)) if re != i64::MIN => Small { re, im: 0, under },
            _ => Self::Big(Box::new(Big { re: value.clone(), im: Rational::zero() })),
        }
    }

    fn big(re: Rational, im: Rational) -> Self {
        if im.is_zero() {
            return Self::rational(&re);
        }
        let under = re.denom().lcm(im.denom());
        let part = |of: &Rational| (of.numer() * (&under / of.denom())).to_i64().filter(|part| *part != i64::MIN);
        match (part(&re), part(&im), under.to_i64()) {
            (Some(re), Some(im), Some(under)) => Small { re, im, under },
            _ => Self::Big(Box::new(Big { re, im })),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        matches!(self, Small { re: 0, im: 0, .. })
    }

    pub(super) fn is_real(&self) -> bool {
        match self {
            Small { im, .. } => *im == 0,
            Self::Big(big) => big.im.is_zero(),
        }
    }

    fn parts(&self) -> (Rational, Rational) {
        match self {
            Small { re, im, under } => (Rational::new((*re).into(), (*under).into()), Rational::new((*im).into(), (*under).into())),
            Self::Big(big) => (big.re.clone(), big.im.clone()),
        }
    }

    /// Its value, if it is real.
    pub(super) fn into_rational(self) -> Option<Rational> {
        match self {
            Small { re, im: 0, under } => Some(Rational::new_raw(re.into(), under.into())),
            Self::Big(big) if big.im.is_zero() => Some(big.re),
            _ => None,
        }
    }

    /// The longest of its integers, in bits, and whether it has a denominator.
    fn bits(&self) -> (u64, bool) {
        match self {
            Small { under, .. } => (64, *under != 1),
            Self::Big(big) => {
                let longest = |of: &Rational| of.numer().bits().max(of.denom().bits());
                (longest(&big.re).max(longest(&big.im)), !big.re.is_integer() || !big.im.is_integer())
            }
        }
    }
}

/// In lowest terms, if that fits.
fn reduced(re: i128, im: i128, under: i128) -> Option<Value> {
    let mut common = if im == 0 { gcd(re, under) } else { gcd(gcd(re, im), under) };
    if under < 0 {
        common = -common;
    }
    let part = |value: i128| {
        let value = if common == 1 { value } else { value / common };
        i64::try_from(value).ok().filter(|value| *value != i64::MIN)
    };
    Some(Small { re: part(re)?, im: part(im)?, under: part(under)? })
}

fn gcd(one: i128, two: i128) -> i128 {
    match (u64::try_from(one.unsigned_abs()), u64::try_from(two.unsigned_abs())) {
        (_, Ok(1)) | (Ok(1), _) => 1,
        (Ok(one), Ok(two)) => one.gcd(&two).into(),
        _ => one.gcd(&two),
    }
}

/// What an exact value may cost: others have a chance after it.
const MAX_STEPS: u64 = 80_000;

/// The exact value.
pub(super) fn value(expr: &Expr, steps: &mut Steps) -> Result<Value, Stop> {
    steps.within(MAX_STEPS, |steps| Evaluation { steps, depth: 0 }.value(expr))
}

struct Evaluation<'a> {
    steps: &'a mut Steps,
    depth: usize,
}

impl Evaluation<'_> {
    /// Pays for an operation on big numbers.
    fn spend(&mut self, one: &Value, two: &Value) -> Result<(), Stop> {
        let ((one, fraction), (two, other)) = (one.bits(), two.bits());
        if one.max(two) > MAX_BITS {
            return Err(Stop::TooLarge);
        }
        let (short, long) = (one.min(two) / 64 + 1, one.max(two) / 64 + 1);
        // A greatest common divisor takes some steps a bit and word; long products are faster than by school.
        let steps = if fraction || other { 40 + (short + long).pow(2) * 8 } else { 40 + short * long / (8 + short.isqrt()) + long };
        Ok(self.steps.spend(steps)?)
    }

    fn value(&mut self, expr: &Expr) -> Result<Value, Stop> {
        self.steps.spend(1)?;
        if self.depth >= MAX_DEPTH {
            return Err(Stop::TooDeep);
        }
        match expr {
            Expr::Number(value) => Ok(Value::rational(value)),
            Expr::Constant(Constant::I) => Ok(Small { re: 0, im: 1, under: 1 }),
            Expr::Constant(_) | Expr::Symbol(_) => Err(Stop::NotRational),
            Expr::Sum(terms) => {
                let mut sum = Value::ZERO;
                for term in terms.iter() {
                    let term = self.inner(term)?;
                    sum = self.add(&sum, &term)?;
                }
                Ok(sum)
            }
            Expr::Product(factors) => {
                let (mut product, cancelled) = self.factorials(factors)?;
                for (index, factor) in factors.iter().enumerate() {
                    product = match factor {
                        _ if cancelled.contains(&index) => continue,
                        Expr::Power(power) if power.1.is_number(-1) => {
                            let by = self.inner(&power.0)?;
                            self.divide(&product, &by)?
                        }
                        _ => {
                            let factor = self.inner(factor)?;
                            self.multiply(&product, &factor)?
                        }
                    };
                }
                Ok(product)
            }
            Expr::Power(power) => {
                let (base, exponent) = (self.inner(&power.0)?, self.inner(&power.1)?);
                self.power(base, &exponent)
            }
            Expr::Call(function, arguments) => {
                let values = arguments.iter().map(|argument| self.inner(argument)).collect::<Result<Vec<_>, _>>()?;
                self.call(*function, &values)
            }
        }
    }

    fn inner(&mut self, expr: &Expr) -> Result<Value, Stop> {
        self.depth += 1;
        let value = self.value(expr);
        self.depth -= 1;
        value
    }

    fn add(&mut self, one: &Value, two: &Value) -> Result<Value, Stop> {
        if let (Small { re: a, im: b, under: c }, Small { re: d, im: e, under: f }) = (one, two) {
            let (a, b, c, d, e, f) = (i128::from(*a), i128::from(*b), i128::from(*c), i128::from(*d), i128::from(*e), i128::from(*f));
            let sum = if c == f { reduced(a + d, b + e, c) } else { reduced_sum(a, d, b, e, c, f) };
            if let Some(sum) = sum {
                return Ok(sum);
            }
        }
        self.spend(one, two)?;
        if let Some((one, two)) = one.whole().zip(two.whole()) {
            return Ok(Value::integer(&*one + &*two));
        }
        let ((a, b), (c, d)) = (one.parts(), two.parts());
        Ok(Value::big(a + c, b + d))
    }

    fn multiply(&mut self, one: &Value, two: &Value) -> Result<Value, Stop> {
        if let (Small { re: a, im: b, under: c }, Small { re: d, im: e, under: f }) = (one, two) {
            let (a, b, c, d, e, f) = (i128::from(*a), i128::from(*b), i128::from(*c), i128::from(*d), i128::from(*e), i128::from(*f));
            let product = if b == 0 && e == 0 {
                reduced(a * d, 0, c * f)
            } else {
                let re = (a * d).checked_sub(b * e);
                let im = (a * e).checked_add(b * d);
                re.zip(im).and_then(|(re, im)| reduced(re, im, c * f))
            };
            if let Some(product) = product {
                return Ok(product);
            }
        }
        self.spend(one, two)?;
        // Fractions are reduced even if they are whole, which takes long.
        if let Some((one, two)) = one.whole().zip(two.whole()) {
            return Ok(Value::integer(&*one * &*two));
        }
        let ((a, b), (c, d)) = (one.parts(), two.parts());
        if b.is_zero() && d.is_zero() {
            return Ok(Value::big(a * c, b));
        }
        Ok(Value::big(&a * &c - &b * &d, a * d + b * c))
    }

    fn divide(&mut self, one: &Value, by: &Value) -> Result<Value, Stop> {
        if let (Small { re: a, im: 0, under: c }, Small { re: d, im: 0, under: f }) = (one, by) {
            if *d == 0 {
                return Err(Stop::Undefined);
            }
            if let Some(quotient) = reduced(i128::from(*a) * i128::from(*f), 0, i128::from(*c) * i128::from(*d)) {
                return Ok(quotient);
            }
        }
        if let Some((over, under)) = one.whole().zip(by.whole())
            && !under.is_zero()
        {
            // Long whole numbers often divide each other, which is seen much faster than their common divisor.
            let words = (over.bits() + under.bits()) / 64;
            self.steps.spend(40 + words * words / 8)?;
            let (quotient, rest) = over.div_rem(&under);
            if rest.is_zero() {
                return Ok(Value::integer(quotient));
            }
        }
        let inverse = self.inverse(by)?;
        self.multiply(one, &inverse)
    }

    fn inverse(&mut self, of: &Value) -> Result<Value, Stop> {
        if of.is_zero() {
            return Err(Stop::Undefined);
        }
        self.spend(of, of)?;
        let (re, im) = of.parts();
        if im.is_zero() {
            return Ok(Value::big(re.recip(), im));
        }
        let norm = &re * &re + &im * &im;
        Ok(Value::big(re / &norm, -im / norm))
    }

    fn power(&mut self, base: Value, exponent: &Value) -> Result<Value, Stop> {
        let exponent = exponent.clone().into_rational().ok_or(Stop::NotRational)?;
        let index = exponent.denom().to_u32().filter(|index| *index <= MAX_INDEX).ok_or(Stop::NotRational)?;
        let base = if index == 1 { base } else { self.root(&base, index)? };
        if base.is_zero() {
            return if exponent.is_negative() { Err(Stop::Undefined) } else { Ok(if exponent.is_zero() { Value::ONE } else { base }) };
        }
        if base == Value::ONE || exponent.is_zero() {
            return Ok(Value::ONE);
        }
        // Units have powers of any size.
        if let Small { under: 1, re: re @ -1..=1, im: im @ -1..=1 } = base
            && re.abs() + im.abs() == 1
        {
            let quarters = if im == 0 { 2 } else { 2 - im };
            let turns = (exponent.numer().mod_floor(&4.into()).to_i64().unwrap_or(0) * quarters) % 4;
            let (re, im) = [(1, 0), (0, 1), (-1, 0), (0, -1)][turns as usize];
            return Ok(Small { re, im, under: 1 });
        }
        let times = exponent.numer().magnitude().to_u64().ok_or(Stop::TooLarge)?;
        if base.bits().0.min(log2_above(&base)).saturating_mul(times) > MAX_BITS {
            return Err(Stop::TooLarge);
        }
        let (mut result, mut square, mut left) = (Value::ONE, base, times);
        while left > 0 {
            if left % 2 == 1 {
                result = self.multiply(&result, &square)?;
            }
            left /= 2;
            if left > 0 {
                square = self.multiply(&square, &square)?;
            }
        }
        if exponent.is_negative() { self.divide(&Value::ONE, &result) } else { Ok(result) }
    }

    /// The root, if it is a Gaussian rational: of negative numbers the real one if the index is odd, else the principal one. Of others that are not
    /// real none is looked for.
    fn root(&mut self, of: &Value, index: u32) -> Result<Value, Stop> {
        let of = of.clone().into_rational().ok_or(Stop::NotRational)?;
        let negative = of.is_negative();
        if negative && index.is_even() && index != 2 {
            return Err(Stop::NotRational);
        }
        let bits = of.numer().bits() + of.denom().bits();
        if bits > 1 << 12 {
            return Err(Stop::NotRational);
        }
        let words = bits / 64 + 1;
        self.steps.spend(20 + if words > 1 { 200 * words * words } else { 0 })?;
        let exact = |value: &BigInt| -> Option<BigInt> {
            if let Some(value) = value.magnitude().to_u64() {
                let root = value.nth_root(index);
                return (root.checked_pow(index) == Some(value)).then(|| root.into());
            }
            let value = value.abs();
            let root = value.nth_root(index);
            (root.pow(index) == value).then_some(root)
        };
        let (over, under) = exact(of.numer()).zip(exact(of.denom())).ok_or(Stop::NotRational)?;
        let root = Rational::new_raw(over, under);
        Ok(match (negative, index) {
            (false, _) => Value::rational(&root),
            (true, 2) => Value::big(Rational::zero(), root),
            (true, _) => Value::rational(&-root),
        })
    }

    fn call(&mut self, function: Function, values: &[Value]) -> Result<Value, Stop> {
        if let [value] = values {
            match function {
                Function::Exp if value.is_zero() => return Ok(Value::ONE),
                Function::Log if *value == Value::ONE => return Ok(Value::ZERO),
                Function::Log if value.is_zero() => return Err(Stop::Undefined),
                Function::Sin
                | Function::Tan
                | Function::Asin
                | Function::Atan
                | Function::Sinh
                | Function::Tanh
                | Function::Asinh
                | Function::Atanh
                    if value.is_zero() =>
                {
                    return Ok(Value::ZERO);
                }
                Function::Cos | Function::Sec | Function::Cosh if value.is_zero() => return Ok(Value::ONE),
                Function::Acos | Function::Acosh if *value == Value::ONE => return Ok(Value::ZERO),
                Function::Abs if !value.is_real() => {
                    let (re, im) = value.parts();
                    self.spend(value, value)?;
                    return self.root(&Value::rational(&(&re * &re + &im * &im)), 2);
                }
                _ => {}
            }
        }
        let mut reals = Vec::with_capacity(values.len());
        for value in values {
            self.spend(value, value)?;
            reals.push(value.clone().into_rational().ok_or(Stop::NotRational)?);
        }
        let result = match (function, &*reals) {
            (Function::Abs, [value]) => value.abs(),
            (Function::Sign, [value]) => value.signum(),
            (Function::Floor, [value]) => value.floor(),
            (Function::Ceiling, [value]) => value.ceil(),
            (Function::Max, all) => all.iter().max().cloned().ok_or(Stop::NotRational)?,
            (Function::Min, all) => all.iter().min().cloned().ok_or(Stop::NotRational)?,
            (Function::Factorial, [value]) => return self.factorial(value),
            (Function::FloorDivide | Function::Modulo, [_, by]) if by.is_zero() => return Err(Stop::Undefined),
            (Function::FloorDivide, [value, by]) => (value / by).floor(),
            (Function::Modulo, [value, by]) => value - (value / by).floor() * by,
            (Function::Xor, [one, two]) if one.is_integer() && two.is_integer() => Rational::from_integer(one.numer() ^ two.numer()),
            _ => return Err(Stop::NotRational),
        };
        Ok(Value::rational(&result))
    }

    /// A quotient of factorials that are too long by themselves, and which factors it stands for.
    fn factorials(&mut self, factors: &[Expr]) -> Result<(Value, Vec<usize>), Stop> {
        let long = |factor: &Expr| match factor {
            Expr::Call(Function::Factorial, of) => match &**of {
                [Expr::Number(of)] if of.is_integer() => of.numer().to_u64().filter(|of| *of > MAX_FACTORIAL && *of < 1 << 40),
                _ => None,
            },
            _ => None,
        };
        let under = |factor: &Expr| match factor {
            Expr::Power(power) if power.1.is_number(-1) => long(&power.0),
            _ => None,
        };
        let mut over = factors.iter().enumerate().filter_map(|(index, factor)| Some((index, long(factor)?)));
        let mut below = factors.iter().enumerate().filter_map(|(index, factor)| Some((index, under(factor)?)));
        let (Some((first, high)), Some((second, low))) = (over.next(), below.next()) else { return Ok((Value::ONE, Vec::new())) };
        let apart = high.abs_diff(low);
        if apart > MAX_FACTORIAL {
            return Ok((Value::ONE, Vec::new()));
        }
        self.steps.spend(apart * (apart / 64 + 16) / 4)?;
        let quotient = if apart == 0 { BigInt::one() } else { product(high.min(low) + 1, high.max(low)) };
        let quotient = Rational::from_integer(quotient);
        Ok((Value::rational(&if high < low { quotient.recip() } else { quotient }), vec![first, second]))
    }

    fn factorial(&mut self, of: &Rational) -> Result<Value, Stop> {
        if !of.is_integer() || of.is_negative() {
            return Err(Stop::NotRational);
        }
        let of = of.numer().to_u64().filter(|of| *of <= MAX_FACTORIAL).ok_or(Stop::TooLarge)?;
        if of <= 20 {
            return Ok(Small { re: (1..=of as i64).product(), im: 0, under: 1 });
        }
        self.steps.spend(of * (of / 64 + 16) / 8)?;
        Ok(Value::rational(&Rational::from_integer(product(1, of))))
    }
}

/// The product of `low..=high`, by halves: long factors meet long ones.
fn product(low: u64, high: u64) -> BigInt {
    if high - low < 8 {
        return (low..=high).fold(BigInt::one(), |product, factor| product * factor);
    }
    let middle = low.midpoint(high);
    product(low, middle) * product(middle + 1, high)
}

/// `(re1 + im1 i) / under1 + (re2 + im2 i) / under2`.
fn reduced_sum(re1: i128, re2: i128, im1: i128, im2: i128, under1: i128, under2: i128) -> Option<Value> {
    let re = (re1 * under2).checked_add(re2 * under1)?;
    let im = (im1 * under2).checked_add(im2 * under1)?;
    reduced(re, im, under1 * under2)
}

/// Bits a power of it grows by with each factor.
fn log2_above(of: &Value) -> u64 {
    match of {
        Small { re, im, under } => {
            let largest = re.unsigned_abs().max(im.unsigned_abs()).max(under.unsigned_abs());
            64 - u64::from(largest.leading_zeros()) + u64::from(*im != 0)
        }
        Value::Big(_) => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Syntax, parse};

    #[track_caller]
    fn check(text: &str, expect: Result<&str, Stop>) {
        let got = value(&parse(text, &Syntax::PYTHON).unwrap(), &mut Steps::default());
        let want = expect.map(|text| value(&parse(text, &Syntax::PYTHON).unwrap(), &mut Steps::default()).unwrap());
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn values_are_exact() {
        check("1/3 + 1/6", Ok("1/2"));
        check("(1 + 2*I)*(3 - I)/(1 + I)", Ok("5")); // (5 + 5i)/(1 + i)
        check("I**4 + I**(-1)", Ok("1 - I"));
        check("(2 + I)**3", Ok("2 + 11*I"));
        check("sqrt(-4/9)", Ok("2*I/3"));
        check("(-8)**(1/3)", Ok("-2"));
        check("(-8)**(2/3)", Ok("4"));
        check("abs(3 + 4*I)", Ok("5"));
        check("25!/23!", Ok("600"));
        check("2**200/2**199", Ok("2"));
        check("9223372036854775807 + 1 - 1", Ok("9223372036854775807"));
        check("(1/9223372036854775807 + 1/9223372036854775806)*9223372036854775807*9223372036854775806", Ok("18446744073709551613"));
        check("1000000007**5*I/1000000007**4", Ok("1000000007*I"));
        check("2000!/1998!", Ok("3998000"));
    }

    #[test]
    fn others_say_why() {
        check("sqrt(2)", Err(Stop::NotRational));
        check("x", Err(Stop::NotRational));
        check("1/(2 - 2)", Err(Stop::Undefined));
        check("9**9**9", Err(Stop::TooLarge));
        check("99999!", Err(Stop::TooLarge));
    }
}
