//! Requests to verify, and results.

use gavel_task::{Detail, Item, Verdict, VerifyError};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::time::Duration;
use utoipa::ToSchema;

/// The body of `POST /v1/verify`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    /// The items, each read by itself, so that one that cannot be read is one result and not an error of the request.
    #[schema(value_type = Vec<Object>)]
    pub items: Vec<Box<RawValue>>,
    /// Milliseconds from now after which items that are not done come back with outcome `deadline`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<u64>,
    /// How much evidence results carry.
    #[serde(default)]
    pub detail: DetailLevel,
}

/// How much evidence results carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DetailLevel {
    /// None.
    Score,
    /// What was extracted, and the parts of the score.
    Summary,
    /// Also a result for each test, without what the program printed.
    #[default]
    Tests,
    /// Everything.
    Full,
}

impl DetailLevel {
    fn keep(self, mut detail: Detail) -> Option<Detail> {
        match self {
            Self::Score => return None,
            Self::Summary => detail.tests.clear(),
            Self::Tests => {
                for test in &mut detail.tests {
                    test.stdout_head.clear();
                    test.stderr_head.clear();
                }
            }
            Self::Full => {}
        }
        Some(detail)
    }
}

/// What came of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// There is a score, and it is about the response.
    Graded,
    /// The item is at fault: no score, and sending it again does not help.
    RejectedItem,
    /// The verifier is at fault: no score, and sending it again may help.
    Error,
    /// The request's deadline passed first.
    Deadline,
    /// Nobody waited any more, or the server went away.
    Cancelled,
}

impl Outcome {
    /// The outcome that an error means.
    pub fn of(error: &VerifyError) -> Self {
        match error {
            VerifyError::Deadline => Self::Deadline,
            VerifyError::Cancelled => Self::Cancelled,
            error if error.is_retryable() => Self::Error,
            _ => Self::RejectedItem,
        }
    }
}

/// The result of one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemResult {
    /// Position of the item in its request or file, from 0.
    pub index: u32,
    /// The item's id.
    pub id: String,
    /// What came of it.
    pub outcome: Outcome,
    /// In [0, 1]; present if and only if the outcome is `graded`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// A stable code: why the verdict is what it is, or what kept it from being given.
    pub reason: String,
    /// The same for people.
    pub message: String,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub detail: Option<Detail>,
    /// How long it took.
    pub timing: TimingMs,
    /// Two results of the same version for the same item are the same.
    pub verifier_version: String,
    /// Whether sending the item again may give another outcome.
    pub retryable: bool,
}

/// Milliseconds that an item waited and ran, by the wall clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TimingMs {
    /// From its arrival to its start.
    pub queue_ms: f64,
    /// From its start to its end.
    pub run_ms: f64,
}

/// The same as [`Duration`]s.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// From its arrival to its start.
    pub queue: Duration,
    /// From its start to its end.
    pub run: Duration,
}

impl From<Times> for TimingMs {
    /// Rounded to microseconds.
    fn from(times: Times) -> Self {
        let ms = |duration: Duration| duration.as_micros() as f64 / 1000.0;
        Self { queue_ms: ms(times.queue), run_ms: ms(times.run) }
    }
}

impl ItemResult {
    /// The result of the item at `index` with this `id`.
    pub fn new(index: u32, id: String, result: Result<Verdict, VerifyError>, times: Times, version: &str, level: DetailLevel) -> Self {
        let (timing, verifier_version) = (times.into(), version.to_owned());
        match result {
            Ok(verdict) => Self {
                index,
                id,
                outcome: Outcome::Graded,
                score: Some(verdict.score.get()),
                reason: verdict.reason.as_str().to_owned(),
                message: verdict.message,
                detail: level.keep(verdict.detail),
                timing,
                verifier_version,
                retryable: false,
            },
            Err(error) => Self {
                index,
                id,
                outcome: Outcome::of(&error),
                score: None,
                reason: error.code().to_owned(),
                message: error.to_string(),
                detail: None,
                timing,
                verifier_version,
                retryable: error.is_retryable(),
            },
        }
    }
}

/// Reads an item.
///
/// # Errors
/// What is wrong with it, and its id if that can be read.
pub fn read_item(raw: &RawValue) -> Result<Item, (String, VerifyError)> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(default)]
        id: String,
    }
    serde_json::from_str(raw.get()).map_err(|error| {
        let id = serde_json::from_str::<Named>(raw.get()).map_or_else(|_| String::new(), |named| named.id);
        let text = error.to_string();
        let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what).to_owned();
        (id, VerifyError::InvalidItem { message })
    })
}

