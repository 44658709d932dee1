//! Advantages: how good each rollout was, compared with others. Knows rewards and token counts only; losses are in [`crate::loss`].
//!
//! A rollout without a reward was not graded: it takes no part in any mean and gets no advantage. A group with fewer than two graded rollouts
//! has nothing to compare and is dropped. Advantages are made once over the whole batch, before it is cut into mini-batches.

mod dr_grpo;
mod grpo;
mod reinforce_plus_plus_baseline;
mod rloo;

use crate::setting::{InvalidSetting, require};
use crate::statistics::{STRICT_SUCCESS, Sample};
use serde::{Deserialize, Serialize};

/// How rewards become advantages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// Minus the group's mean, over the group's standard deviation (ProRL, arXiv 2505.24864, eq. 2).
    #[default]
    Grpo,
    /// Minus the group's mean (Dr. GRPO, arXiv 2503.20783).
    DrGrpo,
    /// Minus the mean of the group's other rollouts (RLOO, arXiv 2402.14740).
    Rloo,
    /// Minus the group's mean, then whitened over all tokens of the batch (REINFORCE++-baseline, arXiv 2501.03262).
    ReinforcePlusPlusBaseline,
}

/// Configuration of advantages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdvantageConfig {
    /// How they are made.
    pub algorithm: Algorithm,
    /// Added at the end to the advantage of a rollout whose raw score is a strict success: 0 in ProRL v1, 0.1 in v2.
    pub correct_bonus: f32,
}

impl AdvantageConfig {
    /// Checks ranges.
    ///
    /// # Errors
    /// Names the first key out of its range.
    pub fn validate(&self) -> Result<(), InvalidSetting> {
        require((0.0..=10.0).contains(&self.correct_bonus), "advantage.correct_bonus", self.correct_bonus, "from 0 to 10")
    }
}

/// What advantages are made from: the rollouts of one prompt. The three slices run in parallel.
#[derive(Clone, Copy, Debug)]
pub struct GroupRewards<'a> {
    /// Shaped rewards; `None` was not graded.
    pub rewards: &'a [Option<f32>],
    /// Raw scores, read only for [`AdvantageConfig::correct_bonus`].
    pub scores: &'a [Option<f32>],
    /// Tokens of each response that count in the loss: 0 for one that was filtered out.
    pub tokens: &'a [usize],
}

/// Advantages of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Advantages {
    /// One per rollout, in the order given; `None` for one that was not graded or whose group was dropped.
    pub groups: Vec<Vec<Option<f32>>>,
    /// Groups with fewer than two graded rollouts.
    pub dropped_groups: usize,
    /// Rollouts without a reward.
    pub not_graded: usize,
    /// Groups, of those not dropped, whose rewards are all equal.
    pub zero_variance_groups: usize,
}

/// Why there are no advantages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdvantageError {
    /// The slices of a group differ in length.
    #[error("group {group} has {rewards} rewards, {scores} scores and {tokens} token counts")]
    Length {
        /// Index of the group.
        group: usize,
        /// Rewards in it.
        rewards: usize,
        /// Scores in it.
        scores: usize,
        /// Token counts in it.
        tokens: usize,
    },
    /// A reward is NaN or infinite.
    #[error("the reward of rollout {rollout} of group {group} is not a finite number")]
    NotFinite {
        /// Index of the group.
        group: usize,
        /// Index of the rollout in its group.
        rollout: usize,
    },
    /// An advantage does not fit into 32 bits.
    #[error("the advantage of rollout {rollout} of group {group} is too large")]
    Overflow {
        /// Index of the group.
        group: usize,
        /// Index of the rollout in its group.
        rollout: usize,
    },
}

/// Makes the advantages of a batch.
///
/// # Errors
/// If a reward is not finite, or the slices of a group differ in length.
pub fn advantages(config: &AdvantageConfig, batch: &[GroupRewards<'_>]) -> Result<Advantages, AdvantageError> {
    let mut made = Advantages { groups: Vec::with_capacity(batch.len()), dropped_groups: 0, not_graded: 0, zero_variance_groups: 0 };
    let mut values: Vec<Vec<Option<f64>>> = Vec::with_capacity(batch.len());
    for (index, group) in batch.iter().enumerate() {
        let graded = graded(index, group)?;
        made.not_graded += group.rewards.len() - graded.len();
        let sample = Sample::new(&graded).filter(|sample| sample.len() >= 2);
        let Some(sample) = sample else {
            made.dropped_groups += 1;
            values.push(vec![None; group.rewards.len()]);
            continue;
        };
        made.zero_variance_groups += usize::from(graded.iter().all(|reward| *reward == graded[0]));
        let advantage = |reward: f64| match config.algorithm {
            Algorithm::Grpo => grpo::advantage(reward, sample),
            Algorithm::DrGrpo => dr_grpo::advantage(reward, sample),
            Algorithm::Rloo => rloo::advantage(reward, sample),
            Algorithm::ReinforcePlusPlusBaseline => reinforce_plus_plus_baseline::advantage(reward, sample),
        };
        values.push(group.rewards.iter().map(|reward| reward.map(|reward| advantage(f64::from(reward)))).collect());
    }
    if config.algorithm == Algorithm::ReinforcePlusPlusBaseline {
        reinforce_plus_plus_baseline::whiten(&mut values, batch);
    }
    for (index, (values, group)) in values.into_iter().zip(batch).enumerate() {
        made.groups.push(finish(config, index, &values, group.scores)?);
    }
    Ok(made)
}

/// The rewards there are.
fn graded(index: usize, group: &GroupRewards<'_>) -> Result<Vec<f64>, AdvantageError> {
    let (rewards, scores, tokens) = (group.rewards.len(), group.scores.len(), group.tokens.len());
    if scores != rewards || tokens != rewards {
        return Err(AdvantageError::Length { group: index, rewards, scores, tokens });
    }
    if let Some(rollout) = group.rewards.iter().position(|reward| reward.is_some_and(|reward| !reward.is_finite())) {
        return Err(AdvantageError::NotFinite { group: index, rollout });
    }
    Ok(group.rewards.iter().flatten().copied().map(f64::from).collect())
}

/// Adds the bonus and narrows to 32 bits.
fn finish(
    config: &AdvantageConfig,
    group: usize,
    values: &[Option<f64>],
    scores: &[Option<f32>],
) -> Result<Vec<Option<f32>>, AdvantageError> {
    let mut narrow = Vec::with_capacity(values.len());
    for (rollout, (value, score)) in values.iter().zip(scores).enumerate() {
        let correct = score.is_some_and(|score| f64::from(score) >= STRICT_SUCCESS);
        let value = value.map(|value| (value + if correct { f64::from(config.correct_bonus) } else { 0.0 }) as f32);
        if value.is_some_and(|value| !value.is_finite()) {
            return Err(AdvantageError::Overflow { group, rollout });
        }
        narrow.push(value);
    }
    Ok(narrow)
}

#[cfg(test)]
mod tests;
