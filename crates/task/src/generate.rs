//! Making items instead of judging them.

use crate::{Item, TaskName};
use serde_json::{Map, Value};

/// How hard generated items are to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Difficulty {
    /// The task's default configuration.
    #[default]
    Default,
    /// Every attribute of the task's curriculum raised this often from where it starts.
    Level(usize),
    /// The default configuration with these fields replaced.
    Config(Map<String, Value>),
}

/// Which items to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The sub-task, as in `logic/chain_sum`.
    pub task: TaskName,
    /// How hard.
    pub difficulty: Difficulty,
    /// Items of different seeds have nothing in common.
    pub seed: u64,
    /// The index of the first item. Item `i` of a seed is the same whatever comes before it.
    pub start: u64,
}

/// Items, made one by one as they are asked for. Each has a prompt and, as its response, one that scores 1.
pub type Items<'a> = Box<dyn Iterator<Item = Result<Item, GenerateError>> + Send + 'a>;

/// Why no item is made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// No task of this name makes items.
    #[error("`{task}` makes no items; {} do", known.join(", "))]
    UnknownTask {
        /// The name asked for.
        task: TaskName,
        /// Those that do.
        known: Vec<String>,
    },
    /// The configuration is not one.
    #[error("`{task}`, `config.{field}`: {message}")]
    Config {
        /// The task.
        task: TaskName,
        /// The field at fault.
        field: String,
        /// What is wrong with it.
        message: String,
    },
    /// No item of this configuration was found in a bounded number of tries.
    #[error("`{task}`: no solvable item found for this configuration in {tries} tries; ask for less")]
    Infeasible {
        /// The task.
        task: TaskName,
        /// How often it was tried.
        tries: u32,
    },
}
