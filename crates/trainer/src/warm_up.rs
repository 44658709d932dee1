//! Supervised training on solutions, so that a policy knows the form of an answer before it is rewarded for its content.

use crate::config::{OptimizerConfig, WarmUpConfig};
use crate::optimizer::AdamW;
use crate::text::Text;
use crate::update::apply;
use crate::{RewardSource, Sampler, TrainError};
use gavel_policy::{Gradients, Model, Scores, Sequence};

/// One update's figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct WarmUpStep {
    /// The update, from 1.
    pub(crate) step: u64,
    /// Mean negative log-probability of a solution's tokens, in nats.
    pub(crate) loss: f64,
    /// The learning rate.
    pub(crate) learning_rate: f64,
    /// Tokens that went through the model, prompts included.
    pub(crate) tokens: usize,
}

/// A supervised run.
#[derive(Debug)]
pub(crate) struct WarmUp<'a> {
    /// How much of what.
    pub(crate) config: &'a WarmUpConfig,
    /// Decays, clipping and memory.
    pub(crate) optimizer: &'a OptimizerConfig,
    /// The model's tokens.
    pub(crate) text: &'a Text,
}

impl WarmUp<'_> {
    /// One update. The loss is the mean over all tokens of all solutions, end tokens included; prompts have none.
    ///
    /// # Errors
    /// If an item cannot be made or is no solution, or the model fails.
    pub(crate) fn step(
        &self,
        step: u64,
        model: &mut Model,
        adam: &mut AdamW,
        sampler: &mut Sampler,
        verifier: &dyn RewardSource,
    ) -> Result<WarmUpStep, TrainError> {
        let mut batch = Vec::with_capacity(self.config.batch_size);
        while batch.len() < self.config.batch_size {
            let drawn = sampler.draw(verifier)?;
            if drawn.item.response.is_empty() {
                let message = "an item without a `response` teaches nothing: supervised training needs solutions".to_owned();
                return Err(TrainError::Source { name: drawn.source.to_string(), message });
            }
            let prompt = self.text.prompt(drawn.item.prompt.as_deref().unwrap_or(""))?;
            batch.push((prompt, self.text.solution(&drawn.item.response)?));
        }
        let sequences: Vec<Sequence<'_>> = batch.iter().map(|(prompt, response)| Sequence { prompt, response }).collect();
        let tokens: usize = sequences.iter().map(|sequence| sequence.response.len()).sum();
        let weight = -1.0 / tokens as f32;
        let mut gradients = Gradients::zeros_like(model);
        let mut loss = 0.0;
        for micro_batch in crate::update::micro_batches(&sequences, self.optimizer.micro_batch_tokens) {
            let scores = model.backward(&sequences[micro_batch], 1.0, &mut gradients, |scores| {
                scores.logprobs.iter().map(|tokens| vec![weight; tokens.len()]).collect()
            })?;
            loss += negative_sum(&scores);
        }
        let learning_rate = self.learning_rate(step);
        apply(model, adam, &gradients, self.optimizer, learning_rate);
        let seen = sequences.iter().map(|sequence| sequence.prompt.len() + sequence.response.len()).sum();
        Ok(WarmUpStep { step, loss: loss / tokens as f64, learning_rate, tokens: seen })
    }

    /// Rises over a twentieth of the steps, then falls to a tenth along a cosine.
    fn learning_rate(&self, step: u64) -> f64 {
        let (step, steps) = (step as f64, self.config.steps as f64);
        let rise = (steps / 20.0).max(1.0);
        if step < rise {
            return self.config.learning_rate * step / rise;
        }
        let done = ((step - rise) / (steps - rise).max(1.0)).min(1.0);
        self.config.learning_rate * (0.1 + 0.45 * (1.0 + (std::f64::consts::PI * done).cos()))
    }
}

fn negative_sum(scores: &Scores) -> f64 {
    -scores.logprobs.iter().flatten().map(|&value| f64::from(value)).sum::<f64>()
}
