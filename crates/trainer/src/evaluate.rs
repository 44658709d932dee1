//! What a policy can do on items that it is never trained on.

use crate::config::{RolloutConfig, ValidationConfig};
use crate::rollout::{Group, Prompt, Roller, Times};
use crate::sampler::{fingerprint, seed_for};
use crate::statistics::Successes;
use crate::text::Text;
use crate::{RewardSource, Source, SourceConfig, TrainError, hash};
use gavel_policy::{Finish, Sampling};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The items that a run is measured by, chosen once: training passes over every item that asks the same.
#[derive(Debug)]
pub(crate) struct ValidationSet {
    sources: Vec<(Arc<str>, Vec<Prompt>)>,
    held_out: HashSet<[u8; 32]>,
}

impl ValidationSet {
    /// As many different items of each source as the configuration says.
    ///
    /// # Errors
    /// If a source cannot be used, or has too few different items whose prompts fit.
    pub(crate) fn choose(
        config: &ValidationConfig,
        sources: &[SourceConfig],
        rollout: &RolloutConfig,
        seed: u64,
        text: &Text,
        verifier: &dyn RewardSource,
    ) -> Result<Self, TrainError> {
        let mut set = Self { sources: Vec::new(), held_out: HashSet::new() };
        for source in sources {
            let mut source = Source::open(source, seed_for(seed, "validation"))?;
            let name: Arc<str> = source.name().into();
            let mut prompts = Vec::with_capacity(config.items);
            // A source of few different items repeats them; a file has no more than it has.
            let most = source.len().map_or(20 * config.items as u64 + 100, |length| length as u64);
            for index in 0..most {
                if prompts.len() == config.items {
                    break;
                }
                let item = source.item(index, verifier)?;
                let tokens = text.prompt(item.prompt.as_deref().unwrap_or(""))?;
                if tokens.len() > rollout.max_prompt_tokens || !set.held_out.insert(fingerprint(&item)) {
                    continue;
                }
                let seed = hash::number(seed, "validation item", &[set.sources.len() as u64, prompts.len() as u64]);
                prompts.push(Prompt { source: Arc::clone(&name), item, tokens, seed });
            }
            if prompts.len() < config.items {
                return Err(TrainError::Source {
                    name: name.to_string(),
                    message: format!(
                        "has {} different items with prompts of at most {} tokens, and validation is to have {}",
                        prompts.len(),
                        rollout.max_prompt_tokens,
                        config.items
                    ),
                });
            }
            set.sources.push((name, prompts));
        }
        Ok(set)
    }

    /// What training must not see.
    pub(crate) fn held_out(&self) -> &HashSet<[u8; 32]> {
        &self.held_out
    }

    /// Measures a policy. The same policy gives the same figures.
    ///
    /// # Errors
    /// As [`Roller::roll_out`].
    pub(crate) fn measure(&self, roller: Roller<'_>, config: &ValidationConfig, rollout: &RolloutConfig) -> Result<Measured, TrainError> {
        let sampling = Sampling {
            temperature: config.temperature,
            top_p: config.top_p,
            top_k: 0,
            max_tokens: rollout.max_response_tokens,
            stop: roller.text.stop().to_vec(),
        };
        let mut measured = Measured::default();
        for (name, prompts) in &self.sources {
            let (groups, times) = roller.roll_out(prompts, config.samples, &sampling)?;
            measured.times.generate += times.generate;
            measured.times.wait += times.wait;
            measured.sources.insert(name.to_string(), summary(&groups, config.samples));
            measured.groups.extend(groups);
        }
        Ok(measured)
    }
}

/// What a validation found.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// By source.
    pub(crate) sources: BTreeMap<String, Summary>,
    /// Every response.
    pub(crate) groups: Vec<Group>,
    /// How long it took.
    pub(crate) times: Times,
}

impl Measured {
    /// pass@1, averaged over the sources.
    pub(crate) fn pass_at_1(&self) -> Option<f64> {
        let values: Vec<f64> = self.sources.values().filter_map(|summary| summary.pass_at.get(&1).map(|value| value.mean)).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }
}

/// A mean over items and how far off it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Estimate {
    /// The mean.
    pub(crate) mean: f64,
    /// Half the width of the 95 % interval, from the spread between items; items are what is sampled, so a thousand responses to ten of them do not narrow it.
    pub(crate) half_width: f64,
}

/// What was found on one source.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Summary {
    /// Items with at least one judged response.
    pub(crate) items: usize,
    /// pass@k by k: the unbiased estimate of the share of items of which one of k responses succeeds (score at least 0.99), over items with at least k judged responses.
    pub(crate) pass_at: BTreeMap<usize, Estimate>,
    /// The mean score, partial credit included.
    pub(crate) score: Option<f64>,
    /// Mean tokens of a response.
    pub(crate) tokens: f64,
    /// Share of responses that reached the limit.
    pub(crate) truncated: f64,
    /// Share of responses that could not be judged.
    pub(crate) not_graded: f64,
    /// Share of items whose judged responses all have one score.
    pub(crate) zero_variance: f64,
}

/// The figures of one source's groups.
fn summary(groups: &[Group], samples: usize) -> Summary {
    let rollouts = || groups.iter().flat_map(|group| &group.rollouts);
    let count = rollouts().count().max(1) as f64;
    let scores: Vec<f64> = rollouts().filter_map(|rollout| rollout.score).collect();
    let graded: Vec<Vec<f64>> = groups
        .iter()
        .map(|group| group.rollouts.iter().filter_map(|rollout| rollout.score).collect())
        .filter(|scores: &Vec<f64>| !scores.is_empty())
        .collect();
    let pass_at = std::iter::successors(Some(1), |k| Some(2 * k)).take_while(|&k| k <= samples).filter_map(|k| {
        let successes = graded.iter().filter_map(|scores| Successes::of_scores(scores));
        let values: Vec<f64> = successes.filter_map(|successes| successes.pass_at(u32::try_from(k).ok()?)).collect();
        Some((k, estimate(&values)?))
    });
    let same = graded.iter().filter(|scores| scores.iter().all(|score| score.to_bits() == scores[0].to_bits())).count();
    Summary {
        items: graded.len(),
        pass_at: pass_at.collect(),
        score: (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64),
        tokens: rollouts().map(|rollout| rollout.tokens.len() as f64).sum::<f64>() / count,
        truncated: rollouts().filter(|rollout| rollout.finish == Finish::Length).count() as f64 / count,
        not_graded: rollouts().filter(|rollout| rollout.score.is_none()).count() as f64 / count,
        zero_variance: same as f64 / graded.len().max(1) as f64,
    }
}

/// The mean of values and its 95 % interval, by the normal approximation; `None` of none.
fn estimate(values: &[f64]) -> Option<Estimate> {
    let count = values.len() as f64;
    let mean = (count > 0.0).then(|| values.iter().sum::<f64>() / count)?;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
    Some(Estimate { mean, half_width: 1.96 * (variance / count).sqrt() })
}
