//! Characters and strings as Python 3.11 (Unicode 14) sees them: `\w`, `\d`, `\s`, `isupper`, `lower`, `strip`, `split`, `splitlines`.
//!
//! The classes come from a packed table made by `examples/text_tables.rs`: Rust's own follow a newer Unicode and count marks as letters. It does
//! not know `str.title`, `str.upper` or numeric values.

use std::borrow::Cow;

/// 4352 page numbers, then pages of 256 bytes.
static TABLE: &[u8] = include_bytes!("tables/classes.bin");
const INDEX: usize = 0x1100;

const WORD: u8 = 1;
const SPACE: u8 = 2;
const DIGIT: u8 = 4;
const UPPER: u8 = 8;
const LOWER: u8 = 16;
const ALPHA: u8 = 32;
const ENGINE_WORD: u8 = 64;
const ENGINE_DIGIT: u8 = 128;

fn bits(c: char) -> u8 {
    let point = c as usize;
    let page = TABLE.get(point >> 8).copied().unwrap_or(0);
    TABLE.get(INDEX + (usize::from(page) << 8) + (point & 255)).copied().unwrap_or(0)
}

fn is(c: char, class: u8) -> bool {
    bits(c) & class != 0
}

/// `\w`: `isalnum` or the underscore.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { is(c, WORD) }
}

/// `\s` and `isspace`, which agree; U+001C to U+001F are in.
pub(crate) fn is_space(c: char) -> bool {
    if c.is_ascii() { matches!(c, '\t'..='\r' | '\x1c'..=' ') } else { is(c, SPACE) }
}

/// `\d`: the decimal digits of every script.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { is(c, DIGIT) }
}

/// The same class in the engine that NLTK uses since 3.10 (PyPI `regex`, Unicode 17): marks are in, fractions and superscripts are not.
pub(crate) mod engine {
    use super::{ENGINE_DIGIT, ENGINE_WORD, is};

    /// `\w`.
    pub(crate) fn is_word(c: char) -> bool {
        if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { is(c, ENGINE_WORD) }
    }

    /// `\d`.
    pub(crate) fn is_digit(c: char) -> bool {
        if c.is_ascii() { c.is_ascii_digit() } else { is(c, ENGINE_DIGIT) }
    }

    /// `\s`: unlike Python's, without U+001C to U+001F.
    pub(crate) fn is_space(c: char) -> bool {
        !matches!(c, '\x1c'..='\x1f') && super::is_space(c)
    }
}

/// `isalpha`.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { is(c, ALPHA) }
}

/// `isupper` of one character.
pub(crate) fn is_upper_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { is(c, UPPER) }
}

/// `islower` of one character.
pub(crate) fn is_lower_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { is(c, LOWER) }
}

/// The title-case digraphs and Greek letters: cased, yet neither upper nor lower.
fn is_title_char(c: char) -> bool {
    matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}' | '\u{1fa8}'..='\u{1faf}')
        || matches!(c, '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}')
}

/// `str.isupper`: some letter with case, and none that is not upper.
pub(crate) fn is_upper(text: &str) -> bool {
    cased(text, is_upper_char, is_lower_char)
}

/// `str.islower`: some letter with case, and none that is not lower.
pub(crate) fn is_lower(text: &str) -> bool {
    cased(text, is_lower_char, is_upper_char)
}

fn cased(text: &str, wanted: fn(char) -> bool, other: fn(char) -> bool) -> bool {
    let mut found = false;
    for c in text.chars() {
        if other(c) || is_title_char(c) {
            return false;
        }
        found |= wanted(c);
    }
    found
}

/// `str.istitle`: runs of letters with case, each begun by an upper one and continued by lower ones.
pub(crate) fn is_title(text: &str) -> bool {
    let (mut found, mut inside) = (false, false);
    for c in text.chars() {
        let upper = is_upper_char(c) || is_title_char(c);
        let lower = is_lower_char(c);
        if (upper && inside) || (lower && !inside) {
            return false;
        }
        inside = upper || lower;
        found |= inside;
    }
    found
}

