//! What a verification may use up, and how it is told to stop.

use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bounds on one execution of a response, each counted and so independent of the machine's load. Absent fields take the task's defaults; a task
/// that executes nothing ignores them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Seconds of CPU per execution on the reference machine, converted to fuel by a fixed factor. Exclusive with `fuel`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_seconds: Option<f64>,
    /// Fuel per execution: the unit in which the sandbox counts instructions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fuel: Option<u64>,
    /// Bytes of memory per execution, the language runtime included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<u64>,
    /// Bytes of standard output and standard error together, per execution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_bytes: Option<u64>,
    /// Milliseconds of wall clock per execution. A backstop against a stuck machine: reaching it is an error, never a verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall_ms: Option<u64>,
}

impl Limits {
    /// Whether nothing is set.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Tells running work that its result is no longer wanted. Clones share one flag.
///
/// ```
/// let token = gavel_task::CancelToken::default();
/// let seen_by_worker = token.clone();
/// token.cancel();
/// assert!(seen_by_worker.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// Asks the work to stop. Cannot be taken back.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// The flag itself, for code that knows nothing of this crate: true once cancelled.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }

    /// Whether [`cancel`](Self::cancel) was called on any clone.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// What one call of [`Domain::verify`](crate::Domain::verify) may use.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    /// The item's limits.
    pub limits: Limits,
    /// Checked between executions, and during them where the domain can.
    pub cancel: CancelToken,
}
