//! GRPO: minus the group's mean, over its standard deviation.

use crate::statistics::Sample;

/// Added to the standard deviation, as verl does.
const EPSILON: f64 = 1e-6;

/// `(R - mean) / (std + 1e-6)` with the sample standard deviation (divided by n - 1), as in verl and TRL; the paper does not say which.
pub(super) fn advantage(reward: f64, group: Sample<'_>) -> f64 {
    // A single rollout never gets here: groups of fewer than two are dropped.
    (reward - group.mean()) / (group.std().unwrap_or_default() + EPSILON)
}
