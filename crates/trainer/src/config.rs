//! What a run is to do: one TOML file, checked once, printed in full at the start and saved beside the checkpoints.

use crate::algorithm::AdvantageConfig;
use crate::dynamic_sampling::DynamicSamplingConfig;
use crate::loss::LossConfig;
use crate::penalty::PenaltyConfig;
use crate::reset::ResetConfig;
use crate::schedule::Schedule;
use crate::stages::StageConfig;
use crate::{SourceConfig, TrainError};
use gavel_policy::ModelConfig;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunConfig {
    /// What every draw of the run derives from.
    #[serde(default)]
    pub seed: u64,
    /// Steps of reinforcement learning.
    pub steps: u64,
    /// The model it starts from.
    pub model: ModelSource,
    /// Supervised training before the first step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warm_up: Option<WarmUpConfig>,
    /// What it trains on.
    pub train: Vec<SourceConfig>,
    /// How responses are drawn.
    #[serde(default)]
    pub rollout: RolloutConfig,
    /// How rewards become advantages.
    #[serde(default)]
    pub advantage: AdvantageConfig,
    /// Which groups are trained on.
    #[serde(default)]
    pub dynamic_sampling: DynamicSamplingConfig,
    /// What is taken off rewards.
    #[serde(default)]
    pub penalty: PenaltyConfig,
    /// The objective.
    #[serde(default)]
    pub loss: LossConfig,
    /// How weights move.
    #[serde(default)]
    pub optimizer: OptimizerConfig,
    /// The learning rate over the steps.
    #[serde(default)]
    pub schedule: Schedule,
    /// When the reference policy is replaced.
    #[serde(default)]
    pub reset: ResetConfig,
    /// What is measured on the way.
    pub validation: ValidationConfig,
    /// What is kept on disk.
    #[serde(default)]
    pub checkpoint: CheckpointConfig,
    /// How the verifier is asked.
    #[serde(default)]
    pub verifier: VerifierConfig,
    /// Changes of this configuration on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageConfig>,
}

/// Where the first weights come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ModelSource {
    /// A Hugging Face directory.
    Path(PathBuf),
    /// A small model with random weights, and a tokenizer made from the prompts and solutions of the run's own sources.
    Init(InitConfig),
}

/// The shape of a small model. What is not said here is as in Qwen2.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InitConfig {
    /// Tokens of the vocabulary, at least 259: the bytes and three special tokens.
    pub vocab_size: usize,
    /// Width of the residual stream.
    pub hidden_size: usize,
    /// Width of the feed-forward layer.
    pub intermediate_size: usize,
    /// Layers.
    pub num_hidden_layers: usize,
    /// Query heads.
    pub num_attention_heads: usize,
    /// Key and value heads.
    pub num_key_value_heads: usize,
    /// The longest sequence, in tokens.
    pub max_position_embeddings: usize,
}

impl Default for InitConfig {
    fn default() -> Self {
        Self {
            vocab_size: 512,
            hidden_size: 128,
            intermediate_size: 384,
            num_hidden_layers: 4,
            num_attention_heads: 4,
            num_key_value_heads: 2,
            max_position_embeddings: 512,
        }
    }
}

impl InitConfig {
    /// The decoder of this shape.
    pub fn decoder(&self) -> ModelConfig {
        ModelConfig {
            vocab_size: self.vocab_size,
            hidden_size: self.hidden_size,
            intermediate_size: self.intermediate_size,
            num_hidden_layers: self.num_hidden_layers,
            num_attention_heads: self.num_attention_heads,
            num_key_value_heads: self.num_key_value_heads,
            head_dim: self.hidden_size / self.num_attention_heads.max(1),
            max_position_embeddings: self.max_position_embeddings,
            rms_norm_eps: 1e-6,
            rope_theta: 10_000.0,
            tie_word_embeddings: true,
            attention_bias: true,
            qk_norm: false,
        }
    }
}

