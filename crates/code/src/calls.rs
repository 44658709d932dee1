//! Tests of kind function call.

use crate::domain::Trial;
use crate::reason::{ended, outcome, reasons, result};
use crate::reference::{CallInput, CallTest};
use crate::{Arguments, values};
use gavel_sandbox::{Execution, Exit, Job, Value};
use gavel_task::{Reason, TestResult};

/// How much of a value a message shows.
const SHOWN_BYTES: usize = 200;

/// Which of several ways to read text as arguments the tests of one problem prefer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preference {
    List,
    Lines,
}

impl Preference {
    /// See [`Arguments`].
    pub(crate) fn of(arguments: Arguments, tests: &[CallTest]) -> Option<Self> {
        match arguments {
            Arguments::Lines => Some(Self::Lines),
            Arguments::List => Some(Self::List),
            Arguments::Auto => {
                let one_in_a_list = |test: &CallTest| match &test.input {
                    CallInput::List(_) => true,
                    CallInput::Lines(lines) => matches!(lines.as_slice(), [Value::List(items)] if items.len() == 1),
                };
                tests.iter().all(one_in_a_list).then_some(Self::List)
            }
        }
    }
}

/// What to run for a test.
pub(crate) fn job(function: &str, preference: Option<Preference>, test: &CallTest) -> Job {
    let forms = match (&test.input, preference) {
        (CallInput::List(arguments), _) => vec![arguments.clone()],
        (CallInput::Lines(lines), Some(Preference::Lines)) => vec![lines.clone()],
        (CallInput::Lines(lines), preference) => match lines.as_slice() {
            [Value::List(items)] if preference == Some(Preference::List) => vec![items.clone()],
            [Value::List(items)] => vec![lines.clone(), items.clone()],
            _ => vec![lines.clone()],
        },
    };
    Job::Call { function: function.to_owned(), forms }
}

/// What its execution says.
pub(crate) fn judge(trial: &Trial<'_>, index: usize, test: &CallTest, execution: &Execution) -> TestResult {
    if let Exit::Status(status) = execution.exit {
        let message = format!("exited with status {status} instead of returning a value");
        return ended(index, (reasons::EXIT_BEFORE_CHECK, Some(status), message), execution);
    }
    if let Some(why) = outcome(&execution.exit) {
        return ended(index, why, execution);
    }
    let actual = execution.value.as_ref().unwrap_or(&Value::Opaque);
    if values::equal(&test.expected, actual, trial.options.comparison) {
        return result(index, Reason::CORRECT, execution);
    }
    let message = format!("expected {}, got {}", values::repr(&test.expected, SHOWN_BYTES), values::repr(actual, SHOWN_BYTES));
    TestResult { message, ..result(index, Reason::WRONG_ANSWER, execution) }
}
