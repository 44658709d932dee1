//! Prolonged reinforcement learning against a verifier.

pub mod algorithm;
mod dataset;
pub mod dynamic_sampling;
mod error;
mod hash;
pub mod loss;
pub mod penalty;
pub mod reset;
mod reward;
mod sampler;
pub mod schedule;
pub mod setting;
pub mod stages;
pub mod statistics;

pub use dataset::{Source, SourceConfig};
pub use error::TrainError;
pub use reward::{Judgement, Pending, RewardSource, Servers};
pub use sampler::{Cursor, Drawn, Sampler, fingerprint};
