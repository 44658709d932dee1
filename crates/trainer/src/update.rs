//! One step's learning: from judged groups to weights that have moved.

use crate::TrainError;
use crate::algorithm::{GroupRewards, advantages};
use crate::config::{OptimizerConfig, RunConfig};
use crate::loss::{LossError, LossInputs, LossMetrics, Normaliser, loss};
use crate::optimizer::AdamW;
use crate::rollout::{Group, Rollout};
use gavel_policy::{Gradients, Model, Scores, Sequence};
use std::ops::Range;

/// Shaped rewards and what of a batch counts in the loss, rollout by rollout.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shaped {
    /// By group and rollout; `None` was not graded.
    pub(crate) rewards: Vec<Vec<Option<f32>>>,
    /// Whether the rollout counts: not if it was truncated and those are filtered.
    pub(crate) counts: Vec<Vec<bool>>,
}

/// What an update did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Learned {
    pub(crate) metrics: LossMetrics,
    pub(crate) loss: f64,
    /// Norms of the gradients of all updates, before they were cut.
    pub(crate) gradient_norms: Vec<f64>,
    /// Updates whose gradient was no number, and which moved nothing.
    pub(crate) skipped_updates: u64,
    pub(crate) dropped_groups: usize,
    pub(crate) filtered: u64,
    pub(crate) before: Before,
    /// Tokens that went through the model to learn, prompts included.
    pub(crate) tokens: u64,
}

/// A rollout with something to learn from.
struct Example<'a> {
    group: usize,
    rollout: &'a Rollout,
    sequence: Sequence<'a>,
    advantage: f32,
    mask: Vec<bool>,
    old: Vec<f32>,
    reference: Option<Vec<f32>>,
}

/// Who learns, and from whom it is not to stray.
pub(crate) struct Learner<'a> {
    pub(crate) config: &'a RunConfig,
    pub(crate) model: &'a mut Model,
    pub(crate) reference: &'a Model,
    pub(crate) adam: &'a mut AdamW,
    pub(crate) learning_rate: f64,
}

