//! What a scorer says of an answer.

use gavel_task::Reason;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Whose rules decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Ours: upstream's documented defects repaired, nothing for answers that are wrong, unreadable or merely contain the solution.
    #[default]
    Strict,
    /// The score of `reasoning-gym` 0.1.25, to compare with published numbers. Where it raises an exception the score is 0.
    Parity,
}

impl Mode {
    /// Whether this is [`Mode::Parity`].
    pub fn is_parity(self) -> bool {
        self == Self::Parity
    }

    /// What upstream gives for an answer that earns nothing: `score` in parity, 0 in strict.
    pub fn floor(self, score: f64) -> f64 {
        if self.is_parity() { score } else { 0.0 }
    }
}

/// A score with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// In [0, 1].
    pub score: f64,
    /// Why, for machines.
    pub reason: Reason,
    /// Why, for people; may be empty.
    pub message: Cow<'static, str>,
}

impl Grade {
    const PARTLY_CORRECT: Reason = Reason::new("partly_correct");
    const UNREADABLE: Reason = Reason::new("unreadable_answer");
    const NO_ANSWER: Reason = Reason::new("no_answer");

    /// Right or wrong.
    pub fn binary(right: bool) -> Self {
        Self::of(if right { 1.0 } else { 0.0 })
    }

    /// A score that speaks for itself: 1 is correct, 0 is wrong, between is partly correct. What lies outside [0, 1] is brought to its edge.
    pub fn of(score: f64) -> Self {
        let reason = match score {
            score if score >= 1.0 => Reason::CORRECT,
            score if score > 0.0 => Self::PARTLY_CORRECT,
            _ => Reason::WRONG_ANSWER,
        };
        // An empty sum of floats is -0.0.
        Self { score: score.clamp(0.0, 1.0) + 0.0, reason, message: Cow::Borrowed("") }
    }

    /// An answer in none of the forms that the puzzle asks for.
    pub fn unreadable(message: impl Into<Cow<'static, str>>) -> Self {
        Self { score: 0.0, reason: Self::UNREADABLE, message: message.into() }
    }

    /// No answer at all.
    pub fn missing() -> Self {
        Self { score: 0.0, reason: Self::NO_ANSWER, message: Cow::Borrowed("") }
    }

    /// This grade with a word to people.
    #[must_use]
    pub fn because(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.message = message.into();
        self
    }

    /// This grade with another score: upstream's floors for answers that it cannot read.
    #[must_use]
    pub fn scoring(mut self, score: f64) -> Self {
        self.score = score;
        self
    }
}
