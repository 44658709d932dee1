//! Approximate values with a bound of their error.
//!
//! Errors are followed to first order, with constants generous enough for what the operations themselves round. Where an error reaches a pole or a branch
//! cut there is no value, rather than one of two.

use super::{Complex, Constant, Expr, Function, Rational};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::sync::Arc;

/// Rounding of one operation, with room for those of `libm`.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Values below this have lost digits, and are no values.
const UNDERFLOW: f64 = 1e-290;

/// The largest exponent that is applied by multiplying.
const MAX_MULTIPLIED: u32 = 1 << 10;

/// A number within `error` of `value`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ball {
    pub(super) value: Complex,
    pub(super) error: f64,
}

/// What symbols stand for.
pub(super) type Point = [(Arc<str>, Complex)];

impl Expr {
    /// An approximate value of an expression without symbols, if it has one that double precision can tell.
    pub fn approximate(&self) -> Option<Complex> {
        let ball = value(self, &[])?;
        (ball.error <= 1e-9 * (1.0 + ball.value.abs())).then_some(ball.value)
    }
}

/// The value at a point; `None` if there is none, or none that is known well enough to go on.
pub(super) fn value(expr: &Expr, point: &Point) -> Option<Ball> {
    let ball = match expr {
        Expr::Number(number) => real(number),
        Expr::Constant(Constant::Pi) => Ball::rounded(std::f64::consts::PI),
        Expr::Constant(Constant::E) => Ball::rounded(std::f64::consts::E),
        Expr::Constant(Constant::I) => Ball::exact(Complex::new(0.0, 1.0)),
        Expr::Symbol(name) => Ball::exact(point.iter().find(|(known, _)| known == name)?.1),
        Expr::Sum(terms) => terms.iter().try_fold(Ball::exact(Complex::new(0.0, 0.0)), |sum, term| Some(sum.add(value(term, point)?)))?,
        Expr::Product(factors) => {
            factors.iter().try_fold(Ball::exact(Complex::new(1.0, 0.0)), |product, factor| Some(product.mul(value(factor, point)?)))?
        }
        Expr::Power(parts) => power(value(&parts.0, point)?, &parts.1, point)?,
        Expr::Call(function, arguments) => match &**arguments {
            [argument] => call(*function, value(argument, point)?)?,
            _ => several(*function, arguments, point)?,
        },
    };
    (ball.value.is_finite() && ball.error.is_finite()).then_some(ball)
}

fn real(number: &Rational) -> Ball {
    let value = to_f64(number);
    let exact = number.is_integer() && value.abs() < 9e15;
    Ball { value: Complex::new(value, 0.0), error: if exact { 0.0 } else { value.abs() * ROUNDING } }
}

fn to_f64(number: &Rational) -> f64 {
    // The leading 64 bits of each part, and how many were left out.
    let leading = |part: &BigInt| {
        let excess = part.bits().saturating_sub(64);
        ((part >> excess).to_f64().unwrap_or(f64::NAN), excess as i32)
    };
    let ((over, over_excess), (under, under_excess)) = (leading(number.numer()), leading(number.denom()));
    let excess = over_excess - under_excess;
    // In two steps: half the power is finite where the whole is not.
    over / under * 2_f64.powi(excess / 2) * 2_f64.powi(excess - excess / 2)
}

fn power(base: Ball, exponent: &Expr, point: &Point) -> Option<Ball> {
    if let Expr::Number(number) = exponent
        && let Some(times) = number.numer().magnitude().to_u32().filter(|times| *times <= MAX_MULTIPLIED)
        && let Some(index) = number.denom().to_u32().filter(|index| *index <= 2)
    {
        let base = if index == 2 { base.sqrt()? } else { base };
        let positive = base.multiplied(times);
        return if *number.numer() < 0.into() { positive.inverse() } else { Some(positive) };
    }
    let exponent = value(exponent, point)?;
    if base.value.abs() == 0.0 && base.error == 0.0 && exponent.value.re > exponent.error {
        return Some(base);
    }
    Some(base.ln()?.mul(exponent).exp())
}

