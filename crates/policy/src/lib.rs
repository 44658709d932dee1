//! A language model that can be trained and sampled.

mod config;
mod sequence;

pub use config::{ModelConfig, WeightShape};
pub use sequence::{Finish, Request, Sample, Sampling, Scores, Sequence};
