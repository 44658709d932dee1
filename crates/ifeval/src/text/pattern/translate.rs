//! From Python's pattern syntax to the engine's, one construct at a time.

use super::{Flags, PatternError};
use std::iter::Peekable;
use std::str::CharIndices;

const MAX_BYTES: usize = 8 << 10;
const MAX_DEPTH: usize = 64;

/// A pattern for the engine.
pub(super) struct Translated {
    pub(super) text: String,
    /// Whether it looks around or back, which the engine does step by step.
    pub(super) looks: bool,
    /// Whether it has a repetition without end.
    pub(super) unbounded: bool,
}

/// The pattern for the engine. `agreeing` promises texts in which the engine's own word boundary is Python's.
pub(super) fn translate(source: &str, flags: Flags, agreeing: bool) -> Result<Translated, PatternError> {
    if source.len() > MAX_BYTES {
        return Err(PatternError::TooLarge);
    }
    let mut reader = Reader {
        source,
        rest: source.char_indices().peekable(),
        out: String::new(),
        agreeing,
        looks: false,
        unbounded: false,
        flags: vec![flags],
        groups: Groups::default(),
    };
    reader.pattern()?;
    Ok(Translated { text: reader.out, looks: reader.looks, unbounded: reader.unbounded })
}

#[derive(Default)]
struct Groups {
    opened: usize,
    /// Numbers of the groups that are closed; only these can be referred to.
    closed: Vec<usize>,
    names: Vec<(String, usize)>,
}

struct Reader<'p> {
    source: &'p str,
    rest: Peekable<CharIndices<'p>>,
    out: String,
    agreeing: bool,
    looks: bool,
    unbounded: bool,
    /// The flags of each open group, the outermost first.
    flags: Vec<Flags>,
    groups: Groups,
}

type Done<T = ()> = Result<T, PatternError>;

/// What an escape in or out of a class stands for.
enum Escape {
    Char(char),
    Class(&'static str),
}

impl Reader<'_> {
    fn at(&mut self) -> usize {
        self.rest.peek().map_or(self.source.len(), |(at, _)| *at)
    }

    fn next(&mut self) -> Option<char> {
        self.rest.next().map(|(_, c)| c)
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().map(|(_, c)| *c)
    }

    fn take(&mut self, c: char) -> bool {
        self.rest.next_if(|(_, next)| *next == c).is_some()
    }

    fn fail<T>(&mut self, what: &'static str) -> Done<T> {
        Err(PatternError::Syntax { at: self.at(), what })
    }

    fn flags(&self) -> Flags {
        self.flags.last().copied().unwrap_or_default()
    }

    fn pattern(&mut self) -> Done {
        // The group numbers of the open groups; none for those that do not capture.
        let mut open: Vec<Option<usize>> = Vec::new();
        let mut repeatable = false;
        while let Some(c) = self.next() {
            match c {
                '(' => {
                    if open.len() >= MAX_DEPTH {
                        return Err(PatternError::TooLarge);
                    }
                    let written = self.out.len();
                    match self.group(open.is_empty())? {
                        Some(group) => {
                            open.push(group);
                            repeatable = false;
                        }
                        // A comment leaves what is before it repeatable; a reference to a name is repeatable itself.
                        None => repeatable |= self.out.len() > written,
                    }
                }
                ')' => {
                    let Some(group) = open.pop() else { return self.fail("unbalanced parenthesis") };
                    self.flags.pop();
                    self.groups.closed.extend(group);
                    self.out.push(')');
                    repeatable = true;
                }
                '|' => {
                    self.out.push('|');
                    repeatable = false;
                }
                '*' | '+' | '?' => {
                    self.repeat(repeatable, &c.to_string())?;
                    repeatable = false;
                }
                '{' => match self.braces()? {
                    Some(range) => {
                        self.repeat(repeatable, &range)?;
                        repeatable = false;
                    }
                    None => {
                        self.out.push_str(r"\{");
                        repeatable = true;
                    }
                },
                _ => repeatable = self.atom(c)?,
            }
        }
        if open.is_empty() { Ok(()) } else { self.fail("missing ), unterminated subpattern") }
    }

