//! Tables and laws of the comparisons.

use super::*;
use proptest::prelude::*;

const EXACT_NUMBERS: Comparison = Comparison::Float { abs: 0.0, rel: 0.0 };
const MICRO: Comparison = Comparison::Float { abs: 1e-6, rel: 1e-6 };

#[track_caller]
fn check(comparison: Comparison, expected: &str, actual: &str, same: bool) {
    let found = outputs(comparison, expected.as_bytes(), actual.as_bytes());
    assert_eq!(found.is_ok(), same, "{comparison:?} {expected:?} {actual:?}: {found:?}");
}

#[track_caller]
fn check_message(comparison: Comparison, expected: &[u8], actual: &[u8], message: &str) {
    assert_eq!(outputs(comparison, expected, actual).unwrap_err().to_string(), message);
}

#[test]
fn exact_is_equality_of_bytes() {
    for (expected, actual, same) in [("", "", true), ("a\n", "a\n", true), ("a\n", "a", false), ("a\n", "a\r\n", false), ("a ", "a", false)]
    {
        check(Comparison::Exact, expected, actual, same);
    }
}

#[test]
fn lines_ignores_what_ends_a_line_and_the_output() {
    for (expected, actual, same) in [
        ("", "\n \n", true),
        ("a\nb", "a \t\r\nb\x0b\x0c\n\n", true),
        ("a\n\nb", "a\n \nb", true),
        ("a\n\nb", "a\nb", false),
        ("a", "\na", false),
        ("a", " a", false),
        ("a b", "a  b", false),
        ("a b", "a\nb", false),
        ("a", "a\nb", false),
        ("a\rb", "a\nb", false),
        ("a", "a\u{a0}", false),
        ("a", "A", false),
    ] {
        check(Comparison::Lines, expected, actual, same);
    }
}

#[test]
fn tokens_ignores_all_white_space() {
    for (expected, actual, same) in [
        ("", " \n", true),
        ("a b c", "\na\tb\r\n c", true),
        ("a b", "ab", false),
        ("a b", "a", false),
        ("a", "a b", false),
        ("a b", "b a", false),
        ("1", "1.0", false),
        ("a", "a\u{a0}", false),
    ] {
        check(Comparison::Tokens, expected, actual, same);
    }
}

#[test]
fn float_compares_numbers() {
    for (expected, actual, same) in [
        ("1", "1.0", true),
        ("1", "+1.", true),
        ("0.5", ".5e0", true),
        ("-0", "0", true),
        ("1000000", "1000001", true),
        ("1000000", "1000002", false),
        ("0", "0.000001", true),
        ("0", "0.0000011", false),
        ("1", "-1", false),
        ("1 2", "1", false),
        ("YES 0.333333333", "YES\n0.3333333", true),
        ("YES 1", "NO 1", false),
        ("yes", "YES", false),
        ("16", "0x10", false),
        ("1000", "1_000", false),
        ("1", "1f", false),
        ("1", "1e", false),
        ("0", ".", false),
        ("0", "-", false),
        ("inf", "INF", true),
        ("-Infinity", "-infinity", true),
        ("inf", "infinity", false),
        ("inf", "-inf", false),
        ("nan", "NaN", true),
        ("nan", "0", false),
        ("0", "nan", false),
        ("1", "inf", false),
        ("inf", "1e999", false),
        ("1e999", "1e999", true),
        ("1e999", "2e999", false),
    ] {
        check(MICRO, expected, actual, same);
    }
    check(EXACT_NUMBERS, "0.1", "0.10", true);
    check(EXACT_NUMBERS, "0.1", "0.1000001", false);
    check(Comparison::Float { abs: 0.0, rel: 0.1 }, "100", "110", true);
    check(Comparison::Float { abs: 0.0, rel: 0.1 }, "110", "99.5", true);
    check(Comparison::Float { abs: 0.0, rel: 0.1 }, "99.5", "110", false);
}

