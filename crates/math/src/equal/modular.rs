//! Expressions as elements of a finite field: equal ones have equal residues, and two that are not have the same ones by a coincidence of
//! probability nil. The idea is that of W. A. Martin, "Determining the equivalence of algebraic expressions by hash coding", J. ACM 18 (1971).
//!
//! A symbol is a residue made of its name. Functions are residues made of their arguments' residues, so that `f(x + 1)` and `f(1 + x)` are the same,
//! with
//! these relations besides: roots are roots, of integers by their primes; exponents that are sums or have whole factors are taken apart; sine and
//! cosine
//! lie on a circle and know the signs of their arguments; logarithms of rational numbers are sums of those of primes. That equal residues mean equal
//! expressions holds for quotients of polynomials. Signs of roots are not known to a field, so there it says no more than that numbers are worth a
//! look.

use super::field::{Field, Residue, mixed};
use super::{MAX_DEPTH, Steps, Why};
use crate::expr::{Constant, Expr, Function, Rational};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive};

/// The largest exponent that is applied.
const MAX_EXPONENT: u64 = 1 << 40;

/// Up to this divisor integers are taken apart into primes.
const MAX_DIVISOR: u64 = 1 << 10;

/// Evaluates in one field.
pub(super) struct Modular<'a> {
    field: Field,
    steps: &'a mut Steps,
    depth: usize,
    /// Whether anything but symbols, numbers and the imaginary unit was met: then different residues prove nothing.
    pub(super) has_atoms: bool,
}

/// Why there is no residue: a zero divisor, or a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Undefined,
    Limit(Why),
}

impl From<Why> for Stop {
    fn from(why: Why) -> Self {
        Self::Limit(why)
    }
}

impl<'a> Modular<'a> {
    pub(super) fn new(field: Field, steps: &'a mut Steps) -> Self {
        Self { field, steps, depth: 0, has_atoms: false }
    }

    /// What an inverse or a root costs.
    fn spend_power(&mut self) -> Result<(), Why> {
        self.steps.spend(100)
    }

    pub(super) fn value(&mut self, expr: &Expr) -> Result<Residue, Stop> {
        self.steps.spend(3)?;
        if self.depth >= MAX_DEPTH {
            return Err(Why::TooDeep.into());
        }
        self.depth += 1;
        let value = self.node(expr);
        self.depth -= 1;
        value
    }