/// Supervised training on solutions: the responses that generated items come with, or those of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarmUpConfig {
    /// Updates.
    pub steps: u64,
    /// Solutions an update.
    pub batch_size: usize,
    /// The highest learning rate; it falls to a tenth along a cosine after a warm-up of a twentieth of the steps.
    pub learning_rate: f64,
    /// What it trains on.
    pub train: Vec<SourceConfig>,
}

/// How responses are drawn in training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RolloutConfig {
    /// Prompts of a step.
    pub prompts: usize,
    /// Responses to a prompt.
    pub group_size: usize,
    /// What logits are divided by, here and wherever log-probabilities are computed.
    pub temperature: f32,
    /// 1 draws from the whole distribution. Less makes ratios biased, which is warned of.
    pub top_p: f32,
    /// 0 draws from the whole distribution. More makes ratios biased, which is warned of.
    pub top_k: usize,
    /// The most tokens of a response.
    pub max_response_tokens: usize,
    /// The most tokens of a prompt; longer ones are passed over and counted.
    pub max_prompt_tokens: usize,
}

impl Default for RolloutConfig {
    /// ProRL's v1 (arXiv 2505.24864, section 3): 256 prompts, 16 responses, temperature 1.2, a context of 8192.
    fn default() -> Self {
        Self {
            prompts: 256,
            group_size: 16,
            temperature: 1.2,
            top_p: 1.0,
            top_k: 0,
            max_response_tokens: 7168,
            max_prompt_tokens: 1024,
        }
    }
}

/// How weights move: AdamW, and how a step's batch is cut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptimizerConfig {
    /// Decay of the first moment.
    pub beta1: f64,
    /// Decay of the second moment.
    pub beta2: f64,
    /// What is added to the root of the second moment.
    pub epsilon: f64,
    /// Weight decay, decoupled from the gradient, on every weight.
    pub weight_decay: f64,
    /// The gradient's norm is cut to this.
    pub max_gradient_norm: f64,
    /// Updates a step: the step's groups are cut into so many mini-batches.
    pub mini_batches: usize,
    /// How often a step's batch is gone through.
    pub epochs: usize,
    /// The most tokens, prompts included, that go through the model at once. Changes memory and speed, never a gradient but for its last bits.
    pub micro_batch_tokens: usize,
}

impl Default for OptimizerConfig {
    /// ProRL's v1: mini-batches of 64 of 256 prompts; weight decay 0.01 and clipping at 1 are from the authors' scripts.
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            weight_decay: 0.01,
            max_gradient_norm: 1.0,
            mini_batches: 4,
            epochs: 1,
            micro_batch_tokens: 16_384,
        }
    }
}

/// What is measured on items that training never sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidationConfig {
    /// Steps between two validations; there is one before the first step and one after the last.
    pub every: u64,
    /// Items of each source.
    pub items: usize,
    /// Responses to each item; pass@k is estimated for the powers of two up to this.
    pub samples: usize,
    /// As for training, unless said otherwise.
    #[serde(default = "one")]
    pub temperature: f32,
    /// As for training, unless said otherwise.
    #[serde(default = "one")]
    pub top_p: f32,
    /// What is measured; the training sources, with other items, if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceConfig>,
}

fn one() -> f32 {
    1.0
}

/// What is kept on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckpointConfig {
    /// Steps between two checkpoints; there is one after the last step.
    pub every: u64,
    /// How many of the latest are kept.
    pub keep_last: usize,
    /// How many of the best by mean pass@1 in validation are kept besides.
    pub keep_best: usize,
}

impl Default for CheckpointConfig {
    fn default() -> Self {
        Self { every: 50, keep_last: 2, keep_best: 1 }
    }
}

/// How the verifier is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VerifierConfig {
    /// Servers; without any, the run starts one in its own process.
    pub urls: Vec<String>,
    /// How long a group may take to be judged, retries included. What is not judged by then is dropped.
    pub deadline_seconds: f64,
    /// How often a failed item is sent.
    pub attempts: u32,
}

impl Default for VerifierConfig {
    fn default() -> Self {
        Self { urls: Vec::new(), deadline_seconds: 120.0, attempts: 5 }
    }
}
