//! Brackets, sets, matrices, cases, and operators with bounds.

use super::build;
use super::names::{Delimiter, Kind};
use super::parser::{Parsed, Reader, Scalar, Stop, Value, given_text};
use super::token::Token;
use crate::answer::{Answer, Bracket, INFINITY, NamedSet, Part, Relation, Relator, Sign};
use crate::expr::{Expr, Function};

impl Reader<'_> {
    /// Whatever a bracket opens.
    pub(super) fn bracketed(&mut self) -> Parsed<Value> {
        let (bars, element, reversed) = (self.bars, self.element, self.reversed);
        let value = match self.kind() {
            Kind::GroupOpen => {
                (self.bars, self.element, self.reversed) = (0, false, 0);
                self.group()
            }
            Kind::Bar => {
                self.skip();
                self.bars += 1;
                let inside = self.sum()?;
                self.expect(Kind::Bar)?;
                magnitude(inside)
            }
            Kind::DoubleBar => {
                self.skip();
                self.bars += 1;
                let inside = self.sum()?.into_expr()?;
                self.expect(Kind::DoubleBar)?;
                Ok(Value::plain(build::apply("norm", [inside])))
            }
            Kind::Begin => {
                (self.bars, self.element, self.reversed) = (0, false, 0);
                self.environment()
            }
            Kind::Close(Delimiter::Square) => self.reversed_interval(),
            Kind::Open(delimiter) => {
                (self.bars, self.element, self.reversed) = (0, false, 0);
                self.skip();
                self.opened(delimiter)
            }
            _ => Err(Stop::Syntax),
        };
        (self.bars, self.element, self.reversed) = (bars, element, reversed);
        value
    }

    /// `]1, 2[`
    fn reversed_interval(&mut self) -> Parsed<Value> {
        self.skip();
        self.reversed += 1;
        let inside = self.list(false)?;
        let close = match self.kind() {
            Kind::Open(Delimiter::Square) => Bracket::Round,
            Kind::Close(Delimiter::Square) => Bracket::Square,
            Kind::Close(Delimiter::Round) => Bracket::Round,
            _ => return Err(Stop::Syntax),
        };
        self.skip();
        match inside {
            Answer::List { items, .. } => Ok(Value::Other(Answer::Bracketed { open: Bracket::Round, items, close })),
            _ => Err(Stop::Syntax),
        }
    }

    fn opened(&mut self, delimiter: Delimiter) -> Parsed<Value> {
        match delimiter {
            Delimiter::Floor | Delimiter::Ceiling => {
                let function = if delimiter == Delimiter::Floor { Function::Floor } else { Function::Ceiling };
                let inside = self.sum()?.into_expr()?;
                self.expect(Kind::Close(delimiter))?;
                Ok(Value::plain(Expr::call(function, inside)))
            }
            Delimiter::Bar => {
                let inside = self.sum()?;
                if !self.eat(Kind::Close(Delimiter::Bar)) {
                    self.expect(Kind::Bar)?;
                }
                magnitude(inside)
            }
            Delimiter::DoubleBar => {
                let inside = self.sum()?.into_expr()?;
                self.expect(Kind::Close(Delimiter::DoubleBar))?;
                Ok(Value::plain(build::apply("norm", [inside])))
            }
            Delimiter::Brace => self.braces(),
            Delimiter::Round | Delimiter::Square | Delimiter::Angle => self.items(delimiter),
        }
    }

    /// A tuple, an interval, or what brackets group.
    fn items(&mut self, delimiter: Delimiter) -> Parsed<Value> {
        let open = match delimiter {
            Delimiter::Round => Bracket::Round,
            Delimiter::Square => Bracket::Square,
            _ => Bracket::Angle,
        };
        let inside = self.list(false)?;
        // A full stop that slipped before the bracket.
        self.eat(Kind::Dot);
        let close = match self.kind() {
            Kind::Close(Delimiter::Round) => Bracket::Round,
            Kind::Close(Delimiter::Square) => Bracket::Square,
            Kind::Close(Delimiter::Angle) => Bracket::Angle,
            // `[1, 2[`
            Kind::Open(Delimiter::Square) if matches!(inside, Answer::List { .. }) => Bracket::Round,
            // `\left( .. \right.`
            Kind::NoDelimiter => open,
            _ => return Err(Stop::Syntax),
        };
        self.skip();
        Ok(match inside {
            Answer::List { items, .. } => Value::Other(Answer::Bracketed { open, items, close }),
            _ if open != close => return Err(Stop::Syntax),
            Answer::Quantity(quantity) if open == Bracket::Angle => Value::plain(build::apply("<>", [quantity.value])),
            Answer::Quantity(quantity) => {
                let mut quantity = quantity;
                // A choice of signs belongs to the item around this bracket.
                self.plus_minus |= quantity.plus_minus;
                if let Some(crate::answer::Unit(factors)) = &quantity.unit
                    && let [(name, 1)] = &**factors
                    && &**name == crate::answer::DEGREE
                {
                    quantity.value = build::product(vec![quantity.value, Expr::symbol(crate::answer::DEGREE)]);
                    quantity.unit = None;
                }
                Value::Scalar(Scalar { quantity, bracketed: true })
            }
            other => Value::Other(other),
        })
    }

    /// `\{ .. \}`
    fn braces(&mut self) -> Parsed<Value> {
        if self.eat(Kind::Close(Delimiter::Brace)) {
            return Ok(Value::Other(Answer::Set([].into())));
        }
        // `\left\{\begin{array}{ll} .. \end{array}\right.` is cases.
        if self.kind() == Kind::Begin && self.text_of(self.token()) != "pmatrix" && self.text_of(self.token()) != "bmatrix" {
            let value = self.cases()?;
            if !self.eat(Kind::NoDelimiter) {
                self.eat(Kind::Close(Delimiter::Brace));
            }
            return Ok(Value::Other(value));
        }
        self.element = true;
        let inside = self.list(false)?;
        if matches!(self.kind(), Kind::Bar | Kind::Mid | Kind::Colon) {
            self.skip();
            self.element = false;
            let condition = self.list(false)?;
            self.expect(Kind::Close(Delimiter::Brace))?;
            return Ok(Value::Other(Answer::SetBuilder(Box::new((inside, condition)))));
        }
        self.expect(Kind::Close(Delimiter::Brace))?;
        Ok(Value::Other(Answer::Set(match inside {
            Answer::List { items, .. } => items,
            item => [item].into(),
        })))
    }

    /// A group of LaTeX; with several items a set of plain text.
    pub(super) fn group(&mut self) -> Parsed<Value> {
        self.expect(Kind::GroupOpen)?;
        if self.eat(Kind::GroupClose) {
            // `{}^3` and `{}` before a sign: nothing.
            return if self.starts_factor() { self.power() } else { Ok(Value::Other(Answer::Set([].into()))) };
        }
        let inside = self.list(false)?;
        if self.eat(Kind::Over) {
            let under = self.list(false)?;
            self.expect(Kind::GroupClose)?;
            return super::scalar::divided(value_of(inside), value_of(under));
        }
        if self.eat(Kind::Choose) {
            let choose = value_of(self.list(false)?).into_expr()?;
            self.expect(Kind::GroupClose)?;
            return Ok(Value::plain(super::scalar::binomial(value_of(inside).into_expr()?, choose)));
        }
        if matches!(self.kind(), Kind::Bar | Kind::Mid) && self.bars == 0 {
            self.skip();
            let condition = self.list(false)?;
            self.expect(Kind::GroupClose)?;
            return Ok(Value::Other(Answer::SetBuilder(Box::new((inside, condition)))));
        }
        self.expect(Kind::GroupClose)?;
        Ok(match inside {
            Answer::List { items, .. } => Value::Other(Answer::Set(items)),
            other => {
                if let Answer::Quantity(quantity) = &other {
                    self.plus_minus |= quantity.plus_minus;
                }
                value_of(other)
            }
        })
    }

    /// `\begin{..}`
    fn environment(&mut self) -> Parsed<Value> {
        let name = self.text_of(self.token()).trim_end_matches('*');
        match name {
            "pmatrix" | "bmatrix" | "matrix" | "Bmatrix" | "smallmatrix" | "psmallmatrix" | "bsmallmatrix" | "vmatrix" | "array"
            | "Vmatrix" => {
                let determinant = name == "vmatrix";
                let rows = self.rows()?;
                Ok(Value::Other(Answer::Matrix { rows, determinant }))
            }
            _ => Ok(Value::Other(self.cases()?)),
        }
    }

    /// The column types of an array, and the like.
    fn begin(&mut self) -> Parsed<()> {
        let name = self.text_of(self.token());
        self.skip();
        if matches!(name, "array" | "alignat" | "tabular") && self.kind() == Kind::GroupOpen {
            while !matches!(self.kind(), Kind::GroupClose | Kind::End) {
                self.skip();
            }
            self.expect(Kind::GroupClose)?;
        }
        Ok(())
    }

    fn rows(&mut self) -> Parsed<Box<[Box<[Answer]>]>> {
        self.begin()?;
        let mut rows: Vec<Box<[Answer]>> = Vec::new();
        let mut row = Vec::new();
        loop {
            match self.kind() {
                Kind::EndOf => {
                    self.skip();
                    break;
                }
                Kind::Ampersand => {
                    self.skip();
                }
                Kind::Newline => {
                    self.skip();
                    rows.push(std::mem::take(&mut row).into());
                }
                _ => row.push(self.list(false)?),
            }
            self.count(1)?;
        }
        if !row.is_empty() {
            rows.push(row.into());
        }
        rows.retain(|row| !row.is_empty());
        if rows.is_empty() {
            return Err(Stop::Syntax);
        }
        Ok(rows.into())
    }

    /// Lines of values with conditions; lines of equations without are a list.
    fn cases(&mut self) -> Parsed<Answer> {
        let aligned = !matches!(self.text_of(self.token()).trim_end_matches('*'), "cases" | "array" | "dcases" | "rcases");
        self.begin()?;
        let mut lines: Vec<(Answer, Option<Answer>)> = Vec::new();
        loop {
            match self.kind() {
                Kind::EndOf => {
                    self.skip();
                    break;
                }
                Kind::Newline | Kind::Ampersand | Kind::Comma | Kind::Semicolon | Kind::Dot => {
                    self.skip();
                    continue;
                }
                Kind::End => return Err(Stop::Syntax),
                _ => {}
            }
            let mut value = self.line()?;
            if aligned && self.eat(Kind::Ampersand) && matches!(self.kind(), Kind::Relator(_)) {
                // `x &= 1`
                let mut terms = vec![value];
                let mut signs = Vec::new();
                while let Kind::Relator(relator) = self.kind() {
                    self.skip();
                    signs.push(relator);
                    terms.push(self.line()?);
                    self.eat(Kind::Ampersand);
                }
                value = Answer::Relation(Relation { terms: terms.into(), signs: signs.into(), modulus: None });
            }
            while matches!(self.kind(), Kind::Comma | Kind::Ampersand | Kind::Semicolon | Kind::Dot) {
                self.skip();
            }
            let condition = if matches!(self.kind(), Kind::Newline | Kind::EndOf) { None } else { Some(self.condition()?) };
            lines.push((value, condition));
            self.count(1)?;
        }
        if lines.is_empty() {
            return Err(Stop::Syntax);
        }
        if lines.iter().any(|(_, condition)| condition.is_some()) {
            return Ok(Answer::Piecewise(lines.into()));
        }
        let mut items: Vec<Answer> = lines.into_iter().map(|(value, _)| value).collect();
        Ok(if items.len() == 1 {
            items.swap_remove(0)
        } else {
            Answer::List { items: items.into(), separator: crate::answer::Separator::Comma }
        })
    }

    /// A relation, without the conditions that an item takes.
    fn line(&mut self) -> Parsed<Answer> {
        let outer = std::mem::take(&mut self.plus_minus);
        let line = self.relation();
        self.plus_minus = outer;
        line
    }

    fn condition(&mut self) -> Parsed<Answer> {
        loop {
            let token = self.token();
            match token.kind {
                Kind::Joint(super::names::Joint::Given) | Kind::Ampersand => self.skip(),
                Kind::Joint(super::names::Joint::Otherwise) => {
                    self.skip();
                    return Ok(Answer::Text("otherwise".into()));
                }
                Kind::Text if given_text(self.text_of(token)) => self.skip(),
                Kind::Text => {
                    self.skip();
                    let text = super::special::normalised(self.text_of(token));
                    let rest = text.strip_prefix("if ").or_else(|| text.strip_prefix("for "));
                    // `\text{if } x` came above; `\text{if x is odd}` is prose.
                    return Ok(Answer::Text(rest.unwrap_or(&text).into()));
                }
                _ => return self.list(false),
            }
        }
    }

    /// `\sum_{k=1}^{n} k`, `\int_0^1 x dx`, `\lim_{x \to 0} f(x)`: a function of the body, its variable and the bounds, that nobody defined here.
    pub(super) fn big(&mut self, name: &'static str) -> Parsed<Value> {
        self.skip();
        let mut low = None;
        let mut high = None;
        loop {
            match self.kind() {
                Kind::Underscore if low.is_none() => {
                    self.skip();
                    low = Some(self.bound()?);
                }
                Kind::Caret if high.is_none() => {
                    self.skip();
                    high = Some(self.bound()?);
                }
                _ => break,
            }
        }
        if name.ends_with("int") {
            return self.integral(name, low, high);
        }
        let mut arguments = Vec::new();
        let mut indexed = false;
        match low {
            Some(Answer::Relation(Relation { terms, signs, .. })) if matches!(&*signs, [Relator::Equal | Relator::To]) => {
                let terms = terms.into_vec();
                let index = terms.first().and_then(Answer::as_expression).cloned().ok_or(Stop::Syntax)?;
                indexed = matches!(index, Expr::Constant(crate::expr::Constant::I));
                arguments.push(if indexed { Expr::symbol("i") } else { index });
                for term in terms.into_iter().skip(1) {
                    arguments.push(value_of(term).into_expr()?);
                }
            }
            Some(Answer::Relation(relation)) => arguments.push(super::parser::relation_expr(relation)?),
            Some(other) => arguments.push(value_of(other).into_expr()?),
            None => {}
        }
        if let Some(high) = high {
            arguments.push(value_of(high).into_expr()?);
        }
        self.indexed += u32::from(indexed);
        let body = self.product()?.into_expr()?;
        self.indexed -= u32::from(indexed);
        arguments.insert(0, body);
        Ok(Value::plain(build::apply(name, arguments)))
    }

    /// A bound: a group that may hold a relation, or one sign.
    fn bound(&mut self) -> Parsed<Answer> {
        if self.kind() == Kind::GroupOpen {
            self.enter()?;
            self.skip();
            let inside = self.list(false)?;
            self.expect(Kind::GroupClose)?;
            self.leave();
            return Ok(inside);
        }
        if self.kind() == Kind::Infinity {
            self.skip();
            return Ok(Answer::Infinity(Some(Sign::Plus)));
        }
        // `\prod^n_{k=1}`: the index is the product's.
        if let (Kind::Letter, Kind::Underscore | Kind::Caret) = (self.kind(), self.ahead(1).kind) {
            let letter = self.text_of(self.token());
            self.skip();
            return Ok(Answer::expression(self.letter_value(letter)));
        }
        Ok(self.argument_value()?.into_answer())
    }

    fn integral(&mut self, name: &'static str, low: Option<Answer>, high: Option<Answer>) -> Parsed<Value> {
        self.integrals += 1;
        let starts_with_differential = self.text_of(self.token()) == "d" && matches!(self.ahead(1).kind, Kind::Letter | Kind::Symbol(_));
        let body = if starts_with_differential { Expr::integer(1) } else { self.sum()?.into_expr()? };
        let mut arguments = vec![body];
        while self.text_of(self.token()) == "d" {
            self.skip();
            arguments.push(self.power()?.into_expr()?);
        }
        self.integrals -= 1;
        if arguments.len() == 1
            && let Some((body, variable)) = arguments.first().and_then(differential_inside)
        {
            arguments = vec![body, variable];
        }
        for bound in [low, high].into_iter().flatten() {
            arguments.push(match bound {
                Answer::Infinity(Some(Sign::Minus)) => build::negated(Expr::symbol(INFINITY)),
                Answer::Infinity(_) => Expr::symbol(INFINITY),
                other => value_of(other).into_expr()?,
            });
        }
        Ok(Value::plain(build::apply(name, arguments)))
    }

    /// `\mathbf{v}`, `\mathrm{e}`, `\text{Area}`, `\mathbb{R}`: a symbol, a function, a set or a text.
    pub(super) fn styled(&mut self, token: Token) -> Parsed<Value> {
        let content = self.text_of(token).trim();
        self.skip();
        if token.kind == Kind::Blackboard {
            return match named_set(content) {
                Some(set) => Ok(self.set_part(set)),
                None => self.named(content.to_owned()),
            };
        }
        if token.kind != Kind::Text || !content.contains(' ') {
            match (content, token.kind) {
                ("e", Kind::Roman) => return Ok(Value::plain(Expr::Constant(crate::expr::Constant::E))),
                ("i", Kind::Roman) => return Ok(Value::plain(Expr::Constant(crate::expr::Constant::I))),
                ("", _) => return self.power(),
                _ => {}
            }
            if let Some(kind) = super::names::word(content).filter(|kind| !matches!(kind, Kind::Word | Kind::Joint(_))) {
                // A name in another style is the name: it is read again from here.
                self.at -= 1;
                if let Some(token) = self.tokens.get_mut(self.at) {
                    token.kind = kind;
                }
                return self.power();
            }
        }
        if content.bytes().all(|byte| byte.is_ascii_digit()) && !content.is_empty() {
            // Digits in another style are a number.
            self.at -= 1;
            if let Some(token) = self.tokens.get_mut(self.at) {
                token.kind = Kind::Number;
            }
            return self.power();
        }
        let mathematical = content.bytes().any(|byte| matches!(byte, b'\\' | b'^' | b'_' | b'+' | b'=' | b'(' | b'/' | b'0'..=b'9'));
        if token.kind == Kind::Text || mathematical {
            return self.content(token);
        }
        let name: String = content.chars().filter(|sign| !matches!(sign, ' ' | '{' | '}' | '~')).collect();
        if name.is_empty() { Err(Stop::Syntax) } else { self.named(name) }
    }

    /// A text that stands where a value could: read by itself, or a name if something is said of it.
    fn content(&mut self, token: Token) -> Parsed<Value> {
        let content = self.text_of(token);
        let labels = matches!(
            self.kind(),
            Kind::Relator(_)
                | Kind::Underscore
                | Kind::Colon
                | Kind::Caret
                | Kind::Times
                | Kind::Slash
                | Kind::Plus
                | Kind::Minus
                | Kind::Open(_)
        );
        let before = self.at >= 2
            && !matches!(
                self.tokens.get(self.at - 2).map(|token| token.kind),
                Some(Kind::Comma | Kind::Semicolon | Kind::Joint(_) | Kind::Newline)
            );
        if labels || before {
            let mut name = super::special::normalised(content);
            // Blanks part the words of a text, and mean nothing beside commands.
            if name.contains('\\') {
                name.retain(|sign| sign != ' ');
            }
            if name.is_empty() || name.len() > 64 {
                return Err(Stop::Syntax);
            }
            return self.named(name);
        }
        if self.texts >= 3 {
            return Err(Stop::Syntax);
        }
        match super::read_nested(content, self.texts + 1) {
            Ok(answer) => Ok(value_of(answer)),
            Err(limit) => Err(Stop::Limit(limit)),
        }
    }

    /// `\mathbb{Z}_{>0}`, `\mathbb{R}^+` and the like behind a set's letter.
    pub(super) fn set_part(&mut self, set: NamedSet) -> Value {
        let part = if self.kind() == Kind::Underscore {
            let group = usize::from(self.ahead(1).kind == Kind::GroupOpen);
            let (sign, zero) = (self.ahead(1 + group), self.ahead(2 + group));
            let part = match sign.kind {
                Kind::Number if self.text_of(sign) == "0" => Some((Part::NonNegative, 1)),
                Kind::Plus => Some((Part::Positive, 1)),
                Kind::Minus => Some((Part::Negative, 1)),
                Kind::Relator(relator) if self.text_of(zero) == "0" => match relator {
                    Relator::Greater => Some((Part::Positive, 2)),
                    Relator::GreaterOrEqual => Some((Part::NonNegative, 2)),
                    Relator::Less => Some((Part::Negative, 2)),
                    Relator::NotEqual => Some((Part::NonZero, 2)),
                    _ => None,
                },
                _ => None,
            };
            match part {
                Some((part, tokens)) => {
                    self.at += 1 + 2 * group + tokens;
                    part
                }
                None => Part::All,
            }
        } else {
            Part::All
        };
        Value::Other(Answer::NamedSet { set, part })
    }
}

