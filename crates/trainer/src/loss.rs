//! The loss of a batch and its derivative by the log-probs of the policy. Knows no model: numbers in, numbers out.
//!
//! Inputs are 32-bit, sums are 64-bit. All log-probs are of the sampled tokens at the sampling temperature. The derivative goes through
//! `logprobs` alone: old, reference and behaviour log-probs are constants. Sequences can be given in any number of calls: each one's derivative
//! depends on itself and on the [`Normaliser`] only, so that the size of micro-batches never changes a gradient.

mod importance;
mod kl;
mod metrics;
mod normaliser;
mod objective;

pub use importance::{ImportanceConfig, ImportanceMode};
pub use kl::{Estimator, KlConfig};
pub use metrics::LossMetrics;
pub use normaliser::{Aggregation, Normaliser};
pub use objective::Objective;

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};

/// Log-ratios are clamped to this on both sides before they are exponentiated; beyond, the ratio is constant and has no derivative.
pub(crate) const LOG_RATIO_LIMIT: f64 = 20.0;

/// Configuration of the loss. The defaults are ProRL's (v1).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LossConfig {
    /// What is maximised.
    pub objective: Objective,
    /// Ratios are clipped from below at `1 - clip_low`.
    pub clip_low: f64,
    /// Ratios are clipped from above at `1 + clip_high`.
    pub clip_high: f64,
    /// The loss of a negative advantage stops growing where the ratio passes this: 10 in the authors' v2 script. Not with CISPO.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dual_clip: Option<f64>,
    /// How tokens are weighted.
    pub aggregation: Aggregation,
    /// The distance to the reference policy.
    pub kl: KlConfig,
    /// Correction for a sampler that disagrees with the trainer.
    pub importance: ImportanceConfig,
    /// Weight of the entropy bonus: 0 in ProRL. The gradient is the score-function estimate of the entropy's from sampled tokens, exact in
    /// expectation on-policy.
    pub entropy_coefficient: f64,
}

impl Default for LossConfig {
    fn default() -> Self {
        Self {
            objective: Objective::default(),
            clip_low: 0.2,
            clip_high: 0.4,
            dual_clip: None,
            aggregation: Aggregation::default(),
            kl: KlConfig::default(),
            importance: ImportanceConfig::default(),
            entropy_coefficient: 0.0,
        }
    }
}

impl LossConfig {
    /// Checks ranges.
    ///
    /// # Errors
    /// Names the first key out of its range.
    pub fn validate(&self) -> Result<(), InvalidSetting> {
        require((0.0..=1.0).contains(&self.clip_low), "loss.clip_low", self.clip_low, "from 0 to 1")?;
        require((0.0..=100.0).contains(&self.clip_high), "loss.clip_high", self.clip_high, "from 0 to 100")?;
        if let Some(dual) = self.dual_clip {
            require(dual > 1.0 && dual <= 1e6, "loss.dual_clip", dual, "greater than 1 and at most 1e6")?;
            require(self.objective != Objective::Cispo, "loss.dual_clip", dual, "absent when `loss.objective` is cispo")?;
        }
        self.aggregation.validate()?;
        self.kl.validate()?;
        self.importance.validate()?;
        let entropy = self.entropy_coefficient;
        require((0.0..=10.0).contains(&entropy), "loss.entropy_coefficient", entropy, "from 0 to 10")
    }
}

/// One response. The slices run in parallel over its tokens, `[T]`.
#[derive(Clone, Copy, Debug)]
pub struct LossInputs<'a> {
    /// The policy's, `[T]`; the derivative is by these.
    pub logprobs: &'a [f32],
    /// The policy's before the first update of this batch, by the training forward, `[T]`.
    pub old_logprobs: &'a [f32],
    /// The reference policy's, `[T]`; needed if the KL coefficient is not 0.
    pub reference_logprobs: Option<&'a [f32]>,
    /// The sampler's own, `[T]`; needed for importance correction.
    pub behaviour_logprobs: Option<&'a [f32]>,
    /// Whether a token counts, `[T]`: false for padding, and for all tokens of a rollout that was filtered out. Numbers under false are not read.
    pub mask: &'a [bool],
    /// The advantage of the whole response.
    pub advantage: f32,
}

