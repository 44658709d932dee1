//! Makes expressions in the one shape that reading gives: flat products, numbers folded while they are short, denominators as they were written.

use crate::expr::{Expr, Function, Rational};
use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::sync::Arc;

/// Numbers of more bits stay powers or factors of their own.
const MAX_FOLDED_BITS: u64 = 128;
/// Products of more factors stay factors of their own.
const MAX_DISSOLVED: usize = 32;

/// A rational number without the gcd of large integers where it fits 64 bits.
pub(super) fn ratio(over: BigInt, under: BigInt) -> Rational {
    if let (Some(a), Some(b)) = (over.to_i64(), under.to_i64())
        && b > 0
    {
        let (mut x, mut y) = (a.unsigned_abs(), b.unsigned_abs());
        while y != 0 {
            (x, y) = (y, x % y);
        }
        return if x == 1 { Rational::new_raw(over, under) } else { Rational::new_raw((a / x as i64).into(), (b / x as i64).into()) };
    }
    Rational::new(over, under)
}

/// Factors multiplied; products among them are dissolved.
pub(super) fn product(factors: Vec<Expr>) -> Expr {
    // Long ones stay: dissolving them level by level would take time with the square of the depth.
    let short = |factor: &Expr| matches!(factor, Expr::Product(parts) if parts.len() <= MAX_DISSOLVED);
    if factors.iter().any(short) {
        let mut flat = Vec::with_capacity(factors.len() + 4);
        for factor in factors {
            match factor {
                Expr::Product(parts) if parts.len() <= MAX_DISSOLVED => flat.extend(parts.iter().cloned()),
                other => flat.push(other),
            }
        }
        return Expr::product(flat);
    }
    Expr::product(factors)
}

pub(super) fn negated(value: Expr) -> Expr {
    match value {
        Expr::Number(number) => Expr::Number(-number),
        other => product(vec![Expr::integer(-1), other]),
    }
}

/// One divided by it.
pub(super) fn inverse(value: Expr) -> Expr {
    match value {
        Expr::Number(number) if !number.is_zero() && number.numer().bits() + number.denom().bits() <= MAX_FOLDED_BITS => {
            let (over, under) = number.into_raw();
            let sign = if over.is_negative() { -BigInt::one() } else { BigInt::one() };
            Expr::Number(Rational::new_raw(under * &sign, over * sign))
        }
        other => Expr::power(other, Expr::integer(-1)),
    }
}

/// A root of an integer degree.
pub(super) fn root(value: Expr, degree: Expr) -> Expr {
    Expr::power(value, inverse(degree))
}

/// A function nobody defined.
pub(super) fn apply(name: &str, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    let mut parts = vec![Expr::symbol(name)];
    parts.extend(arguments);
    Expr::Call(Function::Apply, parts.into())
}

/// The same with one symbol replaced.
pub(super) fn replace(of: &Expr, name: &str, by: &Expr) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(|part| replace(part, name, by)).collect::<Vec<_>>();
    match of {
        Expr::Symbol(symbol) if &**symbol == name => by.clone(),
        Expr::Number(_) | Expr::Constant(_) | Expr::Symbol(_) => of.clone(),
        Expr::Sum(terms) => Expr::sum(all(terms)),
        Expr::Product(factors) => product(all(factors)),
        Expr::Power(power) => Expr::power(replace(&power.0, name, by), replace(&power.1, name, by)),
        Expr::Call(function, parts) => Expr::Call(*function, Arc::from(all(parts))),
    }
}
