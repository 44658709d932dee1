//! Percent signs, currencies, units and degrees behind a value.

use super::build;
use super::names::Kind;
use super::parser::{Parsed, Reader, Stop, Value, given_text, joint_text, says_more};
use super::token::Token;
use super::unit::{self, Factors};
use crate::answer::{Answer, Currency, DEGREE, Quantity, Sign, Written};
use crate::expr::Expr;

impl Reader<'_> {
    /// A factor with its percent sign, currency or unit.
    pub(super) fn measured(&mut self) -> Parsed<Value> {
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
    pub(super) fn with_unit(&mut self, value: Value) -> Parsed<Value> {
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
    pub(super) fn unit(&mut self, quantity: &mut Quantity) -> Parsed<()> {
        let mut factors = Factors::new();
        loop {
            let token = self.token();
            let text = self.text_of(token);
            match token.kind {
                Kind::Text | Kind::Roman
                    if joint_text(text).is_none() && !given_text(text) && !says_more(text) && !self.is_differential_d(token) =>
                {
                    match text.trim_matches([' ', '.', '~', '\\', ',']) {
                        "" => {
                            self.skip();
                            continue;
                        }
                        "percent" | "per cent" | "percents" | "pct" | "\\%" | "%" => {
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
                    if matches!(text, "percent" | "pct") {
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
    pub(super) fn unit_power(&mut self, factors: &mut Factors) -> Parsed<()> {
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

    /// `\mathrm{cm}` behind a factor: several letters that name no function.
    pub(super) fn is_unit_name(&self, token: Token) -> bool {
        let text = self.text_of(token).trim_matches([' ', '~']);
        text.len() > 1
            && text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && super::names::word(text).is_none_or(|kind| kind == Kind::Word)
    }

    /// So many degrees; of Celsius or Fahrenheit if that follows.
    pub(super) fn degree(&mut self, value: Value) -> Parsed<Value> {
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
