//! `POST /v1/execute` over the sandbox.

use gavel_code::sandbox_limits;
use gavel_protocol::{ExecuteExit, ExecuteRequest, ExecuteResponse, ExitKind};
use gavel_sandbox::{Exit, Job, Language, Limit, Request, Sandbox, SandboxError};
use gavel_server::Executor;
use gavel_task::{CancelToken, VerifyError};
use std::sync::Arc;

/// Runs programs in a sandbox.
pub(crate) struct SandboxExecutor(pub(crate) Arc<Sandbox>);

impl Executor for SandboxExecutor {
    fn execute(&self, request: ExecuteRequest, cancel: CancelToken) -> Result<ExecuteResponse, VerifyError> {
        let Some(language) = Language::named(&request.language) else {
            let known: Vec<&str> = Language::all().map(Language::name).collect();
            let message = format!("`language`: there is no `{}`; there are {}", request.language, known.join(", "));
            return Err(VerifyError::InvalidItem { message });
        };
        let limits = sandbox_limits(&request.limits, language)?;
        let job = Job::Run { stdin: request.stdin.into_bytes().into(), prelude: request.prelude };
        let pending = self.0.submit(Request { language, source: request.source.into(), job, limits }, cancel.flag());
        let execution = pending.wait().map_err(|error| match error {
            SandboxError::Cancelled => VerifyError::Cancelled,
            other => VerifyError::Sandbox { message: other.to_string() },
        })?;
        Ok(ExecuteResponse {
            exit: exit(execution.exit),
            stdout: String::from_utf8_lossy(&execution.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&execution.stderr).into_owned(),
            fuel: execution.fuel,
            peak_memory_bytes: execution.peak_memory_bytes,
        })
    }
}

fn exit(exit: Exit) -> ExecuteExit {
    let (kind, status, message) = match exit {
        Exit::Finished => (ExitKind::Finished, None, String::new()),
        Exit::Status(status) => (ExitKind::Status, Some(status), String::new()),
        Exit::Raised(failure) => (ExitKind::Raised, None, format!("{}: {} (line {})", failure.kind, failure.message, failure.line)),
        Exit::Uncompilable(failure) => {
            (ExitKind::Uncompilable, None, format!("{}: {} (line {})", failure.kind, failure.message, failure.line))
        }
        Exit::ModuleUnavailable(module) => (ExitKind::ModuleUnavailable, None, module),
        Exit::CannotCross(what) | Exit::Missing(what) | Exit::Trap(what) => (ExitKind::Trap, None, what),
        Exit::Exceeded(limit) => {
            let name = match limit {
                Limit::Fuel => "fuel",
                Limit::Memory => "memory",
                Limit::Output => "output",
            };
            (ExitKind::Limit, None, name.to_owned())
        }
    };
    ExecuteExit { kind, status, message }
}
