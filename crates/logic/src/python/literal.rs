//! Reads Python literals and JSON as Python does, without evaluating anything.

use super::number::repr_float;
use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// How deep an answer may nest. CPython's own bounds are near it (JSON about 1000, literals 200).
const MAX_DEPTH: u32 = 200;

/// The longest integer that is read in another base than ten, whose bound is CPython's.
const MAX_DIGITS: usize = 4300;

/// Plain Python data.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    None,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    Str(String),
    List(Vec<Value>),
    Tuple(Vec<Value>),
    Set(Vec<Value>),
    /// In the order of insertion; a repeated key has its last value.
    Dict(Vec<(Value, Value)>),
}

impl PartialEq for Value {
    /// Python's `==`: `1 == 1.0 == True`, a list is no tuple, sets and dicts have no order.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::List(a), Self::List(b)) | (Self::Tuple(a), Self::Tuple(b)) => a == b,
            (Self::Set(a), Self::Set(b)) => a.len() == b.len() && a.iter().all(|item| b.contains(item)),
            (Self::Dict(a), Self::Dict(b)) => a.len() == b.len() && a.iter().all(|pair| b.contains(pair)),
            _ => match (self.as_int(), other.as_int()) {
                (Some(a), Some(b)) => a == b,
                _ => matches!((self.as_f64(), other.as_f64()), (Some(a), Some(b)) if a == b),
            },
        }
    }
}

impl Value {
    /// The value of an int or a bool.
    pub(crate) fn as_int(&self) -> Option<BigInt> {
        match self {
            Self::Int(value) => Some(value.clone()),
            Self::Bool(value) => Some(BigInt::from(u8::from(*value))),
            _ => None,
        }
    }

    /// As [`as_int`](Self::as_int), when it fits.
    pub(crate) fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(value) => value.to_i64(),
            Self::Bool(value) => Some(i64::from(*value)),
            _ => None,
        }
    }

    /// A text that equal values share, to find them by hash.
    fn identity(&self) -> String {
        match self {
            Self::Float(value) => BigInt::from_f64(*value)
                .filter(|whole| whole.to_f64() == Some(*value))
                .map_or_else(|| repr_float(*value), |whole| whole.to_string()),
            Self::Bool(value) => u8::from(*value).to_string(),
            _ => self.to_repr(),
        }
    }

    /// The value of any number.
    pub(crate) fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Int(value) => value.to_f64(),
            Self::Bool(value) => Some(f64::from(u8::from(*value))),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The text of a string.
    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Self::Str(text) = self { Some(text) } else { None }
    }

    /// The items of a list.
    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// The items of a list or tuple.
    pub(crate) fn as_sequence(&self) -> Option<&[Self]> {
        if let Self::List(items) | Self::Tuple(items) = self { Some(items) } else { None }
    }

    /// What a `for` loop over it yields: items, characters or keys; of a set in the order of its text, as Python's own order is that of its hashes.
    pub(crate) fn iterate(&self) -> Option<Cow<'_, [Self]>> {
        match self {
            Self::List(items) | Self::Tuple(items) | Self::Set(items) => Some(Cow::Borrowed(items)),
            Self::Str(text) => Some(text.chars().map(|char| Self::Str(char.to_string())).collect()),
            Self::Dict(pairs) => Some(pairs.iter().map(|(key, _)| key.clone()).collect()),
            _ => None,
        }
    }

    /// The pairs of a dict.
    pub(crate) fn as_dict(&self) -> Option<&[(Self, Self)]> {
        if let Self::Dict(pairs) = self { Some(pairs) } else { None }
    }

    /// `str(self)`.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::None => "None".to_owned(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Int(value) => value.to_string(),
            Self::Float(value) => repr_float(*value),
            Self::Str(text) => text.clone(),
            Self::List(items) => format!("[{}]", reprs(items)),
            Self::Tuple(items) if items.len() == 1 => format!("({},)", reprs(items)),
            Self::Tuple(items) => format!("({})", reprs(items)),
            Self::Set(items) if items.is_empty() => "set()".to_owned(),
            Self::Set(items) => format!("{{{}}}", reprs(items)),
            Self::Dict(pairs) => {
                let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{}: {}", key.to_repr(), value.to_repr())).collect();
                format!("{{{}}}", pairs.join(", "))
            }
        }
    }

    /// `repr(self)`; of strings, only quotes, backslashes and the common control characters are escaped.
    pub(crate) fn to_repr(&self) -> String {
        let Self::Str(text) = self else { return self.to_text() };
        let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
        let mut repr = String::from(quote);
        for char in text.chars() {
            match char {
                '\n' => repr += "\\n",
                '\r' => repr += "\\r",
                '\t' => repr += "\\t",
                '\\' => repr += "\\\\",
                _ if char == quote => repr.extend(['\\', quote]),
                _ => repr.push(char),
            }
        }
        repr.push(quote);
        repr
    }
}

