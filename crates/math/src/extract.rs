//! Finds the answer in a response: one scan of its bytes, by named rules.
//!
//! It says what it found, where, and by which rule. It reads nothing: `\boxed{5 or 6}` is one answer, and what is in it is [`read`]'s.
//!
//! ```
//! use gavel_math::extract::{Preset, Rule, Rules, extract};
//!
//! let found = extract(r"<think>\boxed{1}</think> So it is \boxed{\frac{1}{2}}.", &Rules::new(Preset::Boxed))?;
//! assert_eq!((found.text(), found.rule), (r"\frac{1}{2}", Rule::Box));
//! # Ok::<(), gavel_math::extract::NotFound>(())
//! ```

mod scan;
#[cfg(test)]
mod tests;

use crate::answer::{Answer, Separator};
use crate::read::{ReadError, read};
use std::borrow::Cow;
use std::ops::Range;

/// The rules of which an answer may be found, from the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Preset {
    /// The last balanced `\boxed{..}` or `\fbox{..}` behind the last `</think>`.
    #[default]
    Boxed,
    /// As [`Boxed`](Self::Boxed); `<answer>` tags come before boxes outside of them, and without either "the final answer is", "Answer:" and `####`
    /// count.
    Marked,
    /// As [`Marked`](Self::Marked), and of marked prose only its last formula or number; without a mark the last formula or number counts, whichever
    /// ends later; without
    /// those a choice letter that the response begins with, or the whole of a short response.
    Lenient,
}

/// How to look for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Rules {
    /// What may mark it.
    pub preset: Preset,
    /// Whether a response without `</think>` has no answer.
    pub require_think_end: bool,
}

impl Rules {
    /// A preset, with `</think>` optional.
    pub const fn new(preset: Preset) -> Self {
        Self { preset, require_think_end: false }
    }
}

/// By which rule an answer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// `\boxed` or `\fbox`.
    Box,
    /// `<answer>..</answer>`.
    AnswerTag,
    /// "final answer is", "answer is".
    FinalAnswer,
    /// "Answer:".
    AnswerColon,
    /// `####`.
    Hashes,
    /// The last formula.
    LastFormula,
    /// The last number.
    LastNumber,
    /// A choice letter at the beginning.
    FirstLetter,
    /// All of a response of at most 200 bytes.
    Whole,
}

impl Rule {
    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Box => "last box",
            Self::AnswerTag => "answer tag",
            Self::FinalAnswer => "\"final answer is\"",
            Self::AnswerColon => "\"Answer:\"",
            Self::Hashes => "####",
            Self::LastFormula => "last formula",
            Self::LastNumber => "last number",
            Self::FirstLetter => "first letter",
            Self::Whole => "whole response",
        }
    }
}

/// An answer's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    response: &'a str,
    /// The bytes of the answer; several where boxes follow each other with nothing but commas, "and" or "or" between them. At least one.
    pub parts: Vec<Range<usize>>,
    /// Whether "or" stands between the last two parts.
    pub alternatives: bool,
    /// What marked it.
    pub rule: Rule,
    /// How many balanced boxes there are behind the last `</think>`.
    pub boxes: usize,
    /// Whether a box there does not close.
    pub unbalanced: bool,
}

