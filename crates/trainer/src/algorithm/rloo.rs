//! RLOO: minus the mean of the other rollouts of the group, an unbiased baseline.

use crate::statistics::Sample;

/// `R - mean of the others`, which is `n / (n - 1) * (R - mean)`.
pub(super) fn advantage(reward: f64, group: Sample<'_>) -> f64 {
    let n = group.len() as f64;
    n / (n - 1.0) * (reward - group.mean())
}
