//! Letters, names with indices and primes, and whether they are applied to what follows.

use super::build;
use super::names::{Delimiter, Kind};
use super::parser::{Parsed, Reader, Stop, Value};
use super::token::Token;
use super::unit;
use crate::answer::{Answer, INFINITY};
use crate::expr::{Constant, Expr};

/// Letters that are functions when a parenthesis follows.
const FUNCTION_LETTERS: &[u8] = b"fghFGH";

impl Reader<'_> {
    pub(super) fn letter_value(&self, letter: &str) -> Expr {
        match letter {
            "e" => Expr::Constant(Constant::E),
            "i" if self.indexed == 0 => Expr::Constant(Constant::I),
            letter => Expr::symbol(letter),
        }
    }

    pub(super) fn letter(&mut self, token: Token) -> Parsed<Value> {
        let letter = self.text_of(token);
        // The binomial coefficient of school: `C(5, 2)` is left a function.
        self.skip();
        if matches!(self.kind(), Kind::Underscore | Kind::Prime(_) | Kind::Subscript(_)) || self.raised_mark().is_some() {
            return self.named(letter.to_owned());
        }
        if self.applies(letter) {
            return self.application(letter);
        }
        if self.kind() == Kind::GroupOpen && self.ahead(1).kind == Kind::Open(Delimiter::Round) && is_function_letter(letter) {
            return self.grouped_application(letter);
        }
        Ok(Value::plain(self.letter_value(letter)))
    }

    pub(super) fn symbol(&mut self, name: &'static str) -> Parsed<Value> {
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
    pub(super) fn raised_mark(&self) -> Option<(&'static str, usize)> {
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
    pub(super) fn applies(&self, name: &str) -> bool {
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
    pub(super) fn begins_term(&self) -> bool {
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

    pub(super) fn inverse_ahead(&self) -> Option<usize> {
        let group = usize::from(self.ahead(1).kind == Kind::GroupOpen);
        let minus = self.ahead(1 + group);
        let one = self.ahead(2 + group);
        (minus.kind == Kind::Minus
            && one.kind == Kind::Number
            && self.text_of(one) == "1"
            && self.ahead(3 + 2 * group).kind == Kind::Open(Delimiter::Round))
        .then_some(3 + 2 * group)
    }

    /// `f{(x)}`: braces around the argument and its parentheses.
    fn grouped_application(&mut self, letter: &str) -> Parsed<Value> {
        let mark = self.at;
        self.skip();
        let value = self.application(letter)?;
        if self.eat(Kind::GroupClose) {
            return Ok(value);
        }
        self.at = mark;
        Ok(Value::plain(self.letter_value(letter)))
    }

    /// A function nobody defined, with its arguments.
    pub(super) fn application(&mut self, name: &str) -> Parsed<Value> {
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
    pub(super) fn arguments(&mut self) -> Parsed<Vec<Expr>> {
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

    /// The text of an argument as part of a name.
    pub(super) fn raw_argument(&mut self, name: &mut String) -> Parsed<()> {
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

    /// Four or five letters that are neither a unit nor prose: a product of them.
    pub(super) fn product_word(&mut self, token: Token) -> Parsed<Value> {
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

    /// A run of four or five letters against other mathematics: a product.
    pub(super) fn is_product_word(&self, token: Token) -> bool {
        let text = self.text_of(token);
        text.len() <= 5 && text.is_ascii() && !token.space && !unit::is_short_unit(text) && super::names::word(text).is_none()
    }
}

fn is_function_letter(letter: &str) -> bool {
    matches!(letter.as_bytes(), [letter] if FUNCTION_LETTERS.contains(letter))
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