    fn node(&mut self, expr: &Expr) -> Result<Residue, Stop> {
        match expr {
            Expr::Number(value) => self.rational(value),
            Expr::Constant(Constant::I) => Ok(Residue::I),
            Expr::Constant(Constant::Pi) => Ok(self.atom(Tag::Pi, &[])),
            Expr::Constant(Constant::E) => Ok(self.base_of_exponentials()),
            Expr::Symbol(name) => Ok(Residue { re: self.field.word(named(name)), im: 0 }),
            Expr::Sum(terms) => {
                let mut sum = Residue::ZERO;
                for term in terms.iter() {
                    let term = self.value(term)?;
                    sum = self.field.add(sum, term);
                }
                Ok(sum)
            }
            Expr::Product(factors) => self.product(factors),
            Expr::Power(power) => {
                if matches!(power.0, Expr::Constant(Constant::E)) {
                    return self.exponential(&power.1);
                }
                if let Some(exponent) = self.exact(&power.1)
                    && exponent.denom().is_even()
                    && let Some(base) = self.exact(&power.0)
                {
                    return self.power_of_rational(&base, &exponent);
                }
                let base = self.value(&power.0)?;
                self.power(base, &power.1)
            }
            Expr::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn product(&mut self, factors: &[Expr]) -> Result<Residue, Stop> {
        let (mut over, mut under) = (Residue::ONE, Residue::ONE);
        for factor in factors {
            match factor {
                Expr::Power(power) if power.1.is_number(-1) => {
                    let value = self.value(&power.0)?;
                    under = self.field.mul(under, value);
                }
                Expr::Number(value) => {
                    self.steps.spend((value.numer().bits() + value.denom().bits()) / 16)?;
                    over = self.field.mul(over, Residue { re: self.field.integer(value.numer()), im: 0 });
                    under = self.field.mul(under, Residue { re: self.field.integer(value.denom()), im: 0 });
                }
                _ => {
                    let value = self.value(factor)?;
                    over = self.field.mul(over, value);
                }
            }
        }
        self.quotient(over, under)
    }

    fn quotient(&mut self, over: Residue, under: Residue) -> Result<Residue, Stop> {
        if under == Residue::ONE {
            return Ok(over);
        }
        self.spend_power()?;
        let inverse = self.field.inverse(under).ok_or(Stop::Undefined)?;
        Ok(self.field.mul(over, inverse))
    }

    fn rational(&mut self, value: &Rational) -> Result<Residue, Stop> {
        self.steps.spend((value.numer().bits() + value.denom().bits()) / 16)?;
        let part = |part| Residue { re: self.field.integer(part), im: 0 };
        let (over, under) = (part(value.numer()), part(value.denom()));
        self.quotient(over, under)
    }

    fn exact(&mut self, expr: &Expr) -> Option<Rational> {
        match expr {
            Expr::Number(value) => Some(value.clone()),
            Expr::Symbol(_) | Expr::Constant(_) => None,
            _ => super::exact::value(expr, self.steps).ok()?.into_rational(),
        }
    }

    /// A residue that only the same function of the same arguments has.
    fn atom(&mut self, tag: Tag, arguments: &[Residue]) -> Residue {
        self.has_atoms = true;
        let state = arguments.iter().fold(mixed(0x6761_7665, tag.number()), |state, part| mixed(mixed(state, part.re), part.im));
        Residue { re: self.field.word(state), im: 0 }
    }

    /// e: a square, so that its roots are real.
    fn base_of_exponentials(&mut self) -> Residue {
        let atom = self.atom(Tag::E, &[]);
        self.field.mul(atom, atom)
    }

    fn exponential(&mut self, exponent: &Expr) -> Result<Residue, Stop> {
        let base = self.base_of_exponentials();
        if let Expr::Call(Function::Log, of) = exponent
            && let [of] = &**of
        {
            return self.value(of);
        }
        self.power(base, exponent)
    }

    /// A power whose exponent may be anything: sums and whole factors are taken apart.
    fn power(&mut self, base: Residue, exponent: &Expr) -> Result<Residue, Stop> {
        if let Some(exponent) = self.exact(exponent) {
            return self.rational_power(base, &exponent);
        }
        match exponent {
            Expr::Sum(terms) => {
                let mut product = Residue::ONE;
                for term in terms.iter() {
                    self.steps.spend(3)?;
                    let power = self.power(base, term)?;
                    product = self.field.mul(product, power);
                }
                Ok(product)
            }
            Expr::Product(factors) => {
                let (numbers, rest): (Vec<_>, Vec<_>) = factors.iter().partition(|factor| matches!(factor, Expr::Number(_)));
                let mut times = Rational::from_integer(1.into());
                for number in numbers {
                    if let Expr::Number(value) = number {
                        self.steps.spend(20 + (value.numer().bits() + value.denom().bits()) / 4)?;
                        times *= value;
                    }
                }
                let mut product = Residue::ONE;
                for factor in rest {
                    let factor = self.value(factor)?;
                    product = self.field.mul(product, factor);
                }
                let atom = self.atom(Tag::Power, &[base, product]);
                self.rational_power(self.field.mul(atom, atom), &(times / num_bigint::BigInt::from(2)))
            }
            _ => {
                let exponent = self.value(exponent)?;
                let atom = self.atom(Tag::Power, &[base, exponent]);
                Ok(self.field.mul(atom, atom))
            }
        }
    }

    fn rational_power(&mut self, base: Residue, exponent: &Rational) -> Result<Residue, Stop> {
        let (Some(times), Some(index)) = (exponent.numer().magnitude().to_u64(), exponent.denom().to_u64()) else {
            return Err(Why::TooLarge.into());
        };
        if times > MAX_EXPONENT || index > MAX_EXPONENT {
            return Err(Why::TooLarge.into());
        }
        let mut root = base;
        if index > 1 {
            self.has_atoms = true;
            let twos = index.trailing_zeros();
            if base.im != 0 {
                root = self.atom(Tag::Root, &[base, Residue { re: index, im: 0 }]);
            } else {
                for _ in 0..twos {
                    self.spend_power()?;
                    root = if root.im == 0 { self.field.sqrt(root.re) } else { self.atom(Tag::Root, &[root]) };
                }
                let odd = index >> twos;
                if odd > 1 {
                    self.spend_power()?;
                    root = match self.field.odd_root(root.re, odd) {
                        Some(re) if root.im == 0 => Residue { re, im: 0 },
                        _ => self.atom(Tag::Root, &[root, Residue { re: odd, im: 0 }]),
                    };
                }
            }
        }
        self.spend_power()?;
        let power = self.field.power(root, times);
        if exponent.is_negative() { self.quotient(Residue::ONE, power) } else { Ok(power) }
    }

    /// An even root of a rational number, as the product of those of its primes: so their signs fit each other.
    fn power_of_rational(&mut self, base: &Rational, exponent: &Rational) -> Result<Residue, Stop> {
        let mut product = Residue::ONE;
        if base.is_negative() {
            let minus_one = Residue { re: self.field.integer(&(-1).into()), im: 0 };
            product = self.rational_power(minus_one, exponent)?;
        }
        for (part, exponent) in [(base.numer(), exponent.clone()), (base.denom(), -exponent)] {
            for (prime, times) in self.primes(part)? {
                let power = &exponent * num_bigint::BigInt::from(times);
                let factor = self.rational_power(Residue { re: self.field.word(prime), im: 0 }, &power)?;
                product = self.field.mul(product, factor);
            }
        }
        Ok(product)
    }

    /// The primes of a size and how often each divides it. What is left without small divisors counts as one.
    fn primes(&mut self, of: &num_bigint::BigInt) -> Result<Vec<(u64, u32)>, Stop> {
        let Some(mut left) = of.magnitude().to_u64() else { return Ok(vec![(self.field.integer(&of.abs()), 1)]) };
        let mut primes = Vec::new();
        let mut divisor = 2;
        while divisor * divisor <= left && divisor <= MAX_DIVISOR {
            let mut times = 0;
            while left % divisor == 0 {
                left /= divisor;
                times += 1;
            }
            if times > 0 {
                primes.push((divisor, times));
            }
            divisor += 1 + divisor % 2;
        }
        self.steps.spend(divisor)?;
        if left > 1 {
            let root = left.isqrt();
            primes.push(if root * root == left { (root, 2) } else { (left, 1) });
        }
        Ok(primes)
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) -> Result<Residue, Stop> {
        match (function, arguments) {
            (Function::Exp, [of]) => self.exponential(of),
            (Function::Log, [of]) => self.logarithm(of),
            (Function::Sin | Function::Cos | Function::Tan | Function::Cot | Function::Sec | Function::Csc, [of]) => {
                let (sine, cosine) = self.circle(of)?;
                match function {
                    Function::Sin => Ok(sine),
                    Function::Cos => Ok(cosine),
                    Function::Tan => self.quotient(sine, cosine),
                    Function::Cot => self.quotient(cosine, sine),
                    Function::Sec => self.quotient(Residue::ONE, cosine),
                    _ => self.quotient(Residue::ONE, sine),
                }
            }
            (Function::Max | Function::Min, all) => {
                let mut values = all.iter().map(|argument| self.value(argument)).collect::<Result<Vec<_>, _>>()?;
                values.sort_unstable_by_key(|value| (value.re, value.im));
                Ok(self.atom(Tag::Call(function), &values))
            }
            (_, all) => {
                if let Some(value) = self.exact_call(function, all) {
                    return self.rational(&value);
                }
                if let (Function::Factorial, [of]) = (function, all) {
                    return self.factorial(of);
                }
                let values = all.iter().map(|argument| self.value(argument)).collect::<Result<Vec<_>, _>>()?;
                if let ([value], true) = (&*values, function == Function::Abs) {
                    let turned = self.field.neg(*value);
                    let least = if (value.re, value.im) < (turned.re, turned.im) { *value } else { turned };
                    return Ok(self.atom(Tag::Call(function), &[least]));
                }
                Ok(self.atom(Tag::Call(function), &values))
            }
        }
    }

    /// A function of rational numbers that is one.
    fn exact_call(&mut self, function: Function, arguments: &[Expr]) -> Option<Rational> {
        let whole = matches!(
            function,
            Function::Abs
                | Function::Sign
                | Function::Floor
                | Function::Ceiling
                | Function::Factorial
                | Function::FloorDivide
                | Function::Modulo
                | Function::Xor
        );
        if !whole || arguments.iter().any(|argument| matches!(argument, Expr::Symbol(_))) {
            return None;
        }
        super::exact::value(&Expr::Call(function, arguments.into()), self.steps).ok()?.into_rational()
    }

    /// `(n + 2)!` is `n! (n + 1)(n + 2)`.
    fn factorial(&mut self, of: &Expr) -> Result<Residue, Stop> {
        let (rest, offset) = super::enclose::offset(of);
        let rest = self.value(&rest)?;
        let factorial = self.atom(Tag::Call(Function::Factorial), &[rest]);
        let mut product = Residue::ONE;
        for step in 0..i64::from(offset.unsigned_abs()) {
            let add = Residue { re: self.field.integer(&(if offset > 0 { step + 1 } else { -step }).into()), im: 0 };
            product = self.field.mul(product, self.field.add(rest, add));
        }
        if offset < 0 { self.quotient(factorial, product) } else { Ok(self.field.mul(factorial, product)) }
    }

    fn logarithm(&mut self, of: &Expr) -> Result<Residue, Stop> {
        if let Some(value) = self.exact(of).filter(Signed::is_positive) {
            let mut sum = Residue::ZERO;
            for (part, sign) in [(value.numer(), 1_i64), (value.denom(), -1)] {
                for (prime, times) in self.primes(part)? {
                    let log = self.atom(Tag::Log, &[Residue { re: self.field.word(prime), im: 0 }]);
                    let factor = Residue { re: self.field.integer(&(sign * i64::from(times)).into()), im: 0 };
                    sum = self.field.add(sum, self.field.mul(log, factor));
                }
            }
            return Ok(sum);
        }
        if matches!(of, Expr::Constant(Constant::E)) {
            return Ok(Residue::ONE);
        }
        let value = self.value(of)?;
        Ok(self.atom(Tag::Log, &[value]))
    }

    /// Sine and cosine: the point of the circle with a parameter that changes its sign with the argument.
    fn circle(&mut self, of: &Expr) -> Result<(Residue, Residue), Stop> {
        let value = self.value(of)?;
        let turned = self.field.neg(value);
        let negative = (value.re, value.im) > (turned.re, turned.im);
        let t = self.atom(Tag::Circle, &[if negative { turned } else { value }]);
        let square = self.field.mul(t, t);
        let under = self.field.add(Residue::ONE, square);
        if value == Residue::ZERO {
            return Ok((Residue::ZERO, Residue::ONE));
        }
        self.spend_power()?;
        let inverse = self.field.inverse(under).ok_or(Stop::Undefined)?;
        let cosine = self.field.mul(self.field.add(Residue::ONE, self.field.neg(square)), inverse);
        let sine = self.field.mul(self.field.add(t, t), inverse);
        Ok((if negative { self.field.neg(sine) } else { sine }, cosine))
    }
}

/// What an atom is made by.
#[derive(Clone, Copy)]
enum Tag {
    Pi,
    E,
    Power,
    Root,
    Log,
    Circle,
    Call(Function),
}

impl Tag {
    fn number(self) -> u64 {
        match self {
            Self::Pi => 1,
            Self::E => 2,
            Self::Power => 3,
            Self::Root => 4,
            Self::Log => 5,
            Self::Circle => 6,
            Self::Call(function) => 7 + function as u64,
        }
    }
}

/// 64 bits for a name.
fn named(name: &str) -> u64 {
    name.bytes().fold(mixed(1, name.len() as u64), |state, byte| mixed(state, byte.into()))
}
