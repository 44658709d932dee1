//! A language model that can be trained and sampled.

mod config;
mod engine;
mod model;
mod sequence;

pub use config::{ModelConfig, WeightShape};
pub use model::{Gradients, Model, ModelError, generate};
pub use sequence::{Finish, Request, Sample, Sampling, Scores, Sequence};
