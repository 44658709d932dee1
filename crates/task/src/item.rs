//! The record of one verification.

use crate::{Limits, TaskName};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// One response to verify, as it travels over HTTP, in JSON Lines files and inside the process.
///
/// `reference` and `options` stay raw JSON until the domain named by `task` reads them: only it knows their types.
///
/// ```
/// use gavel_task::Item;
/// let item: Item = serde_json::from_str(
///     r#"{"id": "a", "task": "code", "response": "print(1)", "reference": {"inputs": [""], "outputs": ["1"]}}"#,
/// )?;
/// assert_eq!(item.task.domain(), "code");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The caller's name for this item, echoed in its result. May be empty and need not be unique.
    #[serde(default)]
    pub id: String,
    /// Which task the response answers.
    pub task: TaskName,
    /// What the model wrote, without the prompt.
    pub response: String,
    /// What the model was asked, where the task needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// What the response is judged by; its shape is the task's.
    pub reference: Box<RawValue>,
    /// How it is judged; absent means the task's defaults.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Box<RawValue>>,
    /// Bounds on what the response may use up; absent fields take the task's defaults.
    #[serde(default, skip_serializing_if = "Limits::is_default")]
    pub limits: Limits,
}
