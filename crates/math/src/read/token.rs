//! Tokens of LaTeX and plain text: one pass, one vector.
//!
//! Layout (`\left`, `\displaystyle`, spaces, `$`) ends here; what a token means where it stands is the parser's.

use super::ReadError;
use super::names::{self, Kind};

/// A token and the bytes it stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// First byte; of the content, where a command has one.
    pub(super) start: u32,
    /// Behind the last byte.
    pub(super) end: u32,
    /// Whether white space of any kind stood before it.
    pub(super) space: bool,
}

/// The most tokens of a text.
const MAX_TOKENS: usize = 16_384;

/// Reads all tokens; the last is [`Kind::End`].
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, ReadError> {
    let mut lexer =
        Lexer { source, bytes: source.as_bytes(), at: 0, out: Vec::with_capacity(source.len().min(256) / 2 + 2), space: false, depth: 0 };
    while lexer.at < lexer.bytes.len() {
        if lexer.out.len() >= MAX_TOKENS {
            return Err(ReadError::TooManyTokens);
        }
        lexer.step();
    }
    lexer.emit(Kind::End, lexer.at, lexer.at);
    Ok(lexer.out)
}

#[derive(Debug)]
struct Lexer<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    out: Vec<Token>,
    space: bool,
    /// Brackets open: in them a comma between digits separates items.
    depth: u32,
}

impl Lexer<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn emit(&mut self, kind: Kind, start: usize, end: usize) {
        match kind {
            Kind::Open(_) | Kind::GroupOpen => self.depth += 1,
            Kind::Close(_) | Kind::GroupClose => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.out.push(Token { kind, start: start as u32, end: end as u32, space: self.space });
        self.space = false;
    }

    /// A token of so many bytes here.
    fn take(&mut self, kind: Kind, bytes: usize) {
        let start = self.at;
        self.at += bytes;
        self.emit(kind, start, self.at);
    }

    fn step(&mut self) {
        let byte = self.byte(self.at);
        match byte {
            0x08 | b'\t' | 0x0c | b'\r' if self.unescaped(byte) => {}
            b' ' | b'\t' | b'\n' | b'\r' | b'~' | b'$' => {
                self.at += 1;
                self.space = true;
            }
            b'0'..=b'9' => self.number(),
            b'.' if self.byte(self.at + 1).is_ascii_digit() => self.number(),
            b'a'..=b'z' | b'A'..=b'Z' => self.letters(),
            b'\\' => self.command(),
            0x80.. => self.unicode(),
            _ => self.punctuation(byte),
        }
    }

    /// A command whose backslash and first letter became a control character.
    fn unescaped(&mut self, control: u8) -> bool {
        let Some((name, length)) = names::unescaped(control, self.source.get(self.at + 1..).unwrap_or_default()) else { return false };
        let start = self.at;
        self.at += 1 + length;
        self.named(name, start);
        true
    }

    fn punctuation(&mut self, byte: u8) {
        let next = self.byte(self.at + 1);
        // `1{:}2`: braces that only change the space around the colon.
        if (byte, next, self.byte(self.at + 2)) == (b'{', b':', b'}') {
            return self.take(Kind::Colon, 3);
        }
        if let Some((kind, bytes)) = names::punctuation(byte, next, self.byte(self.at + 2)) {
            self.take(kind, bytes);
        } else {
            self.take(Kind::Unknown, 1);
        }
    }

