//! Where records go: a JSON Lines file and TensorBoard event files. A sink writes what it is given and computes nothing.

mod json_lines;
mod tensorboard;

pub use json_lines::JsonLines;
pub use tensorboard::TensorBoard;

use crate::record::Record;
use std::io;
use std::path::{Path, PathBuf};

/// Takes the records of a run in the order of their steps.
pub trait Sink {
    /// Writes one record. `wall_time_s` is seconds since 1970, for people only: no decision reads it.
    ///
    /// # Errors
    /// When it could not be written; the sink is then as before the call and takes further records.
    fn write(&mut self, record: &Record, wall_time_s: f64) -> Result<(), SinkError>;

    /// Makes sure that everything written survives a power failure; to be called before each checkpoint.
    ///
    /// # Errors
    /// When the disk refuses.
    fn sync(&mut self) -> Result<(), SinkError>;
}

/// Why a log could not be opened or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SinkError {
    /// A new run would write into the log of another one.
    #[error("`{}` already holds a log: resume that run or choose another folder", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A line before the last one is no record.
    #[error("`{}`, line {line}: not a record of a run", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What was wrong.
        #[source]
        source: serde_json::Error,
    },
    /// The file could not be read or written.
    #[error("`{}` cannot be written or read", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// Names the file in an error of the system.
fn at(path: &Path) -> impl FnOnce(io::Error) -> SinkError {
    let path = path.to_owned();
    move |source| SinkError::Io { path, source }
}
