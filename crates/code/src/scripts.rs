//! Tests of kind standard input and output.

use crate::domain::{Trial, sandbox_error};
use crate::reason::{ended, outcome, result};
use crate::reference::ScriptTest;
use crate::{Options, compare, diff};
use gavel_sandbox::{Execution, Exit, Job, Language, Request, Value};
use gavel_task::{Reason, Score, TestResult, VerifyError};
use std::sync::Arc;

/// What to run for a test.
pub(crate) fn job(test: &ScriptTest) -> Job {
    Job::Run { stdin: Arc::clone(&test.stdin), prelude: true }
}

/// What its execution says.
pub(crate) fn judge(trial: &Trial<'_>, index: usize, test: &ScriptTest, execution: &Execution) -> Result<TestResult, VerifyError> {
    match outcome(&execution.exit) {
        // A program that ends itself with status 0 has ended well: it was not interrupted in anything.
        Some(_) if execution.exit == Exit::Status(0) => {}
        Some(why) => return Ok(ended(index, why, execution)),
        None => {}
    }
    let judged = match &trial.options.checker {
        Some(checker) => checked(trial, checker, index, test, execution)?,
        None => compared(trial.options, index, test, execution),
    };
    Ok(TestResult { exit_code: Some(0), ..judged })
}

fn compared(options: &Options, index: usize, test: &ScriptTest, execution: &Execution) -> TestResult {
    let expected = test.expected.as_bytes();
    match compare::outputs(options.comparison, expected, &execution.stdout) {
        Ok(()) => result(index, Reason::CORRECT, execution),
        Err(mismatch) => TestResult {
            message: mismatch.to_string(),
            diff: diff::at(&mismatch, expected, &execution.stdout),
            ..result(index, Reason::WRONG_ANSWER, execution)
        },
    }
}

/// Asks the reference's own checker, in an instance of its own.
fn checked(trial: &Trial<'_>, checker: &str, index: usize, test: &ScriptTest, execution: &Execution) -> Result<TestResult, VerifyError> {
    let output = String::from_utf8_lossy(&execution.stdout);
    match ask(trial, checker, test, &output)? {
        Ok(score) => {
            let reason = if score == Score::ONE { Reason::CORRECT } else { Reason::WRONG_ANSWER };
            Ok(TestResult { score, message: format!("the checker says {}", score.get()), ..result(index, reason, execution) })
        }
        // A checker may well raise on output that is not what it parses. One that raises on what is expected is broken.
        Err(why) => match ask(trial, checker, test, &test.expected)? {
            Ok(_) => Ok(TestResult {
                message: format!("the checker rejects the output: {why}"),
                ..result(index, Reason::WRONG_ANSWER, execution)
            }),
            Err(why) => {
                Err(VerifyError::InvalidOptions { message: format!("`checker` fails on the expected output of test {index}: {why}") })
            }
        },
    }
}

fn ask(trial: &Trial<'_>, checker: &str, test: &ScriptTest, output: &str) -> Result<Result<Score, String>, VerifyError> {
    let input = String::from_utf8_lossy(&test.stdin).into_owned();
    let arguments = vec![Value::Str(input), Value::Str(output.to_owned()), Value::Str(test.expected.clone())];
    let job = Job::Call { function: "check".to_owned(), forms: vec![arguments] };
    let request = Request { language: Language::Python, source: checker.into(), job, limits: trial.checker_limits };
    let execution = trial.sandbox.submit(request, trial.cancel()).wait().map_err(sandbox_error)?;
    if let Some((_, _, message)) = outcome(&execution.exit) {
        return Ok(Err(message));
    }
    let number = match execution.value {
        Some(Value::Bool(right)) => f64::from(u8::from(right)),
        Some(Value::Int(number)) => number as f64,
        Some(Value::Float(number)) => number,
        _ => f64::NAN,
    };
    Ok(Score::try_from(number).map_err(|_| "it returned neither a bool nor a number in [0, 1]".to_owned()))
}
