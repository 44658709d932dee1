//! A language model that can be trained and sampled.

mod config;
mod engine;
mod error;
mod graph;
mod hf;
mod init;
mod model;
mod place;
mod sequence;
mod template;
mod tokenizer;

pub use config::{ModelConfig, WeightShape};
pub use error::{PolicyError, Refused, Wrong};
pub use hf::{Directory, GenerationConfig, TokenizerFiles, encode_tensors};
pub use init::{InitConfig, Vocabulary, init_model};
pub use model::{Gradients, Model, ModelError, generate};
pub use place::{Place, PlaceError};
pub use sequence::{Finish, Request, Sample, Sampling, Scores, Sequence};
pub use template::{ChatTemplate, Message};
pub use tokenizer::Tokenizer;
