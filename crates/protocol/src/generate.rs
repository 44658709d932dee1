//! Making items.

use gavel_task::{Difficulty, GenerateError, Order, TaskName};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Most items of one request.
pub const MAX_COUNT: u64 = 1_000_000;

/// The body of `POST /v1/generate`, whose reply is one item a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GenerateRequest {
    /// The task, as in `logic/chain_sum`.
    #[schema(value_type = String)]
    pub task: TaskName,
    /// How often to raise every attribute of the task's curriculum from where it starts. Exclusive with `config`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u32>,
    /// Fields of the task's configuration that differ from its defaults.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<Map<String, Value>>,
    /// Items of different seeds have nothing in common.
    #[serde(default)]
    pub seed: u64,
    /// The index of the first item.
    #[serde(default)]
    pub start: u64,
    /// How many; at most a million.
    #[serde(default = "one")]
    pub count: u64,
}

fn one() -> u64 {
    1
}

/// Why a request for items is refused before anything is made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidGenerate {
    /// Two ways to say how hard.
    #[error("give either `level` or `config`")]
    LevelAndConfig,
    /// Too many at once.
    #[error("`count` is {0}, and at most {MAX_COUNT} items are made at once: ask again with another `start`")]
    Count(u64),
    /// What the task says.
    #[error(transparent)]
    Generate(#[from] GenerateError),
}

impl GenerateRequest {
    /// What is asked for, as the verifier takes it.
    ///
    /// # Errors
    /// If the request contradicts itself.
    pub fn order(&self) -> Result<Order, InvalidGenerate> {
        if self.count > MAX_COUNT {
            return Err(InvalidGenerate::Count(self.count));
        }
        let difficulty = match (self.level, &self.config) {
            (None, None) => Difficulty::Default,
            (Some(level), None) => Difficulty::Level(level as usize),
            (None, Some(config)) => Difficulty::Config(config.clone()),
            (Some(_), Some(_)) => return Err(InvalidGenerate::LevelAndConfig),
        };
        Ok(Order { task: self.task.clone(), difficulty, seed: self.seed, start: self.start })
    }
}
