//! Correction for a sampler whose log-probs differ from the trainer's on the same weights. A constant weight on the policy's term of each token;
//! the KL term is left alone.

use super::{LOG_RATIO_LIMIT, LossMetrics, Token};
use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};

/// What is done with `exp(old - behaviour)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportanceMode {
    /// Nothing.
    #[default]
    Off,
    /// It is the weight, moved to the nearer end of the range where it lies outside.
    Truncated,
    /// It is the weight; a token outside the range weighs 0 and still counts in the normaliser.
    Masked,
}

/// Configuration of the correction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImportanceConfig {
    /// What is done. ProRL v1 has none, v2 has one.
    pub mode: ImportanceMode,
    /// The lower end of the range: 0.5 in ProRL v2.
    pub low: f64,
    /// The upper end of the range: 5 in ProRL v2.
    pub high: f64,
}

impl Default for ImportanceConfig {
    fn default() -> Self {
        Self { mode: ImportanceMode::Off, low: 0.5, high: 5.0 }
    }
}

impl ImportanceConfig {
    pub(super) fn validate(&self) -> Result<(), InvalidSetting> {
        require((0.0..=1.0).contains(&self.low), "loss.importance.low", self.low, "from 0 to 1")?;
        require((1.0..=1e6).contains(&self.high), "loss.importance.high", self.high, "from 1 to 1e6")
    }
}

/// The weight of a token; 1 if nothing is corrected.
pub(super) fn weight(config: &ImportanceConfig, token: &Token, metrics: &mut LossMetrics) -> f64 {
    let Some(behaviour) = token.behaviour else { return 1.0 };
    let ratio = (token.old - behaviour).clamp(-LOG_RATIO_LIMIT, LOG_RATIO_LIMIT).exp();
    let inside = (config.low..=config.high).contains(&ratio);
    metrics.observe_importance(ratio, inside);
    match config.mode {
        ImportanceMode::Off => 1.0,
        ImportanceMode::Truncated => ratio.clamp(config.low, config.high),
        ImportanceMode::Masked => {
            if inside {
                ratio
            } else {
                0.0
            }
        }
    }
}
