//! Shows people where two outputs part: the first difference and nothing after it.

use crate::compare::{Comparison, Mismatch, Side, Unit, excerpt, line_start, outputs, trim_end};

/// Bytes of each of the two differing lines.
const LINE_BYTES: usize = 120;
/// Bytes of each line of context.
const CONTEXT_BYTES: usize = 60;

/// The first difference between two texts, for people, in at most 600 bytes: where it is, up to two lines before it, what was expected (`-`) and what came
/// (`+`), and how many lines there are if not equally many. Long lines are cut around the difference, and what cannot be seen is escaped. Lines are
/// compared without their trailing white space, and with it if they do not differ otherwise. Empty if the texts are equal.
///
/// ```
/// let shown = gavel_code::diff::short("1\n2\n3\n", "1\n5\n");
/// assert_eq!(shown, "line 2, column 1\n 1\n-2\n+5\n(3 lines expected, 2 printed)\n");
/// ```
pub fn short(expected: &str, actual: &str) -> String {
    let (expected, actual) = (expected.as_bytes(), actual.as_bytes());
    let found = outputs(Comparison::Lines, expected, actual).and_then(|()| outputs(Comparison::Exact, expected, actual));
    found.err().map_or_else(String::new, |mismatch| at(&mismatch, expected, actual))
}

/// As [`short`], for a mismatch that [`outputs`] found between these two outputs.
pub fn at(mismatch: &Mismatch, expected: &[u8], actual: &[u8]) -> String {
    let (wanted, got) = (&mismatch.expected, &mismatch.actual);
    let mut shown = format!("line {}, column {}", got.line, got.column);
    if (wanted.line, wanted.column) != (got.line, got.column) {
        shown += &format!(" (expected: line {}, column {})", wanted.line, wanted.column);
    }
    shown.push('\n');
    for line in context(got, actual) {
        shown += &format!(" {}\n", excerpt(line, 0, CONTEXT_BYTES));
    }
    let (minus, plus) = (differing_line(wanted, expected), differing_line(got, actual));
    // White space at the end of a line is shown only if nothing else differs.
    let shows_ends = [minus, plus].iter().flatten().all(|&(line, focus)| focus >= trim_end(line).len());
    for (sign, line) in [('-', minus), ('+', plus)] {
        if let Some((line, focus)) = line {
            shown += &format!("{sign}{}\n", excerpt(if shows_ends { line } else { trim_end(line) }, focus, LINE_BYTES));
        }
    }
    if wanted.count != got.count {
        let unit = match (mismatch.unit, wanted.count) {
            (Unit::Line, 1) => "line",
            (Unit::Line, _) => "lines",
            (Unit::Token, 1) => "word",
            (Unit::Token, _) => "words",
        };
        shown += &format!("({} {unit} expected, {} printed)\n", wanted.count, got.count);
    }
    shown
}

/// The whole line of the difference, and the offset of the difference in it; `None` if this output ended.
fn differing_line<'a>(side: &Side, text: &'a [u8]) -> Option<(&'a [u8], usize)> {
    side.piece.as_ref()?;
    let start = line_start(text, side.offset);
    let end = text[side.offset..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |newline| side.offset + newline + 1);
    Some((&text[start..end], side.offset - start))
}

/// Up to two lines before the difference.
fn context<'a>(side: &Side, text: &'a [u8]) -> Vec<&'a [u8]> {
    let end = if side.piece.is_some() { line_start(text, side.offset) } else { side.offset };
    let before = text[..end].strip_suffix(b"\n").unwrap_or(&text[..end]);
    if end == 0 {
        return Vec::new();
    }
    let mut lines: Vec<_> = before.rsplit(|&byte| byte == b'\n').take(2).map(trim_end).collect();
    lines.reverse();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(expected: &str, actual: &str, shown: &str) {
        assert_eq!(short(expected, actual), shown, "{expected:?} {actual:?}");
    }

    #[test]
    fn shows_the_first_difference_with_its_context() {
        check("1\n", "1\n", "");
        check("1", "2", "line 1, column 1\n-1\n+2\n");
        check("a\nb\nc\nd\nsecret", "a\nb\nc\nx\ny", "line 4, column 1\n b\n c\n-d\n+x\n");
        check("one two", "one twp\n", "line 1, column 7\n-one two\n+one twp\n");
        check("é!", "é?", "line 1, column 2\n-é!\n+é?\n");
    }

    #[test]
    fn says_how_many_lines_are_missing() {
        check("5", "", "line 1, column 1\n-5\n(1 line expected, 0 printed)\n");
        check("1\n2\n3", "1\n", "line 2, column 1\n 1\n-2\n(3 lines expected, 1 printed)\n");
        check("1\n", "1\n2\n3\n", "line 2, column 1\n 1\n+2\n(1 line expected, 3 printed)\n");
    }

    #[test]
    fn shows_what_cannot_be_seen() {
        check("1\n", "1", "line 1, column 2\n-1\\n\n+1\n");
        check("1 \n", "1\r\n", "line 1, column 2\n-1 \\n\n+1\\r\\n\n");
        check("a b", "a\u{a0}b\u{1b}[0m", "line 1, column 2\n-a b\n+a\\u{a0}b\\u{1b}[0m\n");
        check("ab", "a\u{200b}b", "line 1, column 2\n-ab\n+a\\u{200b}b\n");
    }

    #[test]
    fn cuts_long_lines_around_the_difference() {
        let (left, right) = ("l".repeat(500), "r".repeat(500));
        let shown = short(&format!("{left}1{right}"), &format!("{left}2"));
        let (before_long, before_short, after) = ("l".repeat(38), "l".repeat(113), "r".repeat(75));
        assert_eq!(shown, format!("line 1, column 501\n-…{before_long}1{after}…\n+…{before_short}2\n"));
    }

    #[test]
    fn words_may_stand_on_different_lines() {
        let (expected, actual) = (b"1 2 3 4", b"1\n2\n5");
        let mismatch = outputs(Comparison::Tokens, expected, actual).unwrap_err();
        let shown = "line 3, column 1 (expected: line 1, column 5)\n 1\n 2\n-1 2 3 4\n+5\n(4 words expected, 3 printed)\n";
        assert_eq!(at(&mismatch, expected, actual), shown);
    }

    proptest! {
        #[test]
        fn is_short_and_in_lines_of_its_own(
            head in any::<Vec<u8>>(), expected in any::<Vec<u8>>(), actual in any::<Vec<u8>>(), times in 1..50_usize
        ) {
            for comparison in [Comparison::Exact, Comparison::Lines, Comparison::Tokens] {
                let (expected, actual) = ([&head, &expected.repeat(times)[..]].concat(), [&head, &actual.repeat(times)[..]].concat());
                let Err(mismatch) = outputs(comparison, &expected, &actual) else { continue };
                let shown = at(&mismatch, &expected, &actual);
                prop_assert!(shown.len() <= 600 && shown.lines().count() <= 6 && shown.ends_with('\n'));
                prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
            }
        }

        #[test]
        fn is_empty_only_for_equal_texts(expected in "[ab \n]{0,6}", actual in "[ab \n]{0,6}") {
            prop_assert_eq!(short(&expected, &actual).is_empty(), expected == actual);
        }
    }
}
