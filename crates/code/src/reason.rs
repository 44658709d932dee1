//! Why a test passed or failed: codes for how executions end.

use gavel_sandbox::{Execution, Exit, Limit};
use gavel_task::{Reason, Score, TestResult};

/// The codes of this domain, beside [`Reason::CORRECT`] and [`Reason::WRONG_ANSWER`].
pub mod reasons {
    use gavel_task::Reason;

    /// The response holds no program.
    pub const NO_PROGRAM: Reason = Reason::new("no_program");
    /// The program does not compile.
    pub const COMPILE_ERROR: Reason = Reason::new("compile_error");
    /// It raised an exception, exited with a status other than 0, or crashed its runtime.
    pub const RUNTIME_ERROR: Reason = Reason::new("runtime_error");
    /// It used up its fuel.
    pub const CPU_LIMIT: Reason = Reason::new("cpu_limit");
    /// It asked for more memory than it may have, and ended because of it.
    pub const MEMORY_LIMIT: Reason = Reason::new("memory_limit");
    /// It printed more than it may.
    pub const OUTPUT_LIMIT: Reason = Reason::new("output_limit");
    /// It imported a module that the sandbox does not have.
    pub const MODULE_UNAVAILABLE: Reason = Reason::new("module_unavailable");
    /// It does not define the function that is called.
    pub const MISSING_FUNCTION: Reason = Reason::new("missing_function");
    /// It ended the process before the tests were through.
    pub const EXIT_BEFORE_CHECK: Reason = Reason::new("exit_before_check");
    /// Left out because an earlier test failed.
    pub const SKIPPED: Reason = Reason::new("skipped");
}

/// The reason, exit status and message for a program that ended like this before it gave an answer; None if it ran to its end.
pub fn outcome(exit: &Exit) -> Option<(Reason, Option<i32>, String)> {
    let at = |line: u32| if line > 0 { format!(" (line {line})") } else { String::new() };
    Some(match exit {
        Exit::Finished => return None,
        Exit::Status(status) => (reasons::RUNTIME_ERROR, Some(*status), format!("exited with status {status}")),
        Exit::Raised(failure) => (reasons::RUNTIME_ERROR, Some(1), format!("{}: {}{}", failure.kind, failure.message, at(failure.line))),
        Exit::Uncompilable(failure) => (reasons::COMPILE_ERROR, None, format!("{}: {}{}", failure.kind, failure.message, at(failure.line))),
        Exit::ModuleUnavailable(module) => (reasons::MODULE_UNAVAILABLE, Some(1), format!("the sandbox has no module `{module}`")),
        Exit::Missing(name) => (reasons::MISSING_FUNCTION, None, format!("the program does not define `{name}`")),
        Exit::CannotCross(kind) => (reasons::RUNTIME_ERROR, None, format!("an object of type `{kind}` cannot leave its instance")),
        Exit::Trap(trap) => (reasons::RUNTIME_ERROR, Some(134), format!("the language runtime stopped: {trap}")),
        Exit::Exceeded(Limit::Fuel) => (reasons::CPU_LIMIT, None, "used up its CPU budget".to_owned()),
        Exit::Exceeded(Limit::Memory) => (reasons::MEMORY_LIMIT, None, "asked for more memory than its limit".to_owned()),
        Exit::Exceeded(Limit::Output) => (reasons::OUTPUT_LIMIT, None, "printed more than its limit".to_owned()),
    })
}

/// The result of a test that failed for `reason`, with the evidence of its execution.
pub(crate) fn result(index: usize, reason: Reason, execution: &Execution) -> TestResult {
    TestResult {
        index: index as u32,
        score: Score::binary(reason == Reason::CORRECT),
        reason,
        fuel: execution.fuel,
        peak_memory_bytes: execution.peak_memory_bytes,
        exit_code: None,
        isolation: None,
        message: String::new(),
        diff: String::new(),
        stdout_head: head(&execution.stdout),
        stderr_head: head(&execution.stderr),
    }
}

/// As [`result`], for a program that ended by itself.
pub(crate) fn ended(index: usize, (reason, exit_code, message): (Reason, Option<i32>, String), execution: &Execution) -> TestResult {
    TestResult { exit_code, message, ..result(index, reason, execution) }
}

/// A test that did not run.
pub(crate) fn not_run(index: usize, reason: Reason, message: &str) -> TestResult {
    TestResult {
        index: index as u32,
        reason,
        score: Score::ZERO,
        fuel: 0,
        peak_memory_bytes: 0,
        exit_code: None,
        isolation: None,
        message: message.to_owned(),
        diff: String::new(),
        stdout_head: String::new(),
        stderr_head: String::new(),
    }
}

/// Bytes of each stream that a result shows.
const HEAD_BYTES: usize = 1024;

fn head(bytes: &[u8]) -> String {
    let shown = &bytes[..bytes.len().min(HEAD_BYTES)];
    let mut text = String::from_utf8_lossy(shown).into_owned();
    if shown.len() < bytes.len() {
        text.push('…');
    }
    text
}
