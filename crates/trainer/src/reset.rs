//! When the reference policy becomes a copy of the policy. Decides, with a reason; copies nothing.
//!
//! There is one question, asked once between two steps, so that no reset can fall into a step. After a reset the KL to the reference reads 0.

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What happens to the optimizer's moments at a reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptimizerState {
    /// They are set to zero (ProRL v1).
    #[default]
    Cleared,
    /// They stay (ProRL v2).
    Kept,
}

/// Configuration of resets. Each trigger works by itself, any of them is enough; without one there is never a reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResetConfig {
    /// What happens to the optimizer.
    pub optimizer: OptimizerState,
    /// No trigger works within this many steps after a reset, or after the beginning.
    pub cooldown_steps: u64,
    /// Every so many steps: 200 to 500 in ProRL v2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// When validation no longer gets better.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stall: Option<Stall>,
    /// When the policy runs away from its reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kl_spike: Option<KlSpike>,
}

/// Validation counts as stalled after `patience` results in a row that are not better than the best by more than `min_delta`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stall {
    /// Results in a row.
    pub patience: u32,
    /// What counts as better, in the units of the metric; a higher metric is better.
    #[serde(default)]
    pub min_delta: f64,
}

/// KL counts as a spike after `consecutive` steps in a row above `threshold`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KlSpike {
    /// Nats per token.
    pub threshold: f64,
    /// Steps in a row.
    #[serde(default = "one")]
    pub consecutive: u32,
}

fn one() -> u32 {
    1
}

impl ResetConfig {
    /// Checks ranges.
    ///
    /// # Errors
    /// Names the first key out of its range.
    pub fn validate(&self) -> Result<(), InvalidSetting> {
        if let Some(every) = self.every {
            require(every > 0, "reset.every", every, "at least 1; leave it out for never")?;
        }
        if let Some(stall) = self.stall {
            stall.validate("reset.stall.patience", "reset.stall.min_delta")?;
        }
        if let Some(spike) = self.kl_spike {
            let threshold = spike.threshold;
            require(threshold > 0.0 && threshold.is_finite(), "reset.kl_spike.threshold", threshold, "greater than 0")?;
            require(spike.consecutive > 0, "reset.kl_spike.consecutive", spike.consecutive, "at least 1")?;
        }
        Ok(())
    }
}

impl Stall {
    pub(crate) fn validate(&self, patience: &'static str, min_delta: &'static str) -> Result<(), InvalidSetting> {
        require(self.patience > 0, patience, self.patience, "at least 1")?;
        require(self.min_delta >= 0.0 && self.min_delta.is_finite(), min_delta, self.min_delta, "0 or more")
    }
}

/// Follows a validation metric; part of a checkpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    best: Option<f64>,
    last: Option<f64>,
    without: u32,
}

impl Progress {
    /// Notes a result.
    pub(crate) fn observe(&mut self, metric: f64, min_delta: f64) {
        self.last = Some(metric);
        if self.best.is_none_or(|best| metric > best + min_delta) {
            self.best = Some(metric);
            self.without = 0;
        } else {
            self.without = self.without.saturating_add(1);
        }
    }

    /// Results in a row that were no progress.
    pub(crate) fn without(&self) -> u32 {
        self.without
    }

    /// The last result.
    pub(crate) fn last(&self) -> Option<f64> {
        self.last
    }

    /// Begins anew: what comes is compared with the last result, not with the best there ever was.
    pub(crate) fn restart(&mut self) {
        *self = Self { best: self.last, last: self.last, without: 0 };
    }
}

/// Why a reset happens.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// It is time.
    Every {
        /// Steps since the last one.
        steps: u64,
    },
    /// Validation no longer gets better.
    Stall {
        /// Results in a row that were no progress.
        validations: u32,
        /// The best result.
        best: f64,
        /// The last result.
        last: f64,
    },
    /// The policy ran away from its reference.
    KlSpike {
        /// Nats per token.
        kl: f64,
        /// Steps in a row above the threshold.
        steps: u32,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every { steps } => write!(f, "{steps} steps since the last reset"),
            Self::Stall { validations, best, last } => {
                write!(f, "{validations} validations without progress, last {last:.4}, best {best:.4}")
            }
            Self::KlSpike { kl, steps } => write!(f, "KL to the reference {kl:.4} nats per token, above the threshold for {steps} steps"),
        }
    }
}

