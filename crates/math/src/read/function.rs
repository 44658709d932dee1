//! Functions that are known: roots, trigonometry, logarithms, and those of several numbers.

use super::build;
use super::names::{Delimiter, Kind, Several};
use super::parser::{Parsed, Reader, Stop, Value};
use crate::answer::{Answer, DEGREE};
use crate::expr::{Constant, Expr, Function, Rational};
use num_integer::Integer;
use num_traits::Signed;

impl Reader<'_> {
    pub(super) fn radical(&mut self) -> Parsed<Value> {
        let plain = self.source.as_bytes().get(self.token().start as usize) != Some(&b'\\');
        self.skip();
        let degree = if self.kind() == Kind::Open(Delimiter::Square) && !plain {
            self.skip();
            let degree = self.sum()?.into_expr()?;
            self.expect(Kind::Close(Delimiter::Square))?;
            degree
        } else {
            Expr::integer(2)
        };
        let of = match self.kind() {
            Kind::Number => self.number()?.into_expr()?,
            Kind::GroupOpen => self.argument()?,
            _ => {
                self.enter()?;
                let of = self.primary()?.into_expr()?;
                self.leave();
                of
            }
        };
        Ok(Value::plain(build::root(of, degree)))
    }

    /// The power between a function's name and its argument.
    pub(super) fn function_power(&mut self) -> Parsed<Option<Expr>> {
        if self.eat(Kind::Caret) {
            return Ok(Some(self.exponent()?));
        }
        if let Kind::Superscript(_) = self.kind() {
            let digits = self.raised();
            return Ok(Some(Expr::integer(digits.parse::<i64>().map_err(|_| Stop::Syntax)?)));
        }
        Ok(None)
    }

    pub(super) fn function(&mut self, function: Function) -> Parsed<Value> {
        self.skip();
        let power = self.function_power()?;
        let inverse = power.as_ref().is_some_and(|power| power.is_number(-1)).then(|| inverse_of(function)).flatten();
        let function = inverse.unwrap_or(function);
        let mut of = self.function_argument()?;
        if takes_angle(function) {
            of = in_radians(of);
        }
        let value = Expr::call(function, of);
        Ok(Value::plain(if inverse.is_some() { value } else { powered(value, power) }))
    }

    /// What a function without parentheses takes: factors up to the next function, sign or bracket.
    pub(super) fn function_argument(&mut self) -> Parsed<Expr> {
        let bracket = matches!(self.kind(), Kind::Open(_) | Kind::GroupOpen | Kind::Bar);
        if bracket {
            self.enter()?;
            let value = self.primary()?.into_expr()?;
            self.leave();
            // `\sin{x}^2`: the power is the function's.
            return Ok(value);
        }
        let mut negative = false;
        while matches!(self.kind(), Kind::Minus | Kind::Plus) {
            negative ^= self.kind() == Kind::Minus;
            self.skip();
        }
        let mut factors = vec![self.power()?.into_expr()?];
        while matches!(self.kind(), Kind::Letter | Kind::Number | Kind::Symbol(_) | Kind::Pi | Kind::Frac | Kind::Sqrt)
            && self.starts_factor()
        {
            // `\sin x (..)`, `\sin x \cos x` end the argument; `f(x)` inside does not come up.
            if self.kind() == Kind::Number
                && !matches!(self.tokens.get(self.at.wrapping_sub(1)).map(|token| token.kind), Some(Kind::GroupClose))
            {
                break;
            }
            factors.push(self.power()?.into_expr()?);
        }
        let of = build::product(factors);
        Ok(if negative { build::negated(of) } else { of })
    }

    /// `\lg`.
    pub(super) fn decimal_logarithm(&mut self) -> Parsed<Value> {
        self.skip();
        let power = self.function_power()?;
        let of = self.function_argument()?;
        Ok(Value::plain(powered(logarithm(of, Expr::integer(10)), power)))
    }

    pub(super) fn logarithm(&mut self) -> Parsed<Value> {
        self.skip();
        let mut power = self.function_power()?;
        let base = if self.eat(Kind::Underscore) {
            Some(self.argument()?)
        } else if let Kind::Subscript(sign) = self.kind() {
            self.skip();
            Some(Expr::integer(sign as u32 - '₀' as u32))
        } else {
            None
        };
        if power.is_none() {
            power = self.function_power()?;
        }
        let of = self.function_argument()?;
        let value = match base {
            Some(base) => logarithm(of, base),
            None => Expr::call(Function::Log, of),
        };
        Ok(Value::plain(powered(value, power)))
    }

    pub(super) fn several(&mut self, several: Several) -> Parsed<Value> {
        self.skip();
        let arguments = match self.kind() {
            Kind::Open(Delimiter::Round) => self.arguments()?,
            Kind::Open(_) => match self.bracketed()? {
                Value::Other(Answer::Set(items) | Answer::Bracketed { items, .. }) => {
                    items.into_vec().into_iter().map(|item| Value::Other(item).into_expr()).collect::<Parsed<Vec<_>>>()?
                }
                value => vec![value.into_expr()?],
            },
            _ => return Err(Stop::Syntax),
        };
        if arguments.is_empty() {
            return Err(Stop::Syntax);
        }
        Ok(Value::plain(match several {
            Several::Max => Expr::Call(Function::Max, arguments.into()),
            Several::Min => Expr::Call(Function::Min, arguments.into()),
            Several::Gcd => common("gcd", arguments),
            Several::Lcm => common("lcm", arguments),
        }))
    }
}