/// `\int \frac{dx}{x}`: the differential among the factors, and what is left without it.
fn differential_inside(body: &Expr) -> Option<(Expr, Expr)> {
    let Expr::Product(factors) = body else { return None };
    let at = factors
        .windows(2)
        .position(|pair| matches!(pair, [Expr::Symbol(d), Expr::Symbol(_) | Expr::Constant(crate::expr::Constant::E)] if &**d == "d"))?;
    let variable = factors.get(at + 1)?.clone();
    let rest = factors.iter().enumerate().filter(|(place, _)| *place != at && *place != at + 1).map(|(_, factor)| factor.clone());
    Some((build::product(rest.collect()), variable))
}

/// The set of a letter or sign.
pub(crate) fn named_set(name: &str) -> Option<NamedSet> {
    Some(match name {
        "N" | "ℕ" => NamedSet::Naturals,
        "Z" | "ℤ" => NamedSet::Integers,
        "Q" | "ℚ" => NamedSet::Rationals,
        "R" | "ℝ" => NamedSet::Reals,
        "C" | "ℂ" => NamedSet::Complex,
        "P" => NamedSet::Primes,
        _ => return None,
    })
}

/// The sign of a set.
pub(super) fn letter_of(set: NamedSet) -> &'static str {
    match set {
        NamedSet::Naturals => "ℕ",
        NamedSet::Integers => "ℤ",
        NamedSet::Rationals => "ℚ",
        NamedSet::Reals => "ℝ",
        NamedSet::Complex => "ℂ",
        NamedSet::Primes => "P",
    }
}

