//! Reads expressions with Python's operators and precedence. What is read is never run.

use super::function::{NAMES, WRITTEN_NAMES};
use super::{Constant, Expr, Function, Rational};
use num_bigint::BigInt;
use num_traits::{One, Pow};
use std::sync::Arc;

/// How deep parentheses, signs and powers may nest.
pub const MAX_DEPTH: usize = 100;

/// The longest number, in digits: CPython's bound.
const MAX_DIGITS: usize = 4300;

/// The largest power of ten in a number like `1e9`.
const MAX_EXPONENT: u32 = 400;

/// What `^` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caret {
    /// The same as `**`.
    Power,
    /// Python's: exclusive or, which binds less than `+`.
    Xor,
}

/// What is read, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax {
    /// What `^` means.
    pub caret: Caret,
    /// Whether `2x`, `2(x + 1)` and `x y` are products. They bind as `*` does, so `1/2x` is a half of `x`; `x2` is one name. A name before a parenthesis is a function if it is
    /// a function's, else a factor.
    pub implicit_multiplication: bool,
    /// Whether `×`, `·`, `÷`, `−`, `π` and the names `arcsin`, `arctan` and the like are read.
    pub written: bool,
    /// The most nodes an expression may have.
    pub max_nodes: usize,
}

impl Syntax {
    /// What SymPy's `parse_expr` reads as arithmetic and functions, with its `!` for factorials. Names that are unknown are symbols; they cannot be called.
    pub const PYTHON: Self = Self { caret: Caret::Xor, implicit_multiplication: false, written: false, max_nodes: 4096 };
    /// As [`PYTHON`](Self::PYTHON), with `^` for powers and the signs of print.
    pub const WRITTEN: Self = Self { caret: Caret::Power, implicit_multiplication: false, written: true, max_nodes: 4096 };
}

/// Why a text is no expression. Positions are in bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// Something stands where it cannot.
    #[error("unexpected {found} at byte {at}")]
    Unexpected {
        /// Where.
        at: usize,
        /// What.
        found: Found,
    },
    /// A call of a function that there is not, or with another number of arguments than it takes.
    #[error("no function `{name}` of {arguments} arguments")]
    UnknownFunction {
        /// Its name.
        name: String,
        /// How many arguments were given.
        arguments: usize,
    },
    /// A number that is too long, or one whose exponent is too large.
    #[error("the number at byte {at} is too large")]
    NumberTooLarge {
        /// Where.
        at: usize,
    },
    /// More than [`MAX_DEPTH`] levels.
    #[error("more than {MAX_DEPTH} levels")]
    TooDeep,
    /// More nodes than [`Syntax::max_nodes`].
    #[error("more than {max_nodes} nodes")]
    TooLarge {
        /// The limit.
        max_nodes: usize,
    },
}

/// What stood where it could not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A character.
    Char(char),
    /// The end of the text.
    End,
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Char(char) => write!(f, "{char:?}"),
            Self::End => f.write_str("end"),
        }
    }
}

/// Reads one expression that is the whole text. The result has the shape of the text: nothing is simplified but signs before signs.
///
/// # Errors
/// If the text is none, or larger than the limits.
pub fn parse(text: &str, syntax: &Syntax) -> Result<Expr, ParseError> {
    let text = text.trim();
    let mut parser = Parser { text, at: 0, syntax, nodes: 0, depth: 0, parentheses: 0, symbols: Vec::new() };
    let expr = parser.expression()?;
    parser.skip_space();
    if parser.at < text.len() { Err(parser.unexpected()) } else { Ok(expr) }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    syntax: &'a Syntax,
    nodes: usize,
    depth: usize,
    /// Open parentheses: inside them, as in Python, a line may end.
    parentheses: usize,
    /// The symbols met so far, so that one name is stored once.
    symbols: Vec<Arc<str>>,
}

/// An operator between factors.
#[derive(Clone, Copy)]
enum Times {
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn unexpected(&self) -> ParseError {
        ParseError::Unexpected { at: self.at, found: self.peek().map_or(Found::End, Found::Char) }
    }

