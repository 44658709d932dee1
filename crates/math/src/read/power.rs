//! A primary with what is raised above it or stands behind it; arguments.

use super::build;
use super::names::Kind;
use super::number::superscript;
use super::parser::{Parsed, Reader, Scalar, Stop, Value};
use super::scalar::double_factorial;
use crate::answer::{Answer, Quantity, Written};
use crate::expr::{Constant, Expr, Function};

impl Reader<'_> {
    /// A primary with factorials, powers and degrees.
    pub(super) fn power(&mut self) -> Parsed<Value> {
        self.enter()?;
        let value = self.raised_primary();
        self.leave();
        value
    }

    pub(super) fn raised_primary(&mut self) -> Parsed<Value> {
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

    /// What `^` does.
    pub(super) fn raise(&mut self, value: Value) -> Parsed<Value> {
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

    /// Digits above the line, taken.
    pub(super) fn raised(&mut self) -> String {
        let mut digits = String::new();
        while let Kind::Superscript(sign) = self.kind() {
            digits.extend(superscript(sign));
            self.skip();
        }
        digits
    }
}