#[test]
fn long_integers_compare_by_their_digits() {
    for (expected, actual, same) in [
        ("1234567890123456", "1234567890123457", false),
        ("1234567890123456", "+01234567890123456", true),
        ("1234567890123456", "-1234567890123456", false),
        ("123456789012345", "123456789012346", true),
        ("123456789012345", "000123456789012346", true),
        ("1234567890123456", "1234567890123457.0", true),
        ("1234567890123456", "1.234567890123457e15", true),
    ] {
        check(MICRO, expected, actual, same);
    }
}

#[test]
fn a_mismatch_says_where_it_is() {
    use Comparison::{Exact, Lines, Tokens};
    for (comparison, expected, actual, message) in [
        (Lines, "1\n2\n3", "1\n5", "line 2, column 1: expected `2`, got `5`"),
        (Lines, "a bc", "a bd", "line 1, column 4: expected `a bc`, got `a bd`"),
        (Lines, "ab", "a", "line 1, column 2: expected `ab`, got `a`"),
        (Lines, "1\n2", "1\n\n", "line 2, column 1: expected `2`, got nothing more"),
        (Lines, "1\n", "1\n2\n", "line 2, column 1: expected nothing more, got `2`"),
        (Lines, "", "x", "line 1, column 1: expected nothing more, got `x`"),
        (Lines, "x", "", "line 1, column 1: expected `x`, got nothing more"),
        (Exact, "1\n", "1", "line 1, column 2: expected `1\\n`, got `1`"),
        (Exact, "1\n2\n", "1\n", "line 2, column 1: expected `2\\n`, got nothing more"),
        (Tokens, "1 2 3", "1\n 2 4", "line 2, column 4: expected `3`, got `4`"),
        (Tokens, "1 2 3", "1\n2\n", "line 3, column 1: expected `3`, got nothing more"),
        (Lines, "aé", "aè", "line 1, column 2: expected `aé`, got `aè`"),
    ] {
        check_message(comparison, expected.as_bytes(), actual.as_bytes(), message);
    }
    check_message(Lines, "é".as_bytes(), b"\xc3(", "line 1, column 1: expected `é`, got `\\xc3(`");
    check_message(Tokens, b"x \x80", b"x \x81", "line 1, column 3: expected `\\x80`, got `\\x81`");
}

#[test]
fn a_mismatch_counts() {
    for (comparison, expected, actual, missing, extra) in [
        (Comparison::Lines, "1\n2\n3\n\n", "2\n", 2, 0),
        (Comparison::Lines, "2\n", "1\n2\n\n\n", 0, 1),
        (Comparison::Exact, "1\n\n", "1\n", 1, 0),
        (Comparison::Tokens, "1 2 3", "1\n\n", 2, 0),
        (Comparison::Lines, "1 2", "2 1", 0, 0),
    ] {
        let mismatch = outputs(comparison, expected.as_bytes(), actual.as_bytes()).unwrap_err();
        assert_eq!((mismatch.missing(), mismatch.extra()), (missing, extra), "{comparison:?} {expected:?} {actual:?}");
    }
}

