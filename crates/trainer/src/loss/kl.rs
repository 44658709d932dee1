//! Estimates of the distance to the reference policy from sampled tokens (Schulman, "Approximating KL Divergence", 2020).

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};

/// How the distance is estimated from `d = log pi - log pi_ref` of a sampled token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Estimator {
    /// `d`: unbiased as a number. **Has no gradient of use as a loss**: its derivative is 1 for every token whatever the reference says, and
    /// `E[grad log pi] = 0`, so that it adds noise and no pull. For comparison only.
    K1,
    /// `d^2 / 2`: its gradient is that of the KL divergence on-policy. ProRL's code uses this.
    #[default]
    K2,
    /// `exp(-d) - 1 + d`: never negative, unbiased as a number (GRPO, arXiv 2402.03300, eq. 4).
    K3,
}

/// Configuration of the KL term.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KlConfig {
    /// How it is estimated.
    pub estimator: Estimator,
    /// Its weight in the loss. 5e-4 in the authors' script, 1e-4 in NeMo-RL's recipe, 1e-3 verl's default; the paper does not print it.
    pub coefficient: f64,
    /// `d` is clamped to this on both sides; beyond, the term is constant and has no gradient.
    pub clamp: f64,
}

impl Default for KlConfig {
    fn default() -> Self {
        Self { estimator: Estimator::K2, coefficient: 5e-4, clamp: 20.0 }
    }
}

impl KlConfig {
    pub(super) fn validate(&self) -> Result<(), InvalidSetting> {
        require((0.0..=100.0).contains(&self.coefficient), "loss.kl.coefficient", self.coefficient, "from 0 to 100")?;
        require(self.clamp > 0.0 && self.clamp <= 20.0, "loss.kl.clamp", self.clamp, "greater than 0 and at most 20")
    }
}

impl Estimator {
    /// The estimate of one token.
    pub(crate) fn value(self, d: f64) -> f64 {
        match self {
            Self::K1 => d,
            Self::K2 => 0.5 * d * d,
            Self::K3 => (-d).exp_m1() + d,
        }
    }

    /// Its derivative by the policy's log-prob.
    fn slope(self, d: f64) -> f64 {
        match self {
            Self::K1 => 1.0,
            Self::K2 => d,
            Self::K3 => -(-d).exp_m1(),
        }
    }
}

/// Value and derivative, clamped.
pub(super) fn estimate(config: &KlConfig, d: f64) -> (f64, f64) {
    let clamped = d.clamp(-config.clamp, config.clamp);
    let slope = if d.abs() <= config.clamp { config.estimator.slope(d) } else { 0.0 };
    (config.estimator.value(clamped), slope)
}
