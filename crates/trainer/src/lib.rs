//! Prolonged reinforcement learning against a verifier.

pub mod algorithm;
mod collect;
pub mod config;
pub mod config_diff;
mod dataset;
pub mod dynamic_sampling;
mod error;
mod evaluate;
mod hash;
mod journal;
pub mod loss;
mod metrics;
pub mod optimizer;
pub mod penalty;
pub mod plot;
pub mod record;
pub mod report;
pub mod reset;
mod reward;
mod rollout;
mod sampler;
mod save;
pub mod schedule;
pub mod setting;
pub mod sink;
pub mod stages;
mod start;
mod state;
pub mod statistics;
pub mod store;
mod summary;
pub mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod trainer;
mod update;
mod warm_up;

pub use dataset::{Source, SourceConfig};
pub use error::TrainError;
pub use journal::View;
pub use reward::{Judgement, Pending, RewardSource, Servers};
pub use sampler::{Cursor, Drawn, Sampler, fingerprint};
pub use start::{Setup, begun_with, make_model};
pub use trainer::{Ending, Trainer};
