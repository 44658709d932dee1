//! Between the JSON types and the gRPC messages.

use crate::{DetailLevel, ExecuteRequest, ExecuteResponse, GenerateRequest, ItemResult, Outcome, Stats, Task, TimingMs, grpc};
use gavel_task::{Item, Limits, VerifyError};
use serde_json::value::RawValue;

/// A gRPC message that has no JSON equivalent.
#[derive(Debug)]
pub struct InvalidMessage(pub String);

impl From<grpc::Limits> for Limits {
    fn from(limits: grpc::Limits) -> Self {
        let grpc::Limits { cpu_seconds, fuel, memory_bytes, output_bytes, wall_ms } = limits;
        Self { cpu_seconds, fuel, memory_bytes, output_bytes, wall_ms }
    }
}

impl From<Limits> for grpc::Limits {
    fn from(limits: Limits) -> Self {
        let Limits { cpu_seconds, fuel, memory_bytes, output_bytes, wall_ms } = limits;
        Self { cpu_seconds, fuel, memory_bytes, output_bytes, wall_ms }
    }
}

impl grpc::Item {
    /// The item in this message.
    ///
    /// # Errors
    /// What is wrong with it, and its id.
    pub fn read(self) -> Result<Item, (String, VerifyError)> {
        let invalid = |message: String| VerifyError::InvalidItem { message };
        let raw =
            |field: &str, text: String| RawValue::from_string(text).map_err(|error| invalid(format!("`{field}` is not JSON: {error}")));
        let parts = || {
            let task = self.task.parse().map_err(|error: gavel_task::InvalidTaskName| invalid(error.to_string()))?;
            let reference = raw("reference_json", self.reference_json)?;
            let options = if self.options_json.is_empty() { None } else { Some(raw("options_json", self.options_json)?) };
            Ok((task, reference, options))
        };
        match parts() {
            Ok((task, reference, options)) => Ok(Item {
                id: self.id,
                task,
                response: self.response,
                prompt: self.prompt,
                reference,
                options,
                limits: self.limits.map(Limits::from).unwrap_or_default(),
            }),
            Err(error) => Err((self.id, error)),
        }
    }
}

impl From<Item> for grpc::Item {
    fn from(item: Item) -> Self {
        Self {
            id: item.id,
            task: item.task.into(),
            response: item.response,
            prompt: item.prompt,
            reference_json: item.reference.get().to_owned(),
            options_json: item.options.map_or_else(String::new, |options| options.get().to_owned()),
            limits: Some(item.limits.into()),
        }
    }
}

impl From<grpc::DetailLevel> for DetailLevel {
    fn from(level: grpc::DetailLevel) -> Self {
        match level {
            grpc::DetailLevel::Unspecified => Self::default(),
            grpc::DetailLevel::Score => Self::Score,
            grpc::DetailLevel::Summary => Self::Summary,
            grpc::DetailLevel::Tests => Self::Tests,
            grpc::DetailLevel::Full => Self::Full,
        }
    }
}

impl From<ItemResult> for grpc::ItemResult {
    fn from(result: ItemResult) -> Self {
        let outcome = match result.outcome {
            Outcome::Graded => grpc::Outcome::Graded,
            Outcome::RejectedItem => grpc::Outcome::RejectedItem,
            Outcome::Error => grpc::Outcome::Error,
            Outcome::Deadline => grpc::Outcome::Deadline,
            Outcome::Cancelled => grpc::Outcome::Cancelled,
        };
        let detail_json =
            result.detail.as_ref().map_or_else(String::new, |detail| serde_json::to_string(detail).expect("details are plain data"));
        Self {
            index: result.index,
            id: result.id,
            outcome: outcome.into(),
            score: result.score,
            reason: result.reason,
            message: result.message,
            detail_json,
            queue_ms: result.timing.queue_ms,
            run_ms: result.timing.run_ms,
            verifier_version: result.verifier_version,
            retryable: result.retryable,
        }
    }
}

impl TryFrom<grpc::ItemResult> for ItemResult {
    type Error = InvalidMessage;

