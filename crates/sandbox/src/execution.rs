//! What to run, and what came of it.

use crate::walls::MissingWall;
use crate::{Language, Limits, Value};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One execution to perform: a program, what is done with it, and the bounds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// The language it is written in.
    pub language: Language,
    /// The program's source.
    pub source: Arc<str>,
    /// What is done with it.
    pub job: Job,
    /// Bounds on each instance used.
    pub limits: Limits,
}

/// What is done with a program.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Job {
    /// Run it as a script.
    Run {
        /// What it reads from standard input.
        #[serde(with = "serde_bytes_arc")]
        stdin: Arc<[u8]>,
        /// Whether the usual competition names are in scope.
        prelude: bool,
    },
    /// Load it as a module and call one function of it: a method of its `class Solution`, or a top-level function.
    Call {
        /// The function's name.
        function: String,
        /// Ways to read one call's arguments, in order of preference: the first that fits the function's signature is used.
        forms: Vec<Vec<Value>>,
    },
    /// Load it as a module and run tests on it that are themselves code.
    Check {
        /// The tests' source.
        tests: Arc<str>,
        /// If not empty, the tests define `check`, which is called with this function of the program.
        entry_point: String,
        /// Whether tests and program share one instance. If not, the program never sees the tests, and values cross as data.
        shared: bool,
    },
}

/// What came of a [`Request`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Execution {
    /// How it ended. With tests in their own instance this is how the tests ended.
    pub exit: Exit,
    /// How the program ended, where it ended before the tests that were using it.
    pub program_exit: Option<Exit>,
    /// Units of fuel used, by program and tests together.
    pub fuel: u64,
    /// The largest linear memory of any instance used, in bytes.
    pub peak_memory_bytes: u64,
    /// What the program wrote to standard output.
    #[serde(with = "serde_bytes")]
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    #[serde(with = "serde_bytes")]
    pub stderr: Vec<u8>,
    /// What the function returned, for [`Job::Call`].
    pub value: Option<Value>,
}

/// How guest code ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exit {
    /// It ran to its end.
    Finished,
    /// It asked to exit with this status.
    Status(i32),
    /// It raised an exception that nothing caught.
    Raised(Failure),
    /// It does not compile.
    Uncompilable(Failure),
    /// It imported a module that the guest does not have.
    ModuleUnavailable(String),
    /// The tests passed it an object of this type, which only exists inside one instance.
    CannotCross(String),
    /// The tests, or the call, asked for this name, which it does not define.
    Missing(String),
    /// WebAssembly stopped it: a defect or an exhausted stack in the language runtime.
    Trap(String),
    /// It reached a bound.
    Exceeded(Limit),
}

/// An exception, or what a compiler says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The exception's type name.
    pub kind: String,
    /// Its text.
    pub message: String,
    /// Line of the source where it was raised, from 1; 0 when unknown.
    pub line: u32,
}

/// Which bound of [`Limits`] was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// `fuel`.
    Fuel,
    /// `memory_bytes`.
    Memory,
    /// `output_bytes`.
    Output,
}

/// Why an execution gave no [`Execution`]. Says nothing about the program.
#[derive(Debug, Clone, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SandboxError {
    /// The caller withdrew the request.
    #[error("the execution was cancelled")]
    Cancelled,
    /// The wall-clock backstop was reached, twice.
    #[error(
        "the execution did not end within its {wall_ms} ms of wall clock, though its fuel was not used up: the machine is too slow or stuck"
    )]
    Wall {
        /// The backstop, in milliseconds.
        wall_ms: u64,
    },
    /// A worker process ended while it worked on the request, twice.
    #[error("two sandbox workers in a row died on this execution: {how}")]
    WorkerDied {
        /// How the second one did: an exit status, a signal, or what it said.
        how: String,
    },
    /// A worker was to have every wall around it, and one cannot be raised here.
    #[error("a sandbox worker may not start without the wall {wall}")]
    WallMissing {
        /// Which one, and why.
        wall: MissingWall,
    },
    /// No worker process could be started.
    #[error("a sandbox worker could not be started: {message}")]
    Start {
        /// The operating system's words.
        message: String,
    },
    /// There is no guest for the program's language.
    #[error("there is no guest for programs in {language}: {message}")]
    GuestMissing {
        /// The language.
        language: String,
        /// Why, and what to do.
        message: String,
    },
    /// The language has no such job.
    #[error("programs in {language} can only be run with standard input and output")]
    JobUnsupported {
        /// The language's name.
        language: String,
    },
    /// The WebAssembly engine refused something that it must not refuse.
    #[error("the WebAssembly engine failed: {message}")]
    Engine {
        /// Its words.
        message: String,
    },
}

mod serde_bytes_arc {
    use serde::{Deserializer, Serializer};
    use std::sync::Arc;

    pub(super) fn serialize<S: Serializer>(bytes: &Arc<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
        serde_bytes::serialize(&**bytes, serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[u8]>, D::Error> {
        serde_bytes::deserialize::<Vec<u8>, D>(deserializer).map(Arc::from)
    }
}
