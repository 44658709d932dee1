//! Why a constraint holds or does not: what was found, what was wanted, and where.

use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// How a count is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Fewer than the number.
    LessThan,
    /// The number or fewer.
    AtMost,
    /// The number.
    Exactly,
    /// The number or more.
    AtLeast,
}

impl Bound {
    /// Whether `found` lies within the bound.
    pub fn admits(self, found: u64, wanted: u64) -> bool {
        match self {
            Self::LessThan => found < wanted,
            Self::AtMost => found <= wanted,
            Self::Exactly => found == wanted,
            Self::AtLeast => found >= wanted,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LessThan => "less than",
            Self::AtMost => "at most",
            Self::Exactly => "exactly",
            Self::AtLeast => "at least",
        })
    }
}

/// Something that was counted, measured or read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Finding {
    /// A count.
    Count(u64),
    /// A share in percent.
    Percent(f64),
    /// Words.
    Text(Cow<'static, str>),
}

impl From<u64> for Finding {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Finding {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<f64> for Finding {
    fn from(percent: f64) -> Self {
        Self::Percent(percent)
    }
}

impl From<&'static str> for Finding {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

/// A verdict on one constraint. What does not apply is left out of JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// Whether the response obeys.
    pub passes: bool,
    /// What the response has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Finding>,
    /// How [`wanted`](Self::wanted) bounds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// What it should have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Finding>,
    /// The first word, sentence or line at fault, cut at 80 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// The line of the response, from 1, where the fault lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Why there is no verdict: the item's fault, not the response's.
    #[serde(skip)]
    pub fault: Option<String>,
}

/// The longest piece of a response that evidence quotes, in characters.
const LONGEST_QUOTE: usize = 80;

impl Evidence {
    /// A verdict without a number.
    pub fn when(passes: bool) -> Self {
        Self { passes, found: None, bound: None, wanted: None, word: None, line: None, fault: None }
    }

    /// No verdict, because of the item.
    pub fn fault(message: impl Into<String>) -> Self {
        Self { fault: Some(message.into()), ..Self::fail() }
    }

    /// The response obeys.
    pub fn pass() -> Self {
        Self::when(true)
    }

    /// The response does not.
    pub fn fail() -> Self {
        Self::when(false)
    }

    /// A count held against a bound.
    pub fn count(found: impl TryInto<u64>, bound: Bound, wanted: u64) -> Self {
        let found = found.try_into().unwrap_or(u64::MAX);
        Self { found: Some(found.into()), bound: Some(bound), wanted: Some(wanted.into()), ..Self::when(bound.admits(found, wanted)) }
    }

    /// With what was found.
    #[must_use]
    pub fn found(mut self, found: impl Into<Finding>) -> Self {
        self.found = Some(found.into());
        self
    }

    /// With what was wanted.
    #[must_use]
    pub fn wanted(mut self, wanted: impl Into<Finding>) -> Self {
        self.wanted = Some(wanted.into());
        self
    }

    /// With the piece of text that decided.
    #[must_use]
    pub fn word(mut self, word: &str) -> Self {
        self.word = Some(word.chars().take(LONGEST_QUOTE).collect());
        self
    }

    /// With the line, from 1.
    #[must_use]
    pub fn line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl From<Cow<'static, str>> for Finding {
    fn from(text: Cow<'static, str>) -> Self {
        Self::Text(text)
    }
}
