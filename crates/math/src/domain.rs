//! The domain `math`: from a response to a verdict.
//!
//! The answer is found by [`extract`](mod@crate::extract), read by [`read`](mod@crate::read) and compared by [`grade`](mod@crate::grade); this file
//! only joins them and says what came of it, so that a person can follow.

mod reference;
#[cfg(test)]
mod tests;

pub use reference::{Distance, Extraction, Options, Reference, Text, Undecided, UnitRule, WithPolicy};

use crate::answer::Answer;
use crate::equal::Steps;
use crate::extract::{Found, Preset, Rules, extract};
use crate::grade::{Outcome, Ruling, grade};
use crate::print::{Style, print};
use crate::read::read;
use gavel_task::{Attempt, Budget, Detail, Domain, Reason, Score, Verdict, VerifyError};
use serde_json::json;

/// Judges answers to mathematical problems.
#[derive(Clone, Copy, Debug, Default)]
pub struct Math;

/// No answer is marked.
const NO_ANSWER: Reason = Reason::new("no_answer");
/// The answer exceeds a limit of reading.
const UNPARSEABLE: Reason = Reason::new("unparseable");
/// The budget of steps did not suffice.
const UNDECIDED: Reason = Reason::new("undecided");

/// Answers of more bytes are shown in part, and not in normal form.
const MAX_SHOWN_BYTES: usize = 2_000;

impl Domain for Math {
    const NAME: &'static str = "math";
    const SUMMARY: &'static str =
        "Compares the answer of a response with a reference: numbers, expressions, equations, intervals, sets, matrices, units.";
    type Reference = Reference;
    type Options = Options;

    fn version(&self) -> String {
        "1".to_owned()
    }

    fn example(&self) -> serde_json::Value {
        json!({
            "task": "math",
            "response": "Half of them, so the answer is $\\boxed{\\frac{2}{4}}$.",
            "reference": "1/2",
        })
    }

    fn verify(&self, attempt: Attempt<'_>, reference: &Reference, options: &Options, _budget: &Budget) -> Result<Verdict, VerifyError> {
        if attempt.task.sub().is_some() {
            return Err(VerifyError::UnknownTask { task: attempt.task.clone(), known: vec![Self::NAME.to_owned()] });
        }
        let (field, texts) = reference.answers().map_err(|fault| invalid(fault.field, fault.message))?;
        let several = texts.len() > 1 || matches!(reference, Reference::Any(_));
        let mut references = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            let place = || if several { format!("{field}[{at}]") } else { field.to_owned() };
            references.push(acceptable(text).map_err(|message| invalid(place(), message))?);
        }
        let found = match extract(attempt.response, &options.rules()) {
            Ok(found) => found,
            Err(error) => return Ok(wrong(NO_ANSWER, error.to_string(), Detail::default())),
        };
        let mut detail = Detail { extracted: Some(excerpt(&found.shown()).into_owned()), ..Detail::default() };
        detail.facts.insert("extraction".to_owned(), json!(found.rule.name()));
        let given = match found.read() {
            Ok(given) => given,
            Err(error) => return Ok(wrong(UNPARSEABLE, error.to_string(), detail)),
        };
        detail.facts.insert("answer".to_owned(), json!(shown(&given, found.shown().len())));
        let policy = reference.policy(options);
        let mut chosen: Option<(usize, Ruling)> = None;
        for (at, acceptable) in references.iter().enumerate() {
            let ruling = grade(acceptable, &given, &policy, &mut Steps::default());
            let better = match chosen {
                None => true,
                Some((_, before)) => !before.is_equal() && (ruling.is_equal() || (before.is_different() && !ruling.is_different())),
            };
            if better {
                chosen = Some((at, ruling));
            }
            if ruling.is_equal() {
                break;
            }
        }
        let Some((at, ruling)) = chosen else { return Err(invalid(field, "no acceptable answer")) };
        let (Some(acceptable), Some(text)) = (references.get(at), texts.get(at)) else {
            return Err(invalid(field, "no acceptable answer"));
        };
        detail.facts.insert("reference".to_owned(), json!(shown(acceptable, text.len())));
        detail.facts.insert("rule".to_owned(), json!(ruling.rule.name()));
        verdict(&found, text, ruling, options, detail)
    }
}

fn verdict(found: &Found<'_>, reference: &str, ruling: Ruling, options: &Options, detail: Detail) -> Result<Verdict, VerifyError> {
    let shown = found.shown();
    let (answer, reference) = (brief(&shown), brief(reference));
    let (relation, reason) = match ruling.outcome {
        Outcome::Equal => ("equals", Reason::CORRECT),
        Outcome::Different => ("is not", Reason::WRONG_ANSWER),
        Outcome::Undecided => ("was not told from", UNDECIDED),
    };
    let message = format!("`{answer}` ({}) {relation} `{reference}`: {ruling}", found.rule.name());
    if ruling.outcome == Outcome::Undecided && options.undecided == Undecided::Error {
        return Err(VerifyError::InvalidReference { field: String::new(), message });
    }
    Ok(Verdict { score: Score::binary(ruling.is_equal()), reason, message, detail })
}

fn wrong(reason: Reason, message: String, detail: Detail) -> Verdict {
    Verdict { score: Score::ZERO, reason, message, detail }
}

fn invalid(field: impl Into<String>, message: impl Into<String>) -> VerifyError {
    VerifyError::InvalidReference { field: field.into(), message: message.into() }
}

/// A reference read; a box in it marks it.
fn acceptable(text: &str) -> Result<Answer, String> {
    if text.trim().is_empty() {
        return Err("an empty answer".to_owned());
    }
    let boxed = text.contains("\\boxed") || text.contains("\\fbox");
    let read = match boxed.then(|| extract(text, &Rules::new(Preset::Boxed))) {
        Some(Ok(found)) => found.read(),
        _ => read(text),
    };
    let answer = read.map_err(|error| error.to_string())?;
    if let Answer::Text(words) = &answer {
        if words.is_empty() {
            return Err("no answer in it".to_owned());
        }
        if !is_balanced(text) {
            return Err("its braces do not balance".to_owned());
        }
    }
    Ok(answer)
}

/// Whether as many braces close as open, none before it opens.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_i64;
    let mut escaped = false;
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// An answer in normal form; of long ones only what they are.
fn shown(answer: &Answer, bytes: usize) -> String {
    if bytes > MAX_SHOWN_BYTES { format!("an answer of {bytes} bytes") } else { print(answer, &Style::default()) }
}

/// A text for a sentence.
fn brief(text: &str) -> std::borrow::Cow<'_, str> {
    cut(text, 120)
}

fn excerpt(text: &str) -> std::borrow::Cow<'_, str> {
    cut(text, MAX_SHOWN_BYTES)
}

fn cut(text: &str, bytes: usize) -> std::borrow::Cow<'_, str> {
    if text.len() <= bytes {
        return text.into();
    }
    let end = (0..=bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}…", text.get(..end).unwrap_or_default()).into()
}