fn call(function: Function, of: Ball) -> Option<Ball> {
    let one = Ball::exact(Complex::new(1.0, 0.0));
    let i = Ball::exact(Complex::new(0.0, 1.0));
    let half = Ball::exact(Complex::new(0.5, 0.0));
    Some(match function {
        Function::Exp => of.exp(),
        Function::Log => of.ln()?,
        Function::Sin => of.sin(),
        Function::Cos => of.cos(),
        Function::Tan => of.sin().mul(of.cos().inverse()?),
        Function::Cot => of.cos().mul(of.sin().inverse()?),
        Function::Sec => of.cos().inverse()?,
        Function::Csc => of.sin().inverse()?,
        // -i log(iz + sqrt(1 - z^2))
        Function::Asin => {
            let root = one.add(of.mul(of).neg()).sqrt()?;
            i.mul(of).add(root).ln()?.mul(i.neg())
        }
        Function::Acos => {
            let quarter = Ball::rounded(std::f64::consts::FRAC_PI_2);
            quarter.add(call(Function::Asin, of)?.neg())
        }
        // i/2 (log(1 - iz) - log(1 + iz))
        Function::Atan => {
            let turned = i.mul(of);
            one.add(turned.neg()).ln()?.add(one.add(turned).ln()?.neg()).mul(i).mul(half)
        }
        Function::Sinh => of.exp().add(of.neg().exp().neg()).mul(half),
        Function::Cosh => of.exp().add(of.neg().exp()).mul(half),
        Function::Tanh => call(Function::Sinh, of)?.mul(call(Function::Cosh, of)?.inverse()?),
        Function::Asinh => of.add(of.mul(of).add(one).sqrt()?).ln()?,
        Function::Acosh => of.add(of.add(one).sqrt()?.mul(of.add(one.neg()).sqrt()?)).ln()?,
        Function::Atanh => one.add(of).ln()?.add(one.add(of.neg()).ln()?.neg()).mul(half),
        Function::Abs => Ball { value: Complex::new(of.value.abs(), 0.0), error: of.error + of.value.abs() * ROUNDING },
        Function::Sign => {
            // Zero is left out as well: an error of any size reaches it.
            let real = of.value.im == 0.0 && of.value.re.abs() > of.error;
            return real.then(|| Ball::exact(Complex::new(of.value.re.signum(), 0.0)));
        }
        Function::Floor => of.stepped(f64::floor)?,
        Function::Ceiling => of.stepped(f64::ceil)?,
        Function::Factorial => return None,
        Function::Max | Function::Min => of,
        Function::FloorDivide | Function::Modulo | Function::Xor | Function::Integral | Function::Apply => return None,
    })
}

fn several(function: Function, arguments: &[Expr], point: &Point) -> Option<Ball> {
    let larger = match function {
        Function::Max => true,
        Function::Min => false,
        _ => return None,
    };
    let mut best: Option<Ball> = None;
    for argument in arguments {
        let next = value(argument, point)?;
        if next.value.im != 0.0 {
            return None;
        }
        let better = best.is_none_or(|best| (next.value.re > best.value.re) == larger);
        let error = next.error.max(best.map_or(0.0, |best| best.error));
        best = Some(Ball { value: if better { next.value } else { best?.value }, error });
    }
    best
}

impl Ball {
    fn exact(value: Complex) -> Self {
        Self { value, error: 0.0 }
    }

    fn rounded(value: f64) -> Self {
        Self { value: Complex::new(value, 0.0), error: value.abs() * ROUNDING }
    }

    fn add(self, other: Self) -> Self {
        let value = self.value + other.value;
        Self { value, error: self.error + other.error + value.abs() * ROUNDING }
    }

    fn neg(self) -> Self {
        Self { value: -self.value, error: self.error }
    }

    fn mul(self, other: Self) -> Self {
        let (size, other_size) = (self.value.abs(), other.value.abs());
        let error = size * other.error + other_size * self.error + self.error * other.error;
        let lost = size * other_size < UNDERFLOW && size > 0.0 && other_size > 0.0;
        Self { value: self.value * other.value, error: if lost { f64::NAN } else { error + size * other_size * ROUNDING } }
    }

    fn inverse(self) -> Option<Self> {
        let size = self.value.abs();
        if self.error >= size / 2.0 {
            return None;
        }
        let value = self.value.inverse();
        Some(Self { value, error: value.abs() * (2.0 * self.error / size + ROUNDING) })
    }

