//! Sums, products, fractions, and where a factor begins.

use super::build;
use super::names::{Delimiter, Kind};
use super::parser::{Parsed, Reader, Scalar, Stop, Value};
use super::token::Token;
use crate::answer::{Answer, MINUS_PLUS, PLUS_MINUS, Quantity, Sign, Written};
use crate::expr::{Constant, Expr, Function, Rational};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

impl Reader<'_> {
    /// Terms with signs.
    pub(super) fn sum(&mut self) -> Parsed<Value> {
        let mut first = self.signed()?;
        // A set minus a set is no sum.
        let sets = matches!(&first, Value::Other(Answer::Set(_) | Answer::SetBuilder(_) | Answer::NamedSet { .. }))
            && matches!(
                self.ahead(1).kind,
                Kind::Open(Delimiter::Brace) | Kind::GroupOpen | Kind::Blackboard | Kind::Symbol("ℝ" | "ℕ" | "ℤ" | "ℚ" | "ℂ")
            );
        if sets || !matches!(self.kind(), Kind::Plus | Kind::Minus | Kind::PlusMinus | Kind::MinusPlus) {
            return Ok(first);
        }
        let unit = match &mut first {
            Value::Scalar(Scalar { quantity, .. }) => quantity.unit.clone(),
            Value::Other(_) => None,
        };
        let mut same_unit = unit.is_some();
        let mut terms = Vec::new();
        let mut bare = Vec::new();
        let mut add = |value: Value, terms: &mut Vec<Expr>, make: fn(Expr) -> Expr| -> Parsed<()> {
            if same_unit && let Value::Scalar(Scalar { quantity: Quantity { value, unit: other, percent: false, .. }, .. }) = &value {
                same_unit = *other == unit;
                bare.push(make(value.clone()));
            } else {
                same_unit = false;
            }
            terms.push(make(value.into_expr()?));
            Ok(())
        };
        add(first, &mut terms, |expr| expr)?;
        loop {
            let make: fn(Expr) -> Expr = match self.kind() {
                Kind::Plus => |expr| expr,
                Kind::Minus => build::negated,
                Kind::PlusMinus => |expr| build::product(vec![Expr::symbol(PLUS_MINUS), expr]),
                Kind::MinusPlus => |expr| build::product(vec![Expr::symbol(MINUS_PLUS), expr]),
                _ => break,
            };
            self.plus_minus |= matches!(self.kind(), Kind::PlusMinus | Kind::MinusPlus);
            self.skip();
            self.count(1)?;
            // `C + -3` has a second sign.
            let value = self.signed()?;
            add(value, &mut terms, make)?;
        }
        if same_unit {
            let mut quantity = Quantity::plain(Expr::sum(bare), Written::Expression);
            quantity.unit = unit;
            return Ok(Value::Scalar(Scalar { quantity, bracketed: false }));
        }
        Ok(Value::plain(Expr::sum(terms)))
    }

    /// A product with signs before it.
    pub(super) fn signed(&mut self) -> Parsed<Value> {
        let (mut negative, mut either) = (false, None);
        loop {
            match self.kind() {
                Kind::Plus => {}
                Kind::Minus => negative = !negative,
                Kind::PlusMinus => either = Some(PLUS_MINUS),
                Kind::MinusPlus => either = Some(MINUS_PLUS),
                _ => break,
            }
            self.skip();
        }
        let mut value = self.product()?;
        if let Some(name) = either {
            value = match value {
                Value::Other(Answer::Infinity(_)) => return Ok(Value::Other(Answer::Infinity(None))),
                Value::Scalar(mut scalar) => {
                    self.plus_minus = true;
                    scalar.quantity.value = build::product(vec![Expr::symbol(name), scalar.quantity.value]);
                    Value::Scalar(scalar)
                }
                other => {
                    self.plus_minus = true;
                    Value::plain(build::product(vec![Expr::symbol(name), other.into_expr()?]))
                }
            };
        }
        if !negative {
            return Ok(value);
        }
        Ok(match value {
            Value::Other(Answer::Infinity(Some(Sign::Plus))) => Value::Other(Answer::Infinity(Some(Sign::Minus))),
            Value::Other(Answer::Numeral { digits, base, negative, value }) => {
                Value::Other(Answer::Numeral { digits, base, negative: !negative, value: -value })
            }
            Value::Scalar(mut scalar) => {
                scalar.quantity.value = match scalar.quantity.value {
                    // `-7 mod 5` is the residue of -7.
                    Expr::Call(Function::Modulo, parts) if !scalar.bracketed && parts.len() == 2 => {
                        Expr::Call(Function::Modulo, [build::negated(parts[0].clone()), parts[1].clone()].into())
                    }
                    value => build::negated(value),
                };
                scalar.bracketed = false;
                Value::Scalar(scalar)
            }
            other => Value::plain(build::negated(other.into_expr()?)),
        })
    }

    /// Factors side by side, with signs of multiplication and division between them.
    pub(super) fn product(&mut self) -> Parsed<Value> {
        let first = self.measured()?;
        if !self.goes_on() {
            return Ok(first);
        }
        let mut last_literal = first.integer().is_some();
        if last_literal
            && self.kind() == Kind::Slash
            && let Some(value) = self.fraction_of_integers(&first)?
        {
            let value = self.with_unit(value)?;
            return if self.goes_on() { self.product_from(value, false) } else { Ok(value) };
        }
        last_literal &= first.integer().is_some();
        self.product_from(first, last_literal)
    }

    /// `3/4` of two integers.
    pub(super) fn fraction_of_integers(&mut self, over: &Value) -> Parsed<Option<Value>> {
        let next = self.ahead(1);
        let negative = next.kind == Kind::Minus;
        let digits = self.ahead(1 + usize::from(negative));
        if digits.kind != Kind::Number
            || matches!(
                self.ahead(2 + usize::from(negative)).kind,
                Kind::Underscore | Kind::Caret | Kind::Superscript(_) | Kind::Bang | Kind::Vulgar(..) | Kind::Frac
            )
        {
            return Ok(None);
        }
        let mark = self.at;
        self.at += 1 + usize::from(negative);
        let under = self.number()?;
        let (Some(a), Some(b)) = (over.integer(), under.integer()) else {
            self.at = mark;
            return Ok(None);
        };
        if b.is_zero() {
            self.at = mark;
            return Ok(None);
        }
        Ok(Some(fraction(a.numer().clone(), if negative { -b.numer().clone() } else { b.numer().clone() })))
    }

    pub(super) fn product_from(&mut self, first: Value, mut literal: bool) -> Parsed<Value> {
        // Units of the factors are multiplied if the first has one; else one behind the last is the unit of all.
        let united = matches!(&first, Value::Scalar(Scalar { quantity, .. }) if quantity.unit.is_some() || quantity.percent);
        let mut factors = vec![first.into_expr()?];
        loop {
            self.count(1)?;
            match self.kind() {
                Kind::Times => {
                    self.skip();
                    factors.push(self.signed_factor(united)?.into_expr()?);
                    literal = false;
                }
                Kind::Slash => {
                    self.skip();
                    let divisor = self.divisor(literal)?;
                    factors.push(build::inverse(divisor));
                    literal = false;
                }
                Kind::Modulo => {
                    self.skip();
                    let by = self.signed_factor(false)?.into_expr()?;
                    let of = build::product(std::mem::take(&mut factors));
                    factors.push(Expr::Call(Function::Modulo, [of, by].into()));
                }
                _ if self.starts_factor() => {
                    // Two numerals side by side are not a product.
                    let before = |by: usize| self.at.checked_sub(by).and_then(|at| self.tokens.get(at)).map(|token| token.kind);
                    if self.kind() == Kind::Number && before(1) == Some(Kind::Number) && before(2) != Some(Kind::Caret) {
                        return Err(Stop::Syntax);
                    }
                    let factor = if united { self.measured()? } else { self.power()? };
                    factors.push(factor.into_expr()?);
                    literal = false;
                }
                _ => break,
            }
        }
        let value = self.with_unit(Value::plain(build::product(factors)))?;
        if !united && self.goes_on() { self.product_from(value, false) } else { Ok(value) }
    }

    /// A factor with signs of its own, as behind `\cdot`.
    pub(super) fn signed_factor(&mut self, united: bool) -> Parsed<Value> {
        let mut negative = false;
        while matches!(self.kind(), Kind::Minus | Kind::Plus) {
            negative ^= self.kind() == Kind::Minus;
            self.skip();
        }
        let value = if united { self.measured()? } else { self.power()? };
        if !negative {
            return Ok(value);
        }
        Ok(Value::plain(build::negated(value.into_expr()?)))
    }

    /// What a stroke divides by: one factor, and the symbols written against it: `1/2x` is a half of x, `a/bc` is a over bc.
    pub(super) fn divisor(&mut self, literal: bool) -> Parsed<Expr> {
        let number = self.kind() == Kind::Number;
        let first = self.signed_factor(false)?.into_expr()?;
        if literal && number {
            return Ok(first);
        }
        let mut factors = vec![first];
        while !self.token().space && matches!(self.kind(), Kind::Letter | Kind::Symbol(_) | Kind::Pi) && self.starts_factor() {
            factors.push(self.power()?.into_expr()?);
        }
        Ok(build::product(factors))
    }

    /// Whether a product goes on here.
    pub(super) fn goes_on(&self) -> bool {
        matches!(self.kind(), Kind::Times | Kind::Slash | Kind::Modulo) || self.starts_factor()
    }

    /// Whether a factor may begin here without a sign before it.
    pub(super) fn starts_factor(&self) -> bool {
        let token = self.token();
        match token.kind {
            Kind::EulerNumber | Kind::ImaginaryUnit => true,
            Kind::Dots => !matches!(self.ahead(1).kind, Kind::End | Kind::Comma | Kind::Dot),
            Kind::Letter => !self.differential(),
            Kind::Number
            | Kind::Symbol(_)
            | Kind::Pi
            | Kind::Infinity
            | Kind::Function(_)
            | Kind::Log
            | Kind::Lg
            | Kind::Several(_)
            | Kind::Frac
            | Kind::Binom
            | Kind::Sqrt => true,
            Kind::Bold
            | Kind::Blackboard
            | Kind::Overline
            | Kind::Accent(_)
            | Kind::Vector
            | Kind::Big(_)
            | Kind::Vulgar(..)
            | Kind::GroupOpen
            | Kind::Begin
            | Kind::Wrapper => true,
            Kind::Roman => !self.is_differential_d(token) && !self.is_unit_name(token),
            Kind::Word => self.is_product_word(token),
            Kind::Open(Delimiter::Square) => {
                self.reversed == 0 && !matches!(self.ahead(1).kind, Kind::End | Kind::Union | Kind::Comma | Kind::Dot)
            }
            Kind::Open(Delimiter::Round) => self.ahead(1).kind != Kind::Modulo && !self.condition_in_brackets(),
            Kind::Open(_) => true,
            Kind::Bar => self.bars == 0 && !self.element,
            Kind::DoubleBar => self.bars == 0,
            _ => false,
        }
    }

    /// `(x > 0)` behind a value: a condition.
    pub(super) fn condition_in_brackets(&self) -> bool {
        let mut depth = 0_u32;
        for by in 0..48 {
            match self.ahead(by).kind {
                Kind::Open(_) | Kind::GroupOpen => depth += 1,
                Kind::Close(_) | Kind::GroupClose => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return false;
                    }
                }
                Kind::Relator(_) => return depth == 1,
                Kind::End => return false,
                _ => {}
            }
        }
        false
    }

    /// `dx` at the end of an integral.
    pub(super) fn differential(&self) -> bool {
        self.integrals > 0 && self.text_of(self.token()) == "d" && matches!(self.ahead(1).kind, Kind::Letter | Kind::Symbol(_))
    }

    pub(super) fn is_differential_d(&self, token: Token) -> bool {
        self.integrals > 0 && self.text_of(token) == "d"
    }

    /// What stands for itself or in brackets.
    pub(super) fn primary(&mut self) -> Parsed<Value> {
        let token = self.token();
        match token.kind {
            Kind::Number => self.number(),
            Kind::Letter => self.letter(token),
            Kind::Symbol(name) => self.symbol(name),
            Kind::EulerNumber | Kind::ImaginaryUnit => {
                self.skip();
                Ok(Value::plain(Expr::Constant(if token.kind == Kind::EulerNumber { Constant::E } else { Constant::I })))
            }
            Kind::Pi => {
                self.skip();
                if self.kind() == Kind::Underscore {
                    return self.named("pi".to_owned());
                }
                Ok(Value::plain(Expr::Constant(Constant::Pi)))
            }
            Kind::Infinity => {
                self.skip();
                Ok(Value::Other(Answer::Infinity(Some(Sign::Plus))))
            }
            Kind::EmptySet => {
                self.skip();
                Ok(Value::Other(Answer::Set([].into())))
            }
            Kind::Circled => {
                self.skip();
                let number = self.text_of(token).chars().next().map_or(1, |sign| sign as u32 - '①' as u32 + 1);
                Ok(Value::literal(Expr::integer(number), Written::Integer))
            }
            Kind::Vulgar(over, under) => {
                self.skip();
                Ok(fraction(over.into(), under.into()))
            }
            Kind::Frac => {
                self.skip();
                let over = self.argument_value()?;
                let under = self.argument_value()?;
                divided(over, under)
            }
            Kind::Binom => {
                self.skip();
                let of = self.argument()?;
                let choose = self.argument()?;
                Ok(Value::plain(binomial(of, choose)))
            }
            Kind::Sqrt => self.radical(),
            Kind::Function(function) => self.function(function),
            Kind::Log => self.logarithm(),
            Kind::Lg => self.decimal_logarithm(),
            Kind::Several(several) => self.several(several),
            Kind::Roman | Kind::Bold | Kind::Text | Kind::Blackboard => self.styled(token),
            Kind::Overline => {
                self.skip();
                let mut name = "bar ".to_owned();
                self.raw_argument(&mut name)?;
                self.named(name)
            }
            Kind::Accent(accent) => {
                self.skip();
                let mut name = format!("{accent} ");
                self.raw_argument(&mut name)?;
                self.named(name)
            }
            Kind::Vector => {
                self.skip();
                let mut name = String::new();
                self.raw_argument(&mut name)?;
                self.named(name)
            }
            Kind::Word => self.product_word(token),
            Kind::Dots => {
                self.skip();
                Ok(Value::plain(Expr::symbol("…")))
            }
            Kind::Wrapper => {
                self.skip();
                self.argument_value()
            }
            Kind::Big(name) => self.big(name),
            _ => self.bracketed(),
        }
    }
}

