//! Stages of a run: lists of overrides of the configuration, each with the condition under which it begins, as in the paper's eight runs. Pure:
//! configurations in and out are TOML tables, and whoever reads the result into a struct finds misspelt keys.
//!
//! ```toml
//! [[stage]]
//! name = "long context"
//! when = { stall = { patience = 3 } }
//! reset = "cleared"
//! set = ["rollout.max_tokens = 16384", "rollout.group_size = 16"]
//! ```

mod overrides;

pub use overrides::{Override, OverrideError, OverrideFault};

use crate::reset::{Observation, ObservationError, OptimizerState, Progress, Stall};
use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};
use toml::Table;

/// One stage. A run begins with the configuration as it is; stages follow in the order of the list, and what one sets stays set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// What it is called in logs.
    pub name: String,
    /// When it begins.
    pub when: When,
    /// If present, the reference policy is reset as the stage begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset: Option<OptimizerState>,
    /// What it changes.
    #[serde(default)]
    pub set: Vec<Override>,
}

/// When a stage begins: as soon as the one before has begun and all of the conditions given hold. At least one must be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// This many steps are completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u64>,
    /// This many steps were completed in the stage before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps_in_stage: Option<u64>,
    /// The last validation result is this or higher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation_at_least: Option<f64>,
    /// Validation has stalled in the stage before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stall: Option<Stall>,
}

impl Stage {
    /// Checks conditions.
    ///
    /// # Errors
    /// Names the first key out of its range.
    pub fn validate(&self) -> Result<(), InvalidSetting> {
        require(!self.name.trim().is_empty(), "stage.name", "empty", "a name")?;
        require(self.when != When::default(), "stage.when", "empty", "at least one of step, steps_in_stage, validation_at_least, stall")?;
        if let Some(least) = self.when.validation_at_least {
            require(least.is_finite(), "stage.when.validation_at_least", least, "a finite number")?;
        }
        self.when.stall.map_or(Ok(()), |stall| stall.validate("stage.when.stall.patience", "stage.when.stall.min_delta"))
    }
}

/// Where a run is in its stages; part of a checkpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageState {
    begun: usize,
    since: u64,
    asked: Option<u64>,
    progress: Progress,
}

impl StageState {
    /// How many stages have begun; 0 before the first.
    pub fn begun(&self) -> usize {
        self.begun
    }

    /// The step after which the last one began.
    pub fn since(&self) -> u64 {
        self.since
    }

    /// Asked between two steps, and at step 0 before the first: the stage that begins now, if one does. At most one begins at a time. Where the stage
    /// has a reset, the caller tells [`ResetState::restart`](crate::reset::ResetState::restart).
    ///
    /// # Errors
    /// If the observation is out of order or its validation not finite. The state stays as it was.
    pub fn after_step<'a>(&mut self, stages: &'a [Stage], seen: Observation) -> Result<Option<&'a Stage>, ObservationError> {
        let step = seen.step;
        if let Some(last) = self.asked.filter(|last| step <= *last) {
            return Err(ObservationError::Order { last, found: step });
        }
        if seen.validation.is_some_and(|metric| !metric.is_finite()) {
            return Err(ObservationError::NotFinite { what: "validation", step });
        }
        self.asked = Some(step);
        let Some(next) = stages.get(self.begun) else { return Ok(None) };
        if let Some(metric) = seen.validation {
            self.progress.observe(metric, next.when.stall.map_or(0.0, |stall| stall.min_delta));
        }
        if !self.holds(&next.when, step) {
            return Ok(None);
        }
        *self = Self { begun: self.begun + 1, since: step, ..*self };
        self.progress.restart();
        Ok(Some(next))
    }

    fn holds(&self, when: &When, step: u64) -> bool {
        let in_stage = step.saturating_sub(self.since);
        when.step.is_none_or(|at| step >= at)
            && when.steps_in_stage.is_none_or(|steps| in_stage >= steps)
            && when.validation_at_least.is_none_or(|least| self.progress.last().is_some_and(|last| last >= least))
            && when.stall.is_none_or(|stall| self.progress.without() >= stall.patience)
    }
}

/// The configuration after the first `begun` stages: `base` with all they set, in order.
///
/// # Errors
/// If an override goes through something that is no table. Call it with all stages before the run begins, and read the result into the
/// configuration: then no stage can fail later.
pub fn configuration(base: &Table, stages: &[Stage], begun: usize) -> Result<Table, OverrideError> {
    let mut table = base.clone();
    for set in stages.iter().take(begun).flat_map(|stage| &stage.set) {
        set.apply(&mut table)?;
    }
    Ok(table)
}

#[cfg(test)]
mod tests;