    fn unicode(&mut self) {
        let Some(sign) = self.source.get(self.at..).and_then(|rest| rest.chars().next()) else {
            self.at += 1;
            return;
        };
        let bytes = sign.len_utf8();
        if sign.is_whitespace() || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}') {
            self.at += bytes;
            self.space = true;
            return;
        }
        if matches!(sign, '①'..='⑳') {
            // Numbers of statements: side by side they are a list.
            if matches!(self.out.last(), Some(last) if last.kind == Kind::Circled && last.end as usize == self.at) {
                self.emit(Kind::Comma, self.at, self.at);
            }
            return self.take(Kind::Circled, bytes);
        }
        let kind = names::sign(sign);
        if matches!(kind, Kind::Word) {
            // A run of letters that are not ours.
            let rest = self.source.get(self.at..).unwrap_or_default();
            let length = rest.find(|sign: char| !sign.is_alphabetic()).unwrap_or(rest.len());
            self.take(Kind::Word, length.max(bytes));
        } else {
            self.take(kind, bytes);
        }
    }

    fn digits(&self, from: usize) -> usize {
        self.bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Digits with their separators, the point and the exponent.
    fn number(&mut self) {
        let start = self.at;
        let whole = self.digits(start);
        let mut at = start + whole;
        if (1..=3).contains(&whole) && self.byte(start) != b'0' {
            while let Some(group) = self.group(at) {
                at = group;
            }
        }
        // `25,100,55` is a list.
        if self.byte(at) == b',' && self.byte(at + 1).is_ascii_digit() && self.byte(start + whole) == b',' {
            at = start + whole;
        }
        let grouped = at > start + whole;
        // `1./3` has no digit behind its point.
        let next = self.byte(at + 1);
        let point = self.byte(at) == b'.' && (next.is_ascii_digit() || matches!(next, b'/' | b'*' | b'^'));
        if point || (self.byte(at) == b',' && self.depth == 0 && !grouped && self.decimal_comma(start, at)) {
            at += 1 + self.digits(at + 1);
        }
        if matches!(self.byte(at), b'e' | b'E') {
            let signed = usize::from(matches!(self.byte(at + 1), b'+' | b'-'));
            let exponent = self.digits(at + 1 + signed);
            let behind = at + 1 + signed + exponent;
            if exponent > 0 && !self.byte(behind).is_ascii_alphabetic() && self.byte(behind) != b'_' {
                at = behind;
            }
        }
        self.at = at;
        self.emit(Kind::Number, start, at);
    }

    /// Where a thousands separator and three digits end.
    fn group(&self, at: usize) -> Option<usize> {
        let separator = match (self.byte(at), self.byte(at + 1), self.byte(at + 2)) {
            (b',', b'\\', b'!') => 3,
            (b',', b' ', b'\\') if self.byte(at + 3) == b'!' => 4,
            (b',', b' ', b' ') if self.byte(at + 3) == b'\\' && self.byte(at + 4) == b'!' => 5,
            (b'{', b',', b'}') => 3,
            (b'\\', b',' | b'!' | b';', _) => 2,
            (b',' | b' ' | b'~', b'0'..=b'9', _) if self.depth == 0 => 1,
            _ => return None,
        };
        // `\! {,}` and the like do not come up; `,\! ` with a space does.
        let from = at + separator;
        let blanks = if separator >= 3 { (0..2).take_while(|blank| self.byte(from + blank) == b' ').count() } else { 0 };
        let from = from + blanks;
        (self.digits(from) == 3).then_some(from + 3)
    }

    /// Whether a comma behind these digits is a decimal one: `0,111` and `1000,99`, where no list would be written so.
    fn decimal_comma(&self, start: usize, comma: usize) -> bool {
        let behind = self.digits(comma + 1);
        let alone = self.byte(comma + 1 + behind) != b',' && !matches!(self.byte(start.wrapping_sub(1)), b',');
        let whole = comma - start;
        alone && ((whole == 1 && self.byte(start) == b'0' && behind >= 3) || (whole >= 4 && behind == 2))
    }

    fn letters(&mut self) {
        let start = self.at;
        let length = self.bytes.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        self.at += length;
        let end = self.at;
        if length == 1 {
            return self.emit(Kind::Letter, start, end);
        }
        let word = self.source.get(start..end).unwrap_or_default();
        // `mV_0` and `{mL}` are products: a short unit stands behind a value.
        let measures = matches!(
            self.out.last().map(|token| token.kind),
            Some(
                Kind::Number | Kind::GroupClose | Kind::Close(_) | Kind::Pi | Kind::Word | Kind::Slash | Kind::Vulgar(..) | Kind::Joint(_)
            )
        ) && self.byte(end) != b'_';
        match names::word(word) {
            Some(Kind::Word) if !measures && super::unit::is_short_unit(word) => return self.split(start, end),
            Some(kind) => return self.emit(kind, start, end),
            None => {}
        }
        if let Some((kind, head)) = names::prefixed(word) {
            self.emit(kind, start, start + head);
            return self.split(start + head, end);
        }
        if length <= 3 { self.split(start, end) } else { self.emit(Kind::Word, start, end) }
    }

    /// Each letter a factor.
    fn split(&mut self, start: usize, end: usize) {
        for at in start..end {
            self.emit(Kind::Letter, at, at + 1);
        }
    }

    fn command(&mut self) {
        let start = self.at;
        let name_at = start + 1;
        let length = self.bytes.get(name_at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if length == 0 {
            return self.escaped(start);
        }
        let name = self.source.get(name_at..name_at + length).unwrap_or_default();
        let length = if names::is_command(name) { length } else { names::delimiter_prefix(name).unwrap_or(length) };
        self.at = name_at + length;
        self.named(self.source.get(name_at..self.at).unwrap_or_default(), start);
    }

    /// A command whose name has been taken.
    fn named(&mut self, name: &str, start: usize) {
        let end = self.at;
        let kind = names::command(name);
        match kind {
            Kind::Space => self.space = true,
            Kind::Nothing => {}
            // `\left.` and `\right.` close nothing that is seen.
            Kind::Left | Kind::Right => {
                let blanks = self.bytes.get(end..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count();
                match (self.byte(end + blanks), kind) {
                    (b'.', Kind::Left) => self.at = end + blanks + 1,
                    (b'.', _) => {
                        self.at = end + blanks + 1;
                        self.emit(Kind::NoDelimiter, start, self.at);
                    }
                    (b'|', Kind::Left) => {
                        self.at = end + blanks + 1;
                        self.emit(Kind::Open(names::Delimiter::Bar), start, self.at);
                    }
                    (b'|', _) => {
                        self.at = end + blanks + 1;
                        self.emit(Kind::Close(names::Delimiter::Bar), start, self.at);
                    }
                    (b'<', Kind::Left) => {
                        self.at = end + blanks + 1;
                        self.emit(Kind::Open(names::Delimiter::Angle), start, self.at);
                    }
                    (b'>', Kind::Right) => {
                        self.at = end + blanks + 1;
                        self.emit(Kind::Close(names::Delimiter::Angle), start, self.at);
                    }
                    _ => {}
                }
            }
            Kind::Text | Kind::Roman | Kind::Bold | Kind::Blackboard | Kind::Begin | Kind::EndOf => self.content(kind, start),
            Kind::Colour => {
                if let Some((_, _, behind)) = self.braces(self.at) {
                    self.at = behind;
                }
            }
            kind => self.emit(kind, start, end),
        }
    }

    /// `\,`, `\{`, `\\` and other commands of one sign.
    fn escaped(&mut self, start: usize) {
        let (kind, bytes) = match self.byte(start + 1) {
            b'!' => (Kind::Nothing, 2),
            b',' | b';' | b':' | b'>' | b' ' | b'(' | b')' | b'[' | b']' | b'/' | b'\n' => (Kind::Space, 2),
            b'{' => (Kind::Open(names::Delimiter::Brace), 2),
            b'}' => (Kind::Close(names::Delimiter::Brace), 2),
            b'|' => (Kind::DoubleBar, 2),
            b'%' => (Kind::Percent, 2),
            b'$' => (Kind::Currency(crate::answer::Currency::Dollar), 2),
            b'&' | b'#' | b'_' => (Kind::Unknown, 2),
            // A doubled backslash before a name is a command that was escaped twice.
            b'\\' if self.byte(start + 2).is_ascii_alphabetic() && names::is_command(self.name(start + 2)) => {
                self.at = start + 1;
                return;
            }
            b'\\' => (Kind::Newline, 2),
            _ => (Kind::Space, 1),
        };
        match kind {
            Kind::Space => {
                self.at = (start + bytes).min(self.bytes.len());
                self.space = true;
            }
            Kind::Nothing => self.at = start + bytes,
            kind => self.take(kind, bytes),
        }
    }

    fn name(&self, at: usize) -> &str {
        let length = self.bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        self.source.get(at..at + length).unwrap_or_default()
    }

    /// A command whose content is read elsewhere. Without braces it is the next sign.
    fn content(&mut self, kind: Kind, start: usize) {
        let blanks = self.bytes.get(self.at..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count();
        let at = self.at + blanks;
        if let Some((from, to, behind)) = self.braces(at) {
            self.at = behind;
            if self.source.is_char_boundary(from) && self.source.is_char_boundary(to) {
                self.emit(kind, from, to);
            }
        } else if self.byte(at).is_ascii_alphanumeric() && !matches!(kind, Kind::Begin | Kind::EndOf) {
            self.at = at + 1;
            self.emit(kind, at, at + 1);
        } else {
            // `\mathrm\pi`, `\bf{..}` without a content: the style is dropped.
            let _ = start;
        }
    }

    /// Content and end of balanced braces that open here.
    fn braces(&self, at: usize) -> Option<(usize, usize, usize)> {
        if self.byte(at) != b'{' {
            return None;
        }
        let mut depth = 0_usize;
        let mut escaped = false;
        for (offset, byte) in self.bytes.get(at..)?.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some((at + 1, at + offset, at + offset + 1));
                    }
                }
                _ => {}
            }
        }
        // Quadratic if there were many such: the rest of the text is the content, and nothing is left to read.
        Some((at + 1, self.bytes.len(), self.bytes.len()))
    }
}
