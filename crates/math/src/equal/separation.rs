//! How small an algebraic number can be that is not zero.
//!
//! The bound is that of C. Burnikel, S. Funke, K. Mehlhorn, S. Schirra and S. Schmitt, "A separation bound for real algebraic expressions",
//! Algorithmica 55
//! (2009): an expression of degree at most `D` with the parts `u` and `l` made by the rules below is zero or at least `1 / (l u^(D - 1))`. Sines and
//! cosines of rational parts of a turn are sums of roots of unity, and count by the degree of the field these are in.

use super::{MAX_DEPTH, Steps, Why, exact};
use crate::expr::{Constant, Expr, Function, Rational};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// The largest degree for which a bound is worth computing.
const MAX_DEGREE: u64 = 1 << 12;

/// How many different roots may occur.
const MAX_ROOTS: usize = 16;

/// How many roots of unity the turns may need.
const MAX_TURNS: u64 = 1 << 10;

/// `u` and `l` as logarithms to base 2, rounded up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    over: u64,
    under: u64,
}

/// What was met on the way: it decides the degree.
struct Scan<'a, 'b> {
    roots: Vec<(&'a Expr, u64)>,
    degree: u64,
    /// The least common multiple of the orders of roots of unity.
    turns: u64,
    steps: &'b mut Steps,
    depth: usize,
}

/// The bits below the point at which the difference of two algebraic numbers shows, if it is not zero. `None` if one is not algebraic, or this is
/// not seen.
pub(super) fn bits(one: &Expr, two: &Expr, steps: &mut Steps) -> Result<Option<u64>, Why> {
    let mut scan = Scan { roots: Vec::new(), degree: 1, turns: 1, steps, depth: 0 };
    let Some(first) = scan.size(one)? else { return Ok(None) };
    let Some(second) = scan.size(two)? else { return Ok(None) };
    let difference = sum(first, second);
    let degree = scan.degree.saturating_mul(totient(scan.turns));
    if degree > MAX_DEGREE {
        return Ok(None);
    }
    Ok((degree - 1).checked_mul(difference.over).and_then(|bits| bits.checked_add(difference.under)))
}

fn sum(one: Size, two: Size) -> Size {
    let over = one.over.saturating_add(two.under).max(one.under.saturating_add(two.over)).saturating_add(1);
    Size { over, under: one.under.saturating_add(two.under) }
}

fn product(one: Size, two: Size) -> Size {
    Size { over: one.over.saturating_add(two.over), under: one.under.saturating_add(two.under) }
}

/// How many numbers below it have no divisor in common with it.
fn totient(of: u64) -> u64 {
    let (mut left, mut result, mut divisor) = (of, of, 2);
    while divisor * divisor <= left {
        if left % divisor == 0 {
            result -= result / divisor;
            while left % divisor == 0 {
                left /= divisor;
            }
        }
        divisor += 1;
    }
    if left > 1 { result - result / left } else { result }
}

/// The logarithm of a size, rounded up.
fn log2(value: &num_bigint::BigInt) -> u64 {
    let magnitude = value.magnitude();
    let bits = magnitude.bits();
    if magnitude.trailing_zeros() == Some(bits.saturating_sub(1)) { bits - 1 } else { bits }
}

impl<'a> Scan<'a, '_> {
    fn size(&mut self, expr: &'a Expr) -> Result<Option<Size>, Why> {
        self.steps.spend(4)?;
        if self.depth >= MAX_DEPTH {
            return Err(Why::TooDeep);
        }
        self.depth += 1;
        let size = self.node(expr);
        self.depth -= 1;
        size
    }