impl<'a> Found<'a> {
    /// The text of the last part.
    pub fn text(&self) -> &'a str {
        self.parts.last().map_or("", |part| self.text_of(part))
    }

    /// All parts, for people.
    pub fn shown(&self) -> Cow<'a, str> {
        match self.parts.as_slice() {
            [part] => Cow::Borrowed(self.text_of(part)),
            parts => Cow::Owned(parts.iter().map(|part| self.text_of(part)).collect::<Vec<_>>().join(if self.alternatives {
                " or "
            } else {
                ", "
            })),
        }
    }

    fn text_of(&self, part: &Range<usize>) -> &'a str {
        self.response.get(part.clone()).unwrap_or_default()
    }

    /// The answer read; several parts are a list, unless all have the same text.
    ///
    /// # Errors
    /// If a part exceeds a limit of reading.
    pub fn read(&self) -> Result<Answer, ReadError> {
        let last = self.text();
        if self.parts.iter().all(|part| self.text_of(part) == last) {
            return read(last);
        }
        let items = self.parts.iter().map(|part| read(self.text_of(part))).collect::<Result<Vec<_>, _>>()?;
        let separator = if self.alternatives { Separator::Or } else { Separator::And };
        Ok(Answer::List { items: items.into(), separator })
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotFound {
    /// No `</think>` where one is required.
    #[error("the response has no </think>")]
    NoThinkEnd,
    /// Only boxes that do not close. The first of them opens at byte `at`.
    #[error("the box at byte {at} does not close")]
    Unbalanced {
        /// Where.
        at: usize,
    },
    /// No mark of the preset.
    #[error("no answer is marked")]
    NoMark,
    /// What is marked is empty.
    #[error("the marked answer is empty")]
    Empty,
}

/// The longest response that is its own answer.
const MAX_WHOLE_BYTES: usize = 200;

/// Whether a text has words that no formula has: four of two letters or more, outside of LaTeX.
fn is_prose(text: &str) -> bool {
    let words = text.split(' ').filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    words.take(4).count() == 4
}

/// Whether a short text of one line has no words outside of LaTeX commands: it is a formula without delimiters, or a number.
fn is_formula(text: &str) -> bool {
    if text.is_empty() || text.len() > MAX_WHOLE_BYTES || text.contains('\n') {
        return false;
    }
    let mut letters = 0;
    let mut command = false;
    text.chars().all(|sign| {
        command = sign == '\\' || (command && sign.is_ascii_alphabetic());
        letters = if sign.is_alphabetic() && !command { letters + 1 } else { 0 };
        letters < 2
    })
}

/// Finds the answer of a response.
///
/// # Errors
/// If there is none.
pub fn extract<'a>(response: &'a str, rules: &Rules) -> Result<Found<'a>, NotFound> {
    let scan = scan::scan(response, rules.preset);
    if rules.require_think_end && !scan.think_end {
        return Err(NotFound::NoThinkEnd);
    }
    let (boxes, unbalanced) = (scan.boxes, scan.unclosed.is_some());
    let found = |parts: Vec<Range<usize>>, rule, alternatives| Found { response, parts, alternatives, rule, boxes, unbalanced };
    let one = |part: Range<usize>, rule| found(vec![part], rule, false);
    let marked = !matches!(rules.preset, Preset::Boxed);
    let chosen = match (scan.tag, scan.parts.last()) {
        // A box inside of the tag is the answer; the tag is where a box outside was not.
        (Some(tag), last) if marked => match last {
            Some(last) if tag.start <= last.start && last.end <= tag.end => Some(found(scan.parts, Rule::Box, scan.alternatives)),
            _ => Some(one(tag, Rule::AnswerTag)),
        },
        (_, Some(_)) => Some(found(scan.parts, Rule::Box, scan.alternatives)),
        _ => None,
    };
    let lenient = matches!(rules.preset, Preset::Lenient);
    let formulas = !scan.formulas.is_empty();
    let last = match (scan.formulas.last(), scan.number) {
        (Some(formula), Some(number)) if number.start >= formula.end => Some((vec![number], Rule::LastNumber)),
        (Some(_), _) => Some((scan.formulas, Rule::LastFormula)),
        (None, number) => number.map(|number| (vec![number], Rule::LastNumber)),
    };
    let several = |parts: Vec<Range<usize>>, rule| found(parts, rule, rule == Rule::LastFormula && scan.formula_alternatives);
    let chosen = chosen.or_else(|| {
        let marks = [(scan.final_answer, Rule::FinalAnswer), (scan.colon, Rule::AnswerColon), (scan.hashes, Rule::Hashes)];
        let marks = marks.into_iter().filter(|_| marked).filter_map(|(part, rule)| part.map(|part| (part, rule)));
        let (part, rule) = marks.max_by_key(|(part, _)| part.start)?;
        match &last {
            Some((inner, rule))
                if lenient
                    && inner.iter().all(|inner| part.start <= inner.start && inner.end <= part.end)
                    && is_prose(response.get(part.clone())?) =>
            {
                Some(several(inner.clone(), *rule))
            }
            _ => Some(one(part, rule)),
        }
    });
    // A response that is nothing but a formula without delimiters.
    let bare = || {
        let rest = response.get(scan.start..).filter(|_| lenient && scan.unclosed.is_none() && !formulas)?;
        let start = scan.start + rest.len() - rest.trim_start().len();
        let text = rest.trim();
        is_formula(text).then(|| one(start..start + text.len(), Rule::Whole))
    };
    let chosen = chosen.or_else(bare);
    let chosen = chosen.or_else(|| last.filter(|_| lenient).map(|(parts, rule)| several(parts, rule)));
    let chosen = chosen.or_else(|| {
        let rest = response.get(scan.start..).filter(|_| lenient && scan.unclosed.is_none())?;
        let start = scan.start + rest.len() - rest.trim_start().len();
        let text = rest.trim();
        if let Some(letter @ 'A'..='J') = text.chars().next()
            && text[letter.len_utf8()..].starts_with(['.', ')', ':', '。', ',', '，'])
        {
            return Some(one(start..start + 1, Rule::FirstLetter));
        }
        (text.len() <= MAX_WHOLE_BYTES && !text.is_empty()).then(|| one(start..start + text.len(), Rule::Whole))
    });
    match (chosen, scan.unclosed) {
        (Some(found), _) if found.text().trim().is_empty() => Err(NotFound::Empty),
        (Some(found), _) => Ok(found),
        (None, Some(at)) => Err(NotFound::Unbalanced { at }),
        (None, None) => Err(NotFound::NoMark),
    }
}
