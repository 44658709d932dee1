//! Compares what a program printed with what was expected.
//!
//! White space is what C's `isspace` says: space, `\t`, `\n`, `\r`, `\v` and `\f`. Bytes need not be UTF-8. Nothing is allocated when the outputs agree,
//! and time is linear in them.

mod excerpt;

pub(crate) use excerpt::excerpt;

use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// When two outputs are the same. In JSON: `"exact"`, `"lines"`, `"tokens"` or `{"float": {"abs": 1e-6, "rel": 1e-6}}`.
///
/// ```
/// use gavel_code::compare::{Comparison, outputs};
/// assert!(outputs(Comparison::Lines, b"1\n2\n", b"1 \r\n2").is_ok());
/// assert!(outputs(Comparison::Tokens, b"1 2", b"1\n2\n").is_ok());
/// let tolerance = Comparison::Float { abs: 1e-6, rel: 1e-6 };
/// assert!(outputs(tolerance, b"0.333333333", b"0.3333333\n").is_ok());
/// let mismatch = outputs(Comparison::Lines, b"1\n2\n", b"1\n3\n").unwrap_err();
/// assert_eq!(mismatch.to_string(), "line 2, column 1: expected `2`, got `3`");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Comparison {
    /// The same bytes.
    Exact,
    /// The same lines, split at `\n`, without the white space that ends each (so `\r\n` is `\n`) and without the blank lines that end the output. Blank lines
    /// at the beginning count.
    #[default]
    Lines,
    /// The same sequence of words separated by white space.
    Tokens,
    /// As [`Tokens`](Self::Tokens), and two words are also the same when
    /// - both are decimal numbers (`[+-]digits[.digits][e[+-]digits]`, with digits before or after the point, finite as `f64`) and
    ///   `|expected - actual| <= max(abs, rel * |expected|)` in `f64`. Two integers, without point and exponent, of more than 15 digits each (leading zeros
    ///   not counted) are the same only if all their digits and their signs are;
    /// - or both are the same one of `inf`, `infinity` and `nan`, signed alike, whatever the case.
    ///
    /// Python's underscores and hexadecimal are no numbers here.
    Float {
        /// Largest absolute error; 0 if absent. Finite and not negative.
        #[serde(default, deserialize_with = "tolerance")]
        abs: f64,
        /// Largest error as a share of the expected number; 0 if absent. Finite and not negative.
        #[serde(default, deserialize_with = "tolerance")]
        rel: f64,
    },
}

fn tolerance<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let value = f64::deserialize(deserializer)?;
    if value.is_finite() && value >= 0.0 {
        return Ok(value);
    }
    Err(serde::de::Error::custom(format_args!("{value} is no tolerance: expected a finite number that is not negative")))
}

/// The first place where two outputs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What was expected there.
    pub expected: Side,
    /// What was printed there.
    pub actual: Side,
    /// What [`Side::count`] counts.
    pub unit: Unit,
}

/// One output's part in a [`Mismatch`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Line of the difference, from 1.
    pub line: usize,
    /// Column of the difference in characters, from 1.
    pub column: usize,
    /// The line or word that differs, around the column, in at most 120 bytes and with control characters escaped; `None` if the output ends before it.
    pub piece: Option<Box<str>>,
    /// How many lines or words this output has in all.
    pub count: usize,
    /// Byte offset of the difference in this output.
    pub(crate) offset: usize,
}

/// What a [`Comparison`] compares one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Lines.
    Line,
    /// Words separated by white space.
    Token,
}

impl Mismatch {
    /// How many lines or words too few were printed.
    pub fn missing(&self) -> usize {
        self.expected.count.saturating_sub(self.actual.count)
    }

    /// How many lines or words too many were printed.
    pub fn extra(&self) -> usize {
        self.actual.count.saturating_sub(self.expected.count)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expected, actual, .. } = self;
        write!(f, "line {}, column {}: ", actual.line, actual.column)?;
        match (&expected.piece, &actual.piece) {
            (Some(expected), Some(actual)) => write!(f, "expected `{expected}`, got `{actual}`"),
            (Some(expected), None) => write!(f, "expected `{expected}`, got nothing more"),
            (None, actual) => write!(f, "expected nothing more, got `{}`", actual.as_deref().unwrap_or_default()),
        }
    }
}

/// Whether `actual` is what was `expected`. Symmetric, except for a relative tolerance, which is a share of the expected number.
///
/// # Errors
/// The first difference.
pub fn outputs(comparison: Comparison, expected: &[u8], actual: &[u8]) -> Result<(), Mismatch> {
    if expected == actual {
        return Ok(());
    }
    match comparison {
        Comparison::Exact => {
            compare(whole_lines(expected), whole_lines(actual), |a, b| a == b).map_err(|found| found.describe(expected, actual, Unit::Line))
        }
        Comparison::Lines => {
            let (expected, actual) = (trim_end(expected), trim_end(actual));
            compare(lines(expected), lines(actual), |a, b| a == b).map_err(|found| found.describe(expected, actual, Unit::Line))
        }
        Comparison::Tokens => {
            compare(tokens(expected), tokens(actual), |a, b| a == b).map_err(|found| found.describe(expected, actual, Unit::Token))
        }
        Comparison::Float { abs, rel } => compare(tokens(expected), tokens(actual), |a, b| a == b || same_number(a, b, abs, rel))
            .map_err(|found| found.describe(expected, actual, Unit::Token)),
    }
}

