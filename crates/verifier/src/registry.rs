//! Domains by name, and the reading of an item's raw parts into their types.

use gavel_task::{Attempt, Budget, CancelToken, Domain, GenerateError, Item, Items, Limits, Order, TaskInfo, Verdict, VerifyError};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The domains that a verifier knows.
#[derive(Default)]
pub struct Registry {
    domains: BTreeMap<&'static str, Box<dyn Judge>>,
}

/// A [`Domain`] without its types.
trait Judge: Send + Sync {
    fn info(&self) -> TaskInfo;
    fn judge(&self, item: &Item, cancel: &CancelToken) -> Result<Verdict, VerifyError>;
    fn generate(&self, order: &Order) -> Result<Items<'static>, GenerateError>;
}

impl<D: Domain> Judge for D {
    fn info(&self) -> TaskInfo {
        TaskInfo {
            name: D::NAME.to_owned(),
            summary: D::SUMMARY.to_owned(),
            version: self.version(),
            example: self.example(),
            sub_tasks: self.sub_tasks(),
        }
    }

    fn generate(&self, order: &Order) -> Result<Items<'static>, GenerateError> {
        Domain::generate(self, order)
    }

    fn judge(&self, item: &Item, cancel: &CancelToken) -> Result<Verdict, VerifyError> {
        let reference: D::Reference = read(&item.reference).map_err(|(field, message)| VerifyError::InvalidReference { field, message })?;
        let options: D::Options = match &item.options {
            None => D::Options::default(),
            Some(options) => read(options).map_err(|(field, message)| VerifyError::InvalidOptions {
                message: if field.is_empty() { message } else { format!("`{field}`: {message}") },
            })?,
        };
        let attempt = Attempt { task: &item.task, prompt: item.prompt.as_deref(), response: &item.response };
        self.verify(attempt, &reference, &options, &Budget { limits: item.limits, cancel: cancel.clone() })
    }
}

/// A value of type `T`, or where it went wrong and how.
fn read<T: DeserializeOwned>(raw: &RawValue) -> Result<T, (String, String)> {
    let mut reader = serde_json::Deserializer::from_str(raw.get());
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        let message = error.inner().to_string();
        // serde_json ends with a position in the raw part alone, which says nothing in a file or request of many items.
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what).to_owned();
        (if field == "." { String::new() } else { field }, message)
    })
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.domains.keys()).finish()
    }
}

impl Registry {
    /// A registry without domains.
    pub fn new() -> Self {
        Self::default()
    }

    /// This registry and one more domain.
    ///
    /// # Panics
    /// If it has a domain of this name already.
    #[must_use]
    pub fn with<D: Domain>(mut self, domain: D) -> Self {
        let earlier = self.domains.insert(D::NAME, Box::new(domain));
        assert!(earlier.is_none(), "there are two domains called {}", D::NAME);
        self
    }

    /// All tasks, sorted by name.
    pub fn tasks(&self) -> Vec<TaskInfo> {
        self.domains.values().map(|domain| domain.info()).collect()
    }

    /// Whether a domain of this name is there.
    pub fn knows(&self, domain: &str) -> bool {
        self.domains.contains_key(domain)
    }

    /// Makes items.
    ///
    /// # Errors
    /// If the task is unknown or makes none, or not of this configuration.
    pub fn generate(&self, order: &Order) -> Result<Items<'static>, GenerateError> {
        let made = match self.domains.get(order.task.domain()) {
            Some(domain) => domain.generate(order),
            None => Err(GenerateError::UnknownTask { task: order.task.clone(), known: Vec::new() }),
        };
        made.map_err(|error| match error {
            GenerateError::UnknownTask { task, known } if known.is_empty() => GenerateError::UnknownTask { task, known: self.generated() },
            other => other,
        })
    }

    /// The names of all tasks that make items.
    pub fn generated(&self) -> Vec<String> {
        let tasks = self.tasks();
        let names = tasks.iter().flat_map(|task| task.sub_tasks.iter().map(move |sub| (task, sub)));
        names.filter(|(_, sub)| sub.facts.contains_key("config")).map(|(task, sub)| format!("{}/{}", task.name, sub.name)).collect()
    }

    /// 16 hex digits that change whenever a verdict may change: over this crate's version and that of every domain.
    pub fn version(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        for task in self.tasks() {
            hasher.update(format!("\n{} {}", task.name, task.version).as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// Judges one item on the calling thread.
    ///
    /// # Errors
    /// Whatever kept the response from being judged.
    pub(crate) fn judge(&self, item: &Item, cancel: &CancelToken) -> Result<Verdict, VerifyError> {
        check_limits(&item.limits)?;
        let domain = self.domains.get(item.task.domain()).ok_or_else(|| VerifyError::UnknownTask {
            task: item.task.clone(),
            known: self.domains.keys().map(|&name| name.to_owned()).collect(),
        })?;
        domain.judge(item, cancel)
    }
}

/// What is wrong with limits whatever the domain.
fn check_limits(limits: &Limits) -> Result<(), VerifyError> {
    let invalid = |field, message: &str| Err(VerifyError::InvalidLimits { field, message: message.to_owned() });
    if limits.cpu_seconds.is_some_and(|seconds| !(seconds.is_finite() && seconds > 0.0)) {
        return invalid("cpu_seconds", "must be a finite number above 0");
    }
    if limits.cpu_seconds.is_some() && limits.fuel.is_some() {
        return invalid("fuel", "means the same as `cpu_seconds`: give one of them");
    }
    for (field, value) in
        [("fuel", limits.fuel), ("memory_bytes", limits.memory_bytes), ("output_bytes", limits.output_bytes), ("wall_ms", limits.wall_ms)]
    {
        if value == Some(0) {
            return invalid(field, "must be above 0");
        }
    }
    Ok(())
}