/// `str.isalpha`: letters only, and at least one.
pub(crate) fn is_alpha_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_alpha)
}

/// `str.isdigit` for texts of decimal digits; superscripts and circled digits, which Python also takes, are not.
pub(crate) fn is_digit_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_digit)
}

/// `lower` of one character; one becomes more where Unicode says so (U+0130).
pub(crate) fn lower_char(c: char) -> impl Iterator<Item = char> {
    // A character newer than Unicode 14 has no bits, and Python leaves it alone.
    let known = c.is_ascii() || bits(c) & (WORD | UPPER | LOWER) != 0;
    let (kept, lowered) = if known { (None, Some(c.to_lowercase())) } else { (Some(c), None) };
    kept.into_iter().chain(lowered.into_iter().flatten())
}

/// `str.lower`; borrowed where nothing changes.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) }
    } else if text.contains('Σ') {
        // A final sigma depends on its neighbours; the standard library knows that rule.
        Cow::Owned(text.to_lowercase())
    } else {
        Cow::Owned(text.chars().flat_map(lower_char).collect())
    }
}

/// `str.strip()`.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `str.rstrip()`.
pub(crate) fn strip_end(text: &str) -> &str {
    text.trim_end_matches(is_space)
}

/// `str.lstrip()`.
pub(crate) fn strip_start(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

/// `str.split()`: the pieces between runs of white space, none of them empty.
pub(crate) fn split(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(is_space).filter(|piece| !piece.is_empty())
}

/// `str.splitlines()`: lines without their ends; more than `\n` ends one, and an end at the end of the text begins none.
pub(crate) fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some((at, end)) = rest.char_indices().find(|&(_, c)| ends_line(c)) else { return Some(std::mem::take(&mut rest)) };
        let (line, after) = rest.split_at(at);
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(end)).unwrap_or("");
        Some(line)
    })
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::vectors;

    #[test]
    fn every_code_point_has_pythons_classes() {
        let Some(table) = vectors::shared_gz("text/python_char_classes.txt.gz") else { return };
        let mut listed = vec![(0_u8, 0_u32); 0x11_0000];
        for line in table.lines() {
            let fields: Vec<u32> = line.split(' ').map(|field| field.parse().unwrap_or(0)).collect();
            listed[fields[0] as usize] = (fields[1] as u8, fields[2]);
        }
        for c in '\0'..=char::MAX {
            let (set, lowered) = listed[c as usize];
            let ours = [is_word(c), is_space(c), is_digit(c), is_upper_char(c), is_lower_char(c), is_alpha(c), is_space(c)];
            let theirs = [1, 2, 4, 8, 16, 32, 64].map(|bit| set & bit != 0);
            assert_eq!(ours, theirs, "U+{:04X}", c as u32);
            let expected = if lowered == 0 && c != '\0' { c as u32 } else { lowered };
            // Zero: not listed, or U+0130, the one character with a lower case of two.
            assert!(c == 'İ' || lower_char(c).map(u32::from).eq([expected]), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn strings_follow_python() {
        assert!(is_upper("U.S") && is_upper("A1") && !is_upper("1") && !is_upper("Aa") && !is_upper("ǅA"));
        assert!(is_lower("a-1") && !is_lower("ǆǅ"));
        assert!(!is_title("The Cat's") && is_title("The Cat's".trim_end_matches('s')) && !is_title("The Cat 1st"));
        assert_eq!(lower("ΑΣ İX"), "ας i̇x");
        assert_eq!(strip("\u{1c}\u{a0} a\u{2003}"), "a");
        assert_eq!(split(" a\u{3000}b\x1fc ").collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(split_lines("a\r\nb\u{85}\n\rc\n").collect::<Vec<_>>(), ["a", "b", "", "", "c"]);
    }
}