#[test]
fn reads_its_options() {
    for (json, expect) in [
        (r#""exact""#, Comparison::Exact),
        (r#""lines""#, Comparison::Lines),
        (r#""tokens""#, Comparison::Tokens),
        (r#"{"float": {"abs": 1e-6, "rel": 1e-6}}"#, MICRO),
        (r#"{"float": {"abs": 0.5}}"#, Comparison::Float { abs: 0.5, rel: 0.0 }),
    ] {
        assert_eq!(serde_json::from_str::<Comparison>(json).unwrap(), expect, "{json}");
    }
    for (json, part) in [
        (r#""fuzzy""#, "unknown variant `fuzzy`, expected one of `exact`, `lines`, `tokens`, `float`"),
        (r#"{"float": {"abs": -1}}"#, "-1 is no tolerance"),
        (r#"{"float": {"abs": "1"}}"#, "invalid type: string"),
        (r#"{"float": {"eps": 1}}"#, "unknown field `eps`"),
        (r#"{"float": {"abs": null}}"#, "invalid type: null"),
        (r#""float""#, "invalid type"),
        (r#"{"lines": {}}"#, "invalid type"),
    ] {
        let message = serde_json::from_str::<Comparison>(json).unwrap_err().to_string();
        assert!(message.contains(part), "{json}: {message}");
    }
    assert_eq!(serde_json::to_string(&MICRO).unwrap(), r#"{"float":{"abs":1e-6,"rel":1e-6}}"#);
}

const ALL: [Comparison; 5] = [Comparison::Exact, Comparison::Lines, Comparison::Tokens, EXACT_NUMBERS, MICRO];

/// Texts in which the interesting bytes are frequent.
fn text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof!["[ \t\r\n01a.e+-]{0,12}".prop_map(String::into_bytes), "[ \né0-9]{0,40}".prop_map(String::into_bytes), any::<Vec<u8>>()]
}

proptest! {
    #[test]
    fn everything_is_itself(text in text()) {
        for comparison in ALL {
            prop_assert_eq!(outputs(comparison, &text, &text), Ok(()));
        }
    }

    #[test]
    fn is_symmetric_without_a_relative_tolerance(a in text(), b in text(), abs in 0.0..10.0) {
        for comparison in ALL.into_iter().filter(|&c| c != MICRO).chain([Comparison::Float { abs, rel: 0.0 }]) {
            let (there, back) = (outputs(comparison, &a, &b), outputs(comparison, &b, &a));
            prop_assert_eq!(there.is_ok(), back.is_ok());
            if let (Err(there), Err(back)) = (there, back) {
                prop_assert_eq!((there.expected, there.actual), (back.actual, back.expected));
            }
        }
    }

    #[test]
    fn each_comparison_accepts_what_a_stricter_one_does(a in text(), b in text()) {
        for pair in ALL.windows(2) {
            prop_assert!(outputs(pair[0], &a, &b).is_err() || outputs(pair[1], &a, &b).is_ok(), "{pair:?}");
        }
    }

    #[test]
    fn lines_ignores_trailing_white_space(lines in proptest::collection::vec(("[a-c é]{0,5}", "[ \t\r\x0b\x0c]{0,3}"), 0..6), end in "[ \n\r]{0,4}") {
        let (mut expected, mut actual) = (String::new(), String::new());
        for (line, space) in lines {
            expected += &format!("{line}\n");
            actual += &format!("{line}{space}\n");
        }
        prop_assert_eq!(outputs(Comparison::Lines, expected.as_bytes(), (actual + &end).as_bytes()), Ok(()));
    }

    #[test]
    fn tokens_ignores_white_space(words in proptest::collection::vec(("[a-cé]{1,3}", "[ \t\r\n\x0b\x0c]{1,3}"), 0..6), start in "[ \n]{0,2}") {
        let (mut expected, mut actual) = (String::new(), start);
        for (word, space) in words {
            expected += &format!("{word} ");
            actual += &format!("{word}{space}");
        }
        prop_assert_eq!(outputs(Comparison::Tokens, expected.as_bytes(), actual.as_bytes()), Ok(()));
        prop_assert_eq!(outputs(MICRO, expected.as_bytes(), actual.as_bytes()), Ok(()));
    }

    #[test]
    fn numbers_within_the_tolerance_are_the_same(expected in -1e9..1e9_f64, share in -1.0..1.0_f64) {
        let actual = expected + share * 0.999 * 1e-6_f64.max(1e-6 * expected.abs());
        prop_assert_eq!(outputs(MICRO, expected.to_string().as_bytes(), format!("{actual:e}").as_bytes()), Ok(()));
    }

    #[test]
    fn a_mismatch_is_bounded(a in text(), b in text(), times in 1..40_usize) {
        for comparison in ALL {
            if let Err(mismatch) = outputs(comparison, &a.repeat(times), &b.repeat(times)) {
                for side in [mismatch.expected, mismatch.actual] {
                    prop_assert!(side.piece.is_none_or(|piece| piece.len() <= PIECE_BYTES && !piece.contains(char::is_control)));
                    prop_assert!(side.line >= 1 && side.column >= 1);
                }
            }
        }
    }
}
