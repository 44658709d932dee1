//! How programs are judged.

use crate::compare::Comparison;
use gavel_sandbox::Language;
use serde::{Deserialize, Serialize};

/// The `options` of an item of domain `code`. Every field may be left out.
///
/// ```
/// use gavel_code::{Credit, Options, compare::Comparison};
/// let options: Options = serde_json::from_str(r#"{"comparison": "tokens", "credit": "all_or_nothing"}"#)?;
/// assert_eq!((options.comparison, options.credit), (Comparison::Tokens, Credit::AllOrNothing));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The language of the program, unless the reference names one.
    pub language: Language,
    /// When output, or a returned value, is the expected one. Values know exact equality and tolerance only.
    pub comparison: Comparison,
    /// Source of a program that decides instead: `def check(input, output, expected)` gives a bool or a number in [0, 1]. It runs in an instance of its own.
    pub checker: Option<String>,
    /// How tests make a score.
    pub credit: Credit,
    /// Whether to leave out the tests after the first that fails. They count as failed.
    pub stop_on_first_failure: bool,
    /// How text that holds a call's arguments is read.
    pub arguments: Arguments,
}

/// How tests make a score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credit {
    /// The share of tests passed.
    #[default]
    Fraction,
    /// 1 if all tests pass, else 0.
    AllOrNothing,
}

/// How text that holds a call's arguments is read: public datasets do it in two ways. Arguments given as a JSON array, not as text, need no rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arguments {
    /// Several lines are one argument each. A single line that holds an array is the list of arguments if every test's array has exactly one element, or if the
    /// function does not take one argument; else it is that one argument.
    #[default]
    Auto,
    /// Each line is one argument (LiveCodeBench).
    Lines,
    /// The text is the list of arguments.
    List,
}
