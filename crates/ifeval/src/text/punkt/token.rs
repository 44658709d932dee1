//! Punkt's tokens: words with their full stops, closing marks apart.

use super::params::ENGLISH;
use crate::text::classes::engine::{is_digit, is_space, is_word};
use crate::text::classes::{is_lower_char, is_upper_char, lower, strip};
use std::borrow::Cow;

/// The type of every number.
const NUMBER: &str = "##number##";

/// A token with the marks of the first pass, which looks at it alone.
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    /// Lower case, and one type for all numbers.
    kind: Cow<'t, str>,
    pub(super) ends_sentence: bool,
    pub(super) abbreviation: bool,
    pub(super) ellipsis: bool,
}

impl<'t> Token<'t> {
    fn new(text: &'t str) -> Self {
        let kind = if is_number(text) { Cow::Borrowed(NUMBER) } else { lower(text) };
        let mut token = Self { text, kind, ends_sentence: false, abbreviation: false, ellipsis: false };
        if matches!(text, "." | "?" | "!") {
            token.ends_sentence = true;
        } else if text.len() > 1 && text.bytes().all(|byte| byte == b'.') {
            token.ellipsis = true;
        } else if let Some(word) = text.strip_suffix('.').filter(|word| !word.ends_with('.')) {
            let word = lower(word);
            let tail = word.rsplit('-').next().unwrap_or("");
            token.abbreviation = ENGLISH.is_abbreviation(&word) || ENGLISH.is_abbreviation(tail);
            token.ends_sentence = !token.abbreviation;
        }
        token
    }

    /// The type without a final full stop.
    pub(super) fn kind_without_stop(&self) -> &str {
        self.kind.strip_suffix('.').filter(|kind| !kind.is_empty()).unwrap_or(&self.kind)
    }

    /// The type without the full stop that ends a sentence.
    pub(super) fn kind_as_next(&self) -> &str {
        if self.ends_sentence { self.kind_without_stop() } else { &self.kind }
    }

    pub(super) fn begins_upper(&self) -> bool {
        self.text.starts_with(is_upper_char)
    }

    pub(super) fn begins_lower(&self) -> bool {
        self.text.starts_with(is_lower_char)
    }

    /// One letter and a full stop.
    pub(super) fn is_initial(&self) -> bool {
        let mut chars = self.text.chars();
        chars.next().is_some_and(|c| is_word(c) && !is_digit(c)) && chars.as_str() == "."
    }

    pub(super) fn is_number(&self) -> bool {
        self.kind == NUMBER
    }
}

/// `^-?[\.,]?\d[\d,\.-]*\.?$`
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let text = text.strip_prefix(['.', ',']).unwrap_or(text);
    text.starts_with(is_digit) && text.chars().all(|c| is_digit(c) || matches!(c, ',' | '.' | '-'))
}

/// The tokens of a text; none spans a line.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    // A line of separators is blank to `str.strip`, though not to the engine.
    text.split('\n').filter(|line| !strip(line).is_empty()).flat_map(|line| Scanner { rest: line }).map(Token::new)
}

struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Scanner<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        self.rest = self.rest.trim_start_matches(is_space);
        let first = self.rest.chars().next()?;
        let end = match run_of_marks(self.rest) {
            0 if begins_word(first) => word_end(self.rest),
            0 => first.len_utf8(),
            marks => marks,
        };
        let (token, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(token)
    }
}

fn begins_word(c: char) -> bool {
    !matches!(c, '(' | '"' | '`' | '{' | '[' | ':' | ';' | '&' | '#' | '*' | '@' | ')' | '}' | ']' | '-' | ',')
}

/// Curly quotes and guillemets.
pub(super) fn is_curly(c: char) -> bool {
    matches!(c, '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}')
}

/// Marks that stand in no word.
pub(super) fn is_non_word(c: char) -> bool {
    is_curly(c) || matches!(c, ')' | '"' | ';' | '}' | ']' | '*' | ':' | '@' | '\'' | '(' | '{' | '[' | '?' | '!')
}

/// Where the word that begins the text ends; its first character always belongs to it.
fn word_end(text: &str) -> usize {
    let ends = |at: usize, c: char| is_space(c) || is_non_word(c) || begins_run(&text[at..]);
    for (at, c) in text.char_indices().skip(1) {
        if ends(at, c) || (c == ',' && text[at + 1..].chars().next().is_none_or(|next| ends(at + 1, next))) {
            return at;
        }
    }
    text.len()
}

/// Whether two hyphens, two full stops, or three full stops with one space between each begin the text.
fn begins_run(text: &str) -> bool {
    match text.as_bytes() {
        [b'-', b'-', ..] | [b'.', b'.', ..] => true,
        [b'.', ..] => spaced_dots(text, 3) > 0,
        _ => false,
    }
}

/// The length of such a run at the beginning of the text; 0 for none.
fn run_of_marks(text: &str) -> usize {
    let run = |mark: u8| text.bytes().take_while(|byte| *byte == mark).count();
    match text.as_bytes() {
        [b'-', b'-', ..] => run(b'-'),
        [b'.', b'.', ..] => run(b'.'),
        [b'.', ..] => spaced_dots(text, usize::MAX),
        _ => 0,
    }
}

/// The length of the full stops with one space between each that begin the text, looking at no more than `most`; 0 where there are fewer than three.
fn spaced_dots(text: &str, most: usize) -> usize {
    let (mut rest, mut dots, mut length) = (text, 0, 0);
    while let Some(after) = rest.strip_prefix('.') {
        dots += 1;
        length = text.len() - after.len();
        let mut chars = after.chars();
        if dots == most || !chars.next().is_some_and(is_space) {
            break;
        }
        rest = chars.as_str();
    }
    if dots >= 3 { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(tokens(text).map(|token| token.text).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn marks_stand_apart_and_full_stops_do_not() {
        check("(Mr. Smith's) 1,000,", &["(", "Mr.", "Smith", "'s", ")", "1,000", ","]);
        check("wait... no--yes . . . a,b", &["wait", "...", "no", "--", "yes", ". . .", "a,b"]);
        check("x. . y\n\n-- z", &["x.", ".", "y", "--", "z"]);
    }

    #[test]
    fn numbers_share_a_type() {
        for (text, number) in [("-.5", true), ("1,2.", true), ("٣", true), ("1a", false), (".", false), ("--1", false)] {
            assert_eq!(is_number(text), number, "{text}");
        }
    }
}
