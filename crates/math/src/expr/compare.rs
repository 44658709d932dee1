//! Whether two expressions are equal.
//!
//! Quotients of polynomials are decided exactly. Everything else is evaluated, with bounds of the error, at points that are the same on every run; an
//! analytic function that is zero at a few points of no special kind is zero everywhere but by a coincidence of probability nil. The idea is that of
//! W. A. Martin, "Determining the equivalence of algebraic expressions by hash coding", J. ACM 18 (1971), with real and complex numbers in place of residues.
//!
//! What double precision cannot tell counts as unknown: constants that cancel to the fifteenth digit, say.

use super::numeric::{Point, value};
use super::polynomial::{Known, difference};
use super::{Complex, Expr};
use std::sync::Arc;

/// What symbols may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Complex numbers: `sqrt(x**2)` is not `x`, and the derivative of `log(Abs(x))` is not `1/x`.
    Complex,
    /// Real numbers at which the first expression has a real value.
    Real,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equality {
    /// They are equal wherever they were looked at, or by the rules of arithmetic.
    Equal,
    /// They differ.
    Different,
    /// It could not be told within the limits; treat it as not equal.
    Unknown,
}

/// At how many points two expressions must agree.
const POINTS: usize = 5;

/// At how many points it is tried.
const TRIES: usize = 64;

/// How many nodes may be evaluated in all, each in some tens of nanoseconds.
const MAX_NODES: usize = 20_000;

/// How far apart two values may be, in bounds of their errors. The bounds are of first order, hence the room.
const ROOM: f64 = 8.0;

/// How large the errors may be against the values, for an agreement to mean something.
const PRECISION: f64 = 1e-8;

/// Where the points start from.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Compares an expression with a reference.
pub fn compare(reference: &Expr, other: &Expr, domain: Domain) -> Equality {
    if tries(&[reference, other]) < POINTS {
        return Equality::Unknown;
    }
    match difference(reference, other) {
        Known::Zero => Equality::Equal,
        Known::NotZero => Equality::Different,
        Known::Undefined => Equality::Unknown,
        Known::Open => at_points(reference, other, domain),
    }
}

/// Whether an expression has a value at all: `1/0 + x` and `log(0)*x` have none. Where its value cannot be told within the limits the answer is no.
pub fn is_defined(expr: &Expr) -> bool {
    let tries = tries(&[expr]);
    if tries == 0 {
        return false;
    }
    let names = expr.symbols();
    let mut draw = Draw(SEED);
    (0..tries).any(|attempt| {
        let domain = if attempt % 2 == 0 { Domain::Complex } else { Domain::Real };
        let point: Vec<(Arc<str>, Complex)> = names.iter().map(|name| (Arc::clone(name), draw.point(attempt, domain))).collect();
        value(expr, &point).is_some()
    })
}

/// At how many points the expressions can be evaluated within the limit.
fn tries(expressions: &[&Expr]) -> usize {
    let left = expressions.iter().try_fold(MAX_NODES, |left, expr| left_of(left, expr));
    left.map_or(0, |left| TRIES.min(MAX_NODES / (MAX_NODES - left).max(1)))
}

/// What is left of a number of nodes without those of an expression. Shared parts count as often as they are looked at, and a derivative shares a lot, so
/// counting ends where nothing is left.
fn left_of(left: usize, expr: &Expr) -> Option<usize> {
    let left = left.checked_sub(1)?;
    match expr {
        Expr::Number(_) | Expr::Constant(_) | Expr::Symbol(_) => Some(left),
        Expr::Sum(parts) | Expr::Product(parts) | Expr::Call(_, parts) => parts.iter().try_fold(left, left_of),
        Expr::Power(power) => left_of(left_of(left, &power.0)?, &power.1),
    }
}

fn at_points(reference: &Expr, other: &Expr, domain: Domain) -> Equality {
    let mut names = reference.symbols();
    names.append(&mut other.symbols());
    let tries = tries(&[reference, other]);
    let mut draw = Draw(SEED);
    let mut agreed = 0;
    for attempt in 0..tries {
        let point: Vec<(Arc<str>, Complex)> = names.iter().map(|name| (Arc::clone(name), draw.point(attempt, domain))).collect();
        match at_point(reference, other, domain, &point) {
            Some(true) => agreed += 1,
            Some(false) => return Equality::Different,
            None => {}
        }
        if agreed == POINTS {
            return Equality::Equal;
        }
    }
    Equality::Unknown
}

/// Whether they agree here; `None` if the point says nothing.
fn at_point(reference: &Expr, other: &Expr, domain: Domain, point: &Point) -> Option<bool> {
    let (one, two) = (value(reference, point)?, value(other, point)?);
    if domain == Domain::Real && one.value.im.abs() > ROOM * one.error {
        return None;
    }
    let error = one.error + two.error;
    if (one.value - two.value).abs() > ROOM * error {
        return Some(false);
    }
    let size =
        if one.value.abs() > ROOM * error { one.value.abs() } else { smallest_term(reference, point).min(smallest_term(other, point)) };
    (error <= PRECISION * size).then_some(true)
}

/// The size to measure an error against where the whole is zero: that of its smallest term, as large ones could hide a small one that is not.
fn smallest_term(expr: &Expr, point: &Point) -> f64 {
    let terms = if let Expr::Sum(terms) = expr { &**terms } else { &[] };
    terms.iter().filter_map(|term| value(term, point)).map(|term| term.value.abs()).filter(|size| *size > 0.0).fold(1.0, f64::min)
}