/// A fraction of two integers as it was written.
fn fraction(over: BigInt, under: BigInt) -> Value {
    let reduced = over.gcd(&under).is_one() && !under.is_one();
    let (over, under) = if under.is_negative() { (-over, -under) } else { (over, under) };
    Value::literal(Expr::Number(build::ratio(over, under)), Written::Fraction { reduced })
}

/// What `\frac` makes.
pub(super) fn divided(over: Value, under: Value) -> Parsed<Value> {
    if let (Some(a), Some(b)) = (over.integer(), under.integer())
        && !b.is_zero()
        && a.numer().bits() + b.numer().bits() <= 4096
    {
        return Ok(fraction(a.numer().clone(), b.numer().clone()));
    }
    let (over, under) = (over.into_expr()?, under.into_expr()?);
    Ok(Value::plain(build::product(vec![over, build::inverse(under)])))
}

/// n over k; a number where both are small, else by factorials.
pub(super) fn binomial(of: Expr, choose: Expr) -> Expr {
    let small = |expr: &Expr| match expr {
        Expr::Number(value) if value.is_integer() => u32::try_from(value.to_integer()).ok().filter(|value| *value <= 200),
        _ => None,
    };
    if let (Some(n), Some(k)) = (small(&of), small(&choose)) {
        let mut value = BigInt::from(i32::from(k <= n));
        for step in 0..k.min(n) {
            value = value * (n - step) / (step + 1);
        }
        return Expr::integer(value);
    }
    let factorial = |of: Expr| Expr::call(Function::Factorial, of);
    let rest = Expr::sum([of.clone(), build::negated(choose.clone())]);
    build::product(vec![factorial(of), build::inverse(factorial(choose)), build::inverse(factorial(rest))])
}

/// `n!!`: a number where n is small, else a function nobody defined.
pub(super) fn double_factorial(of: Expr) -> Expr {
    match &of {
        Expr::Number(value) if value.is_integer() && value.is_positive() && *value <= Rational::from_integer(200.into()) => {
            let n = u32::try_from(value.to_integer()).unwrap_or(1);
            Expr::integer((1..=n).rev().step_by(2).fold(BigInt::one(), |product, factor| product * factor))
        }
        _ => build::apply("!!", [of]),
    }
}