    /// One character of the pattern that is no operator; says whether it can be repeated.
    fn atom(&mut self, c: char) -> Done<bool> {
        let flags = self.flags();
        match c {
            '^' => self.out.push_str(if flags.multi_line { "(?m:^)" } else { r"\A" }),
            '$' if flags.multi_line => self.out.push_str("(?m:$)"),
            // At the end of the pattern it makes no difference whether the line's end belongs to the match.
            '$' if self.peek().is_none() => self.out.push_str(r"(?:\n?\z)"),
            '$' => {
                self.looks = true;
                self.out.push_str(r"(?=\n?\z)");
            }
            '.' => self.out.push_str(if flags.dot_all { "(?s:.)" } else { "." }),
            '[' => self.class()?,
            '\\' => return self.escape_outside(),
            _ => self.literal(c),
        }
        Ok(!matches!(c, '^' | '$'))
    }

    /// A quantifier with its lazy or possessive mark.
    fn repeat(&mut self, repeatable: bool, quantifier: &str) -> Done {
        if !repeatable {
            return self.fail("nothing to repeat, or multiple repeat");
        }
        self.unbounded |= quantifier.ends_with(['*', '+']) || quantifier.ends_with(",}");
        let before = self.source.as_bytes().get(..self.at().saturating_sub(quantifier.len())).unwrap_or(&[]);
        let one_character = matches!(before, [.., last] if last.is_ascii_alphanumeric()) && !matches!(before, [.., b'\\', _]);
        self.out.push_str(quantifier);
        if self.take('?') {
            self.out.push('?');
        } else if self.take('+') {
            let rest = self.source.get(self.at()..).unwrap_or("");
            // As in `C++`: nothing is gained by giving back one of several such characters before the pattern's end or a word's.
            if !(rest.is_empty() || (rest == r"\b" && one_character)) {
                self.looks = true;
                self.out.push('+');
            }
        }
        Ok(())
    }

    /// The quantifier that an opening brace begins; none where Python reads the brace as itself.
    fn braces(&mut self) -> Done<Option<String>> {
        let start = self.at();
        let text = self.source.get(start..).unwrap_or("");
        let Some((inside, _)) = text.split_once('}') else { return Ok(None) };
        let (low, high) = inside.split_once(',').unwrap_or((inside, inside));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(low) || !digits(high) || inside.is_empty() {
            return Ok(None);
        }
        let limit = |part: &str| part.parse::<u32>().ok().filter(|limit| *limit <= 1000).ok_or(PatternError::TooLarge);
        let low = if low.is_empty() { 0 } else { limit(low)? };
        let high = if high.is_empty() { None } else { Some(limit(high)?) };
        if high.is_some_and(|high| high < low) {
            return self.fail("min repeat greater than max repeat");
        }
        while self.at() <= start + inside.len() && self.next().is_some() {}
        Ok(Some(high.map_or_else(|| format!("{{{low},}}"), |high| format!("{{{low},{high}}}"))))
    }

    /// What follows an opening parenthesis. Gives the group's number where it captures, nothing where no group is open afterwards.
    fn group(&mut self, outermost: bool) -> Done<Option<Option<usize>>> {
        let inner = self.flags();
        if !self.take('?') {
            return Ok(Some(self.capture(inner, None)));
        }
        let opened = match self.next() {
            Some(':') => "(?:",
            Some(c @ ('=' | '!' | '>')) => {
                self.looks = true;
                match c {
                    '=' => "(?=",
                    '!' => "(?!",
                    _ => "(?>",
                }
            }
            Some('<') if matches!(self.peek(), Some('=' | '!')) => {
                self.looks = true;
                if self.take('=') {
                    "(?<="
                } else if self.take('!') {
                    "(?<!"
                } else {
                    "(?:"
                }
            }
            Some('#') => {
                while let Some(c) = self.next() {
                    if c == ')' {
                        return Ok(None);
                    }
                }
                return self.fail("missing ), unterminated comment");
            }
            Some('P') if self.take('<') => {
                let name = self.name('>')?;
                if self.groups.names.iter().any(|(known, _)| *known == name) {
                    return self.fail("redefinition of group name");
                }
                return Ok(Some(self.capture(inner, Some(name))));
            }
            Some('P') if self.take('=') => {
                let name = self.name(')')?;
                let Some(number) = self.groups.names.iter().find(|(known, _)| *known == name).map(|(_, number)| *number) else {
                    return self.fail("unknown group name");
                };
                self.back_reference(number)?;
                return Ok(None);
            }
            Some('(') => return Err(PatternError::Unsupported { what: "a conditional group" }),
            Some(c @ ('a'..='z' | 'A'..='Z' | '-')) => return self.inline_flags(c, inner, outermost),
            _ => return self.fail("unknown extension"),
        };
        self.out.push_str(opened);
        self.flags.push(inner);
        Ok(Some(None))
    }

