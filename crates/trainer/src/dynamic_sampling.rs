//! Dynamic sampling: prompts are generated until enough groups teach something. A state machine that is told about groups and asked for batches;
//! it generates nothing.
//!
//! Groups beyond a full batch stay for the next step. They were sampled by an older policy: old log-probs are made anew when they are used, and
//! the importance correction of the loss sees the difference to the sampler.

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// What happens when the cap is reached and the batch is not full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenExhausted {
    /// The run ends with an error, as in ProRL.
    #[default]
    Error,
    /// The step is made with the groups there are; without any it is an error all the same.
    Proceed,
}

/// Configuration of dynamic sampling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DynamicSamplingConfig {
    /// Whether groups of equal rewards are left out. Off, only groups with fewer than two graded rollouts are.
    pub enabled: bool,
    /// Generation batches per step.
    pub max_generation_batches: u32,
    /// What happens after that.
    pub when_exhausted: WhenExhausted,
}

impl Default for DynamicSamplingConfig {
    fn default() -> Self {
        Self { enabled: true, max_generation_batches: 10, when_exhausted: WhenExhausted::Error }
    }
}

impl DynamicSamplingConfig {
    /// Checks ranges.
    ///
    /// # Errors
    /// Names the first key out of its range.
    pub fn validate(&self) -> Result<(), InvalidSetting> {
        let batches = self.max_generation_batches;
        require(batches > 0, "dynamic_sampling.max_generation_batches", batches, "at least 1")
    }
}

/// What became of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It will be used, in this step or the next.
    Kept,
    /// All its rewards are equal.
    ZeroVariance,
    /// Fewer than two rollouts were graded.
    TooFewGraded,
}

/// How far a step is.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress<G> {
    /// Another generation batch is needed.
    Generate {
        /// Groups still missing.
        missing: usize,
    },
    /// The groups of the step.
    Ready(Batch<G>),
}

/// The groups of a step, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch<G> {
    /// The groups: as many as were asked for, or fewer after [`WhenExhausted::Proceed`].
    pub groups: Vec<G>,
    /// How it came about.
    pub counts: Counts,
}

/// What was offered during a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Generation batches.
    pub generation_batches: u32,
    /// Groups kept.
    pub kept: u64,
    /// Groups of equal rewards.
    pub zero_variance: u64,
    /// Groups with fewer than two graded rollouts.
    pub too_few_graded: u64,
}

/// The cap was reached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "after {} generation batches {found} of {needed} groups can be learned from ({} had equal rewards, {} fewer than two graded rollouts); \
     take easier or harder tasks, more rollouts per prompt, a larger `dynamic_sampling.max_generation_batches`, or `when_exhausted = \"proceed\"`",
    counts.generation_batches, counts.zero_variance, counts.too_few_graded
)]
pub struct Exhausted {
    /// Groups there are; they are still kept.
    pub found: usize,
    /// Groups needed.
    pub needed: usize,
    /// What was offered.
    pub counts: Counts,
}

/// The state, part of a checkpoint. `G` is a group with whatever belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DynamicSampling<G> {
    kept: VecDeque<G>,
    counts: Counts,
}

impl<G> Default for DynamicSampling<G> {
    fn default() -> Self {
        Self { kept: VecDeque::new(), counts: Counts::default() }
    }
}

impl<G> DynamicSampling<G> {
    /// Groups kept so far, those of earlier steps included.
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Offers a group with its shaped rewards, `None` for a rollout that was not graded. Rewards are finite: [`crate::penalty::shape`] sees to that.
    pub fn offer(&mut self, config: &DynamicSamplingConfig, group: G, rewards: &[Option<f32>]) -> Offer {
        let mut graded = rewards.iter().flatten();
        let Some(first) = graded.next().filter(|_| graded.clone().next().is_some()) else {
            self.counts.too_few_graded += 1;
            return Offer::TooFewGraded;
        };
        // The standard deviation is 0 exactly when all are equal; asked this way, rounding has no say.
        if config.enabled && graded.all(|reward| reward == first) {
            self.counts.zero_variance += 1;
            return Offer::ZeroVariance;
        }
        self.counts.kept += 1;
        self.kept.push_back(group);
        Offer::Kept
    }

    /// Notes that all groups of a generation batch have been offered.
    pub fn end_generation_batch(&mut self) {
        self.counts.generation_batches += 1;
    }