fn reprs(items: &[Value]) -> String {
    items.iter().map(Value::to_repr).collect::<Vec<_>>().join(", ")
}

/// `ast.literal_eval(text)`: what upstream's `eval` gives for an answer that is a literal. Everything else is `None`.
pub(crate) fn literal(text: &str) -> Option<Value> {
    parse(text.trim_start_matches([' ', '\t']), Dialect::Python)
}

/// `json.loads(text)`, with `NaN` and `Infinity`, integers of any size, and the last value of a repeated key.
pub(crate) fn json(text: &str) -> Option<Value> {
    parse(text, Dialect::Json)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Python,
    Json,
}

fn parse(text: &str, dialect: Dialect) -> Option<Value> {
    let mut parser = Parser { text, at: 0, dialect };
    let value = parser.value(0)?;
    // `eval` reads `1, 2` as a tuple.
    let value = if dialect == Dialect::Python && parser.eat(',') { parser.rest_of_tuple(value)? } else { value };
    parser.skip_space();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    dialect: Dialect,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips white space and, in Python, comments.
    fn skip_space(&mut self) {
        let python = self.dialect == Dialect::Python;
        let space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r') || python && *byte == b'\x0c';
        loop {
            self.at += self.text.as_bytes()[self.at..].iter().take_while(|byte| space(byte)).count();
            if !python || !self.rest().starts_with('#') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn eat(&mut self, char: char) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(char);
        if found {
            self.at += char.len_utf8();
        }
        found
    }

    fn word(&mut self, word: &str) -> bool {
        let found =
            self.rest().strip_prefix(word).is_some_and(|rest| !rest.starts_with(|char: char| char.is_alphanumeric() || char == '_'));
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.skip_space();
        let python = self.dialect == Dialect::Python;
        match self.peek()? {
            '[' => {
                self.at += 1;
                self.items(']', depth).map(Value::List)
            }
            '{' => {
                self.at += 1;
                self.braces(depth)
            }
            '(' if python => {
                self.at += 1;
                self.parentheses(depth)
            }
            '"' => self.string(),
            '\'' if python => self.string(),
            'r' | 'R' | 'u' | 'U' if python => self.string(),
            '-' | '+' if python => {
                let negative = self.peek() == Some('-');
                self.at += 1;
                match self.value(depth + 1)? {
                    Value::Int(value) => Some(Value::Int(if negative { -value } else { value })),
                    Value::Float(value) => Some(Value::Float(if negative { -value } else { value })),
                    _ => None,
                }
            }
            '-' | '0'..='9' => self.number(),
            '.' if python => self.number(),
            _ => self.name(),
        }
    }

    fn name(&mut self) -> Option<Value> {
        let names: &[(&str, Value)] = match self.dialect {
            Dialect::Python => &[("None", Value::None), ("True", Value::Bool(true)), ("False", Value::Bool(false))],
            Dialect::Json => &[
                ("null", Value::None),
                ("true", Value::Bool(true)),
                ("false", Value::Bool(false)),
                ("NaN", Value::Float(f64::NAN)),
                ("Infinity", Value::Float(f64::INFINITY)),
            ],
        };
        names.iter().find_map(|(name, value)| self.word(name).then(|| value.clone()))
    }

    /// Items up to the closing bracket; a comma may follow the last one in Python.
    fn items(&mut self, close: char, depth: u32) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        if self.eat(close) {
            return Some(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.eat(close) {
                return Some(items);
            }
            if !self.eat(',') {
                return None;
            }
            if self.dialect == Dialect::Python && self.eat(close) {
                return Some(items);
            }
        }
    }

    fn parentheses(&mut self, depth: u32) -> Option<Value> {
        if self.eat(')') {
            return Some(Value::Tuple(Vec::new()));
        }
        let first = self.value(depth + 1)?;
        if self.eat(')') {
            return Some(first);
        }
        if !self.eat(',') {
            return None;
        }
        let mut items = vec![first];
        items.extend(self.items(')', depth)?);
        Some(Value::Tuple(items))
    }

    fn rest_of_tuple(&mut self, first: Value) -> Option<Value> {
        let mut items = vec![first];
        loop {
            self.skip_space();
            if self.at == self.text.len() {
                return Some(Value::Tuple(items));
            }
            items.push(self.value(0)?);
            self.skip_space();
            if self.at != self.text.len() && !self.eat(',') {
                return None;
            }
        }
    }

    fn braces(&mut self, depth: u32) -> Option<Value> {
        if self.eat('}') {
            return Some(Value::Dict(Vec::new()));
        }
        let first = self.value(depth + 1)?;
        if !self.eat(':') {
            if self.dialect == Dialect::Json {
                return None;
            }
            let mut items = vec![first];
            if !self.eat('}') {
                if !self.eat(',') {
                    return None;
                }
                items.extend(self.items('}', depth)?);
            }
            let mut known = HashSet::new();
            items.retain(|item| known.insert(item.identity()));
            return Some(Value::Set(items));
        }
        let mut pairs = Pairs::default();
        let mut key = first;
        loop {
            if self.dialect == Dialect::Json && key.as_str().is_none() {
                return None;
            }
            let value = self.value(depth + 1)?;
            pairs.insert(key, value);
            if self.eat('}') {
                return Some(Value::Dict(pairs.list));
            }
            if !self.eat(',') {
                return None;
            }
            if self.dialect == Dialect::Python && self.eat('}') {
                return Some(Value::Dict(pairs.list));
            }
            key = self.value(depth + 1)?;
            if !self.eat(':') {
                return None;
            }
        }
    }

    fn number(&mut self) -> Option<Value> {
        if let Some(value) = self.plain_int() {
            return Some(value);
        }
        let rest = self.rest();
        if self.dialect == Dialect::Json {
            if rest.starts_with("-Infinity") {
                self.at += "-Infinity".len();
                return Some(Value::Float(f64::NEG_INFINITY));
            }
            let digits = rest.strip_prefix('-').unwrap_or(rest);
            if !digits.starts_with(|char: char| char.is_ascii_digit()) {
                return None;
            }
            // A number ends after a leading zero; `01` is left with a rest, which is an error.
            let sign = rest.len() - digits.len();
            let whole =
                if digits.starts_with('0') { 1 } else { digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len() };
            return self.finish_number(sign + whole);
        }
        let radix = match rest.as_bytes() {
            [b'0', b'x' | b'X', ..] => 16,
            [b'0', b'o' | b'O', ..] => 8,
            [b'0', b'b' | b'B', ..] => 2,
            _ => 10,
        };
        if radix != 10 {
            let body = &rest[2..];
            let end = body.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(body.len());
            let digits = underscored(&body[..end]).filter(|digits| digits.len() <= MAX_DIGITS)?;
            self.at += 2 + end;
            return BigInt::parse_bytes(digits.as_bytes(), radix).map(Value::Int);
        }
        let whole = rest.find(|char: char| !char.is_ascii_digit() && char != '_').unwrap_or(rest.len());
        self.finish_number(whole)
    }

    /// A few decimal digits without anything that could make more of them: most numbers of long answers are such, and are read at little cost.
    fn plain_int(&mut self) -> Option<Value> {
        let rest = self.rest().as_bytes();
        let length = rest.iter().take(19).take_while(|byte| byte.is_ascii_digit()).count();
        let ends = rest.get(length).is_none_or(|next| matches!(next, b',' | b' ' | b'\n' | b']' | b')' | b'}' | b':'));
        if !(1..=18).contains(&length) || !ends || rest[0] == b'0' && length > 1 {
            return None;
        }
        let value = rest[..length].iter().fold(0, |value: i64, byte| 10 * value + i64::from(byte - b'0'));
        self.at += length;
        Some(Value::Int(value.into()))
    }

    /// Reads a fraction and an exponent after `whole` bytes of sign and digits.
    fn finish_number(&mut self, whole: usize) -> Option<Value> {
        let python = self.dialect == Dialect::Python;
        let rest = self.rest();
        let is_digit = |char: char| char.is_ascii_digit() || python && char == '_';
        let run = |from: usize| rest[from..].find(|char| !is_digit(char)).unwrap_or(rest.len() - from);
        let mut end = whole;
        let mut float = false;
        if rest[end..].starts_with('.') && (python || run(end + 1) > 0) {
            end += 1 + run(end + 1);
            float = true;
        }
        if rest[end..].starts_with(['e', 'E']) {
            let sign = usize::from(rest[end + 1..].starts_with(['+', '-']));
            let digits = run(end + 1 + sign);
            if digits > 0 {
                end += 1 + sign + digits;
                float = true;
            }
        }
        let text = &rest[..end];
        self.at += end;
        if float {
            return super::float(text).map(Value::Float);
        }
        let leading_zero = python && text.len() > 1 && text.starts_with('0') && text.bytes().any(|byte| !matches!(byte, b'0' | b'_'));
        if leading_zero { None } else { super::int(text).map(Value::Int) }
    }

    fn string(&mut self) -> Option<Value> {
        let mut text = String::new();
        loop {
            let raw = self.dialect == Dialect::Python && self.prefix()?;
            let quote = self.peek()?;
            let triple = self.dialect == Dialect::Python && self.rest().starts_with(&quote.to_string().repeat(3));
            self.at += if triple { 3 } else { 1 };
            self.string_body(quote, triple, raw, &mut text)?;
            if self.dialect == Dialect::Json {
                break;
            }
            // Neighbouring strings are one.
            self.skip_space();
            if !matches!(self.peek(), Some('"' | '\'')) {
                break;
            }
        }
        Some(Value::Str(text))
    }

    /// Skips a string's prefix and says whether it is raw. `None` if what follows is no string.
    fn prefix(&mut self) -> Option<bool> {
        let prefix: String = self.rest().chars().take_while(char::is_ascii_alphabetic).collect();
        let raw = match prefix.to_ascii_lowercase().as_str() {
            "" | "u" => false,
            "r" => true,
            _ => return None,
        };
        self.at += prefix.len();
        matches!(self.peek(), Some('"' | '\'')).then_some(raw)
    }

    fn string_body(&mut self, quote: char, triple: bool, raw: bool, text: &mut String) -> Option<()> {
        loop {
            let char = self.peek()?;
            if char == quote && (!triple || self.rest().starts_with(&quote.to_string().repeat(3))) {
                self.at += if triple { 3 } else { 1 };
                return Some(());
            }
            self.at += char.len_utf8();
            match char {
                '\\' if raw => {
                    let next = self.peek()?;
                    self.at += next.len_utf8();
                    text.extend(['\\', next]);
                }
                '\\' => self.escape(text)?,
                '\n' | '\r' if self.dialect == Dialect::Python && !triple => return None,
                '\0'..='\u{1f}' if self.dialect == Dialect::Json => return None,
                _ => text.push(char),
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Option<()> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        let json = self.dialect == Dialect::Json;
        let plain = match char {
            '"' | '\\' => char,
            '/' if json => '/',
            '\'' if !json => '\'',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'a' if !json => '\u{7}',
            'v' if !json => '\u{b}',
            '\n' if !json => return Some(()),
            'u' => return self.utf16(text),
            'x' if !json => self.hex(2).and_then(char::from_u32)?,
            'U' if !json => self.hex(8).and_then(char::from_u32)?,
            '0'..='7' if !json => {
                let digits: String = self.rest().chars().take(2).take_while(|char| ('0'..='7').contains(char)).collect();
                self.at += digits.len();
                char::from_u32(u32::from_str_radix(&format!("{char}{digits}"), 8).ok()?)?
            }
            _ if json => return None,
            _ => {
                text.push('\\');
                char
            }
        };
        text.push(plain);
        Some(())
    }

    /// Four hexadecimal digits, or eight as two surrogates. A lone surrogate, which no UTF-8 can hold, becomes the replacement character.
    fn utf16(&mut self, text: &mut String) -> Option<()> {
        let first = self.hex(4)?;
        if (0xd800..0xdc00).contains(&first) && self.dialect == Dialect::Json && self.rest().starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            let second = self.hex(4)?;
            if (0xdc00..0xe000).contains(&second) {
                text.push(char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))?);
                return Some(());
            }
            self.at = before;
        }
        text.push(char::from_u32(first).unwrap_or('\u{fffd}'));
        Some(())
    }

    fn hex(&mut self, count: usize) -> Option<u32> {
        let digits = self.rest().get(..count).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.at += count;
        u32::from_str_radix(digits, 16).ok()
    }
}