    fn capture(&mut self, inner: Flags, name: Option<String>) -> Option<usize> {
        self.groups.opened += 1;
        let number = self.groups.opened;
        self.groups.names.extend(name.map(|name| (name, number)));
        self.out.push('(');
        self.flags.push(inner);
        Some(number)
    }

    fn name(&mut self, end: char) -> Done<String> {
        let mut name = String::new();
        while let Some(c) = self.next() {
            if c == end {
                let valid = name.chars().enumerate().all(|(at, c)| c == '_' || c.is_alphabetic() || (at > 0 && c.is_numeric()));
                return if valid && !name.is_empty() { Ok(name) } else { self.fail("bad character in group name") };
            }
            name.push(c);
        }
        self.fail("missing end of group name")
    }

    /// `(?i)` at the start of the pattern, and `(?i-s:...)` anywhere.
    fn inline_flags(&mut self, first: char, mut flags: Flags, outermost: bool) -> Done<Option<Option<usize>>> {
        let begins = outermost && self.out.is_empty();
        let (mut next, mut on) = (Some(first), true);
        loop {
            match next {
                Some('i') => flags.ignore_case = on,
                Some('m') => flags.multi_line = on,
                Some('s') => flags.dot_all = on,
                Some('u') if on => {}
                Some('-') if on => on = false,
                Some('x' | 'a' | 'L') => return Err(PatternError::Unsupported { what: "one of the flags a, L and x" }),
                Some(')') if on && begins => {
                    self.flags = vec![flags];
                    return Ok(None);
                }
                Some(')') => return self.fail("global flags not at the start of the expression"),
                Some(':') => {
                    self.out.push_str("(?:");
                    self.flags.push(flags);
                    return Ok(Some(None));
                }
                _ => return self.fail("unknown flag"),
            }
            next = self.next();
        }
    }

    fn back_reference(&mut self, number: usize) -> Done {
        if !self.groups.closed.contains(&number) {
            return self.fail("invalid group reference");
        }
        self.looks = true;
        let reference = if self.flags().ignore_case { format!(r"(?i:\{number})") } else { format!(r"(?:\{number})") };
        self.out.push_str(&reference);
        Ok(())
    }

    /// A character that stands for itself.
    fn literal(&mut self, c: char) {
        if !self.flags().ignore_case {
            push_escaped(&mut self.out, c);
        } else if matches!(c, 'i' | 'I' | 'ı' | 'İ') {
            // Python folds both Turkish letters to i.
            self.out.push_str("[iIıİ]");
        } else if c.is_alphabetic() {
            self.out.push_str("(?i:");
            push_escaped(&mut self.out, c);
            self.out.push(')');
        } else {
            push_escaped(&mut self.out, c);
        }
    }

    /// An escape outside a class; says whether it can be repeated.
    fn escape_outside(&mut self) -> Done<bool> {
        const WORD: &str = r"[\p{L}\p{N}_]";
        match self.peek() {
            Some(c @ ('b' | 'B')) => {
                self.next();
                if self.agreeing {
                    self.out.extend(['\\', c]);
                    return Ok(false);
                }
                self.looks = true;
                if c == 'b' {
                    self.out.push_str(&format!("(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))"));
                } else {
                    self.out.push_str(&format!("(?:(?<={WORD})(?={WORD})|(?<!{WORD})(?!{WORD}))"));
                }
                Ok(false)
            }
            Some('A') => self.anchor(r"\A"),
            Some('Z') => self.anchor(r"\z"),
            Some(digit @ '1'..='9') => {
                if let Some(c) = self.octal() {
                    self.literal(c);
                    return Ok(true);
                }
                self.next();
                let mut number = digit as usize - '0' as usize;
                if let Some(second @ '0'..='9') = self.peek() {
                    self.next();
                    number = number * 10 + (second as usize - '0' as usize);
                }
                self.back_reference(number)?;
                Ok(true)
            }
            _ => {
                match self.escape()? {
                    Escape::Char(c) => self.literal(c),
                    Escape::Class(class) => self.out.extend(["[", class, "]"]),
                }
                Ok(true)
            }
        }
    }

    fn anchor(&mut self, anchor: &str) -> Done<bool> {
        self.next();
        self.out.push_str(anchor);
        Ok(false)
    }

