//! What a run is to do: one TOML file, checked once, printed in full at the start and saved beside the checkpoints.

use crate::algorithm::AdvantageConfig;
use crate::dynamic_sampling::DynamicSamplingConfig;
use crate::loss::LossConfig;
use crate::penalty::PenaltyConfig;
use crate::reset::ResetConfig;
use crate::schedule::Schedule;
use crate::setting::require;
use crate::stages::{Stage, configuration};
use crate::{SourceConfig, TrainError};
use gavel_policy::{ModelConfig, Place, PlaceError};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunConfig {
    /// What every draw of the run derives from.
    #[serde(default)]
    pub seed: u64,
    /// Steps of reinforcement learning.
    pub steps: u64,
    /// Where the model computes: `cpu`, `cuda`, `cuda:1` and so on.
    #[serde(default = "default_device")]
    pub device: String,
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
    pub stage: Vec<Stage>,
}

impl RunConfig {
    /// Reads a configuration, and checks it with all its stages, so that no key fails later.
    ///
    /// # Errors
    /// The first key that is unknown, missing or out of its range.
    pub fn open(table: &toml::Table) -> Result<Self, TrainError> {
        let config = Self::read(table)?;
        for begun in 1..=config.stage.len() {
            let staged = Self::read(&configuration(table, &config.stage, begun)?)?;
            let kept = [
                ("stage.set: seed", staged.seed == config.seed),
                ("stage.set: device", staged.device == config.device),
                ("stage.set: model", staged.model == config.model),
                ("stage.set: warm_up", staged.warm_up == config.warm_up),
            ];
            for (key, same) in kept {
                require(same, key, "another", "what the run began with: no stage can change it")?;
            }
        }
        Ok(config)
    }

    /// Reads a configuration and checks it.
    pub(crate) fn read(table: &toml::Table) -> Result<Self, TrainError> {
        let config: Self = serde_path_to_error::deserialize(toml::Value::Table(table.clone())).map_err(|error| {
            let key = error.path().to_string();
            TrainError::Config {
                key: if key == "." { "the configuration".to_owned() } else { key },
                message: error.inner().message().to_owned(),
            }
        })?;
        config.check()?;
        Ok(config)
    }

    /// Where the model computes.
    ///
    /// # Errors
    /// If there is no such place, or this program cannot use it.
    pub fn place(&self) -> Result<Place, TrainError> {
        self.device.parse().map_err(|error: PlaceError| TrainError::Config { key: "device".to_owned(), message: error.to_string() })
    }

    fn check(&self) -> Result<(), TrainError> {
        self.advantage.validate()?;
        self.dynamic_sampling.validate()?;
        self.penalty.validate()?;
        self.loss.validate()?;
        self.schedule.validate()?;
        self.reset.validate()?;
        self.stage.iter().try_for_each(Stage::validate)?;
        let at_least_one = [
            ("steps", self.steps),
            ("rollout.prompts", self.rollout.prompts as u64),
            ("rollout.max_response_tokens", self.rollout.max_response_tokens as u64),
            ("rollout.max_prompt_tokens", self.rollout.max_prompt_tokens as u64),
            ("optimizer.mini_batches", self.optimizer.mini_batches as u64),
            ("optimizer.epochs", self.optimizer.epochs as u64),
            ("optimizer.micro_batch_tokens", self.optimizer.micro_batch_tokens as u64),
            ("validation.every", self.validation.every),
            ("validation.items", self.validation.items as u64),
            ("validation.samples", self.validation.samples as u64),
            ("checkpoint.every", self.checkpoint.every),
            ("checkpoint.warm_up_every", self.checkpoint.warm_up_every),
            ("checkpoint.keep_last", self.checkpoint.keep_last as u64),
        ];
        for (key, value) in at_least_one {
            require(value >= 1, key, value, "at least 1")?;
        }
        let group_size = self.rollout.group_size;
        require(group_size >= 2, "rollout.group_size", group_size, "at least 2: an advantage compares responses to one prompt")?;
        let temperature = self.rollout.temperature;
        require(temperature > 0.0 && temperature <= 10.0, "rollout.temperature", temperature, "greater than 0 and at most 10")?;
        for (key, top_p) in [("rollout.top_p", self.rollout.top_p), ("validation.top_p", self.validation.top_p)] {
            require(top_p > 0.0 && top_p <= 1.0, key, top_p, "greater than 0 and at most 1")?;
        }
        let temperature = self.validation.temperature;
        require((0.0..=10.0).contains(&temperature), "validation.temperature", temperature, "from 0 to 10")?;
        for (key, beta) in [("optimizer.beta1", self.optimizer.beta1), ("optimizer.beta2", self.optimizer.beta2)] {
            require((0.0..1.0).contains(&beta), key, beta, "at least 0 and less than 1")?;
        }
        for (key, value) in
            [("optimizer.epsilon", self.optimizer.epsilon), ("optimizer.max_gradient_norm", self.optimizer.max_gradient_norm)]
        {
            require(value > 0.0 && value.is_finite(), key, value, "greater than 0")?;
        }
        let decay = self.optimizer.weight_decay;
        require((0.0..=1.0).contains(&decay), "optimizer.weight_decay", decay, "from 0 to 1")?;
        let deadline = self.verifier.deadline_seconds;
        require(deadline > 0.0 && deadline <= 1e6, "verifier.deadline_seconds", deadline, "greater than 0 and at most a million")?;
        require(self.verifier.attempts >= 1, "verifier.attempts", self.verifier.attempts, "at least 1")?;
        require(!self.train.is_empty(), "train", "empty", "at least one `[[train]]` with a `task` or a `file`")?;
        if let Some(warm_up) = &self.warm_up {
            let rate = warm_up.learning_rate;
            require(rate > 0.0 && rate <= 10.0, "warm_up.learning_rate", rate, "greater than 0 and at most 10")?;
            require(warm_up.batch_size >= 1, "warm_up.batch_size", warm_up.batch_size, "at least 1")?;
            require(!warm_up.train.is_empty(), "warm_up.train", "empty", "at least one `[[warm_up.train]]` with a `task` or a `file`")?;
        }
        Ok(())
    }
}

fn default_device() -> String {
    "cpu".to_owned()
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
    /// The most tokens of the vocabulary, at least 259: the bytes and three special tokens.
    pub vocab_size: usize,
    /// Only words in at least this share of the texts are merged into tokens; all others are spelled in bytes, so that a small model sees letters and digits.
    pub common_words: f64,
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
            common_words: 0.05,
            hidden_size: 128,
            intermediate_size: 384,
            num_hidden_layers: 2,
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
        Self { prompts: 256, group_size: 16, temperature: 1.2, top_p: 1.0, top_k: 0, max_response_tokens: 7168, max_prompt_tokens: 1024 }
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
    /// Updates of the warm-up between two checkpoints.
    pub warm_up_every: u64,
    /// How many of the latest are kept.
    pub keep_last: usize,
    /// How many of those with the highest pass@1 in validation are kept besides. With one or more, each new best is saved.
    pub keep_best: usize,
}

impl Default for CheckpointConfig {
    fn default() -> Self {
        Self { every: 50, warm_up_every: 500, keep_last: 2, keep_best: 1 }
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
