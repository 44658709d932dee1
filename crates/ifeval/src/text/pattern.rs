//! Regular expressions of Python's `re` (3.11), as kwargs bring them, on the engine `fancy-regex` with a limit on its steps.
//!
//! Python's syntax is read by `pattern/translate.rs`; what Python refuses is refused. It does not know `(?x)`, `(?a)` and `(?L)`, nor Python's
//! rule that a lookbehind has one width. `\w` and `\d` follow the engine's newer Unicode where a letter is newer than Python 3.11.

mod translate;

use super::classes;
use fancy_regex::{Regex, RegexBuilder};
use std::borrow::Cow;
use translate::{Translated, translate};

/// Steps back that one search may take.
const MAX_STEPS: usize = 200_000;
/// Steps back times bytes of text that one search may take, where a step can run over the whole text.
const MAX_WORK: usize = 1_500_000;
/// Matches that one text is searched for.
const MAX_MATCHES: usize = 1 << 18;

/// What is wrong with a pattern, or with using it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum PatternError {
    /// Python refuses it too.
    #[error("the pattern is invalid at byte {at}: {what}")]
    Syntax {
        /// Where, in bytes of the pattern.
        at: usize,
        /// What Python would say.
        what: &'static str,
    },
    /// Python takes it and we do not.
    #[error("the pattern uses {what}, which is not supported")]
    Unsupported {
        /// The construct.
        what: &'static str,
    },
    /// Longer or deeper than any pattern should be, or too large once compiled.
    #[error("the pattern is too large")]
    TooLarge,
    /// The search was given up.
    #[error("the pattern needs more than {MAX_STEPS} steps on this text")]
    Steps,
}

/// How a pattern is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    /// `re.IGNORECASE`.
    pub(crate) ignore_case: bool,
    /// `re.MULTILINE`.
    pub(crate) multi_line: bool,
    /// `re.DOTALL`.
    pub(crate) dot_all: bool,
}

/// A compiled pattern: one form for texts in which the engine's word boundaries are Python's, and one for the others.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    agreeing: Form,
    any: Form,
}

/// A pattern for the engine, and whether one step of it can run over the whole text.
#[derive(Clone, Debug)]
struct Form {
    regex: Regex,
    runs_far: bool,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`PatternError::Syntax`], [`PatternError::Unsupported`] and [`PatternError::TooLarge`].
    pub(crate) fn new(source: &str, flags: Flags) -> Result<Self, PatternError> {
        let any = translate(source, flags, false)?;
        let agreeing = compile(&translate(source, flags, true)?, MAX_STEPS)?;
        let any = if any.text == agreeing.regex.as_str() { agreeing.clone() } else { compile(&any, MAX_STEPS)? };
        Ok(Self { agreeing, any })
    }

    /// The engine for this text. Where a step can run over the text, a long text has few of them.
    fn of(&self, text: &str) -> Result<Cow<'_, Regex>, PatternError> {
        let form = if text.is_ascii() || text.chars().all(agrees) { &self.agreeing } else { &self.any };
        let steps = MAX_WORK / text.len().max(1);
        if !form.runs_far || steps >= MAX_STEPS {
            return Ok(Cow::Borrowed(&form.regex));
        }
        let limited = RegexBuilder::new(form.regex.as_str()).backtrack_limit(steps).delegate_size_limit(1 << 20).build();
        limited.map(Cow::Owned).map_err(|_| PatternError::TooLarge)
    }

    /// `re.search(pattern, text) is not None`.
    ///
    /// # Errors
    /// [`PatternError::Steps`].
    pub(crate) fn is_match(&self, text: &str) -> Result<bool, PatternError> {
        self.of(text)?.is_match(text).map_err(|_| PatternError::Steps)
    }

    /// Where the first match is, in bytes.
    ///
    /// # Errors
    /// [`PatternError::Steps`].
    pub(crate) fn find(&self, text: &str) -> Result<Option<std::ops::Range<usize>>, PatternError> {
        self.of(text)?.find(text).map(|found| found.map(|found| found.range())).map_err(|_| PatternError::Steps)
    }

    /// `len(re.findall(pattern, text))`.
    ///
    /// # Errors
    /// [`PatternError::Steps`].
    pub(crate) fn count(&self, text: &str) -> Result<usize, PatternError> {
        let regex = self.of(text)?;
        let (mut count, mut at) = (0, 0);
        while let Some(found) = regex.find_from_pos(text, at).map_err(|_| PatternError::Steps)? {
            count += 1;
            if count > MAX_MATCHES {
                return Err(PatternError::Steps);
            }
            // Python takes an empty match right after another match, which the engine's own iteration does not.
            let step = if found.range().is_empty() { text[found.end()..].chars().next().map_or(1, char::len_utf8) } else { 0 };
            at = found.end() + step;
            if at > text.len() {
                break;
            }
        }
        Ok(count)
    }
}