/// What a sign above the letter makes of the set.
pub(super) fn part_of(value: &Value, sign: Kind) -> Parsed<Value> {
    let Value::Other(Answer::NamedSet { set, .. }) = *value else { return Err(Stop::Syntax) };
    let part = match sign {
        Kind::Plus => Part::Positive,
        Kind::Minus => Part::Negative,
        _ => Part::NonZero,
    };
    Ok(Value::Other(Answer::NamedSet { set, part }))
}

/// An answer as an operand again.
pub(super) fn value_of(answer: Answer) -> Value {
    match answer {
        Answer::Quantity(mut quantity) => {
            if let Some(crate::answer::Unit(factors)) = &quantity.unit
                && let [(name, 1)] = &**factors
                && &**name == crate::answer::DEGREE
            {
                quantity.value = build::product(vec![quantity.value, Expr::symbol(crate::answer::DEGREE)]);
                quantity.unit = None;
            }
            Value::Scalar(Scalar { quantity, bracketed: false })
        }
        other => Value::Other(other),
    }
}

fn magnitude(inside: Value) -> Parsed<Value> {
    match inside {
        Value::Other(Answer::Matrix { rows, .. }) => Ok(Value::Other(Answer::Matrix { rows, determinant: true })),
        value => Ok(Value::plain(Expr::call(Function::Abs, value.into_expr()?))),
    }
}