impl Learner<'_> {
    /// Learns from one step's groups.
    pub(crate) fn learn(&mut self, groups: &[Group], shaped: &Shaped) -> Result<Learned, TrainError> {
        let mut learned = Learned::default();
        let mut examples = self.examples(groups, shaped, &mut learned)?;
        if self.config.loss.kl.coefficient > 0.0 {
            self.refer(&mut examples)?;
        }
        let optimizer = &self.config.optimizer;
        let updates = optimizer.mini_batches * optimizer.epochs;
        if updates > 1 {
            self.score_old(&mut examples, &mut learned)?;
        }
        for _ in 0..optimizer.epochs {
            for groups in mini_batches(groups.len(), optimizer.mini_batches) {
                let start = examples.partition_point(|example| example.group < groups.start);
                let end = examples.partition_point(|example| example.group < groups.end);
                self.update(&mut examples[start..end], updates == 1, &mut learned)?;
            }
        }
        Ok(learned)
    }

    /// Every rollout that has an advantage and a token that counts.
    fn examples<'a>(&self, groups: &'a [Group], shaped: &Shaped, learned: &mut Learned) -> Result<Vec<Example<'a>>, TrainError> {
        let scores: Vec<Vec<Option<f32>>> =
            groups.iter().map(|group| group.rollouts.iter().map(|rollout| rollout.score.map(|score| score as f32)).collect()).collect();
        let tokens: Vec<Vec<usize>> = groups
            .iter()
            .zip(&shaped.counts)
            .map(|(group, counts)| {
                group.rollouts.iter().zip(counts).map(|(rollout, &counts)| if counts { rollout.tokens.len() } else { 0 }).collect()
            })
            .collect();
        let batch: Vec<GroupRewards<'_>> =
            (0..groups.len()).map(|at| GroupRewards { rewards: &shaped.rewards[at], scores: &scores[at], tokens: &tokens[at] }).collect();
        let made = advantages(&self.config.advantage, &batch)?;
        learned.dropped_groups = made.dropped_groups;
        let mut examples = Vec::new();
        for (at, (group, values)) in groups.iter().zip(made.groups).enumerate() {
            for ((rollout, advantage), &counts) in group.rollouts.iter().zip(values).zip(&shaped.counts[at]) {
                let Some(advantage) = advantage else { continue };
                if !counts {
                    learned.filtered += 1;
                    continue;
                }
                let mask = vec![true; rollout.tokens.len()];
                let sequence = group.sequence(rollout);
                examples.push(Example { group: at, rollout, sequence, advantage, mask, old: Vec::new(), reference: None });
            }
        }
        Ok(examples)
    }

    /// What the reference policy says of every response. No gradient goes through it.
    fn refer(&self, examples: &mut [Example<'_>]) -> Result<(), TrainError> {
        let scores = self.score(self.reference, examples)?;
        for (example, logprobs) in examples.iter_mut().zip(scores.logprobs) {
            example.reference = Some(logprobs);
        }
        Ok(())
    }

    /// What the policy says of every response before it moves.
    fn score_old(&self, examples: &mut [Example<'_>], learned: &mut Learned) -> Result<(), TrainError> {
        let scores = self.score(self.model, examples)?;
        learned.before.add(examples, &scores);
        for (example, logprobs) in examples.iter_mut().zip(scores.logprobs) {
            example.old = logprobs;
        }
        Ok(())
    }

    fn score(&self, model: &Model, examples: &[Example<'_>]) -> Result<Scores, TrainError> {
        let sequences: Vec<Sequence<'_>> = examples.iter().map(|example| example.sequence).collect();
        score(model, &sequences, self.config.rollout.temperature, self.config.optimizer.micro_batch_tokens)
    }

    /// One update of the weights. `first` is the only one of its step: then the policy before the update is the policy that the gradient is taken of, and its scores are the old ones.
    fn update(&mut self, examples: &mut [Example<'_>], first: bool, learned: &mut Learned) -> Result<(), TrainError> {
        let normaliser = match Normaliser::new(examples.iter().map(|example| example.mask.as_slice())) {
            Ok(normaliser) => normaliser,
            Err(LossError::EmptyBatch) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let optimizer = &self.config.optimizer;
        let sequences: Vec<Sequence<'_>> = examples.iter().map(|example| example.sequence).collect();
        let mut gradients = Gradients::zeros_like(self.model);
        for range in micro_batches(&sequences, optimizer.micro_batch_tokens) {
            let examples = &mut examples[range.clone()];
            let mut outcome = Ok(LossMetrics::default());
            self.model.backward(&sequences[range], self.config.rollout.temperature, &mut gradients, |scores| {
                if first {
                    learned.before.add(examples, scores);
                    for (example, logprobs) in examples.iter_mut().zip(&scores.logprobs) {
                        example.old.clone_from(logprobs);
                    }
                }
                let inputs: Vec<LossInputs<'_>> = examples.iter().zip(&scores.logprobs).map(|(example, now)| example.inputs(now)).collect();
                match loss(&self.config.loss, &normaliser, &inputs) {
                    Ok(output) => {
                        learned.loss += output.value;
                        outcome = Ok(output.metrics);
                        output.derivatives
                    }
                    Err(error) => {
                        outcome = Err(error);
                        scores.logprobs.iter().map(|logprobs| vec![0.0; logprobs.len()]).collect()
                    }
                }
            })?;
            learned.metrics.merge(&outcome?);
        }
        learned.tokens += sequences.iter().map(|sequence| (sequence.prompt.len() + sequence.response.len()) as u64).sum::<u64>();
        let norm = apply(self.model, self.adam, &gradients, optimizer, self.learning_rate);
        if norm.is_finite() {
            learned.gradient_norms.push(norm);
        } else {
            learned.skipped_updates += 1;
        }
        Ok(())
    }
}

impl Example<'_> {
    fn inputs<'a>(&'a self, logprobs: &'a [f32]) -> LossInputs<'a> {
        LossInputs {
            logprobs,
            old_logprobs: &self.old,
            reference_logprobs: self.reference.as_deref(),
            behaviour_logprobs: Some(&self.rollout.behaviour_logprobs),
            mask: &self.mask,
            advantage: self.advantage,
        }
    }
}

/// What the policy says of its own batch before it moves, against what the sampler said. Rollouts of an earlier step are among them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Before {
    tokens: u64,
    entropy: f64,
    gap: f64,
    largest_gap: f64,
}

impl Before {
    fn add(&mut self, examples: &[Example<'_>], scores: &Scores) {
        for ((example, logprobs), entropies) in examples.iter().zip(&scores.logprobs).zip(&scores.entropies) {
            for ((behaviour, now), entropy) in example.rollout.behaviour_logprobs.iter().zip(logprobs).zip(entropies) {
                let gap = f64::from((behaviour - now).abs());
                self.tokens += 1;
                self.entropy += f64::from(*entropy);
                self.gap += gap;
                self.largest_gap = self.largest_gap.max(gap);
            }
        }
    }

    /// Mean entropy of the distributions that the tokens were drawn from, in nats.
    pub(crate) fn entropy(&self) -> Option<f64> {
        (self.tokens > 0).then(|| self.entropy / self.tokens as f64)
    }

    /// Mean and largest distance between the trainer's log-probabilities and the sampler's.
    pub(crate) fn gap(&self) -> Option<(f64, f64)> {
        (self.tokens > 0).then(|| (self.gap / self.tokens as f64, self.largest_gap))
    }
}

/// What a model says of sequences, some at a time.
pub(crate) fn score(model: &Model, sequences: &[Sequence<'_>], temperature: f32, most_tokens: usize) -> Result<Scores, TrainError> {
    let mut all = Scores::default();
    for range in micro_batches(sequences, most_tokens) {
        let scores = model.score(&sequences[range], temperature)?;
        all.logprobs.extend(scores.logprobs);
        all.entropies.extend(scores.entropies);
    }
    Ok(all)
}

/// Ranges of groups, as even as can be.
fn mini_batches(groups: usize, count: usize) -> impl Iterator<Item = Range<usize>> {
    let count = count.clamp(1, groups.max(1));
    (0..count).map(move |at| groups * at / count..groups * (at + 1) / count)
}

/// Ranges of neighbours that have together at most so many tokens, or are one.
pub(crate) fn micro_batches(sequences: &[Sequence<'_>], most_tokens: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut tokens) = (0, 0);
    for (at, sequence) in sequences.iter().enumerate() {
        let length = sequence.prompt.len() + sequence.response.len();
        if at > start && tokens + length > most_tokens {
            ranges.push(start..at);
            (start, tokens) = (at, 0);
        }
        tokens += length;
    }
    if start < sequences.len() {
        ranges.push(start..sequences.len());
    }
    ranges
}

/// Moves the weights along a gradient whose norm is cut first. Gives the norm before that; a gradient that is no number moves nothing.
pub(crate) fn apply(model: &mut Model, adam: &mut AdamW, gradients: &Gradients, config: &OptimizerConfig, learning_rate: f64) -> f64 {
    let norm = gradients.norm();
    if !norm.is_finite() {
        return norm;
    }
    let scale = if norm > config.max_gradient_norm { config.max_gradient_norm / norm } else { 1.0 };
    let mut update = adam.begin(config, learning_rate, scale);
    model.update(gradients, |index, weight, gradient| update.apply(index, weight, gradient));
    norm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_cut_without_a_rest() {
        let lengths = [3, 3, 9, 1, 1, 1, 8];
        let tokens = [0_u32; 9];
        let sequences: Vec<Sequence<'_>> =
            lengths.iter().map(|&length| Sequence { prompt: &tokens[..1], response: &tokens[..length - 1] }).collect();
        assert_eq!(micro_batches(&sequences, 6), [0..2, 2..3, 3..6, 6..7]);
        assert_eq!(micro_batches(&sequences, 1).len(), 7);
        assert!(micro_batches(&[], 6).is_empty());
        assert_eq!(mini_batches(7, 3).collect::<Vec<_>>(), [0..2, 2..4, 4..7]);
        assert_eq!(mini_batches(2, 4).collect::<Vec<_>>(), [0..1, 1..2]);
    }
}