/// Whether Python and the engine agree that a character is `\w`, or that it is not.
fn agrees(c: char) -> bool {
    let joins = matches!(c, '\u{200c}' | '\u{200d}' | '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}'..='\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}');
    c.is_ascii() || (!joins && classes::is_word(c) == classes::engine::is_word(c))
}

fn compile(pattern: &Translated, steps: usize) -> Result<Form, PatternError> {
    let regex = RegexBuilder::new(&pattern.text).backtrack_limit(steps).delegate_size_limit(1 << 20).build();
    regex.map(|regex| Form { regex, runs_far: pattern.looks && pattern.unbounded }).map_err(|_| PatternError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASELESS: Flags = Flags { ignore_case: true, multi_line: false, dot_all: false };

    #[track_caller]
    fn check(pattern: &str, flags: Flags, text: &str, count: usize) {
        assert_eq!(Pattern::new(pattern, flags).unwrap().count(text), Ok(count), "{pattern}");
    }

    #[test]
    fn matches_are_pythons() {
        check("C++", CASELESS, "c CC", 2);
        check(r"\bC++\b", CASELESS, "’c CC", 2);
        check("<b>", CASELESS, "a<B>c", 1);
        check(r"x$", CASELESS, "é x\n", 1);
        check("a{,2}b", Flags::default(), "aab b", 2);
        check("{x}", Flags::default(), "{x}", 1);
        check(r"end$", Flags::default(), "end\n", 1);
        check(r"end$", Flags::default(), "end\n\n", 0);
        check(r"end$", Flags { multi_line: true, ..Flags::default() }, "end\nend\n", 2);
        check(r"\bcafe\b", CASELESS, "cafe\u{301} CAFE", 2);
        check(r"\bx\b", CASELESS, "x² é", 0);
        check(r"\s", Flags::default(), "\u{1c}é", 1);
        check("[^\\w\\s]", Flags::default(), "a_½.é", 1);
        check("i", CASELESS, "iIıİ", 4);
        check("kiss", CASELESS, "KIſS", 1);
        check(r"(?P<q>['a-]).(?P=q)", Flags::default(), "'x' a-a", 2);
        check("[]a[&&]", Flags::default(), "]a[&", 4);
        check(r"x*", Flags::default(), "axb", 4);
        check(r"(?P<q>a)(?P=q)+(?#c)", Flags::default(), "aaa", 1);
        check(r"\x41\u0042\103\.", Flags::default(), "ABC.", 1);
    }

    #[test]
    fn what_python_refuses_is_refused() {
        for pattern in ["*a", "a**", "(", ")", "[", "[b-a]", r"\q", "(?P<1>a)", "a(?i)b", "a{3,2}", r"\", "(?<n>a)", r"\1", "(?P=n)"] {
            let error = Pattern::new(pattern, Flags::default()).unwrap_err();
            assert!(matches!(error, PatternError::Syntax { .. }), "{pattern}: {error}");
        }
        assert_eq!(Pattern::new(&"(".repeat(5000), Flags::default()).unwrap_err(), PatternError::TooLarge);
        assert_eq!(Pattern::new("(?:a{999}){999}", Flags::default()).unwrap_err(), PatternError::TooLarge);
    }

    #[test]
    fn a_search_that_explodes_is_given_up() {
        let pattern = Pattern::new(r"(a|a)*(?=b)\1c", Flags::default()).unwrap();
        assert_eq!(pattern.is_match(&"a".repeat(5000)), Err(PatternError::Steps));
    }
}