fn powered(value: Expr, power: Option<Expr>) -> Expr {
    match power {
        Some(power) => Expr::power(value, power),
        None => value,
    }
}

/// To a base that is no e.
fn logarithm(of: Expr, base: Expr) -> Expr {
    match base {
        Expr::Constant(Constant::E) => Expr::call(Function::Log, of),
        base => build::product(vec![Expr::call(Function::Log, of), build::inverse(Expr::call(Function::Log, base))]),
    }
}

/// Greatest common divisor or least common multiple of rational numbers; of anything else a function nobody defined.
fn common(name: &str, arguments: Vec<Expr>) -> Expr {
    let folded = |argument: Expr| match &argument {
        Expr::Sum(_) | Expr::Product(_) | Expr::Power(_) => argument.evaluate().map_or(argument, Expr::Number),
        _ => argument,
    };
    let arguments: Vec<Expr> = arguments.into_iter().map(folded).collect();
    let numbers: Option<Vec<&Rational>> =
        arguments.iter().map(|argument| if let Expr::Number(value) = argument { Some(value) } else { None }).collect();
    let bits: u64 = numbers.iter().flatten().map(|value| value.numer().bits() + value.denom().bits()).sum();
    if let Some(numbers) = numbers
        && bits <= 4096
    {
        // Of fractions: gcd(a/b, c/d) = gcd(ad, cb)/bd.
        let mut result = numbers.first().map(|value| value.abs()).unwrap_or_default();
        for value in numbers.iter().skip(1) {
            let (a, b) = (result.numer() * value.denom(), value.numer() * result.denom());
            let under = result.denom() * value.denom();
            result = Rational::new(if name == "gcd" { a.gcd(&b) } else { a.lcm(&b) }, under);
        }
        return Expr::Number(result);
    }
    build::apply(name, arguments)
}

fn inverse_of(function: Function) -> Option<Function> {
    Some(match function {
        Function::Sin => Function::Asin,
        Function::Cos => Function::Acos,
        Function::Tan => Function::Atan,
        Function::Sinh => Function::Asinh,
        Function::Cosh => Function::Acosh,
        Function::Tanh => Function::Atanh,
        _ => return None,
    })
}

fn takes_angle(function: Function) -> bool {
    matches!(function, Function::Sin | Function::Cos | Function::Tan | Function::Cot | Function::Sec | Function::Csc)
}

/// Degrees in it become radians.
fn in_radians(of: Expr) -> Expr {
    let mut found = false;
    of.visit(&mut |part| found |= matches!(part, Expr::Symbol(name) if &**name == DEGREE));
    if !found {
        return of;
    }
    let degree = Expr::product([Expr::Number(Rational::new(1.into(), 180.into())), Expr::Constant(Constant::Pi)]);
    build::replace(&of, DEGREE, &degree)
}
