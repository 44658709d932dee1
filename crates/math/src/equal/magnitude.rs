//! Positive numbers that are too large or too small for any exponent, by their logarithms: towers of powers, factorials of them.

use super::elementary::log;
use super::enclose::Enclosure;
use super::real::Real;
use super::{MAX_DEPTH, Steps, Why};
use crate::expr::{Expr, Function};

/// The precision of logarithms.
const BITS: u64 = 192;

/// Whether the two are positive numbers of different logarithms, or only one is positive; `None` if that is not seen.
pub(super) fn are_apart(one: &Expr, two: &Expr, steps: &mut Steps) -> Result<bool, Why> {
    let (first, second) = (size(one, steps, 0)?, size(two, steps, 0)?);
    Ok(match (first, second) {
        (Size::Logarithm(first), Size::Logarithm(second)) => first.sub(&second, BITS).excludes_zero(),
        (Size::Logarithm(_), Size::NotPositive) | (Size::NotPositive, Size::Logarithm(_)) => true,
        _ => false,
    })
}

/// The precision that is named for such decisions.
pub(super) const fn bits() -> u64 {
    BITS
}

enum Size {
    Logarithm(Real),
    NotPositive,
    Unknown,
}

impl Size {
    fn known(logarithm: Real) -> Self {
        if logarithm.is_known() { Self::Logarithm(logarithm) } else { Self::Unknown }
    }
}

fn size(expr: &Expr, steps: &mut Steps, depth: usize) -> Result<Size, Why> {
    if depth >= MAX_DEPTH {
        return Err(Why::TooDeep);
    }
    // A number whose value is known needs no structure.
    let value = |expr: &Expr, steps: &mut Steps| Enclosure::new(BITS, &[], steps).value(expr);
    let whole = value(expr, steps)?;
    if whole.is_known() {
        let real = whole.is_real();
        return Ok(if real && whole.re.is_positive() {
            steps.spend(500)?;
            Size::known(log(&whole.re, BITS))
        } else if whole.re.is_negative() || whole.re.is_zero() || whole.im.excludes_zero() {
            Size::NotPositive
        } else {
            Size::Unknown
        });
    }
    Ok(match expr {
        Expr::Product(factors) => {
            let mut sum = Real::zero();
            for factor in factors.iter() {
                let Size::Logarithm(part) = size(factor, steps, depth + 1)? else { return Ok(Size::Unknown) };
                sum = sum.add(&part, BITS);
            }
            Size::known(sum)
        }
        Expr::Power(power) => {
            let exponent = value(&power.1, steps)?;
            match size(&power.0, steps, depth + 1)? {
                Size::Logarithm(base) if exponent.is_real() => Size::known(base.mul(&exponent.re, BITS)),
                _ => Size::Unknown,
            }
        }
        Expr::Call(Function::Exp, of) => match &**of {
            [of] => {
                let exponent = value(of, steps)?;
                if exponent.is_real() { Size::known(exponent.re) } else { Size::Unknown }
            }
            _ => Size::Unknown,
        },
        Expr::Call(Function::Factorial, of) => match &**of {
            [of] => {
                // n log(n) - n <= log(n!) <= n log(n) for n above 0.
                let n = value(of, steps)?;
                if n.is_real() && n.re.is_positive() && n.re.top() > 8 {
                    steps.spend(500)?;
                    let product = n.re.mul(&log(&n.re, BITS), BITS);
                    let error = n.re.above();
                    Size::known(product.widened(error))
                } else {
                    Size::Unknown
                }
            }
            _ => Size::Unknown,
        },
        _ => Size::Unknown,
    })
}