    fn multiplied(self, times: u32) -> Self {
        let (mut result, mut square, mut left) = (Self::exact(Complex::new(1.0, 0.0)), self, times);
        while left > 0 {
            if left % 2 == 1 {
                result = result.mul(square);
            }
            left /= 2;
            if left > 0 {
                square = square.mul(square);
            }
        }
        result
    }

    fn exp(self) -> Self {
        let value = self.value.exp();
        if value.abs() < UNDERFLOW {
            return Self { value, error: f64::NAN };
        }
        Self { value, error: value.abs() * (self.error.exp_m1() + ROUNDING * (1.0 + self.value.abs())) }
    }

    /// None where the cut along the negative numbers is within reach; real numbers lie above it.
    fn ln(self) -> Option<Self> {
        let size = self.value.abs();
        let at_cut = self.value.re < self.error && self.value.im != 0.0 && self.value.im.abs() <= self.error;
        if self.error >= size / 2.0 || at_cut {
            return None;
        }
        let value = self.value.ln();
        Some(Self { value, error: 2.0 * self.error / size + ROUNDING * (1.0 + value.abs()) })
    }

    fn sqrt(self) -> Option<Self> {
        if self.value.abs() == 0.0 && self.error == 0.0 {
            return Some(self);
        }
        let root = self.ln()?.mul(Self::exact(Complex::new(0.5, 0.0))).exp();
        // Those of real numbers have one part that is zero, and not only about zero.
        let value = match self.value {
            Complex { re, im: 0.0 } if re < 0.0 => Complex::new(0.0, (-re).sqrt()),
            Complex { re, im: 0.0 } => Complex::new(re.sqrt(), 0.0),
            _ => root.value,
        };
        Some(Self { value, ..root })
    }

    /// Sine and cosine change at most by the larger of the two, which is below `cosh` of the imaginary part.
    fn periodic(self, value: Complex) -> Self {
        let slope = (self.value.im.abs() + self.error).cosh();
        Self { value, error: slope * (self.error + ROUNDING * (1.0 + self.value.abs())) }
    }

    fn sin(self) -> Self {
        self.periodic(self.value.sin())
    }

    fn cos(self) -> Self {
        self.periodic(self.value.cos())
    }

    fn stepped(self, step: impl Fn(f64) -> f64) -> Option<Self> {
        let same = step(self.value.re - self.error) == step(self.value.re + self.error);
        (self.value.im == 0.0 && same).then(|| Self::exact(Complex::new(step(self.value.re), 0.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, parse};

    #[track_caller]
    fn check(text: &str, re: f64, im: f64) {
        let got = parse(text, &Syntax::PYTHON).unwrap().approximate().unwrap();
        assert!((got.re - re).abs() + (got.im - im).abs() < 1e-12 * (1.0 + re.abs()), "{text}: {got:?}");
    }

    // Values are those of Python's `cmath`.
    #[test]
    fn values_are_principal() {
        check("sqrt(-4)", 0.0, 2.0);
        check("(-8)**(1/3)", 1.0, 3_f64.sqrt());
        check("log(-1)", 0.0, std::f64::consts::PI);
        check("asin(2 + I)", 1.0634400235777521, 1.4693517443681852);
        check("acos(1/2)", std::f64::consts::FRAC_PI_3, 0.0);
        check("atan(1 + I)", 1.0172219678978514, 0.40235947810852507);
        check("tan(1/2 + I/3)", 0.47517166005754674, 0.40497341274426596);
        check("sinh(1)*cosh(1) - sinh(2)/2", 0.0, 0.0);
        check("acosh(-2)", 1.3169578969248166, std::f64::consts::PI);
        check("tanh(atanh(1/3)) + asinh(sinh(1))", 4.0 / 3.0, 0.0);
        check("E**(I*pi)", -1.0, 0.0);
        check("floor(5/2)*abs(3 + 4*I)*sign(-2)*max(1, 3)*min(2, 3)", -60.0, 0.0);
        check("0**(1/2)", 0.0, 0.0);
    }

    #[test]
    fn what_has_no_value_has_none() {
        for text in ["1/(sqrt(2)**2 - 2)", "log(0)", "x", "exp(1000)", "9**9**9", "tan(pi/2)", "Integral(1, x)", "sin(10**30)"] {
            assert!(parse(text, &Syntax::PYTHON).unwrap().approximate().is_none(), "{text}");
        }
    }
}