    /// Three octal digits after the backslash.
    fn octal(&mut self) -> Option<char> {
        let start = self.at();
        let digits = self.source.get(start..start + 3)?;
        let c = u32::from_str_radix(digits, 8).ok().filter(|c| *c <= 0o377).and_then(char::from_u32)?;
        for _ in 0..3 {
            self.next();
        }
        Some(c)
    }

    /// An escape that means the same in and out of a class.
    fn escape(&mut self) -> Done<Escape> {
        let Some(c) = self.next() else { return self.fail("bad escape (end of pattern)") };
        let class = |class| Ok(Escape::Class(class));
        Ok(Escape::Char(match c {
            'd' => return class(r"\d"),
            'D' => return class(r"\D"),
            'w' => return class(r"\p{L}\p{N}_"),
            'W' => return class(r"[^\p{L}\p{N}_]"),
            's' => return class(r"\s\x1c-\x1f"),
            'S' => return class(r"[^\s\x1c-\x1f]"),
            'a' => '\x07',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            'x' => self.hexadecimal(2)?,
            'u' => self.hexadecimal(4)?,
            'U' => self.hexadecimal(8)?,
            '0' => self.zero_octal(),
            'N' => return Err(PatternError::Unsupported { what: "a character by its name" }),
            _ if c.is_ascii_alphanumeric() => return self.fail("bad escape"),
            _ => c,
        }))
    }

    fn zero_octal(&mut self) -> char {
        let mut value = 0_u32;
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
            value = value * 8 + digit;
            self.next();
        }
        char::from_u32(value).unwrap_or('\0')
    }

    fn hexadecimal(&mut self, digits: usize) -> Done<char> {
        let mut value = 0_u32;
        for _ in 0..digits {
            let Some(digit) = self.next().and_then(|c| c.to_digit(16)) else { return self.fail("incomplete escape") };
            value = value.wrapping_mul(16).wrapping_add(digit);
        }
        match char::from_u32(value) {
            Some(c) => Ok(c),
            None => self.fail("bad escape"),
        }
    }

    /// A class in brackets.
    fn class(&mut self) -> Done {
        let fold = self.flags().ignore_case;
        self.out.push_str(if fold { "(?i:[" } else { "[" });
        if self.take('^') {
            self.out.push('^');
        }
        let mut first = true;
        let mut turkish = false;
        loop {
            let Some(c) = self.next() else { return self.fail("unterminated character set") };
            if c == ']' && !first {
                break;
            }
            first = false;
            let Some(low) = self.member(c)? else { continue };
            let high = self.range_end()?.unwrap_or(low);
            if high < low {
                return self.fail("bad character range");
            }
            push_escaped(&mut self.out, low);
            self.out.push('-');
            push_escaped(&mut self.out, high);
            turkish |= ['i', 'I', 'ı', 'İ'].iter().any(|c| (low..=high).contains(c));
        }
        if fold && turkish {
            self.out.push_str("iıİ");
        }
        self.out.push_str(if fold { "])" } else { "]" });
        Ok(())
    }

    /// The character that a member of a class begins with; none where it was a class by itself.
    fn member(&mut self, c: char) -> Done<Option<char>> {
        if c != '\\' {
            return Ok(Some(c));
        }
        match self.peek() {
            Some('b') => {
                self.next();
                Ok(Some('\x08'))
            }
            Some('1'..='9') => match self.octal() {
                Some(c) => Ok(Some(c)),
                None => self.fail("bad escape"),
            },
            _ => match self.escape()? {
                Escape::Char(c) => Ok(Some(c)),
                Escape::Class(class) => {
                    self.out.push_str(class);
                    Ok(None)
                }
            },
        }
    }

    /// The end of a range; none where the hyphen stands for itself or there is none.
    fn range_end(&mut self) -> Done<Option<char>> {
        let start = self.at();
        let mut ahead = self.source.get(start..).unwrap_or("").chars();
        if ahead.next() != Some('-') || matches!(ahead.next(), Some(']') | None) {
            return Ok(None);
        }
        self.next();
        let Some(c) = self.next() else { return Ok(None) };
        match self.member(c)? {
            Some(c) => Ok(Some(c)),
            None => self.fail("bad character range"),
        }
    }
}

/// Only what means something to the engine: an angle bracket with a backslash is an edge of a word there.
fn push_escaped(out: &mut String, c: char) {
    if c.is_ascii_punctuation() && !matches!(c, '<' | '>') {
        out.push('\\');
    }
    out.push(c);
}
