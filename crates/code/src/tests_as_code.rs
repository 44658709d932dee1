//! Tests that are programs themselves.

use crate::domain::{Trial, sandbox_error};
use crate::reason::{ended, outcome, reasons, result};
use gavel_sandbox::{Execution, Exit, Job, Language, Request};
use gavel_task::{Isolation, Reason, TestResult, VerifyError};
use std::sync::Arc;

/// What to run for a test.
pub(crate) fn job(tests: &Arc<str>, entry_point: &str, isolation: Isolation) -> Job {
    Job::Check { tests: Arc::clone(tests), entry_point: entry_point.to_owned(), shared: isolation == Isolation::Shared }
}

/// What its execution says. Tests that pass objects to the program that only exist in one instance are run once more, beside it.
pub(crate) fn judge(
    trial: &Trial<'_>,
    index: usize,
    tests: &Arc<str>,
    entry_point: &str,
    execution: &Execution,
) -> Result<TestResult, VerifyError> {
    // Only the tests can say so: what ended a program is its own doing.
    if !matches!(execution.exit, Exit::CannotCross(_)) || execution.program_exit.is_some() {
        return verdict(index, Isolation::Separate, execution);
    }
    if trial.language != Language::Python {
        let message = format!("it passes the program something that is no data, which tests in {} cannot", trial.language);
        return Err(broken(index, message));
    }
    let request = Request {
        language: trial.language,
        source: Arc::clone(&trial.source),
        job: job(tests, entry_point, Isolation::Shared),
        limits: trial.limits,
    };
    let beside = trial.sandbox.submit(request, trial.cancel()).wait().map_err(sandbox_error)?;
    let total = Execution { fuel: beside.fuel + execution.fuel, ..beside };
    verdict(index, Isolation::Shared, &total)
}

fn verdict(index: usize, isolation: Isolation, execution: &Execution) -> Result<TestResult, VerifyError> {
    let judged = match (&execution.exit, &execution.program_exit) {
        (Exit::Finished, None) => result(index, Reason::CORRECT, execution),
        (_, Some(Exit::Status(status))) | (Exit::Status(status), None)
            if isolation == Isolation::Shared || execution.program_exit.is_some() =>
        {
            let message = format!("the program exited with status {status} before the tests were through");
            ended(index, (reasons::EXIT_BEFORE_CHECK, Some(*status), message), execution)
        }
        // Beside the program they have been compiled before, in their own instance.
        (Exit::Uncompilable(failure), None) if isolation == Isolation::Separate => {
            let message = format!("the test does not compile: {}: {} (line {})", failure.kind, failure.message, failure.line);
            return Err(broken(index, message));
        }
        (Exit::Status(status), None) => return Err(broken(index, format!("the test exited with status {status}"))),
        (Exit::Raised(failure), None) if failure.kind == "AssertionError" => {
            let what = if failure.message.is_empty() { "an assertion" } else { failure.message.as_str() };
            let message = format!("{what} failed (line {} of the test)", failure.line);
            TestResult { message, ..result(index, Reason::WRONG_ANSWER, execution) }
        }
        (exit, program_exit) => {
            let why = outcome(program_exit.as_ref().unwrap_or(exit)).unwrap_or((reasons::RUNTIME_ERROR, None, String::new()));
            ended(index, why, execution)
        }
    };
    Ok(TestResult { isolation: Some(isolation), ..judged })
}

fn broken(index: usize, message: String) -> VerifyError {
    VerifyError::InvalidReference { field: format!("tests[{index}]"), message }
}