/// A reset that is to be made now.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reset {
    /// Why. Where several triggers agree: spike before stall before time.
    pub reason: Reason,
    /// What happens to the optimizer.
    pub optimizer: OptimizerState,
}

/// What was seen since the question was last asked.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// Steps completed; greater than at the last question.
    pub step: u64,
    /// Mean KL to the reference over the tokens of the step, in nats. `None` where it was not measured.
    pub kl: Option<f64>,
    /// The validation metric, if there was a validation. Higher is better.
    pub validation: Option<f64>,
}

/// An observation that is none.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ObservationError {
    /// Asked twice between the same two steps, or backwards.
    #[error("step {found} does not come after step {last}")]
    Order {
        /// The step before.
        last: u64,
        /// The step given.
        found: u64,
    },
    /// NaN or infinity.
    #[error("{what} of step {step} is not a finite number")]
    NotFinite {
        /// `kl` or `validation`.
        what: &'static str,
        /// The step.
        step: u64,
    },
}

/// The state, part of a checkpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResetState {
    step: u64,
    last_reset: u64,
    progress: Progress,
    kl_above: u32,
}

impl ResetState {
    /// The step after which the last reset was made; 0 before the first.
    pub fn last_reset(&self) -> u64 {
        self.last_reset
    }

    /// The question, asked once after each step. If there is an answer, the reset is made before the next step begins; the state already counts it.
    ///
    /// # Errors
    /// If the observation is out of order or not finite. The state stays as it was.
    pub fn after_step(&mut self, config: &ResetConfig, seen: Observation) -> Result<Option<Reset>, ObservationError> {
        let step = seen.step;
        if step <= self.step {
            return Err(ObservationError::Order { last: self.step, found: step });
        }
        for (what, value) in [("kl", seen.kl), ("validation", seen.validation)] {
            if value.is_some_and(|value| !value.is_finite()) {
                return Err(ObservationError::NotFinite { what, step });
            }
        }
        self.step = step;
        if let (Some(kl), Some(spike)) = (seen.kl, config.kl_spike) {
            self.kl_above = if kl > spike.threshold { self.kl_above.saturating_add(1) } else { 0 };
        }
        if let Some(metric) = seen.validation {
            self.progress.observe(metric, config.stall.map_or(0.0, |stall| stall.min_delta));
        }
        let Some(reason) = self.reason(config, seen) else { return Ok(None) };
        self.restart(step);
        Ok(Some(Reset { reason, optimizer: config.optimizer }))
    }

    /// Notes a reset that was asked for elsewhere, by a stage or by hand.
    pub fn restart(&mut self, step: u64) {
        self.last_reset = step;
        self.kl_above = 0;
        self.progress.restart();
    }

    fn reason(&self, config: &ResetConfig, seen: Observation) -> Option<Reason> {
        let steps = seen.step.saturating_sub(self.last_reset);
        if steps < config.cooldown_steps {
            return None;
        }
        let spike = config.kl_spike.filter(|spike| self.kl_above >= spike.consecutive.max(1)).and(seen.kl);
        if let Some(kl) = spike {
            return Some(Reason::KlSpike { kl, steps: self.kl_above });
        }
        // With a cooldown, patience may have run out before the question could be answered: any step may then answer it.
        let stalled = config.stall.is_some_and(|stall| self.progress.without >= stall.patience.max(1));
        if let (true, Some(best), Some(last)) = (stalled, self.progress.best, self.progress.last) {
            return Some(Reason::Stall { validations: self.progress.without, best, last });
        }
        config.every.is_some_and(|every| steps >= every).then_some(Reason::Every { steps })
    }
}

#[cfg(test)]
mod tests;
