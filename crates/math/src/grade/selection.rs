//! `C_{10}^3` and `A_5^2`: how many ways there are to choose or to arrange 3 of 10 and 2 of 5, as schools in some countries write it.
//!
//! In physics the same is the square of a letter with an index, so this is asked only where the other side is a number.

use crate::expr::{Expr, Rational};
use num_bigint::BigInt;
use num_traits::One;

/// The largest number to choose from.
const MAX_ALL: u32 = 200;

/// The expression with numbers for what it counts; `None` if letters are left.
pub(super) fn counted(of: &Expr) -> Option<Expr> {
    let all = |parts: &[Expr]| parts.iter().map(counted).collect::<Option<Vec<_>>>();
    Some(match of {
        Expr::Number(_) | Expr::Constant(_) => of.clone(),
        Expr::Symbol(_) => return None,
        Expr::Sum(parts) => Expr::sum(all(parts)?),
        Expr::Product(parts) => Expr::product(all(parts)?),
        Expr::Power(power) => match ways(&power.0, &power.1) {
            Some(ways) => Expr::integer(ways),
            None => Expr::power(counted(&power.0)?, counted(&power.1)?),
        },
        Expr::Call(function, parts) => Expr::Call(*function, all(parts)?.into()),
    })
}

fn ways(base: &Expr, exponent: &Expr) -> Option<BigInt> {
    let (Expr::Symbol(name), Expr::Number(some)) = (base, exponent) else { return None };
    let (letter, all) = name.split_once('_')?;
    let all: u32 = all.parse().ok().filter(|all| *all <= MAX_ALL)?;
    let whole = |some: &Rational| some.is_integer().then(|| u32::try_from(some.to_integer()).ok()).flatten();
    let some = whole(some).filter(|some| *some <= all)?;
    let arranged = (0..some).fold(BigInt::one(), |ways, step| ways * (all - step));
    match letter {
        "C" => Some((1..=some).fold(arranged, |ways, step| ways / step)),
        "A" | "P" => Some(arranged),
        _ => None,
    }
}
