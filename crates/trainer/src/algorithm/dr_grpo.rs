//! Dr. GRPO: minus the group's mean. Without a division by the standard deviation, so that easy and hard prompts weigh what they are.

use crate::statistics::Sample;

/// `R - mean`.
pub(super) fn advantage(reward: f64, group: Sample<'_>) -> f64 {
    reward - group.mean()
}
