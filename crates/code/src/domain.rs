//! The domain `code`: from a response to a verdict.

use crate::calls::{self, Preference};
use crate::reason::{not_run, reasons};
use crate::reference::{Reference, Tests};
use crate::{Credit, Options, extract, scripts, tests_as_code};
use gavel_sandbox::{Execution, Job, Language, Limits, MAX_MEMORY_BYTES, Pending, Recipe, Request, Sandbox, SandboxError};
use gavel_task::{Attempt, Budget, CancelToken, Detail, Domain, Isolation, Reason, Score, TestResult, Verdict, VerifyError};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Judges programs on test cases, each test in a fresh instance of the sandbox.
#[derive(Debug)]
pub struct Code {
    sandbox: Arc<Sandbox>,
}

impl Code {
    /// Judges with this sandbox, whose guest must be Python.
    pub fn new(sandbox: Arc<Sandbox>) -> Self {
        Self { sandbox }
    }
}

impl Domain for Code {
    const NAME: &'static str = "code";
    const SUMMARY: &'static str =
        "Runs the program in the response on tests: standard input and output, function calls, or tests that are code";
    type Reference = Reference;
    type Options = Options;

    fn version(&self) -> String {
        let guests: String = Recipe::all().iter().map(|recipe| format!("+{}.{}", recipe.name(), recipe.digest())).collect();
        format!("1{guests}")
    }

    fn example(&self) -> serde_json::Value {
        serde_json::json!({
            "task": "code",
            "response": "```python\nprint(sum(map(int, input().split())))\n```",
            "reference": {"inputs": ["1 2", "20 22"], "outputs": ["3", "42"]},
        })
    }

    fn verify(&self, attempt: Attempt<'_>, reference: &Reference, options: &Options, budget: &Budget) -> Result<Verdict, VerifyError> {
        if let Some(sub) = attempt.task.sub() {
            return Err(VerifyError::InvalidItem {
                message: format!("`task`: `code` has no sub-task `{sub}`; the language is an option, or a field of the reference"),
            });
        }
        if options.checker.is_some() && !matches!(reference.tests, Tests::Scripts(_)) {
            return Err(VerifyError::InvalidOptions { message: "`checker` works on standard output only".to_owned() });
        }
        let language = reference.language.unwrap_or(options.language);
        supports(language, &reference.tests)?;
        let limits = sandbox_limits(&budget.limits, language)?;
        let checker_limits = sandbox_limits(&budget.limits, Language::Python)?;
        let Some(program) = extract::program(attempt.response, language) else {
            let message = format!("the response holds no program: no closed thinking with a block of {language} or bare code after it");
            return Ok(Verdict { score: Score::ZERO, reason: reasons::NO_PROGRAM, message, detail: Detail::default() });
        };
        let source: Arc<str> = program.source.into();
        let trial = Trial { sandbox: &self.sandbox, language, source, options, limits, checker_limits, cancel: &budget.cancel };
        let results = match &reference.tests {
            Tests::Scripts(tests) => {
                trial.run(tests, scripts::job, |index, test, execution| scripts::judge(&trial, index, test, &execution))
            }
            Tests::Calls { function, tests } => {
                let preference = Preference::of(options.arguments, tests);
                trial.run(
                    tests,
                    |test| calls::job(function, preference, test),
                    |index, test, execution| Ok(calls::judge(&trial, index, test, &execution)),
                )
            }
            Tests::Code { tests, entry_point } => trial.run(
                tests,
                |test| tests_as_code::job(test, entry_point, Isolation::Separate),
                |index, test, execution| tests_as_code::judge(&trial, index, test, entry_point, &execution),
            ),
        }?;
        Ok(verdict(trial.source.as_ref(), results, options.credit))
    }
}

/// Refuses tests of a kind that the language's guest does not know.
fn supports(language: Language, tests: &Tests) -> Result<(), VerifyError> {
    match (language, tests) {
        (Language::Python | Language::JavaScript, _) | (_, Tests::Scripts(_)) => Ok(()),
        (_, Tests::Calls { .. } | Tests::Code { .. }) => Err(VerifyError::InvalidReference {
            field: "tests".to_owned(),
            message: format!("programs in {language} are tested by standard input and output only"),
        }),
    }
}

/// One program on its way through the tests.
pub(crate) struct Trial<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) language: Language,
    pub(crate) source: Arc<str>,
    pub(crate) options: &'a Options,
    pub(crate) limits: Limits,
    /// Those of a checker, which is in Python.
    pub(crate) checker_limits: Limits,
    cancel: &'a CancelToken,
}

