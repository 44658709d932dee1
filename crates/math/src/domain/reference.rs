//! What an item of mathematics brings: acceptable answers, and how they are compared. Names and shapes only; nothing is compared here.

use crate::expr::Rational;
use crate::extract::{Preset, Rules};
use crate::grade::{Policy, Tolerance, Units};
use num_bigint::BigInt;
use serde::{Deserialize, Deserializer};
use serde_json::Number;

/// One answer, several acceptable ones, or such with how to compare: `"1/2"`, `0.5`, `["1/2", "0.5"]`, `{"answer": "3 m", "units": "required"}`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Reference {
    /// One answer.
    One(Text),
    /// Any of these.
    Any(Vec<Text>),
    /// With how to compare.
    Item(Box<WithPolicy>),
}

/// An answer as text; JSON numbers are taken as they are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// LaTeX or plain text.
    Text(String),
    /// A number.
    Number(Number),
}

/// Acceptable answers with how they are compared. `answer` and `answers` may not both be there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithPolicy {
    #[serde(default)]
    answer: Option<Several>,
    #[serde(default)]
    answers: Option<Several>,
    #[serde(default)]
    ordered: Option<bool>,
    #[serde(default)]
    tolerance: Option<Distance>,
    #[serde(default)]
    require_reduced: Option<bool>,
    #[serde(default)]
    units: Option<UnitRule>,
    #[serde(default)]
    rounding: Option<bool>,
    #[serde(default)]
    percent: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Several {
    One(Text),
    Any(Vec<Text>),
}

/// How responses are judged. What a reference says of itself comes before these.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Where the answer is looked for.
    pub extraction: Extraction,
    /// Whether a response without `</think>` has no answer.
    pub require_think_end: bool,
    /// What becomes of a response that could not be told from the reference.
    pub undecided: Undecided,
    /// As [`Policy::ordered`].
    pub ordered: Option<bool>,
    /// As [`Policy::tolerance`]; a number is an absolute one.
    pub tolerance: Option<Distance>,
    /// As [`Policy::require_reduced`].
    pub require_reduced: Option<bool>,
    /// As [`Policy::units`].
    pub units: Option<UnitRule>,
    /// As [`Policy::rounding`].
    pub rounding: Option<bool>,
    /// As [`Policy::percent`].
    pub percent: Option<bool>,
}

/// As [`Preset`], by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the presets are described where they are")]
pub enum Extraction {
    Boxed,
    #[default]
    Marked,
    Lenient,
}

/// What of an undecided comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undecided {
    /// A score of 0 whose reason is `undecided`.
    #[default]
    Wrong,
    /// An error of the item.
    Error,
}

/// As [`Units`], by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "described at the policy")]
pub enum UnitRule {
    Optional,
    Required,
    Ignored,
}

/// A tolerance as it is written: `0.01`, `{"relative": 1e-3}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distance(Tolerance);

impl<'de> Deserialize<'de> for Distance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Shape {
            Number(Number),
            Parts(Parts),
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Parts {
            #[serde(default)]
            absolute: Option<Number>,
            #[serde(default)]
            relative: Option<Number>,
        }
        let parts = match Shape::deserialize(deserializer)? {
            Shape::Number(number) => Parts { absolute: Some(number), relative: None },
            Shape::Parts(parts) => parts,
        };
        let exact = |number: Option<Number>| match number {
            None => Ok(Rational::default()),
            Some(number) => decimal(&number.to_string())
                .ok_or_else(|| serde::de::Error::custom(format_args!("a tolerance of {number}: expected a number from 0 to 1e300"))),
        };
        Ok(Self(Tolerance { absolute: exact(parts.absolute)?, relative: exact(parts.relative)? }))
    }
}

/// A JSON number as the decimal that is written, not as the double nearest to it.
fn decimal(text: &str) -> Option<Rational> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let value: BigInt = format!("{whole}{part}").parse().ok()?;
    let exponent = exponent.checked_sub(i32::try_from(part.len()).ok()?)?;
    if exponent.abs() > 700 || text.starts_with('-') {
        return None;
    }
    let power = BigInt::from(10).pow(exponent.unsigned_abs());
    Some(if exponent < 0 { Rational::new(value, power) } else { Rational::from_integer(value * power) })
}

impl Text {
    /// As it is read.
    pub fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

impl From<&str> for Reference {
    fn from(answer: &str) -> Self {
        Self::One(Text::Text(answer.to_owned()))
    }
}

/// What is wrong with a reference, and where.
pub(super) struct Fault {
    pub(super) field: &'static str,
    pub(super) message: &'static str,
}

impl Reference {
    /// The acceptable answers, with the field they stand in.
    pub(super) fn answers(&self) -> Result<(&'static str, Vec<String>), Fault> {
        let texts = |all: &[Text]| all.iter().cloned().map(Text::into_text).collect::<Vec<_>>();
        let (field, all) = match self {
            Self::One(text) => ("", vec![text.clone().into_text()]),
            Self::Any(all) => ("", texts(all)),
            Self::Item(item) => match (&item.answer, &item.answers) {
                (Some(Several::One(text)), None) => ("answer", vec![text.clone().into_text()]),
                (Some(Several::Any(all)), None) => ("answer", texts(all)),
                (None, Some(Several::One(text))) => ("answers", vec![text.clone().into_text()]),
                (None, Some(Several::Any(all))) => ("answers", texts(all)),
                (None, None) => return Err(Fault { field: "answer", message: "missing: give `answer` or `answers`" }),
                (Some(_), Some(_)) => return Err(Fault { field: "answers", message: "given together with `answer`: give one of them" }),
            },
        };
        match all.len() {
            0 => Err(Fault { field, message: "a list without answers: give at least one" }),
            1..=MAX_ANSWERS => Ok((field, all)),
            _ => Err(Fault { field, message: "more than 64 acceptable answers" }),
        }
    }

    /// How answers are compared: what the reference says, then what the options say, then the defaults.
    pub(super) fn policy(&self, options: &Options) -> Policy {
        let own = match self {
            Self::Item(item) => Some(&**item),
            _ => None,
        };
        let default = Policy::default();
        let units = own.and_then(|own| own.units).or(options.units);
        let tolerance = own.and_then(|own| own.tolerance.clone()).or_else(|| options.tolerance.clone());
        Policy {
            ordered: own.and_then(|own| own.ordered).or(options.ordered),
            rounding: own.and_then(|own| own.rounding).or(options.rounding).unwrap_or(default.rounding),
            require_reduced: own.and_then(|own| own.require_reduced).or(options.require_reduced).unwrap_or(default.require_reduced),
            units: match units {
                Some(UnitRule::Optional) => Units::Optional,
                Some(UnitRule::Required) => Units::Required,
                Some(UnitRule::Ignored) => Units::Ignored,
                None => default.units,
            },
            percent: own.and_then(|own| own.percent).or(options.percent).unwrap_or(default.percent),
            tolerance: tolerance.map(|Distance(tolerance)| tolerance),
        }
    }
}

/// The most acceptable answers.
const MAX_ANSWERS: usize = 64;

impl Options {
    /// How an answer is looked for.
    pub(super) fn rules(&self) -> Rules {
        let preset = match self.extraction {
            Extraction::Boxed => Preset::Boxed,
            Extraction::Marked => Preset::Marked,
            Extraction::Lenient => Preset::Lenient,
        };
        Rules { preset, require_think_end: self.require_think_end }
    }
}
