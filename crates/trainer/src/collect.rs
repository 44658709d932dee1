//! One step's batch: groups that have something to teach.

use crate::config::RolloutConfig;
use crate::rollout::{Group, Prompt, Roller, Times};
use crate::{Sampler, TrainError, hash};
use gavel_policy::Sampling;
use std::collections::BTreeMap;

/// Counts of what was drawn for a batch, whether it is in it or not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rollouts: u64,
    pub(crate) tokens: u64,
    pub(crate) truncated: u64,
    pub(crate) not_graded: u64,
    pub(crate) score: f64,
    pub(crate) groups: u64,
    pub(crate) groups_without_variance: u64,
    pub(crate) groups_not_graded: u64,
    pub(crate) prompts_too_long: u64,
    pub(crate) rounds: u64,
    /// Judged responses and the sum of their scores, by source.
    pub(crate) sources: BTreeMap<String, (u64, f64)>,
    /// Why responses could not be judged.
    pub(crate) reasons: BTreeMap<String, u64>,
    pub(crate) times: Times,
}

impl Tally {
    fn add(&mut self, group: &Group) {
        self.groups += 1;
        for rollout in &group.rollouts {
            self.rollouts += 1;
            self.tokens += rollout.tokens.len() as u64;
            self.truncated += u64::from(rollout.finish == gavel_policy::Finish::Length);
            let Some(score) = rollout.score else {
                self.not_graded += 1;
                *self.reasons.entry(rollout.reason.clone()).or_default() += 1;
                continue;
            };
            self.score += score;
            let (count, sum) = self.sources.entry(group.source.clone()).or_default();
            *count += 1;
            *sum += score;
        }
        let scores: Vec<f64> = group.rollouts.iter().filter_map(|rollout| rollout.score).collect();
        match scores.as_slice() {
            [] | [_] => self.groups_not_graded += 1,
            [first, rest @ ..] => self.groups_without_variance += u64::from(rest.iter().all(|score| score == first)),
        }
    }
}

/// Draws prompts that fit.
pub(crate) fn draw(
    roller: Roller<'_>,
    sampler: &mut Sampler,
    config: &RolloutConfig,
    seed: u64,
    tally: &mut Tally,
) -> Result<Vec<Prompt>, TrainError> {
    let mut prompts = Vec::with_capacity(config.prompts);
    while prompts.len() < config.prompts {
        let number = sampler.cursor().draws;
        let drawn = sampler.draw(roller.verifier)?;
        let tokens = roller.text.prompt(drawn.item.prompt.as_deref().unwrap_or(""))?;
        if tokens.len() > config.max_prompt_tokens {
            tally.prompts_too_long += 1;
            if tally.prompts_too_long > 1000 + 10 * config.prompts as u64 {
                let message = format!("hardly any prompt has at most {} tokens: raise rollout.max_prompt_tokens", config.max_prompt_tokens);
                return Err(TrainError::Source { name: drawn.source.to_string(), message });
            }
            continue;
        }
        prompts.push(Prompt { source: drawn.source, item: drawn.item, tokens, seed: hash::number(seed, "rollout", &[number]) });
    }
    Ok(prompts)
}

/// Draws a round of prompts and responses to them.
pub(crate) fn round(
    roller: Roller<'_>,
    sampler: &mut Sampler,
    config: &RolloutConfig,
    seed: u64,
    tally: &mut Tally,
) -> Result<Vec<Group>, TrainError> {
    let prompts = draw(roller, sampler, config, seed, tally)?;
    let sampling = Sampling {
        temperature: config.temperature,
        top_p: config.top_p,
        top_k: config.top_k,
        max_tokens: config.max_response_tokens,
        stop: roller.text.stop().to_vec(),
    };
    let (groups, times) = roller.roll_out(&prompts, config.group_size, &sampling)?;
    tally.times.generate += times.generate;
    tally.times.wait += times.wait;
    tally.rounds += 1;
    groups.iter().for_each(|group| tally.add(group));
    Ok(groups)
}