/// Digits without the single underscores that may stand before and between them.
fn underscored(text: &str) -> Option<String> {
    (!text.is_empty() && !text.ends_with('_') && !text.contains("__")).then(|| text.replace('_', ""))
}

/// A dict in the making. Keys are found by hash, so that a large answer takes linear time.
#[derive(Default)]
struct Pairs {
    list: Vec<(Value, Value)>,
    known: HashMap<String, usize>,
}

impl Pairs {
    fn insert(&mut self, key: Value, value: Value) {
        match self.known.entry(key.identity()) {
            Entry::Occupied(at) => self.list[*at.get()].1 = value,
            Entry::Vacant(new) => {
                new.insert(self.list.len());
                self.list.push((key, value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, repr: &str) {
        assert_eq!(literal(text).map(|value| value.to_repr()).as_deref(), Some(repr), "{text}");
    }

    #[test]
    fn literals_of_python() {
        check(" [1, -2.5, 'a\\'b', \"c\"]", r#"[1, -2.5, "a'b", 'c']"#);
        check("(1,)", "(1,)");
        check("(1)", "1");
        check("1, 2", "(1, 2)");
        check("{'a': [None, True], 'a': 2,}", "{'a': 2}");
        check("{1, 1.0, 2}", "{1, 2}");
        check("0x1F", "31");
        check("1_000", "1000");
        check("r'\\n' 'x'", r"'\\nx'");
        check("'''a\nb'''", r"'a\nb'");
        check("1e3", "1000.0");
        check("[1, # one\n 2] # two", "[1, 2]");
        for bad in ["", "1 2", "01", "[1", "abc", "__import__('os')", "1+2", "'a\nb'", "[1,,2]", "--", "'\\x4'"] {
            assert!(literal(bad).is_none(), "{bad}");
        }
        assert!(literal(&"[".repeat(100_000)).is_none());
        assert!(literal(&"-".repeat(100_000)).is_none());
    }

    #[test]
    fn json_as_python_reads_it() {
        let repr = |text: &str| json(text).map(|value| value.to_repr());
        assert_eq!(repr(r#" {"a": [1, 2.0, null, true], "a": "é\u00e9\ud83d\ude00"} "#).as_deref(), Some("{'a': 'éé😀'}"));
        assert_eq!(repr("[NaN, -Infinity, 123456789012345678901]").as_deref(), Some("[nan, -inf, 123456789012345678901]"));
        for bad in ["", "[1,]", "{'a': 1}", "{1: 2}", "01", "1.", ".5", "+1", "[1 2]", "tru", "\"\t\"", "\u{a0}1"] {
            assert!(json(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn numbers_of_any_type_compare() {
        assert_eq!(literal("[1, True, 2]"), literal("[1.0, 1, 2.0]"));
        assert_ne!(literal("[1]"), literal("(1,)"));
    }
}
