//! What keeps a run from starting or going on.

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
}
