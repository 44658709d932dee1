//! What a kind of task must be able to do.

use crate::{Budget, GenerateError, Items, Order, SubTask, TaskName, Verdict, VerifyError};
use serde::de::DeserializeOwned;

/// A model's answer to one prompt.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The full task name; a domain with sub-tasks reads [`TaskName::sub`].
    pub task: &'a TaskName,
    /// What the model was asked, when the caller sent it.
    pub prompt: Option<&'a str>,
    /// What the model wrote.
    pub response: &'a str,
}

/// A family of tasks judged by the same code: `code`, `math`, `logic`.
///
/// Verification is a pure function of its arguments and of [`version`](Domain::version): no clock, no randomness without a seed, no shared state. It
/// may block, and runs on a thread of the verifier's pool.
pub trait Domain: Send + Sync + 'static {
    /// The first part of every [`TaskName`] that this domain judges.
    const NAME: &'static str;
    /// One sentence for people who list the tasks.
    const SUMMARY: &'static str;
    /// What responses are judged by, read from the item's `reference`.
    type Reference: DeserializeOwned;
    /// How they are judged, read from the item's `options`.
    type Options: DeserializeOwned + Default;

    /// Changes whenever a verdict of this domain may change.
    fn version(&self) -> String;

    /// An item of this domain that scores 1, as JSON, for documentation and self-tests.
    fn example(&self) -> serde_json::Value;

    /// Judges one response.
    ///
    /// # Errors
    /// Whatever kept the response from being judged: a fault of the item or of ours, never of the response.
    fn verify(
        &self,
        attempt: Attempt<'_>,
        reference: &Self::Reference,
        options: &Self::Options,
        budget: &Budget,
    ) -> Result<Verdict, VerifyError>;

    /// The sub-tasks there are, sorted by name; empty where the domain is one task.
    fn sub_tasks(&self) -> Vec<SubTask> {
        Vec::new()
    }

    /// Makes items of a sub-task.
    ///
    /// # Errors
    /// If it makes none, or not of this configuration.
    fn generate(&self, order: &Order) -> Result<Items<'static>, GenerateError> {
        Err(GenerateError::UnknownTask { task: order.task.clone(), known: Vec::new() })
    }
}
