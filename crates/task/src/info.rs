//! What people read about tasks.

use serde::Serialize;
use serde_json::{Map, Value};

/// A task, which is a domain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskInfo {
    /// Its domain's name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// Changes whenever a verdict may change.
    pub version: String,
    /// An item that scores 1.
    pub example: Value,
    /// Its sub-tasks, sorted by name.
    pub sub_tasks: Vec<SubTask>,
}

/// A sub-task, as `chain_sum` in `logic/chain_sum`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SubTask {
    /// Its name below the domain's.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// Whatever else the domain says: for puzzles the category, how strict scoring differs from the original's, and of those that make items the default
    /// configuration and the curriculum.
    pub facts: Map<String, Value>,
}