    /// Asks for a step of `needed` groups: at its beginning, and after each generation batch. A batch that is ready ends the step; what is left over
    /// stays.
    ///
    /// # Errors
    /// If the cap is reached; the groups stay, the counts begin anew.
    pub fn progress(&mut self, config: &DynamicSamplingConfig, needed: usize) -> Result<Progress<G>, Exhausted> {
        let found = self.kept.len();
        let capped = self.counts.generation_batches >= config.max_generation_batches;
        if found < needed && !capped {
            return Ok(Progress::Generate { missing: needed - found });
        }
        let counts = std::mem::take(&mut self.counts);
        if found < needed && (config.when_exhausted == WhenExhausted::Error || found == 0) {
            return Err(Exhausted { found, needed, counts });
        }
        Ok(Progress::Ready(Batch { groups: self.kept.drain(..needed.min(found)).collect(), counts }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIXED: [Option<f32>; 2] = [Some(0.0), Some(1.0)];
    const EQUAL: [Option<f32>; 3] = [Some(0.1), None, Some(0.1)];

    fn config(when_exhausted: WhenExhausted) -> DynamicSamplingConfig {
        DynamicSamplingConfig { max_generation_batches: 2, when_exhausted, ..Default::default() }
    }

    #[test]
    fn surplus_is_used_first() {
        let config = config(WhenExhausted::Error);
        let mut state = DynamicSampling::default();
        assert_eq!(state.progress(&config, 2), Ok(Progress::Generate { missing: 2 }));
        assert_eq!(state.offer(&config, 1, &MIXED), Offer::Kept);
        assert_eq!(state.offer(&config, 2, &EQUAL), Offer::ZeroVariance);
        assert_eq!(state.offer(&config, 3, &[None, Some(1.0)]), Offer::TooFewGraded);
        state.end_generation_batch();
        assert_eq!(state.progress(&config, 2), Ok(Progress::Generate { missing: 1 }));
        for group in 4..8 {
            state.offer(&config, group, &MIXED);
        }
        state.end_generation_batch();
        let counts = Counts { generation_batches: 2, kept: 5, zero_variance: 1, too_few_graded: 1 };
        assert_eq!(state.progress(&config, 2), Ok(Progress::Ready(Batch { groups: vec![1, 4], counts })));
        // The next step is full before it begins.
        let next = Batch { groups: vec![5, 6], counts: Counts::default() };
        assert_eq!(state.progress(&config, 2), Ok(Progress::Ready(next)));
        assert_eq!(state.progress(&config, 2), Ok(Progress::Generate { missing: 1 }));
    }

    #[test]
    fn the_cap() {
        for (when, groups, ready) in
            [(WhenExhausted::Error, 1, false), (WhenExhausted::Proceed, 1, true), (WhenExhausted::Proceed, 0, false)]
        {
            let config = config(when);
            let mut state = DynamicSampling::default();
            for group in 0..groups {
                state.offer(&config, group, &MIXED);
            }
            state.end_generation_batch();
            assert_eq!(state.progress(&config, 3), Ok(Progress::Generate { missing: 3 - groups }));
            state.end_generation_batch();
            match state.progress(&config, 3) {
                Ok(Progress::Ready(batch)) => assert!(ready && batch.groups == [0]),
                Ok(Progress::Generate { .. }) => panic!("beyond the cap"),
                Err(error) => assert!(!ready && error.found == groups && error.counts.generation_batches == 2, "{error}"),
            }
        }
    }

    #[test]
    fn switched_off_equal_rewards_stay() {
        let config = DynamicSamplingConfig { enabled: false, ..Default::default() };
        let mut state = DynamicSampling::default();
        assert_eq!(state.offer(&config, 1, &EQUAL), Offer::Kept);
        assert_eq!(state.offer(&config, 2, &[]), Offer::TooFewGraded);
    }

    proptest! {
        #[test]
        fn every_kept_group_is_used_once_and_in_order(
            batches in proptest::collection::vec(proptest::collection::vec(any::<bool>(), 0..6), 0..20),
            needed in 1_usize..5,
        ) {
            let config = DynamicSamplingConfig { max_generation_batches: 1000, ..Default::default() };
            let mut state = DynamicSampling::default();
            let (mut expect, mut used, mut index) = (Vec::new(), Vec::new(), 0_u32);
            for batch in batches {
                for learnable in batch {
                    let rewards = [Some(0.0), Some(f32::from(u8::from(learnable)))];
                    if state.offer(&config, index, &rewards) == Offer::Kept {
                        expect.push(index);
                    }
                    index += 1;
                }
                state.end_generation_batch();
                // A checkpoint in between changes nothing.
                state = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
                while let Progress::Ready(batch) = state.progress(&config, needed).unwrap() {
                    prop_assert_eq!(batch.groups.len(), needed);
                    used.extend(batch.groups);
                }
            }
            prop_assert_eq!(used.len() + state.kept(), expect.len());
            prop_assert_eq!(&used[..], &expect[..used.len()]);
        }
    }
}
