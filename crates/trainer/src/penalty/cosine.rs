//! A reward by length: short right answers earn more, and so do long wrong ones.

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// The cosine reward of "Demystifying Long Chain-of-Thought Reasoning in LLMs" (arXiv 2502.03373, section 4), from the first value at no token to
/// the second at `max_tokens`: `last + (first - last) / 2 * (1 + cos(pi * tokens / max_tokens))`.
///
/// Ours: a score between 0 and 1 is mixed from both curves, `score * correct + (1 - score) * wrong`; the paper has right and wrong only. The
/// paper's numbers are 2 to 1, -10 to 0 and -10 beyond; ProRL v2 does not print its own, so there are no defaults.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cosine {
    /// Where the curves end, in tokens.
    pub max_tokens: usize,
    /// First and last value for a score of 1.
    pub correct: [f64; 2],
    /// First and last value for a score of 0.
    pub wrong: [f64; 2],
    /// The reward of a truncated response, whatever its score; absent, the curves go on to their ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exceeded: Option<f64>,
    /// When the penalty is on; absent, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Cycle>,
}

/// On for some updates, then off for some, again and again, beginning with on. In ProRL v2 about 100 and 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// Updates it is on.
    pub on: u64,
    /// Updates it is off.
    pub off: u64,
}

impl Cycle {
    /// Whether it is on at `update`, counted from 0.
    pub fn is_on(self, update: u64) -> bool {
        update % self.on.saturating_add(self.off).max(1) < self.on
    }
}

impl Cosine {
    pub(super) fn validate(&self) -> Result<(), InvalidSetting> {
        const RANGE: &str = "two numbers from -100 to 100";
        let inside = |values: &[f64]| values.iter().all(|value| (-100.0..=100.0).contains(value));
        require(self.max_tokens > 0, "penalty.cosine.max_tokens", self.max_tokens, "at least 1")?;
        require(inside(&self.correct), "penalty.cosine.correct", format_args!("{:?}", self.correct), RANGE)?;
        require(inside(&self.wrong), "penalty.cosine.wrong", format_args!("{:?}", self.wrong), RANGE)?;
        if let Some(exceeded) = self.exceeded {
            require(inside(&[exceeded]), "penalty.cosine.exceeded", exceeded, "from -100 to 100")?;
        }
        self.schedule.map_or(Ok(()), |cycle| require(cycle.on > 0, "penalty.cosine.schedule.on", cycle.on, "at least 1"))
    }

    pub(super) fn reward(&self, score: f64, tokens: usize, truncated: bool) -> f64 {
        if let Some(exceeded) = self.exceeded.filter(|_| truncated) {
            return exceeded;
        }
        let progress = tokens.min(self.max_tokens) as f64 / self.max_tokens.max(1) as f64;
        let curve = |[first, last]: [f64; 2]| last + 0.5 * (first - last) * (1.0 + (PI * progress).cos());
        score * curve(self.correct) + (1.0 - score) * curve(self.wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_numbers() {
        let cosine = Cosine { max_tokens: 100, correct: [2.0, 1.0], wrong: [-10.0, 0.0], exceeded: Some(-10.0), schedule: None };
        for (score, tokens, truncated, expect) in [
            (1.0, 0, false, 2.0),
            (1.0, 50, false, 1.5),
            (1.0, 100, false, 1.0),
            (0.0, 0, false, -10.0),
            (0.0, 50, false, -5.0),
            (0.0, 200, false, 0.0),
            (0.5, 50, false, -1.75),
            (1.0, 100, true, -10.0),
        ] {
            let found = cosine.reward(score, tokens, truncated);
            assert!((found - expect).abs() < 1e-12, "{score} {tokens}: {found} is not {expect}");
        }
    }

    #[test]
    fn an_endless_cycle_stays_on() {
        assert!(Cycle { on: u64::MAX, off: u64::MAX }.is_on(u64::MAX - 1));
    }
}