/// The reply to `POST /v1/verify`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct VerifyResponse {
    /// One for each item, in their order.
    pub results: Vec<ItemResult>,
    /// About all of them.
    pub stats: Stats,
}

/// About the results of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Stats {
    /// How many have a score.
    pub graded: u64,
    /// How many do not.
    pub not_graded: u64,
    /// Milliseconds from the arrival of the request to its last result.
    pub elapsed_ms: f64,
}

impl Stats {
    /// Counts a result.
    pub fn add(&mut self, result: &ItemResult) {
        match result.outcome {
            Outcome::Graded => self.graded += 1,
            _ => self.not_graded += 1,
        }
    }
}

/// A line of the streamed reply.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum StreamLine {
    /// The last one.
    Done {
        /// About all results.
        done: Stats,
    },
    /// Any other.
    Result(Box<ItemResult>),
}

/// The reply to `GET /v1/tasks`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TasksResponse {
    /// All tasks, sorted by name.
    pub tasks: Vec<Task>,
    /// Changes whenever any verdict may change.
    pub verifier_version: String,
}

/// A task that can be verified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Task {
    /// Its name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// Changes whenever a verdict of this task may change.
    pub version: String,
    /// An item that scores 1.
    #[schema(value_type = Object)]
    pub example: serde_json::Value,
    /// Its sub-tasks, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_tasks: Vec<SubTask>,
}

/// A sub-task, as `chain_sum` in `logic/chain_sum`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SubTask {
    /// Its name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// Whatever else there is to say: of tasks that make items, `config` (the defaults) and `curriculum` (what a level raises).
    #[serde(default, flatten)]
    #[schema(value_type = Object)]
    pub facts: serde_json::Map<String, serde_json::Value>,
}

impl From<gavel_task::TaskInfo> for Task {
    fn from(task: gavel_task::TaskInfo) -> Self {
        let sub_tasks = task.sub_tasks.into_iter().map(|sub| SubTask { name: sub.name, summary: sub.summary, facts: sub.facts });
        Self { name: task.name, summary: task.summary, version: task.version, example: task.example, sub_tasks: sub_tasks.collect() }
    }
}

/// The body of every reply that is not 200.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    /// What is wrong.
    pub error: ErrorInfo,
}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErrorInfo {
    /// A stable code.
    pub code: String,
    /// What is wrong, where, and what to do.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use gavel_task::{Reason, Score};

    fn result(outcome: Result<Verdict, VerifyError>) -> ItemResult {
        ItemResult::new(3, "a".to_owned(), outcome, Times::default(), "v", DetailLevel::Score)
    }

    #[test]
    fn a_score_is_there_when_graded_and_only_then() {
        let verdict = Verdict { score: Score::ZERO, reason: Reason::WRONG_ANSWER, message: String::new(), detail: Detail::default() };
        let graded = serde_json::to_value(result(Ok(verdict))).unwrap();
        assert_eq!((&graded["outcome"], &graded["score"]), (&"graded".into(), &0.0.into()));
        for (error, outcome, retryable) in [
            (VerifyError::Deadline, Outcome::Deadline, true),
            (VerifyError::Cancelled, Outcome::Cancelled, true),
            (VerifyError::Sandbox { message: String::new() }, Outcome::Error, true),
            (VerifyError::InvalidItem { message: String::new() }, Outcome::RejectedItem, false),
        ] {
            let failed = result(Err(error));
            assert_eq!((failed.outcome, failed.retryable, failed.score), (outcome, retryable, None));
            assert!(serde_json::to_value(failed).unwrap().get("score").is_none());
        }
    }

    #[test]
    fn an_item_that_cannot_be_read_keeps_its_id() {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        for (item, says) in [
            (r#"{"id": "x", "task": "code", "response": "r"}"#, "missing field `reference`"),
            (r#"{"id": "x", "task": "Code!", "response": "r", "reference": 1}"#, "is no task name"),
            (r#"{"id": "x", "task": "code", "response": "r", "reference": 1, "suite": "s"}"#, "unknown field `suite`"),
            (r#"{"id": "x", "task": "code", "response": 5, "reference": 1}"#, "invalid type"),
        ] {
            let (id, error) = read_item(&raw(item)).unwrap_err();
            assert_eq!(id, "x");
            assert!(error.to_string().contains(says), "{error}");
        }
        assert_eq!(read_item(&raw("17")).unwrap_err().0, "");
    }
}