/// A loss and its derivative.
#[derive(Clone, Debug, PartialEq)]
pub struct LossOutput {
    /// The loss of the sequences given; over all micro-batches of a batch the losses add up.
    pub value: f64,
    /// By each log-prob, one `[T]` per sequence; 0 where the mask is false.
    pub derivatives: Vec<Vec<f32>>,
    /// What else there is to see.
    pub metrics: LossMetrics,
}

/// A slice or number of [`LossInputs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input {
    /// `logprobs`.
    Logprobs,
    /// `old_logprobs`.
    OldLogprobs,
    /// `reference_logprobs`.
    ReferenceLogprobs,
    /// `behaviour_logprobs`.
    BehaviourLogprobs,
    /// `mask`.
    Mask,
    /// `advantage`.
    Advantage,
    /// The derivative, which did not fit into 32 bits.
    Derivative,
}

/// Why there is no loss.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LossError {
    /// The configuration is out of range.
    #[error(transparent)]
    Config(#[from] InvalidSetting),
    /// No token of the batch counts, so that there is nothing to take a mean of.
    #[error("no token of the batch counts in the loss: every rollout was dropped, filtered or empty")]
    EmptyBatch,
    /// Two slices of a sequence differ in length.
    #[error("sequence {sequence}: {found} values of {input:?} for {expected} tokens")]
    Length {
        /// Index of the sequence.
        sequence: usize,
        /// Which slice.
        input: Input,
        /// Tokens there are.
        expected: usize,
        /// Values there are.
        found: usize,
    },
    /// The configuration needs something that is not there.
    #[error("sequence {sequence}: the configuration needs {input:?}, which is absent")]
    Missing {
        /// Index of the sequence.
        sequence: usize,
        /// What is absent.
        input: Input,
    },
    /// NaN or infinity.
    #[error("sequence {sequence}, token {token}: {input:?} is not a finite number")]
    NotFinite {
        /// Index of the sequence.
        sequence: usize,
        /// Index of the token; 0 for the advantage, which has none.
        token: usize,
        /// What is not finite.
        input: Input,
    },
}

