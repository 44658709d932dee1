//! What keeps a run from starting or going on.

use crate::config_diff::Difference;
use gavel_task::TaskName;
use std::path::PathBuf;

/// Why training does not start or does not go on. What a verifier could not judge is no error: it is counted, and the rollout dropped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error("{} cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A line of a file of items is none.
    #[error("{}:{line}: {message}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// A source of items cannot be used.
    #[error("source `{name}`: {message}")]
    Source {
        /// Its name.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// The verifier made no items.
    #[error("no items of `{task}`")]
    Items {
        /// The task.
        task: TaskName,
        /// What the verifier said.
        #[source]
        source: Box<gavel_client::Error>,
    },
    /// A configuration is none.
    #[error("{key}: {message}")]
    Config {
        /// The key, as in `rollout.group_size`.
        key: String,
        /// What is wrong with it.
        message: String,
    },
    /// A value of the configuration is out of its range.
    #[error(transparent)]
    Setting(#[from] crate::setting::InvalidSetting),
    /// A stage changes what cannot be changed.
    #[error("a stage cannot be applied")]
    Override(#[from] crate::stages::OverrideError),
    /// A model's files.
    #[error(transparent)]
    Policy(#[from] gavel_policy::PolicyError),
    /// The model.
    #[error(transparent)]
    Model(#[from] gavel_policy::ModelError),
    /// A loss.
    #[error(transparent)]
    Loss(#[from] crate::loss::LossError),
    /// Advantages.
    #[error(transparent)]
    Advantage(#[from] crate::algorithm::AdvantageError),
    /// The verifier gave what is no score.
    #[error(transparent)]
    Score(#[from] crate::penalty::InvalidScore),
    /// Nothing to learn from was drawn.
    #[error(transparent)]
    Exhausted(#[from] crate::dynamic_sampling::Exhausted),
    /// What was seen after a step is no number.
    #[error(transparent)]
    Observation(#[from] crate::reset::ObservationError),
    /// A checkpoint cannot be written or read.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// A log cannot be begun or gone on with.
    #[error(transparent)]
    Log(#[from] crate::sink::SinkError),
    /// A file of a checkpoint is not what a run of this version writes.
    #[error("{} is not of this version of Gavel; begin a new run with `model.path` set to its folder", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A run cannot go on with another configuration.
    #[error("the run was begun with another configuration, and goes on with its own only (before -> now):{}\nto begin a new run from its policy, set `model.path` to {}", list(differences), checkpoint.display())]
    OtherConfig {
        /// What differs.
        differences: Vec<Difference>,
        /// The latest checkpoint.
        checkpoint: PathBuf,
    },
    /// The output folder has a run in it.
    #[error("{} has a run in it: go on with it by --resume, or give another --output", path.display())]
    Occupied {
        /// The folder.
        path: PathBuf,
    },
    /// No token ends a response.
    #[error("no token ends a response: the model's generation_config.json or tokenizer_config.json must name an end token")]
    NoEnd,
    /// The gradient is no number.
    #[error("the gradient of step {step} is not a finite number; lower the learning rate, or go on from an earlier checkpoint")]
    Diverged {
        /// The step.
        step: u64,
    },
    /// The run was told to stop.
    #[error("stopped")]
    Stopped,
}

fn list(differences: &[Difference]) -> String {
    differences.iter().map(|difference| format!("\n  {difference}")).collect()
}

/// An error with all that caused it, on one line.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}