    fn try_from(result: grpc::ItemResult) -> Result<Self, InvalidMessage> {
        let outcome = match result.outcome() {
            grpc::Outcome::Unspecified => return Err(InvalidMessage("a result without an outcome".to_owned())),
            grpc::Outcome::Graded => Outcome::Graded,
            grpc::Outcome::RejectedItem => Outcome::RejectedItem,
            grpc::Outcome::Error => Outcome::Error,
            grpc::Outcome::Deadline => Outcome::Deadline,
            grpc::Outcome::Cancelled => Outcome::Cancelled,
        };
        let detail = match result.detail_json.as_str() {
            "" => None,
            json => Some(serde_json::from_str(json).map_err(|error| InvalidMessage(format!("`detail_json`: {error}")))?),
        };
        Ok(Self {
            index: result.index,
            id: result.id,
            outcome,
            score: result.score,
            reason: result.reason,
            message: result.message,
            detail,
            timing: TimingMs { queue_ms: result.queue_ms, run_ms: result.run_ms },
            verifier_version: result.verifier_version,
            retryable: result.retryable,
        })
    }
}

impl From<Stats> for grpc::Stats {
    fn from(Stats { graded, not_graded, elapsed_ms }: Stats) -> Self {
        Self { graded, not_graded, elapsed_ms }
    }
}

impl From<Task> for grpc::Task {
    fn from(task: Task) -> Self {
        let sub_tasks = task.sub_tasks.into_iter().map(|sub| grpc::SubTask {
            name: sub.name,
            summary: sub.summary,
            facts_json: serde_json::Value::Object(sub.facts).to_string(),
        });
        Self {
            name: task.name,
            summary: task.summary,
            version: task.version,
            example_json: task.example.to_string(),
            sub_tasks: sub_tasks.collect(),
        }
    }
}

impl TryFrom<grpc::GenerateRequest> for GenerateRequest {
    type Error = InvalidMessage;

    fn try_from(request: grpc::GenerateRequest) -> Result<Self, InvalidMessage> {
        let grpc::GenerateRequest { task, level, config_json, seed, start, count } = request;
        let config = match config_json.as_str() {
            "" => None,
            json => Some(serde_json::from_str(json).map_err(|error| InvalidMessage(format!("`config_json` is no JSON object: {error}")))?),
        };
        let task = task.parse().map_err(|error: gavel_task::InvalidTaskName| InvalidMessage(error.to_string()))?;
        Ok(Self { task, level, config, seed, start, count: count.max(1) })
    }
}

impl TryFrom<grpc::ExecuteRequest> for ExecuteRequest {
    type Error = InvalidMessage;

    fn try_from(request: grpc::ExecuteRequest) -> Result<Self, InvalidMessage> {
        let grpc::ExecuteRequest { language, source, stdin, prelude, limits } = request;
        let stdin = String::from_utf8(stdin)
            .map_err(|error| InvalidMessage(format!("`stdin` is not UTF-8 (at byte {})", error.utf8_error().valid_up_to())))?;
        let language = if language.is_empty() { "python".to_owned() } else { language };
        Ok(Self { language, source, stdin, prelude, limits: limits.map(Limits::from).unwrap_or_default() })
    }
}

impl From<ExecuteResponse> for grpc::ExecuteResponse {
    fn from(response: ExecuteResponse) -> Self {
        Self {
            exit_kind: response.exit.kind.as_str().to_owned(),
            exit_status: response.exit.status,
            exit_message: response.exit.message,
            stdout: response.stdout.into_bytes(),
            stderr: response.stderr.into_bytes(),
            fuel: response.fuel,
            peak_memory_bytes: response.peak_memory_bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_survive_the_way_there_and_back() {
        let json = r#"{"id":"a","task":"code","response":"r","prompt":"p","reference":{"n":123456789012345678901234567890},"options":{"x":1},"limits":{"fuel":5}}"#;
        let item: Item = serde_json::from_str(json).unwrap();
        let back = grpc::Item::from(item).read().unwrap();
        assert_eq!(serde_json::to_string(&back).unwrap(), json);
    }

    #[test]
    fn results_survive_the_way_there_and_back() {
        let json = r#"{"index":1,"id":"a","outcome":"graded","score":0.5,"reason":"wrong_answer","message":"m","detail":{"extracted":"x"},"timing":{"queue_ms":1.5,"run_ms":2.0},"verifier_version":"v","retryable":false}"#;
        let result: ItemResult = serde_json::from_str(json).unwrap();
        assert_eq!(ItemResult::try_from(grpc::ItemResult::from(result.clone())).unwrap(), result);
    }

    #[test]
    fn a_message_that_is_no_item_says_why() {
        let item = grpc::Item { id: "a".to_owned(), task: "code".to_owned(), reference_json: "{".to_owned(), ..grpc::Item::default() };
        let (id, error) = item.read().unwrap_err();
        assert_eq!(id, "a");
        assert!(error.to_string().contains("`reference_json` is not JSON"), "{error}");
    }
}
