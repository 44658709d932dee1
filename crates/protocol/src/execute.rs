//! Running a program without judging it.

use gavel_task::Limits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The body of `POST /v1/execute`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExecuteRequest {
    /// The program's language, by any of its names; see docs/grading-code.md.
    #[serde(default = "python")]
    pub language: String,
    /// Its source.
    pub source: String,
    /// What it reads from standard input.
    #[serde(default)]
    pub stdin: String,
    /// Whether the usual competition names are in scope.
    #[serde(default)]
    pub prelude: bool,
    /// Bounds on it.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub limits: Limits,
}

fn python() -> String {
    "python".to_owned()
}

/// The reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExecuteResponse {
    /// How the program ended.
    pub exit: ExecuteExit,
    /// What it wrote to standard output; bytes that are not UTF-8 are replaced.
    pub stdout: String,
    /// What it wrote to standard error; likewise.
    pub stderr: String,
    /// Fuel used.
    pub fuel: u64,
    /// Largest memory held, the language runtime included.
    pub peak_memory_bytes: u64,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExecuteExit {
    /// In which way.
    pub kind: ExitKind,
    /// Its exit status, when it asked to exit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<i32>,
    /// The exception, the module or the limit; empty when it finished.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
}

/// Ways to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExitKind {
    /// It ran to its end.
    Finished,
    /// It asked to exit.
    Status,
    /// It raised an exception that nothing caught.
    Raised,
    /// It does not compile.
    Uncompilable,
    /// It imported a module that the sandbox does not have.
    ModuleUnavailable,
    /// Its language runtime was stopped.
    Trap,
    /// It reached a limit.
    Limit,
}

impl ExitKind {
    /// As in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Status => "status",
            Self::Raised => "raised",
            Self::Uncompilable => "uncompilable",
            Self::ModuleUnavailable => "module_unavailable",
            Self::Trap => "trap",
            Self::Limit => "limit",
        }
    }
}
