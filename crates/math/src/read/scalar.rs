//! Sums, products, powers and what they are made of.

use super::build;
use super::names::{Delimiter, Kind, Several};
use super::number::superscript;
use super::parser::{Parsed, Reader, Scalar, Stop, Value, given_text, joint_text};
use super::token::Token;
use super::unit::{self, Factors};
use crate::answer::{Answer, Currency, DEGREE, INFINITY, MINUS_PLUS, PLUS_MINUS, Quantity, Sign, Written};
use crate::expr::{Constant, Expr, Function, Rational};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// Letters that are functions when a parenthesis follows.
const FUNCTION_LETTERS: &[u8] = b"fghFGH";

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
    fn signed(&mut self) -> Parsed<Value> {
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
                scalar.quantity.value = build::negated(scalar.quantity.value);
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
    fn fraction_of_integers(&mut self, over: &Value) -> Parsed<Option<Value>> {
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

    fn product_from(&mut self, first: Value, mut literal: bool) -> Parsed<Value> {
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
    fn signed_factor(&mut self, united: bool) -> Parsed<Value> {
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
    fn divisor(&mut self, literal: bool) -> Parsed<Expr> {
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
    fn goes_on(&self) -> bool {
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

    /// `\mathrm{cm}` behind a factor: several letters that name no function.
    fn is_unit_name(&self, token: Token) -> bool {
        let text = self.text_of(token).trim_matches([' ', '~']);
        text.len() > 1
            && text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && super::names::word(text).is_none_or(|kind| kind == Kind::Word)
    }

    /// A run of four or five letters against other mathematics: a product.
    fn is_product_word(&self, token: Token) -> bool {
        let text = self.text_of(token);
        text.len() <= 5 && text.is_ascii() && !token.space && !unit::is_short_unit(text) && super::names::word(text).is_none()
    }

    /// `dx` at the end of an integral.
    fn differential(&self) -> bool {
        self.integrals > 0 && self.text_of(self.token()) == "d" && matches!(self.ahead(1).kind, Kind::Letter | Kind::Symbol(_))
    }

    fn is_differential_d(&self, token: Token) -> bool {
        self.integrals > 0 && self.text_of(token) == "d"
    }

    /// A factor with its percent sign, currency or unit.
    fn measured(&mut self) -> Parsed<Value> {
        if let Kind::Currency(currency) = self.kind() {
            self.skip();
            let mut negative = false;
            while matches!(self.kind(), Kind::Minus | Kind::Plus) {
                negative ^= self.kind() == Kind::Minus;
                self.skip();
            }
            return match self.power()? {
                Value::Scalar(mut scalar) => {
                    scalar.quantity.currency = Some(currency);
                    if negative {
                        scalar.quantity.value = build::negated(scalar.quantity.value);
                    }
                    Ok(Value::Scalar(scalar))
                }
                Value::Other(Answer::Infinity(Some(sign))) => {
                    let sign = if negative == (sign == Sign::Plus) { Sign::Minus } else { Sign::Plus };
                    Ok(Value::Other(Answer::Infinity(Some(sign))))
                }
                Value::Other(_) => Err(Stop::Syntax),
            };
        }
        let value = self.power()?;
        self.with_unit(value)
    }

    /// A value with the percent sign, currency or unit behind it.
    fn with_unit(&mut self, value: Value) -> Parsed<Value> {
        if !matches!(self.kind(), Kind::Percent | Kind::Currency(_) | Kind::Text | Kind::Roman | Kind::Word | Kind::Degree) {
            return Ok(value);
        }
        let Value::Scalar(mut scalar) = value else {
            // So much of infinity is infinity.
            if matches!(value, Value::Other(Answer::Infinity(_))) && matches!(self.kind(), Kind::Percent | Kind::Currency(_)) {
                self.skip();
            }
            return Ok(value);
        };
        match self.kind() {
            Kind::Percent => {
                self.skip();
                scalar.quantity.percent = true;
            }
            Kind::Currency(currency) => {
                self.skip();
                scalar.quantity.currency = Some(currency);
            }
            _ => self.unit(&mut scalar.quantity)?,
        }
        Ok(Value::Scalar(scalar))
    }

    /// Units behind a value, if there are any.
    fn unit(&mut self, quantity: &mut Quantity) -> Parsed<()> {
        let mut factors = Factors::new();
        loop {
            let token = self.token();
            let text = self.text_of(token);
            match token.kind {
                Kind::Text | Kind::Roman if joint_text(text).is_none() && !given_text(text) && !self.is_differential_d(token) => {
                    match text.trim_matches([' ', '.', '~', '\\', ',']) {
                        "" => {
                            self.skip();
                            continue;
                        }
                        "percent" | "per cent" | "\\%" | "%" => {
                            self.skip();
                            quantity.percent = true;
                            break;
                        }
                        other => {
                            if let Some(currency) = currency(other) {
                                self.skip();
                                quantity.currency = Some(currency);
                                break;
                            }
                            if matches!(other, "degrees" | "degree" | "deg") && factors.is_empty() {
                                self.skip();
                                quantity.value =
                                    build::product(vec![std::mem::replace(&mut quantity.value, Expr::integer(0)), Expr::symbol(DEGREE)]);
                                break;
                            }
                            // Without a unit it is another factor: `2\mathrm{i}`, or prose.
                            let mark = self.at;
                            if (token.kind == Kind::Roman && matches!(other, "i" | "e" | "T")) || factors.add_text(other).is_none() {
                                if factors.is_empty() && token.kind == Kind::Text {
                                    return Err(Stop::Syntax);
                                }
                                self.at = mark;
                                break;
                            }
                            self.skip();
                        }
                    }
                }
                Kind::Word if (token.space || unit::is_short_unit(text)) && text.is_ascii() => {
                    if matches!(text, "percent") {
                        self.skip();
                        quantity.percent = true;
                        break;
                    }
                    if let Some(currency) = currency(text) {
                        self.skip();
                        quantity.currency = Some(currency);
                        break;
                    }
                    if matches!(text, "degrees" | "degree" | "deg") && factors.is_empty() {
                        self.skip();
                        quantity.value =
                            build::product(vec![std::mem::replace(&mut quantity.value, Expr::integer(0)), Expr::symbol(DEGREE)]);
                        break;
                    }
                    // Words in a row are one name, as inside `\text`.
                    let mut end = token;
                    let mut words = 1;
                    while self.ahead(words).kind == Kind::Word && words < 4 {
                        end = self.ahead(words);
                        words += 1;
                    }
                    if factors.add_text(self.source.get(token.start as usize..end.end as usize).unwrap_or_default()).is_none() {
                        return Err(Stop::Syntax);
                    }
                    self.at += words;
                }
                Kind::Degree if factors.is_empty() => {
                    // `20°C`, `20^\circ\text{C}` come here; a bare degree was taken as a factor.
                    break;
                }
                _ => break,
            }
            self.unit_power(&mut factors)?;
            match self.kind() {
                Kind::Slash if matches!(self.ahead(1).kind, Kind::Text | Kind::Roman | Kind::Word) => {
                    self.skip();
                    factors.divide();
                }
                Kind::Times if matches!(self.ahead(1).kind, Kind::Text | Kind::Roman) => self.skip(),
                // `m/s` in plain text, where `s` is a letter.
                Kind::Slash
                    if self.ahead(1).kind == Kind::Letter && !factors.is_empty() && !matches!(self.ahead(2).kind, Kind::Open(_)) =>
                {
                    self.skip();
                    factors.divide();
                    let letter = self.text_of(self.token());
                    if factors.add_text(letter).is_none() {
                        return Err(Stop::Syntax);
                    }
                    self.skip();
                    self.unit_power(&mut factors)?;
                    break;
                }
                _ => {}
            }
        }
        if let Some(unit) = factors.finish() {
            quantity.unit = Some(unit);
        }
        Ok(())
    }

    /// `^2`, `^{-1}` or `²` behind a unit.
    fn unit_power(&mut self, factors: &mut Factors) -> Parsed<()> {
        if factors.is_empty() {
            return Ok(());
        }
        if let Kind::Superscript(_) = self.kind() {
            let digits = self.raised();
            factors.raise(digits.parse().map_err(|_| Stop::Syntax)?);
        } else if self.kind() == Kind::Caret {
            self.skip();
            let exponent = self.exponent()?;
            match exponent {
                Expr::Number(value) if value.is_integer() => factors.raise(i32::try_from(value.to_integer()).map_err(|_| Stop::Syntax)?),
                _ => return Err(Stop::Syntax),
            }
        }
        Ok(())
    }

    /// Digits above the line, taken.
    fn raised(&mut self) -> String {
        let mut digits = String::new();
        while let Kind::Superscript(sign) = self.kind() {
            digits.extend(superscript(sign));
            self.skip();
        }
        digits
    }

    /// A primary with factorials, powers and degrees.
    pub(super) fn power(&mut self) -> Parsed<Value> {
        self.enter()?;
        let value = self.raised_primary();
        self.leave();
        value
    }

    fn raised_primary(&mut self) -> Parsed<Value> {
        let mut value = self.primary()?;
        let mut steps = 0;
        loop {
            // Each step nests the expression by one, without a recursion here.
            steps += 1;
            if steps > 8 {
                return Err(Stop::Syntax);
            }
            match self.kind() {
                Kind::Bang if !self.ahead(1).space && self.ahead(1).kind == Kind::Bang => {
                    self.at += 2;
                    value = Value::plain(double_factorial(value.into_expr()?));
                }
                Kind::Bang => {
                    self.skip();
                    value = Value::plain(Expr::call(Function::Factorial, value.into_expr()?));
                }
                Kind::Degree => {
                    self.skip();
                    value = self.degree(value)?;
                }
                Kind::Superscript(_) => {
                    let digits = self.raised();
                    let exponent =
                        if digits == "n" { Expr::symbol("n") } else { Expr::integer(digits.parse::<i64>().map_err(|_| Stop::Syntax)?) };
                    value = Value::plain(Expr::power(value.into_expr()?, exponent));
                }
                Kind::Caret => {
                    self.skip();
                    value = self.raise(value)?;
                }
                Kind::Underscore => {
                    // An index of a bracket, as on an evaluated derivative.
                    let mut name = String::new();
                    self.subscript(&mut name)?;
                    value = Value::plain(build::apply(&name, [value.into_expr()?]));
                }
                Kind::Prime(_) if matches!(&value, Value::Scalar(scalar) if matches!(scalar.quantity.value, Expr::Number(_))) => {
                    // Minutes and seconds of arc, feet and inches: not known.
                    return Err(Stop::Syntax);
                }
                _ => return Ok(value),
            }
        }
    }

    /// So many degrees; of Celsius or Fahrenheit if that follows.
    fn degree(&mut self, value: Value) -> Parsed<Value> {
        let scale = match self.kind() {
            Kind::Letter | Kind::Roman | Kind::Text => match self.text_of(self.token()).trim() {
                "C" => Some("°C"),
                "F" => Some("°F"),
                "K" => Some("K"),
                _ => None,
            },
            _ => None,
        };
        if let (Some(scale), Value::Scalar(_)) = (scale, &value) {
            self.skip();
            let Value::Scalar(mut scalar) = value else { return Err(Stop::Syntax) };
            scalar.quantity.unit = Some(crate::answer::Unit([(scale.into(), 1)].into()));
            return Ok(Value::Scalar(scalar));
        }
        let mut value = value;
        if let Value::Scalar(scalar) = &mut value
            && let Expr::Number(number) = &mut scalar.quantity.value
        {
            // Minutes and seconds of arc.
            for (place, part) in [(1_u8, 60), (2, 3600)] {
                let digits = self.token();
                let (mark, tokens) = match self.ahead(1).kind {
                    Kind::Prime(count) if matches!(self.ahead(2).kind, Kind::Prime(_)) => (count + 1, 3),
                    Kind::Prime(count) => (count, 2),
                    Kind::Caret => {
                        let group = usize::from(self.ahead(2).kind == Kind::GroupOpen);
                        let twice = usize::from(group == 1 && matches!(self.ahead(4).kind, Kind::Prime(_)));
                        if !matches!(self.ahead(2 + group).kind, Kind::Prime(_)) {
                            continue;
                        }
                        (1 + twice as u8, 3 + 2 * group + twice)
                    }
                    _ => continue,
                };
                if digits.kind == Kind::Number
                    && mark == place
                    && let Ok(count) = self.text_of(digits).parse::<u32>()
                    && count < 60
                {
                    *number += build::ratio(count.into(), part.into());
                    scalar.quantity.written = Written::Expression;
                    self.at += tokens;
                }
            }
        }
        match value {
            // The degree becomes the unit where it stands alone; until then it is a factor, and how the number was written is kept.
            Value::Scalar(mut scalar) => {
                scalar.quantity.value = build::product(vec![scalar.quantity.value, Expr::symbol(DEGREE)]);
                Ok(Value::Scalar(scalar))
            }
            other => Ok(Value::plain(build::product(vec![other.into_expr()?, Expr::symbol(DEGREE)]))),
        }
    }

    /// What `^` does.
    fn raise(&mut self, value: Value) -> Parsed<Value> {
        // A sign that is no exponent, in braces or without.
        let group = usize::from(self.kind() == Kind::GroupOpen);
        let inner = self.ahead(group);
        let closes = group == 0 || self.ahead(group + 1).kind == Kind::GroupClose;
        if closes {
            match inner.kind {
                Kind::Circle | Kind::Degree => {
                    self.at += 1 + 2 * group;
                    return self.degree(value);
                }
                // `5^{\text{th}}`
                Kind::Text | Kind::Roman if matches!(self.text_of(inner).trim(), "th" | "st" | "nd" | "rd") => {
                    self.at += 1 + 2 * group;
                    return Ok(value);
                }
                Kind::Plus | Kind::Minus | Kind::Times if matches!(value, Value::Other(Answer::NamedSet { .. })) => {
                    self.at += 1 + 2 * group;
                    return super::structure::part_of(&value, inner.kind);
                }
                // `3^+` is a limit's side.
                Kind::Plus | Kind::Minus if group == 1 || matches!(self.ahead(1).kind, Kind::GroupClose | Kind::Close(_) | Kind::End) => {
                    self.at += 1 + 2 * group;
                    return Ok(Value::plain(build::apply(if inner.kind == Kind::Plus { "^+" } else { "^-" }, [value.into_expr()?])));
                }
                _ => {}
            }
        }
        let exponent = self.exponent()?;
        // `x^2_1` has its index behind the power.
        let value = match value {
            Value::Scalar(Scalar { quantity: Quantity { value: Expr::Symbol(name), .. }, .. }) if self.kind() == Kind::Underscore => {
                let mut name = name.to_string();
                self.subscript(&mut name)?;
                Value::plain(Expr::symbol(&name))
            }
            value => value,
        };
        let base = value.into_expr()?;
        Ok(Value::plain(match base {
            Expr::Constant(Constant::E) => Expr::call(Function::Exp, exponent),
            base if exponent.is_number(-1) => build::inverse(base),
            base => Expr::power(base, exponent),
        }))
    }

    /// An exponent: a group, a signed number, or one sign with what binds to it.
    pub(super) fn exponent(&mut self) -> Parsed<Expr> {
        let mut negative = false;
        while matches!(self.kind(), Kind::Minus | Kind::Plus) {
            negative ^= self.kind() == Kind::Minus;
            self.skip();
        }
        let value = match self.kind() {
            Kind::Number => self.number()?.into_expr()?,
            Kind::GroupOpen => self.argument()?,
            // `2^n!` is read as `2^{n}!` in LaTeX and as a tower in plain text; the tower needs a caret: `2^3^2`.
            _ => {
                self.enter()?;
                let value = self.primary()?.into_expr()?;
                self.leave();
                value
            }
        };
        let value = if self.kind() == Kind::Caret && !negative {
            self.skip();
            self.enter()?;
            let above = self.exponent()?;
            self.leave();
            Expr::power(value, above)
        } else {
            value
        };
        Ok(if negative { build::negated(value) } else { value })
    }

    /// An argument in braces, or one sign.
    pub(super) fn argument(&mut self) -> Parsed<Expr> {
        self.argument_value()?.into_expr()
    }

    pub(super) fn argument_value(&mut self) -> Parsed<Value> {
        match self.kind() {
            Kind::GroupOpen => {
                self.enter()?;
                let value = self.group();
                self.leave();
                value
            }
            Kind::Number => {
                // One digit: `\frac12`.
                let token = self.token();
                let digit = self.source.as_bytes().get(token.start as usize).copied().unwrap_or(0);
                if !digit.is_ascii_digit() {
                    return Err(Stop::Syntax);
                }
                match self.tokens.get_mut(self.at) {
                    Some(token) if token.start + 1 < token.end => token.start += 1,
                    _ => self.skip(),
                }
                Ok(Value::literal(Expr::integer(digit - b'0'), Written::Integer))
            }
            Kind::Minus => {
                self.skip();
                Ok(Value::plain(build::negated(self.argument()?)))
            }
            _ => {
                self.enter()?;
                let value = self.primary();
                self.leave();
                value
            }
        }
    }

    /// What stands for itself or in brackets.
    fn primary(&mut self) -> Parsed<Value> {
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
            Kind::Lg => {
                self.skip();
                let power = self.function_power()?;
                let of = self.function_argument()?;
                Ok(Value::plain(powered(logarithm(of, Expr::integer(10)), power)))
            }
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

    /// Four or five letters that are neither a unit nor prose: a product of them.
    fn product_word(&mut self, token: Token) -> Parsed<Value> {
        let text = self.text_of(token);
        // `Maximum = 2`, `Total cost: 5`: a name.
        let words = (1..4).take_while(|by| self.ahead(*by).kind == Kind::Word).count() + 1;
        if matches!(self.ahead(words).kind, Kind::Relator(_) | Kind::Colon) {
            let end = self.ahead(words - 1).end;
            if matches!(self.text_of(self.ahead(words - 1)), "is" | "are" | "be") {
                return Err(Stop::Syntax);
            }
            self.at += words;
            let name = super::special::normalised(self.source.get(token.start as usize..end as usize).unwrap_or_default());
            return Ok(Value::plain(Expr::symbol(&name)));
        }
        let alone = self.ahead(1).kind == Kind::End && self.at == 0;
        if alone || text.len() > 5 || !text.is_ascii() || super::names::word(text).is_some() || matches!(self.ahead(1).kind, Kind::Word) {
            return Err(Stop::Syntax);
        }
        self.skip();
        let factors = (0..text.len()).filter_map(|at| text.get(at..=at)).map(|letter| self.letter_value(letter)).collect();
        Ok(Value::plain(build::product(factors)))
    }

    fn letter_value(&self, letter: &str) -> Expr {
        match letter {
            "e" => Expr::Constant(Constant::E),
            "i" if self.indexed == 0 => Expr::Constant(Constant::I),
            letter => Expr::symbol(letter),
        }
    }

    fn letter(&mut self, token: Token) -> Parsed<Value> {
        let letter = self.text_of(token);
        // The binomial coefficient of school: `C(5, 2)` is left a function.
        self.skip();
        if matches!(self.kind(), Kind::Underscore | Kind::Prime(_) | Kind::Subscript(_)) || self.raised_mark().is_some() {
            return self.named(letter.to_owned());
        }
        if self.applies(letter) {
            return self.application(letter);
        }
        Ok(Value::plain(self.letter_value(letter)))
    }

    fn symbol(&mut self, name: &'static str) -> Parsed<Value> {
        self.skip();
        if let Some(set) = super::structure::named_set(name) {
            return Ok(self.set_part(set));
        }
        self.named(name.to_owned())
    }

    /// A symbol with its indices and primes, applied if it is a function.
    pub(super) fn named(&mut self, mut name: String) -> Parsed<Value> {
        loop {
            match self.kind() {
                Kind::Underscore => self.subscript(&mut name)?,
                Kind::Subscript(sign) => {
                    if !name.contains('_') {
                        name.push('_');
                    }
                    name.extend(char::from_digit(sign as u32 - '₀' as u32, 10));
                    self.skip();
                }
                Kind::Prime(count) => {
                    name.extend(std::iter::repeat_n('\'', usize::from(count)));
                    self.skip();
                }
                Kind::Caret => match self.raised_mark() {
                    Some((mark, tokens)) => {
                        name.push_str(mark);
                        self.at += tokens;
                    }
                    None => break,
                },
                _ => break,
            }
            self.count(1)?;
        }
        if self.applies(&name) {
            return self.application(&name);
        }
        Ok(Value::plain(Expr::symbol(&name)))
    }

    /// `^{\prime}`, `^*`: a mark of a name above the line, and its tokens.
    fn raised_mark(&self) -> Option<(&'static str, usize)> {
        if self.kind() != Kind::Caret {
            return None;
        }
        let group = usize::from(self.ahead(1).kind == Kind::GroupOpen);
        let at = 1 + group;
        let (mark, signs) = match (self.ahead(at).kind, self.ahead(at + 1).kind) {
            (Kind::Prime(_), Kind::Prime(_)) if group == 1 && matches!(self.ahead(at + 2).kind, Kind::Prime(_)) => ("'''", 3),
            (Kind::Prime(_), Kind::Prime(_)) if group == 1 => ("''", 2),
            (Kind::Prime(2), _) => ("''", 1),
            (Kind::Prime(_), _) => ("'", 1),
            (Kind::Times, _) => ("*", 1),
            (Kind::Symbol("dagger"), _) => ("†", 1),
            (Kind::Plus, Kind::GroupClose) if group == 1 => ("+", 1),
            (Kind::Minus, Kind::GroupClose) if group == 1 => ("-", 1),
            _ => return None,
        };
        (group == 0 || self.ahead(at + signs).kind == Kind::GroupClose).then_some((mark, at + signs + group))
    }

    /// Whether a name is a function here: by custom, or as what is being defined.
    fn applies(&self, name: &str) -> bool {
        if self.kind() != Kind::Open(Delimiter::Round) {
            // The inverse of a function by custom.
            return self.kind() == Kind::Caret
                && FUNCTION_LETTERS.contains(&name.as_bytes().first().copied().unwrap_or(0))
                && self.inverse_ahead().is_some();
        }
        if matches!(self.ahead(1).kind, Kind::Modulo) {
            return false;
        }
        let base = name.split(['_', '\'']).next().unwrap_or_default();
        match base.as_bytes() {
            [letter] if FUNCTION_LETTERS.contains(letter) => return true,
            [b'e' | b'i'] => return false,
            // `W(4)`, `y(0)`, `y'(1)`: a value, not a product.
            _ if self.ahead(1).kind == Kind::Number && self.ahead(2).kind == Kind::Close(Delimiter::Round) => {
                let capital = base.len() == 1 && base.starts_with(|letter: char| letter.is_ascii_uppercase());
                if capital || name.contains('\'') || self.text_of(self.ahead(1)) == "0" {
                    return true;
                }
            }
            _ if name.contains('\'') => return true,
            _ => {}
        }
        if matches!(base, "phi" | "psi" | "Gamma" | "zeta" | "Phi" | "Psi") {
            return true;
        }
        // `T(10) = 2`, `P(X > 1)`, `S(n, k)`: looked for in a bounded number of tokens.
        let mut depth = 0_u32;
        let (mut several, mut related) = (false, false);
        for by in 0..24 {
            match self.ahead(by).kind {
                Kind::Open(_) | Kind::GroupOpen => depth += 1,
                Kind::Close(_) | Kind::GroupClose if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        let defined = matches!(self.ahead(by + 1).kind, Kind::Relator(crate::answer::Relator::Equal));
                        return (several && !related) || (defined && self.begins_term());
                    }
                }
                Kind::Comma if depth == 1 => several = true,
                // An event; of other names a relation in brackets is a condition.
                Kind::Relator(_) if depth == 1 && matches!(base, "P" | "Pr" | "E") => return true,
                Kind::Relator(_) if depth == 1 => related = true,
                Kind::End => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether the name that was just taken begins a term of a list or relation.
    fn begins_term(&self) -> bool {
        let mut before = self.at - 1;
        // Over the name's indices.
        while before > 0
            && matches!(
                self.tokens.get(before).map(|token| token.kind),
                Some(Kind::GroupClose | Kind::Number | Kind::GroupOpen | Kind::Underscore | Kind::Prime(_))
            )
        {
            before -= 1;
        }
        match before.checked_sub(1).and_then(|before| self.tokens.get(before)) {
            None => true,
            Some(token) => {
                matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Relator(_) | Kind::Joint(_) | Kind::Newline | Kind::Text)
            }
        }
    }

    fn inverse_ahead(&self) -> Option<usize> {
        let group = usize::from(self.ahead(1).kind == Kind::GroupOpen);
        let minus = self.ahead(1 + group);
        let one = self.ahead(2 + group);
        (minus.kind == Kind::Minus
            && one.kind == Kind::Number
            && self.text_of(one) == "1"
            && self.ahead(3 + 2 * group).kind == Kind::Open(Delimiter::Round))
        .then_some(3 + 2 * group)
    }

    /// A function nobody defined, with its arguments.
    fn application(&mut self, name: &str) -> Parsed<Value> {
        let name = match self.inverse_ahead() {
            Some(tokens) if self.kind() == Kind::Caret => {
                self.at += tokens;
                format!("{name}^-1")
            }
            _ => name.to_owned(),
        };
        let arguments = self.arguments()?;
        Ok(Value::plain(build::apply(&name, arguments)))
    }

    /// Arguments in parentheses.
    fn arguments(&mut self) -> Parsed<Vec<Expr>> {
        self.expect(Kind::Open(Delimiter::Round))?;
        let (bars, element, reversed) =
            (std::mem::take(&mut self.bars), std::mem::take(&mut self.element), std::mem::take(&mut self.reversed));
        let mut arguments = Vec::new();
        loop {
            let argument = self.relation()?;
            arguments.push(match argument {
                // `P(X > 1)`: the event is opaque.
                Answer::Relation(relation) => super::parser::relation_expr(relation)?,
                other => Value::Other(other).into_expr()?,
            });
            if !matches!(self.kind(), Kind::Comma | Kind::Semicolon) {
                break;
            }
            self.skip();
        }
        self.expect(Kind::Close(Delimiter::Round))?;
        (self.bars, self.element, self.reversed) = (bars, element, reversed);
        Ok(arguments)
    }

    fn radical(&mut self) -> Parsed<Value> {
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
    fn function_power(&mut self) -> Parsed<Option<Expr>> {
        if self.eat(Kind::Caret) {
            return Ok(Some(self.exponent()?));
        }
        if let Kind::Superscript(_) = self.kind() {
            let digits = self.raised();
            return Ok(Some(Expr::integer(digits.parse::<i64>().map_err(|_| Stop::Syntax)?)));
        }
        Ok(None)
    }

    fn function(&mut self, function: Function) -> Parsed<Value> {
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
    fn function_argument(&mut self) -> Parsed<Expr> {
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

    fn logarithm(&mut self) -> Parsed<Value> {
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

    fn several(&mut self, several: Several) -> Parsed<Value> {
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

    /// The text of an argument as part of a name.
    fn raw_argument(&mut self, name: &mut String) -> Parsed<()> {
        let token = self.token();
        if token.kind != Kind::GroupOpen {
            match token.kind {
                Kind::Letter | Kind::Number | Kind::Symbol(_) | Kind::Text | Kind::Roman | Kind::Bold | Kind::Word => {
                    push_plain(name, self.text_of(token))
                }
                Kind::Plus => name.push('+'),
                Kind::Minus => name.push('-'),
                Kind::Times => name.push('*'),
                Kind::PlusMinus => name.push('±'),
                Kind::Unknown => push_plain(name, self.text_of(token)),
                Kind::Infinity => name.push_str(INFINITY),
                Kind::Pi => name.push_str("pi"),
                Kind::Relator(crate::answer::Relator::Perpendicular) => name.push('⊥'),
                Kind::Relator(crate::answer::Relator::Parallel) => name.push('∥'),
                _ => return Err(Stop::Syntax),
            }
            self.skip();
            return Ok(());
        }
        let start = token.end;
        let mut depth = 0_u32;
        loop {
            let token = self.token();
            match token.kind {
                Kind::GroupOpen => depth += 1,
                Kind::GroupClose => depth -= 1,
                Kind::End => return Err(Stop::Syntax),
                _ => {}
            }
            self.skip();
            if depth == 0 {
                push_plain(name, self.source.get(start as usize..token.start as usize).unwrap_or_default());
                return Ok(());
            }
        }
    }

    pub(super) fn subscript(&mut self, name: &mut String) -> Parsed<()> {
        self.expect(Kind::Underscore)?;
        name.push('_');
        self.raw_argument(name)
    }
}

/// Without braces, spaces and the names of styles.
fn push_plain(name: &mut String, text: &str) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '\\' {
            let command = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            if !matches!(
                &rest[1..=command],
                "text" | "mathrm" | "mathbf" | "rm" | "operatorname" | "left" | "right" | "mathit" | "textbf" | "textrm" | "mathcal"
            ) {
                name.push_str(&rest[1..=command]);
            }
            rest = &rest[1 + command..];
            continue;
        }
        if !matches!(first, '{' | '}' | ' ' | '~' | '$' | '\n' | '\t') {
            name.push(first);
        }
        rest = &rest[first.len_utf8()..];
    }
}

/// The currency that a word names.
fn currency(word: &str) -> Option<Currency> {
    Some(match word {
        "dollars" | "dollar" | "USD" | "Dollars" => Currency::Dollar,
        "cents" | "cent" => Currency::Cent,
        "euros" | "euro" | "EUR" => Currency::Euro,
        "pounds sterling" | "GBP" => Currency::Pound,
        "yen" | "yuan" => Currency::Yen,
        "rupees" | "Rs" => Currency::Rupee,
        _ => return None,
    })
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
fn double_factorial(of: Expr) -> Expr {
    match &of {
        Expr::Number(value) if value.is_integer() && value.is_positive() && *value <= Rational::from_integer(200.into()) => {
            let n = u32::try_from(value.to_integer()).unwrap_or(1);
            Expr::integer((1..=n).rev().step_by(2).fold(BigInt::one(), |product, factor| product * factor))
        }
        _ => build::apply("!!", [of]),
    }
}

/// Greatest common divisor or least common multiple of rational numbers; of anything else a function nobody defined.
fn common(name: &str, arguments: Vec<Expr>) -> Expr {
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