/// Numbers that look random and are the same each time: SplitMix64.
struct Draw(u64);

impl Draw {
    /// Uniform in [-1, 1).
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// A value for one symbol. Sizes change from attempt to attempt, so that some lie where logarithms, roots and powers are defined and finite.
    fn point(&mut self, attempt: usize, domain: Domain) -> Complex {
        let scale = match domain {
            Domain::Complex => [1.2, 0.4, 2.5][attempt % 3],
            Domain::Real => [1.0, 0.2, 4.0, 25.0][attempt % 4],
        };
        let re = scale * self.unit();
        let im = if domain == Domain::Complex { scale * self.unit() } else { 0.0 };
        Complex::new(re, im)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, parse};
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, domain: Domain, expect: Equality) {
        let read = |text| parse(text, &Syntax::PYTHON).unwrap();
        assert_eq!(compare(&read(one), &read(other), domain), expect, "{one} and {other}");
    }

    #[test]
    fn identities_hold() {
        for (one, other) in [
            ("sin(x)**2 + cos(x)**2", "1"),
            ("sin(2*x)", "2*sin(x)*cos(x)"),
            ("exp(x + y)", "exp(x)*E**y"),
            ("(4*x - 7)**(3/2)", "(4*x - 7)*sqrt(4*x - 7)"),
            ("tan(x)", "sin(x)/cos(x)"),
            ("exp(4*x**2 + 2*x + 10)", "exp(10)*exp(2*x*(2*x + 1))"),
            ("atan(x) + atan(1/x) - atan(x) - atan(1/x)", "0"),
            ("sqrt(8)", "2*sqrt(2)"),
            ("log(8)", "3*log(2)"),
            ("cos(3*x)**2 - 1", "-sin(3*x)**2"),
            ("asin(x)", "pi/2 - acos(x)"),
            ("2**(x + 1)", "2*2**x"),
        ] {
            check(one, other, Domain::Complex, Equality::Equal);
            check(one, other, Domain::Real, Equality::Equal);
        }
        check("exp(I*x)", "cos(x) + I*sin(x)", Domain::Complex, Equality::Equal);
    }

    #[test]
    fn near_misses_differ() {
        for (one, other) in [
            ("sin(x)", "sin(x) + 1/10**9"),
            ("sin(x)", "x - x**3/6 + x**5/120"),
            ("exp(x)", "exp(x)*(1 + 10**-10)"),
            ("sqrt(x + 1)", "sqrt(x + 1.000001)"),
            ("pi", "355/113"),
            ("log(x)", "log(x) + c"),
            ("log(x)*sin(3*x + 1)", "log(x)*sin(3*x + 2)"),
            ("x", "Abs(x)"),
            ("sqrt(x)", "sqrt(-x)"),
        ] {
            check(one, other, Domain::Complex, Equality::Different);
            check(one, other, Domain::Real, Equality::Different);
        }
    }

    #[test]
    fn some_identities_are_of_real_numbers() {
        for (one, other) in [("sqrt(x**2)", "Abs(x)"), ("Abs(x)*sign(x)", "x"), ("log(x)", "log(Abs(x))")] {
            check(one, other, Domain::Real, Equality::Equal);
            assert_ne!(compare_text(one, other, Domain::Complex), Equality::Equal, "{one} and {other}");
        }
        check("sqrt(x**2)", "x", Domain::Complex, Equality::Different);
        check("sqrt(x**2)", "x", Domain::Real, Equality::Different);
    }

    fn compare_text(one: &str, other: &str, domain: Domain) -> Equality {
        let read = |text| parse(text, &Syntax::PYTHON).unwrap();
        compare(&read(one), &read(other), domain)
    }

    #[test]
    fn some_expressions_have_no_value() {
        let defined = |text| is_defined(&parse(text, &Syntax::PYTHON).unwrap());
        for text in ["x", "log(x)", "asin(3*x)", "sqrt(x - 20)", "log(Abs(x)) + C", "sign(x)", "7", "exp(-x**2)/x"] {
            assert!(defined(text), "{text}");
        }
        for text in ["1/0 + x", "0*log(0)", "x + 1/(2 - 2)", "exp(10**9)*x", "Integral(x, x)"] {
            assert!(!defined(text), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_unknown() {
        check("10**30*sin(x) - 10**30*sin(x) + sqrt(2)", "0", Domain::Complex, Equality::Unknown);
        check("1/(sin(x)**2 + cos(x)**2 - 1)", "1", Domain::Complex, Equality::Unknown);
        check("Integral(sin(x), x)", "-cos(x)", Domain::Complex, Equality::Unknown);
        check("exp(exp(exp(100*x)))", "exp(exp(exp(100*x)))*sin(1)", Domain::Real, Equality::Different);
    }

    #[test]
    fn derivatives_that_share_much_are_too_large() {
        let nested = "sin(".repeat(90) + &"x/2 + ".repeat(280) + "x" + &")".repeat(90);
        let derivative = parse(&nested, &Syntax::PYTHON).unwrap().derivative("x").unwrap();
        assert_eq!(compare(&derivative, &derivative, Domain::Complex), Equality::Unknown);
        assert!(!is_defined(&derivative));
    }
}