impl Trial<'_> {
    pub(crate) fn cancel(&self) -> Arc<AtomicBool> {
        self.cancel.flag()
    }

    /// Executes and judges every test, keeping as many in the sandbox's queue as it can run at once. Results are in the order of the tests, and do not depend
    /// on the order in which executions end.
    fn run<T>(
        &self,
        tests: &[T],
        job: impl Fn(&T) -> Job,
        judge: impl Fn(usize, &T, Execution) -> Result<TestResult, VerifyError>,
    ) -> Result<Vec<TestResult>, VerifyError> {
        let mut results: Vec<TestResult> = Vec::with_capacity(tests.len());
        // Dropping what is queued here withdraws it, whichever way this function ends.
        let mut ahead: VecDeque<Pending> = VecDeque::new();
        let mut next = 0;
        for (index, test) in tests.iter().enumerate() {
            while next < tests.len() && ahead.len() < self.sandbox.width() {
                let request =
                    Request { language: self.language, source: Arc::clone(&self.source), job: job(&tests[next]), limits: self.limits };
                ahead.push_back(self.sandbox.submit(request, self.cancel()));
                next += 1;
                // The first test goes alone: a program that does not compile needs no second one.
                if next == 1 {
                    break;
                }
            }
            let pending = ahead.pop_front().expect("the loop above queued this test");
            let execution = pending.wait().map_err(sandbox_error)?;
            let result = judge(index, test, execution)?;
            let rest = if result.reason == reasons::COMPILE_ERROR {
                Some((reasons::COMPILE_ERROR, result.message.clone()))
            } else if result.score < Score::ONE && self.options.stop_on_first_failure {
                Some((reasons::SKIPPED, "left out after a failed test".to_owned()))
            } else {
                None
            };
            results.push(result);
            if let Some((reason, message)) = rest {
                results.extend((index + 1..tests.len()).map(|index| not_run(index, reason.clone(), &message)));
                break;
            }
        }
        Ok(results)
    }
}

fn verdict(source: &str, tests: Vec<TestResult>, credit: Credit) -> Verdict {
    let passed = tests.iter().filter(|test| test.score == Score::ONE).count();
    let first_failure = tests.iter().find(|test| test.score < Score::ONE);
    let reason = first_failure.map_or(Reason::CORRECT, |test| test.reason.clone());
    let mut message = format!("{passed} of {} tests passed", tests.len());
    if let Some(test) = first_failure {
        message += &format!("; test {}: {}", test.index, test.reason);
        if !test.message.is_empty() {
            message += &format!(": {}", test.message);
        }
    }
    let total: f64 = tests.iter().map(|test| test.score.get()).sum();
    let score = match credit {
        Credit::Fraction => Score::try_from((total / tests.len() as f64).min(1.0)).expect("a mean of scores is a score"),
        Credit::AllOrNothing => Score::binary(first_failure.is_none()),
    };
    let components = BTreeMap::from([("tests_passed".to_owned(), passed as f64), ("tests".to_owned(), tests.len() as f64)]);
    Verdict { score, reason, message, detail: Detail { extracted: Some(source.to_owned()), tests, components, ..Detail::default() } }
}

/// The least memory under which the Python guest starts, with room for a small program.
const MIN_MEMORY_BYTES: u64 = 64 << 20;
const MAX_OUTPUT_BYTES: u64 = 256 << 20;
/// The budget of an item that names none.
const DEFAULT_CPU_SECONDS: u64 = 2;
/// More than a day of CPU.
const MAX_CPU_SECONDS: f64 = 10_000.0;

/// The sandbox's limits for an item's and a program in this language, which have been checked to be positive.
///
/// # Errors
/// If a limit is outside what the sandbox can keep.
pub fn sandbox_limits(limits: &gavel_task::Limits, language: Language) -> Result<Limits, VerifyError> {
    let invalid = |field, message: String| Err(VerifyError::InvalidLimits { field, message });
    let (defaults, per_second) = (Limits::default(), language.fuel_per_cpu_second());
    let fuel = match (limits.cpu_seconds, limits.fuel) {
        (Some(seconds), None) if seconds > 0.0 && seconds <= MAX_CPU_SECONDS => (seconds * per_second as f64) as u64,
        (Some(seconds), None) => return invalid("cpu_seconds", format!("{seconds} is not in (0, {MAX_CPU_SECONDS}]")),
        (Some(_), Some(_)) => return invalid("fuel", "give either `fuel` or `cpu_seconds`".to_owned()),
        (None, fuel) => fuel.unwrap_or(DEFAULT_CPU_SECONDS * per_second),
    };
    let memory_bytes = limits.memory_bytes.unwrap_or(defaults.memory_bytes);
    if !(MIN_MEMORY_BYTES..=MAX_MEMORY_BYTES).contains(&memory_bytes) {
        return invalid(
            "memory_bytes",
            format!("{memory_bytes} is not between {MIN_MEMORY_BYTES} (what the language runtime needs) and {MAX_MEMORY_BYTES}"),
        );
    }
    let output_bytes = limits.output_bytes.unwrap_or(defaults.output_bytes);
    if output_bytes > MAX_OUTPUT_BYTES {
        return invalid("output_bytes", format!("{output_bytes} is more than {MAX_OUTPUT_BYTES}"));
    }
    let wall = limits.wall_ms.map_or_else(|| Limits::wall_for(fuel), Duration::from_millis);
    Ok(Limits { fuel, memory_bytes, output_bytes, wall })
}

pub(crate) fn sandbox_error(error: SandboxError) -> VerifyError {
    match error {
        SandboxError::Cancelled => VerifyError::Cancelled,
        other => VerifyError::Sandbox { message: other.to_string() },
    }
}