/// The loss of some sequences of a batch.
///
/// `normaliser` was made of the masks of the whole batch, of which these may be a part.
///
/// # Errors
/// If the configuration is out of range, a sequence is incomplete or a number that counts is not finite.
pub fn loss(config: &LossConfig, normaliser: &Normaliser, sequences: &[LossInputs<'_>]) -> Result<LossOutput, LossError> {
    // Clamping to an empty range would panic.
    config.validate()?;
    let mut output = LossOutput { value: 0.0, derivatives: Vec::with_capacity(sequences.len()), metrics: LossMetrics::default() };
    for (index, sequence) in sequences.iter().enumerate() {
        let tokens = tokens(config, index, sequence)?;
        let weight = normaliser.token_weight(config.aggregation, tokens.len());
        let (value, by_token) = differentiate(config, weight, f64::from(sequence.advantage), &tokens, &mut output.metrics);
        output.value += value;
        let mut derivative = vec![0.0; sequence.mask.len()];
        for (token, value) in tokens.iter().zip(by_token) {
            let value = value as f32;
            if !value.is_finite() {
                return Err(LossError::NotFinite { sequence: index, token: token.position, input: Input::Derivative });
            }
            if let Some(slot) = derivative.get_mut(token.position) {
                *slot = value;
            }
        }
        output.derivatives.push(derivative);
    }
    Ok(output)
}

/// A token that counts.
#[derive(Clone, Copy, Debug)]
struct Token {
    position: usize,
    logprob: f64,
    old: f64,
    reference: Option<f64>,
    behaviour: Option<f64>,
}

/// The tokens that count, after everything about them was checked.
fn tokens(config: &LossConfig, sequence: usize, inputs: &LossInputs<'_>) -> Result<Vec<Token>, LossError> {
    let expected = inputs.mask.len();
    let length = |input, values: &[f32]| match values.len() {
        found if found == expected => Ok(()),
        found => Err(LossError::Length { sequence, input, expected, found }),
    };
    length(Input::Logprobs, inputs.logprobs)?;
    length(Input::OldLogprobs, inputs.old_logprobs)?;
    match inputs.reference_logprobs {
        Some(values) => length(Input::ReferenceLogprobs, values)?,
        None if config.kl.coefficient > 0.0 => return Err(LossError::Missing { sequence, input: Input::ReferenceLogprobs }),
        None => {}
    }
    match inputs.behaviour_logprobs {
        Some(values) => length(Input::BehaviourLogprobs, values)?,
        None if config.importance.mode != ImportanceMode::Off => {
            return Err(LossError::Missing { sequence, input: Input::BehaviourLogprobs });
        }
        None => {}
    }
    if !inputs.advantage.is_finite() {
        return Err(LossError::NotFinite { sequence, token: 0, input: Input::Advantage });
    }
    let mut tokens = Vec::new();
    for position in (0..expected).filter(|position| inputs.mask[*position]) {
        let finite = |input, value: f32| {
            let error = LossError::NotFinite { sequence, token: position, input };
            if value.is_finite() { Ok(f64::from(value)) } else { Err(error) }
        };
        tokens.push(Token {
            position,
            logprob: finite(Input::Logprobs, inputs.logprobs[position])?,
            old: finite(Input::OldLogprobs, inputs.old_logprobs[position])?,
            reference: inputs.reference_logprobs.map(|values| finite(Input::ReferenceLogprobs, values[position])).transpose()?,
            behaviour: inputs.behaviour_logprobs.map(|values| finite(Input::BehaviourLogprobs, values[position])).transpose()?,
        });
    }
    Ok(tokens)
}

/// Loss of one sequence, and its derivative by the log-prob of each of `tokens`. `weight` is that of one token.
fn differentiate(config: &LossConfig, weight: f64, advantage: f64, tokens: &[Token], metrics: &mut LossMetrics) -> (f64, Vec<f64>) {
    let (mut policy, mut kl, mut entropy) = (0.0, 0.0, 0.0);
    let corrections: Vec<f64> = tokens.iter().map(|token| importance::weight(&config.importance, token, metrics)).collect();
    let terms = objective::terms(config, advantage, tokens);
    let mut derivatives = Vec::with_capacity(tokens.len());
    // In GSPO all tokens share one ratio, in which each has an equal part: the derivative gathers the weights of all.
    let shared = corrections.iter().sum::<f64>() / tokens.len().max(1) as f64;
    for ((token, term), correction) in tokens.iter().zip(terms).zip(corrections) {
        metrics.observe(token, &term);
        policy += weight * correction * term.value;
        let correction = if config.objective == Objective::Gspo { shared } else { correction };
        let mut derivative = weight * correction * term.slope;
        if let Some(reference) = token.reference {
            let (value, slope) = kl::estimate(&config.kl, token.logprob - reference);
            kl += weight * config.kl.coefficient * value;
            derivative += weight * config.kl.coefficient * slope;
        }
        // The gradient of -H is E[log p * grad log p], which is that of E[(log p)^2 / 2] with the samples held fixed.
        entropy += weight * config.entropy_coefficient * 0.5 * token.logprob * token.logprob;
        derivative += weight * config.entropy_coefficient * token.logprob;
        derivatives.push(derivative);
    }
    metrics.add_parts(policy, kl, entropy);
    (policy + kl + entropy, derivatives)
}

#[cfg(test)]
mod tests;