    fn skip_space(&mut self) {
        loop {
            match self.peek() {
                Some(' ' | '\t' | '\u{c}') => self.at += 1,
                Some('\n' | '\r') if self.parentheses > 0 => self.at += 1,
                Some('#') if !self.syntax.written => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                _ => return,
            }
        }
    }

    /// Takes one of these tokens, the first that fits.
    fn eat(&mut self, tokens: &[&str]) -> bool {
        self.skip_space();
        let found = tokens.iter().find(|token| self.rest().starts_with(**token));
        self.at += found.map_or(0, |token| token.len());
        found.is_some()
    }

    fn node(&mut self, expr: Expr) -> Result<Expr, ParseError> {
        self.nodes += 1;
        if self.nodes > self.syntax.max_nodes {
            return Err(ParseError::TooLarge { max_nodes: self.syntax.max_nodes });
        }
        Ok(expr)
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, ParseError>) -> Result<T, ParseError> {
        if self.depth == MAX_DEPTH {
            return Err(ParseError::TooDeep);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn expression(&mut self) -> Result<Expr, ParseError> {
        let mut left = self.sum()?;
        while self.syntax.caret == Caret::Xor && self.eat(&["^"]) {
            let right = self.sum()?;
            left = self.node(Expr::Call(Function::Xor, Arc::new([left, right])))?;
        }
        Ok(left)
    }

    fn sum(&mut self) -> Result<Expr, ParseError> {
        let mut terms = vec![self.term()?];
        loop {
            if self.eat(&["+"]) {
                terms.push(self.term()?);
            } else if self.eat(&["-"]) || self.syntax.written && self.eat(&["−"]) {
                let term = self.term()?;
                terms.push(self.negated(term)?);
            } else {
                break;
            }
        }
        if terms.len() == 1 { Ok(terms.swap_remove(0)) } else { self.node(Expr::Sum(terms.into())) }
    }

    fn negated(&mut self, expr: Expr) -> Result<Expr, ParseError> {
        let minus = self.node(Expr::integer(-1))?;
        self.node(Expr::Product(Arc::new([minus, expr])))
    }

    fn times(&mut self) -> Option<Times> {
        self.skip_space();
        if self.rest().starts_with("**") {
            return None;
        }
        if self.eat(&["*"]) || self.syntax.written && self.eat(&["×", "·", "⋅"]) {
            Some(Times::Multiply)
        } else if self.eat(&["//"]) {
            Some(Times::FloorDivide)
        } else if self.eat(&["/"]) || self.syntax.written && self.eat(&["÷"]) {
            Some(Times::Divide)
        } else if self.eat(&["%"]) {
            Some(Times::Modulo)
        } else {
            let adjacent = self.syntax.implicit_multiplication
                && self.peek().is_some_and(|char| char == '(' || char == '.' || char.is_alphanumeric() || char == '_');
            adjacent.then_some(Times::Multiply)
        }
    }

    fn term(&mut self) -> Result<Expr, ParseError> {
        let mut factors = vec![self.signed()?];
        while let Some(times) = self.times() {
            let right = self.signed()?;
            match times {
                Times::Multiply => factors.push(right),
                Times::Divide => {
                    let minus = self.node(Expr::integer(-1))?;
                    factors.push(self.node(Expr::Power(Arc::new((right, minus))))?);
                }
                Times::FloorDivide | Times::Modulo => {
                    let function = if matches!(times, Times::Modulo) { Function::Modulo } else { Function::FloorDivide };
                    let left = self.product(std::mem::take(&mut factors))?;
                    factors.push(self.node(Expr::Call(function, Arc::new([left, right])))?);
                }
            }
        }
        self.product(factors)
    }

    fn product(&mut self, mut factors: Vec<Expr>) -> Result<Expr, ParseError> {
        if factors.len() == 1 { Ok(factors.swap_remove(0)) } else { self.node(Expr::Product(factors.into())) }
    }

    /// Signs before a power: `-2**2` is -4.
    fn signed(&mut self) -> Result<Expr, ParseError> {
        let mut negative = false;
        let mut signs = 0;
        loop {
            if self.eat(&["-"]) || self.syntax.written && self.eat(&["−"]) {
                negative = !negative;
            } else if !self.eat(&["+"]) {
                break;
            }
            signs += 1;
            if signs > MAX_DEPTH {
                return Err(ParseError::TooDeep);
            }
        }
        let power = self.power()?;
        if negative { self.negated(power) } else { Ok(power) }
    }

    fn power(&mut self) -> Result<Expr, ParseError> {
        let base = self.atom()?;
        if self.eat(&["**"]) || self.syntax.caret == Caret::Power && self.eat(&["^"]) {
            let exponent = self.nested(Self::signed)?;
            return self.node(Expr::Power(Arc::new((base, exponent))));
        }
        Ok(base)
    }

    fn atom(&mut self) -> Result<Expr, ParseError> {
        self.skip_space();
        let mut atom = match self.peek() {
            Some('(') => {
                self.at += 1;
                self.parentheses += 1;
                let inner = self.nested(Self::expression)?;
                self.skip_space();
                self.close()?;
                inner
            }
            Some('π') if self.syntax.written => {
                self.at += 'π'.len_utf8();
                self.node(Expr::Constant(Constant::Pi))?
            }
            Some('0'..='9' | '.') => self.number()?,
            Some(char) if char.is_alphabetic() || char == '_' => self.name()?,
            _ => return Err(self.unexpected()),
        };
        while self.factorial_follows() {
            self.at += 1;
            atom = self.node(Expr::call(Function::Factorial, atom))?;
        }
        Ok(atom)
    }

    fn close(&mut self) -> Result<(), ParseError> {
        if !self.eat(&[")"]) {
            return Err(self.unexpected());
        }
        self.parentheses -= 1;
        Ok(())
    }

    /// One `!`, without space before it, as SymPy has it; `!!` and `!=` mean other things.
    fn factorial_follows(&self) -> bool {
        self.rest().starts_with('!') && !self.rest()[1..].starts_with(['!', '='])
    }

    /// Digits with single underscores between them, appended to `digits`.
    fn digits(&mut self, digits: &mut String) {
        while let Some(char) = self.peek() {
            let underscore = char == '_' && digits.ends_with(|last: char| last.is_ascii_digit());
            let separates = underscore && self.rest()[1..].starts_with(|next: char| next.is_ascii_digit());
            if char.is_ascii_digit() {
                digits.push(char);
            } else if !separates {
                break;
            }
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<Expr, ParseError> {
        let start = self.at;
        let mut whole = String::new();
        self.digits(&mut whole);
        let mut fraction = String::new();
        let point = self.peek() == Some('.');
        if point {
            self.at += 1;
            self.digits(&mut fraction);
        }
        let exponent = self.exponent(start)?;
        if whole.is_empty() && fraction.is_empty() {
            return Err(ParseError::Unexpected { at: start, found: Found::Char('.') });
        }
        // Python refuses `007`, which once was octal.
        if !point && exponent.is_none() && whole.len() > 1 && whole.starts_with('0') && whole.bytes().any(|digit| digit != b'0') {
            return Err(ParseError::Unexpected { at: start, found: Found::Char('0') });
        }
        if whole.len() + fraction.len() > MAX_DIGITS {
            return Err(ParseError::NumberTooLarge { at: start });
        }
        let digits: BigInt = (whole + &fraction).parse().expect("digits are a number");
        let power = exponent.unwrap_or(0) - fraction.len() as i64;
        let scale = BigInt::from(10).pow(power.unsigned_abs());
        let value = if power < 0 { Rational::new(digits, scale) } else { Rational::from_integer(digits * scale) };
        self.node(Expr::Number(value))
    }

    fn exponent(&mut self, start: usize) -> Result<Option<i64>, ParseError> {
        let Some(rest) = self.rest().strip_prefix(['e', 'E']) else { return Ok(None) };
        let unsigned = rest.strip_prefix(['+', '-']).unwrap_or(rest);
        let length = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return Ok(None);
        }
        let value: Option<u32> = unsigned[..length].parse().ok().filter(|value| *value <= MAX_EXPONENT);
        let value = i64::from(value.ok_or(ParseError::NumberTooLarge { at: start })?);
        self.at = self.text.len() - unsigned.len() + length;
        Ok(Some(if rest.starts_with('-') { -value } else { value }))
    }

    fn name(&mut self) -> Result<Expr, ParseError> {
        let rest = self.rest();
        let length = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
        let name = &rest[..length];
        self.at += length;
        let after_name = self.at;
        if self.eat(&["("]) {
            if is_function(name, self.syntax) || !self.syntax.implicit_multiplication {
                return self.call(name);
            }
            self.at = after_name;
        } else if is_function(name, self.syntax) {
            return Err(self.unexpected());
        }
        let expr = match name {
            "pi" => Expr::Constant(Constant::Pi),
            "E" => Expr::Constant(Constant::E),
            "I" => Expr::Constant(Constant::I),
            // Infinities and what is no number have no place in exact arithmetic.
            "oo" | "zoo" | "nan" => {
                self.at = after_name - length;
                return Err(self.unexpected());
            }
            _ => Expr::Symbol(self.symbol(name)),
        };
        self.node(expr)
    }

    fn symbol(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.symbols.iter().take(64).find(|known| ***known == *name) {
            return Arc::clone(known);
        }
        let new: Arc<str> = name.into();
        self.symbols.push(Arc::clone(&new));
        new
    }

    /// The arguments of a call whose parenthesis has been opened.
    fn call(&mut self, name: &str) -> Result<Expr, ParseError> {
        self.parentheses += 1;
        let mut arguments = Vec::new();
        loop {
            if arguments.len() > MAX_DEPTH {
                return Err(ParseError::TooDeep);
            }
            arguments.push(self.nested(Self::expression)?);
            if !self.eat(&[","]) {
                break;
            }
        }
        self.close()?;
        let count = arguments.len();
        let call = apply(name, arguments, self.syntax);
        let call = call.ok_or_else(|| ParseError::UnknownFunction { name: name.chars().take(40).collect(), arguments: count })?;
        self.node(call)
    }
}

/// Names of functions that are written as powers or quotients.
const DERIVED: [&str; 6] = ["sqrt", "cbrt", "root", "pow", "Pow", "Rational"];

fn function(name: &str, syntax: &Syntax) -> Option<Function> {
    let known = |names: &[(&str, Function)]| names.iter().find(|(known, _)| *known == name).map(|(_, function)| *function);
    known(NAMES).or_else(|| if syntax.written { known(WRITTEN_NAMES) } else { None })
}

fn is_function(name: &str, syntax: &Syntax) -> bool {
    DERIVED.contains(&name) || function(name, syntax).is_some()
}

fn apply(name: &str, arguments: Vec<Expr>, syntax: &Syntax) -> Option<Expr> {
    let fraction = |denominator: i64| Expr::Number(Rational::new(BigInt::one(), denominator.into()));
    let power = |base: &Expr, exponent: Expr| Some(Expr::Power(Arc::new((base.clone(), exponent))));
    match (name, arguments.as_slice()) {
        ("sqrt", [of]) => power(of, fraction(2)),
        ("cbrt", [of]) => power(of, fraction(3)),
        ("root", [of, index]) => power(of, index.clone().inverse()),
        ("pow" | "Pow", [base, exponent]) => power(base, exponent.clone()),
        ("Rational", [over, under]) => Some(Expr::Product(Arc::new([over.clone(), under.clone().inverse()]))),
        ("log" | "ln", [of, base]) => {
            let log = |of: &Expr| Expr::call(Function::Log, of.clone());
            Some(Expr::Product(Arc::new([log(of), log(base).inverse()])))
        }
        _ => {
            let function = function(name, syntax)?;
            let fits = match function {
                Function::Integral => matches!(arguments.as_slice(), [_, Expr::Symbol(_)]),
                _ => function.arity().is_none_or(|arity| arity == arguments.len()),
            };
            fits.then(|| Expr::Call(function, arguments.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fully parenthesised, to see the shape.
    fn shape(expr: &Expr) -> String {
        let join = |parts: &[Expr], by: &str| format!("({})", parts.iter().map(shape).collect::<Vec<_>>().join(by));
        match expr {
            Expr::Number(value) => value.to_string(),
            Expr::Constant(constant) => format!("{constant:?}"),
            Expr::Symbol(name) => name.to_string(),
            Expr::Sum(terms) => join(terms, " + "),
            Expr::Product(factors) => join(factors, " "),
            Expr::Power(power) => format!("{}^{}", shape(&power.0), shape(&power.1)),
            Expr::Call(function, arguments) => format!("{function:?}{}", join(arguments, ", ")),
        }
    }

    #[track_caller]
    fn check(text: &str, syntax: &Syntax, expect: &str) {
        let got = parse(text, syntax).map_or_else(|error| error.to_string(), |expr| shape(&expr));
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn operators_bind_as_in_python() {
        let python = |text, expect| check(text, &Syntax::PYTHON, expect);
        python("1 + 2*3 - 4/5", "(1 + (2 3) + (-1 (4 5^-1)))");
        python("-2**2", "(-1 2^2)");
        python("2**-1", "2^(-1 1)");
        python("2**3**2", "2^3^2");
        python("a/b*c", "(a b^-1 c)");
        python("7*9//2%5", "Modulo(FloorDivide((7 9), 2), 5)");
        python("1^2+3", "Xor(1, (2 + 3))");
        python("-4!", "(-1 Factorial(4))");
        python("--+-x", "(-1 x)");
        python("(1\n+ 2) # three", "(1 + 2)");
        python("sqrt(x) + log(8, 2)", "(x^1/2 + (Log(8) Log(2)^-1))");
        python("1.50e-1 + .5 + 1_000 + 5.", "(3/20 + 1/2 + 1000 + 5)");
        python("E*pi*I*e", "(E Pi I e)");
        python("Integral(f*x, x)", "Integral((f x), x)");
    }

    #[test]
    fn people_write_otherwise() {
        let written = |text, expect| check(text, &Syntax::WRITTEN, expect);
        written("2^3^2 × 4 ÷ 5 − π", "((2^3^2 4 5^-1) + (-1 Pi))");
        written("arctan(x)", "Atan(x)");
        let juxtaposed = |text, expect| check(text, &Syntax { implicit_multiplication: true, ..Syntax::WRITTEN }, expect);
        juxtaposed("2x^2 y(z+1)", "(2 x^2 y (z + 1))");
        juxtaposed("1/2x - 3", "((1 2^-1 x) + (-1 3))");
        juxtaposed("2sin(x)(3)", "(2 Sin(x) 3)");
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for bad in [
            "",
            "1 +",
            "2 3",
            "2x",
            "(1",
            "1)",
            "007",
            "1,2",
            "f(x)",
            "sin",
            "sin x",
            "1 = 1",
            "1..2",
            "1e",
            "x^2 +",
            "3!!",
            "3 != 4",
            "\"1\"",
            "[1]",
            "oo",
            "$5",
            "5²",
            "٣",
            "1\n2",
            "atan(1, 2)",
            "Integral(x, 2)",
            "1_",
            "_",
            "__import__('os')",
            "a.b",
            "x if x else y",
            "lambda: 1",
        ] {
            let read = parse(bad, &Syntax::PYTHON);
            assert!(read.is_err() || bad == "_", "{bad:?} is {read:?}");
        }
        check("arctan(x)", &Syntax::PYTHON, "no function `arctan` of 1 arguments");
    }

    #[test]
    fn size_is_bounded() {
        let error = |text: String| parse(&text, &Syntax::PYTHON).unwrap_err();
        assert_eq!(error("(".repeat(1 << 16)), ParseError::TooDeep);
        assert_eq!(error("-".repeat(1 << 16)), ParseError::TooDeep);
        assert_eq!(error("2**".repeat(1 << 14)), ParseError::TooDeep);
        assert_eq!(error("sin(".repeat(1 << 14)), ParseError::TooDeep);
        assert_eq!(error("1+".repeat(1 << 15)), ParseError::TooLarge { max_nodes: 4096 });
        assert_eq!(error("9".repeat(5000)), ParseError::NumberTooLarge { at: 0 });
        assert_eq!(error("1e999999999".to_owned()), ParseError::NumberTooLarge { at: 0 });
    }
}
