//! Prolonged reinforcement learning against a verifier.

mod dataset;
mod error;
mod hash;
mod reward;
mod sampler;

pub use dataset::{Source, SourceConfig};
pub use error::TrainError;
pub use reward::{Judgement, Pending, RewardSource, Servers};
pub use sampler::{Cursor, Drawn, Sampler, fingerprint};
