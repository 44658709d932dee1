//! What is said about a response.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// How good a response is: a number in [0, 1], never NaN.
///
/// ```
/// use gavel_task::Score;
/// assert_eq!(Score::try_from(0.5)?.get(), 0.5);
/// assert!(Score::try_from(f64::NAN).is_err() && Score::try_from(1.5).is_err());
/// # Ok::<(), gavel_task::InvalidScore>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Score(f64);

/// A number that is no [`Score`].
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{0} is no score: scores lie in [0, 1]")]
pub struct InvalidScore(f64);

impl Score {
    /// Wholly wrong.
    pub const ZERO: Self = Self(0.0);
    /// Wholly right.
    pub const ONE: Self = Self(1.0);

    /// 1 when `right`, else 0.
    pub fn binary(right: bool) -> Self {
        if right { Self::ONE } else { Self::ZERO }
    }

    /// `part / whole`.
    ///
    /// # Panics
    /// If `whole` is 0 or less than `part`: a share of nothing is not a score.
    pub fn fraction(part: usize, whole: usize) -> Self {
        assert!(whole > 0 && part <= whole, "{part} of {whole} is no share");
        Self(part as f64 / whole as f64)
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Score {
    type Error = InvalidScore;

    fn try_from(value: f64) -> Result<Self, InvalidScore> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(InvalidScore(value)) }
    }
}

impl From<Score> for f64 {
    fn from(score: Score) -> Self {
        score.0
    }
}

/// A stable code for why a verdict is what it is: `correct`, `wrong_answer`, `cpu_limit`. Domains define their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reason(Cow<'static, str>);

impl Reason {
    /// The response is right.
    pub const CORRECT: Self = Self::new("correct");
    /// The response gives an answer, and it is wrong.
    pub const WRONG_ANSWER: Self = Self::new("wrong_answer");

    /// A code known at compile time, in snake_case.
    pub const fn new(code: &'static str) -> Self {
        Self(Cow::Borrowed(code))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A judgement of one response.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// How good the response is.
    pub score: Score,
    /// Why, for machines.
    pub reason: Reason,
    /// Why, for people. May be empty.
    pub message: String,
    /// The evidence.
    pub detail: Detail,
}

/// The evidence for a verdict. What does not apply is empty and left out of JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// What was taken from the response as its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extracted: Option<String>,
    /// One entry per test that ran, in the reference's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<TestResult>,
    /// Named parts of the score.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub components: BTreeMap<String, f64>,
    /// Whatever else the domain can say, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, serde_json::Value>,
}

/// How far apart a program and its tests ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Isolation {
    /// What is expected was never in the same instance as the program.
    Separate,
    /// The test needed objects that cannot cross, so it ran beside the program.
    Shared,
}

/// The result of running a response on one test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestResult {
    /// Position in the reference's tests, from 0.
    pub index: u32,
    /// Why it passed or failed.
    pub reason: Reason,
    /// 1 if passed, 0 if not, or partial credit.
    pub score: Score,
    /// Fuel used.
    pub fuel: u64,
    /// Largest memory held, the language runtime included.
    pub peak_memory_bytes: u64,
    /// The program's exit status, when it ended by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// Present on tests that are code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isolation: Option<Isolation>,
    /// For people: the exception, the limit that was hit, the value that was wrong.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// Where output and expectation part, on stdout tests.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub diff: String,
    /// The beginning of standard output.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stdout_head: String,
    /// The beginning of standard error.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stderr_head: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_reject_what_is_outside_the_unit_interval() {
        for bad in [f64::NAN, -0.1, 1.000_001, f64::INFINITY] {
            assert!(Score::try_from(bad).is_err(), "{bad}");
            assert!(serde_json::from_str::<Score>(&bad.to_string()).is_err());
        }
    }

    #[test]
    fn empty_evidence_is_an_empty_object() {
        assert_eq!(serde_json::to_string(&Detail::default()).unwrap(), "{}");
    }
}
