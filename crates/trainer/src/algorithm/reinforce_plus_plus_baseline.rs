//! REINFORCE++-baseline: minus the group's mean, then whitened over all tokens of the batch that count in the loss.

use super::GroupRewards;
use crate::statistics::Sample;

/// Added to the variance, as verl does.
const EPSILON: f64 = 1e-8;

/// `R - mean`; [`whiten`] follows.
pub(super) fn advantage(reward: f64, group: Sample<'_>) -> f64 {
    reward - group.mean()
}

/// `(A - mean) / sqrt(var + 1e-8)`: mean and sample variance (divided by n - 1) over tokens, each token carrying its rollout's value, so that a
/// long response weighs more. A batch with fewer than two such tokens is left as it is.
pub(super) fn whiten(values: &mut [Vec<Option<f64>>], batch: &[GroupRewards<'_>]) {
    let weighted = || {
        let rollouts = values.iter().zip(batch).flat_map(|(values, group)| values.iter().zip(group.tokens));
        rollouts.filter_map(|(value, tokens)| value.map(|value| (value, *tokens as f64)))
    };
    let tokens: f64 = weighted().map(|(_, tokens)| tokens).sum();
    if tokens < 2.0 {
        return;
    }
    let mean = weighted().map(|(value, tokens)| value * tokens).sum::<f64>() / tokens;
    let variance = weighted().map(|(value, tokens)| (value - mean).powi(2) * tokens).sum::<f64>() / (tokens - 1.0);
    for value in values.iter_mut().flatten().flatten() {
        *value = (*value - mean) / (variance + EPSILON).sqrt();
    }
}
