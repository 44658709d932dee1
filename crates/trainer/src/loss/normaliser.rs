//! How tokens are weighted, from counts of the whole batch.

use super::LossError;
use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};

/// How the losses of tokens become the loss of a batch. Only sequences with a token that counts are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Aggregation {
    /// Mean over all tokens of the batch (DAPO, arXiv 2503.14476, eq. 12): long responses weigh more.
    #[default]
    TokenMean,
    /// Mean over sequences of the mean over each one's tokens (GRPO).
    SequenceMean,
    /// Mean over sequences of the sum over tokens divided by a constant (Dr. GRPO, arXiv 2503.20783): no bias by length.
    DrGrpo {
        /// The constant: the longest response that can be generated.
        max_tokens: usize,
    },
}

impl Aggregation {
    pub(super) fn validate(self) -> Result<(), InvalidSetting> {
        match self {
            Self::TokenMean | Self::SequenceMean => Ok(()),
            Self::DrGrpo { max_tokens } => require(max_tokens > 0, "loss.aggregation.dr_grpo.max_tokens", max_tokens, "at least 1"),
        }
    }
}

/// Counts over all sequences that one optimizer update is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Normaliser {
    tokens: usize,
    sequences: usize,
}

impl Normaliser {
    /// Counts the masks of a whole batch, before it is cut into micro-batches.
    ///
    /// # Errors
    /// [`LossError::EmptyBatch`] if no token counts: there is no mean of nothing, and the update is to be skipped.
    pub fn new<'a>(masks: impl IntoIterator<Item = &'a [bool]>) -> Result<Self, LossError> {
        let counts = masks.into_iter().map(|mask| mask.iter().filter(|counts| **counts).count());
        let (tokens, sequences) = counts.filter(|tokens| *tokens > 0).fold((0, 0), |(all, n), tokens| (all + tokens, n + 1));
        if tokens == 0 { Err(LossError::EmptyBatch) } else { Ok(Self { tokens, sequences }) }
    }

    /// Tokens that count.
    pub fn tokens(&self) -> usize {
        self.tokens
    }

    /// Sequences with a token that counts.
    pub fn sequences(&self) -> usize {
        self.sequences
    }

    /// The weight of each token of a sequence of which `tokens` count.
    pub(super) fn token_weight(&self, aggregation: Aggregation, tokens: usize) -> f64 {
        let per_sequence = 1.0 / self.sequences as f64;
        match aggregation {
            Aggregation::TokenMean => 1.0 / self.tokens as f64,
            Aggregation::SequenceMean => per_sequence / tokens.max(1) as f64,
            Aggregation::DrGrpo { max_tokens } => per_sequence / max_tokens.max(1) as f64,
        }
    }
}