/// C's `isspace`.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

pub(crate) fn trim_end(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|&byte| !is_space(byte)).map_or(0, |last| last + 1);
    &text[..end]
}

/// The lines of a text with their ends. An empty text has none.
fn whole_lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|&byte| byte == b'\n')
}

/// The lines of a text without the white space that ends them.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    whole_lines(text).map(trim_end)
}

fn tokens(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|&byte| is_space(byte)).filter(|token| !token.is_empty())
}

/// Where two outputs part, before anything is made of it for people: a pair of slices of them, or one where the other output ended.
struct Difference<'a> {
    expected: Option<&'a [u8]>,
    actual: Option<&'a [u8]>,
}

fn compare<'a>(
    mut expected: impl Iterator<Item = &'a [u8]>,
    mut actual: impl Iterator<Item = &'a [u8]>,
    same: impl Fn(&[u8], &[u8]) -> bool,
) -> Result<(), Difference<'a>> {
    loop {
        match (expected.next(), actual.next()) {
            (None, None) => return Ok(()),
            (Some(expected), Some(actual)) if same(expected, actual) => {}
            (expected, actual) => return Err(Difference { expected, actual }),
        }
    }
}

impl Difference<'_> {
    /// The slices are parts of these outputs.
    fn describe(self, expected: &[u8], actual: &[u8], unit: Unit) -> Mismatch {
        let (left, right) = (self.expected.unwrap_or_default(), self.actual.unwrap_or_default());
        let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
        let same = char_start(left, same).min(char_start(right, same));
        Mismatch { expected: Side::new(expected, self.expected, same, unit), actual: Side::new(actual, self.actual, same, unit), unit }
    }
}

impl Side {
    /// `piece` is the part of `text` that differs after its first `same` bytes.
    fn new(text: &[u8], piece: Option<&[u8]>, same: usize, unit: Unit) -> Self {
        let start = piece.map_or(text.len(), |piece| piece.as_ptr().addr() - text.as_ptr().addr());
        let offset = start + same;
        // A line that is not there would be the next one.
        let line_start = match piece {
            None if unit == Unit::Line => offset,
            _ => line_start(text, offset),
        };
        Self {
            line: 1 + whole_lines(&text[..line_start]).count(),
            column: 1 + text[line_start..offset].iter().filter(|&&byte| !is_continuation(byte)).count(),
            piece: piece.map(|piece| excerpt(piece, offset - start, PIECE_BYTES).into()),
            count: match unit {
                Unit::Line => whole_lines(text).count(),
                Unit::Token => tokens(text).count(),
            },
            offset,
        }
    }
}

const PIECE_BYTES: usize = 120;

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// The start of the line that `offset` lies in.
pub(crate) fn line_start(text: &[u8], offset: usize) -> usize {
    text[..offset].iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1)
}

/// The start of the UTF-8 character that `offset` lies in.
fn char_start(text: &[u8], offset: usize) -> usize {
    (offset.saturating_sub(3)..=offset).rev().find(|&at| text.get(at).is_none_or(|&byte| !is_continuation(byte))).unwrap_or(offset)
}

/// The rule of [`Comparison::Float`] for words that are not the same bytes.
fn same_number(expected: &[u8], actual: &[u8], abs: f64, rel: f64) -> bool {
    if let (Some(expected), Some(actual)) = (long_integer(expected), long_integer(actual)) {
        return expected == actual;
    }
    if let (Some(expected), Some(actual)) = (decimal(expected), decimal(actual)) {
        return (expected - actual).abs() <= abs.max(rel * expected.abs());
    }
    is_not_finite(expected) && expected.eq_ignore_ascii_case(actual)
}

/// The sign and digits of an integer that has more of them than `f64` keeps.
fn long_integer(token: &[u8]) -> Option<(bool, &[u8])> {
    const EXACT_DIGITS: usize = 15; // f64::DIGITS
    if token.len() <= EXACT_DIGITS {
        return None;
    }
    let (negative, digits) = unsigned(token);
    let significant = &digits[digits.iter().take_while(|&&digit| digit == b'0').count()..];
    (significant.len() > EXACT_DIGITS && significant.iter().all(u8::is_ascii_digit)).then_some((negative, significant))
}

fn unsigned(token: &[u8]) -> (bool, &[u8]) {
    match token {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, token),
    }
}

fn decimal(token: &[u8]) -> Option<f64> {
    // The standard parser also takes `inf` and `nan`, and wants text.
    let is_numeric = |&byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    let text = token.iter().all(is_numeric).then_some(token)?;
    let value: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

fn is_not_finite(token: &[u8]) -> bool {
    let (_, word) = unsigned(token);
    ["inf", "infinity", "nan"].iter().any(|name| word.eq_ignore_ascii_case(name.as_bytes()))
}

#[cfg(test)]
mod tests;