    fn node(&mut self, expr: &'a Expr) -> Result<Option<Size>, Why> {
        let mut all = Size::default();
        Ok(match expr {
            Expr::Number(value) => Some(Size { over: log2(value.numer()), under: log2(value.denom()) }),
            Expr::Constant(Constant::I) => {
                self.turns = self.turns.lcm(&4);
                Some(all)
            }
            Expr::Constant(_) | Expr::Symbol(_) => None,
            Expr::Sum(terms) => {
                for (index, term) in terms.iter().enumerate() {
                    let Some(term) = self.size(term)? else { return Ok(None) };
                    all = if index == 0 { term } else { sum(all, term) };
                }
                Some(all)
            }
            Expr::Product(factors) => {
                for factor in factors.iter() {
                    let Some(factor) = self.size(factor)? else { return Ok(None) };
                    all = product(all, factor);
                }
                Some(all)
            }
            Expr::Power(power) => {
                let Some(exponent) = self.rational(&power.1) else { return Ok(None) };
                let Some(base) = self.size(&power.0)? else { return Ok(None) };
                self.power(&power.0, base, &exponent)
            }
            Expr::Call(function, arguments) => match (function, &**arguments) {
                (Function::Sin | Function::Cos | Function::Tan | Function::Cot | Function::Sec | Function::Csc, [of]) => {
                    let Some(turn) = half_turns(of, self.steps)? else { return Ok(None) };
                    let Some(order) = turn.denom().to_u64().filter(|order| *order <= MAX_TURNS) else { return Ok(None) };
                    // exp(i pi p/q) is a root of unity of order 2q; a sine divides by i.
                    self.turns = self.turns.lcm(&(2 * order)).lcm(&4);
                    if self.turns > 4 * MAX_TURNS {
                        return Ok(None);
                    }
                    // (z + 1/z)/2, and quotients of two such.
                    let (one, two) = (Size { over: 1, under: 1 }, Size { over: 2, under: 2 });
                    Some(if matches!(function, Function::Sin | Function::Cos | Function::Sec | Function::Csc) { one } else { two })
                }
                _ => self.rational(expr).map(|value| Size { over: log2(value.numer()), under: log2(value.denom()) }),
            },
        })
    }

    fn rational(&mut self, expr: &Expr) -> Option<Rational> {
        if let Expr::Number(value) = expr { Some(value.clone()) } else { exact::value(expr, self.steps).ok()?.into_rational() }
    }

    fn power(&mut self, base: &'a Expr, size: Size, exponent: &Rational) -> Option<Size> {
        let index = exponent.denom().to_u64().filter(|index| *index <= MAX_DEGREE)?;
        let times = exponent.numer().magnitude().to_u64().filter(|times| *times <= 1 << 16)?;
        let mut size = size;
        if index > 1 {
            if !self.roots.contains(&(base, index)) {
                if self.roots.len() >= MAX_ROOTS {
                    return None;
                }
                self.roots.push((base, index));
                self.degree = self.degree.saturating_mul(index);
            }
            let Size { over, under } = size;
            let others = index - 1;
            size = if over >= under {
                Size { over: over.saturating_add(others.saturating_mul(under)).div_ceil(index), under }
            } else {
                Size { over, under: under.saturating_add(others.saturating_mul(over)).div_ceil(index) }
            };
        }
        let Size { over, under } = size;
        let (over, under) = (over.saturating_mul(times), under.saturating_mul(times));
        Some(if exponent.is_negative() { Size { over: under, under: over } } else { Size { over, under } })
    }
}

/// The rational number that an expression is `pi` times, if that is seen.
fn half_turns(expr: &Expr, steps: &mut Steps) -> Result<Option<Rational>, Why> {
    steps.spend(4)?;
    Ok(match expr {
        Expr::Constant(Constant::Pi) => Some(Rational::from_integer(1.into())),
        Expr::Number(value) if value.is_zero() => Some(value.clone()),
        Expr::Product(factors) => {
            let rest = Expr::product(factors.iter().filter(|factor| !matches!(factor, Expr::Constant(Constant::Pi))).cloned());
            let count = factors.iter().filter(|factor| matches!(factor, Expr::Constant(Constant::Pi))).count();
            if count != 1 {
                return Ok(None);
            }
            exact::value(&rest, steps).ok().and_then(exact::Value::into_rational)
        }
        Expr::Sum(terms) => {
            let mut sum = Rational::zero();
            for term in terms.iter() {
                let Some(term) = half_turns(term, steps)? else { return Ok(None) };
                steps.spend(20 + (sum.denom().bits() + term.denom().bits()) / 4)?;
                if sum.denom().bits() > 64 || term.denom().bits() > 64 {
                    return Ok(None);
                }
                sum += term;
            }
            Some(sum)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Syntax, parse};

    #[track_caller]
    fn check(one: &str, two: &str, expect: Option<u64>) {
        let read = |text| parse(text, &Syntax::PYTHON).unwrap();
        assert_eq!(bits(&read(one), &read(two), &mut Steps::default()), Ok(expect), "{one} and {two}");
    }

    #[test]
    fn bounds_follow_the_rules() {
        // Degree 4. Roots have u = 2^1, their sum 2^2, and the difference 2^3.
        check("sqrt(2) + sqrt(3)", "sqrt(2)", Some(3 * 3));
        // Degree 2: u = 2^3 and l = 2^2.
        check("1/sqrt(2)", "sqrt(2)/2", Some(3 + 2));
        // Degree 2 and the 8 of roots of unity of order 20: u = 2^5 and l = 2^3.
        check("cos(pi/5)", "(1 + sqrt(5))/4", Some(15 * 5 + 3));
        check("pi", "3", None);
        check("x", "3", None);
    }
}
