//! Where items come from: a file of them, or a task that the verifier makes items of.

use crate::hash;
use crate::{RewardSource, TrainError};
use gavel_protocol::GenerateRequest;
use gavel_task::{Item, TaskName};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One source of items, as a run's configuration names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceConfig {
    /// What metrics call it; the task and its level, or the file's name, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The task to make items of, such as `logic/chain_sum`. Exclusive with `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskName>,
    /// How often to raise every attribute of the task's curriculum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u32>,
    /// Fields of the task's configuration that differ from its defaults.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<Map<String, Value>>,
    /// A JSON Lines file of items: `task`, `prompt` and `reference` in each line. It is read in another order in each epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// How often it is drawn from, against the others.
    #[serde(default = "one")]
    pub weight: f64,
}

fn one() -> f64 {
    1.0
}

/// How many items are asked for at once.
const BLOCK: u64 = 64;

/// Items by index.
#[derive(Debug)]
pub struct Source {
    name: String,
    seed: u64,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// The request for its first item, and the block that was asked for last.
    Made { request: GenerateRequest, block: BTreeMap<u64, Arc<Item>> },
    /// All items of a file.
    Read(Vec<Arc<Item>>),
}

impl Source {
    /// A source. Sources of different seeds make different items; a file's items are the same in another order.
    ///
    /// # Errors
    /// If the configuration contradicts itself or the file cannot be read.
    pub fn open(config: &SourceConfig, seed: u64) -> Result<Self, TrainError> {
        let contradiction = |message: &str| TrainError::Source { name: config.name(), message: message.to_owned() };
        let kind = match (&config.task, &config.file) {
            (Some(task), None) => {
                if config.level.is_some() && config.config.is_some() {
                    return Err(contradiction("give either `level` or `config`"));
                }
                let (level, config) = (config.level, config.config.clone());
                let request = GenerateRequest { task: task.clone(), level, config, seed, start: 0, count: BLOCK };
                Kind::Made { request, block: BTreeMap::new() }
            }
            (None, Some(_)) if config.level.is_some() || config.config.is_some() => {
                return Err(contradiction("`level` and `config` are for a `task`; a file has the items it has"));
            }
            (None, Some(file)) => Kind::Read(read(file)?),
            (Some(_), Some(_)) => return Err(contradiction("give either `task` or `file`")),
            (None, None) => return Err(contradiction("give a `task` to make items of, or a `file` of items")),
        };
        Ok(Self { name: config.name(), seed, kind })
    }

    /// What metrics call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The item of this index. A file begins again, in another order, when it is at its end.
    ///
    /// # Errors
    /// If it could not be made.
    pub fn item(&mut self, index: u64, verifier: &dyn RewardSource) -> Result<Arc<Item>, TrainError> {
        match &mut self.kind {
            Kind::Made { request, block } => {
                if !block.contains_key(&index) {
                    request.start = index;
                    *block = (index..).zip(verifier.generate(request)?.into_iter().map(Arc::new)).collect();
                }
                block.get(&index).cloned().ok_or_else(|| TrainError::Source {
                    name: self.name.clone(),
                    message: format!("the verifier made no item of index {index}"),
                })
            }
            Kind::Read(items) => {
                let (count, seed) = (items.len() as u64, self.seed);
                Ok(Arc::clone(&items[shuffled(seed, index / count, index % count, count) as usize]))
            }
        }
    }

    /// How many different items there are, if that is known.
    pub fn len(&self) -> Option<usize> {
        match &self.kind {
            Kind::Made { .. } => None,
            Kind::Read(items) => Some(items.len()),
        }
    }

    /// Whether there are none; never true of a source that was opened.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }
}

impl SourceConfig {
    /// What metrics call it.
    pub fn name(&self) -> String {
        let file = || self.file.as_deref().and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
        let made = || {
            let task = self.task.as_ref()?.to_string();
            Some(self.level.map_or_else(|| task.clone(), |level| format!("{task}@{level}")))
        };
        self.name.clone().or_else(made).or_else(file).unwrap_or_default()
    }
}

/// Reads a file of items.
fn read(path: &Path) -> Result<Vec<Arc<Item>>, TrainError> {
    let text = std::fs::read_to_string(path).map_err(|source| TrainError::Read { path: path.to_owned(), source })?;
    let mut items = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let at = |message: String| TrainError::Line { path: path.to_owned(), line: number + 1, message };
        let mut record: Map<String, Value> = serde_json::from_str(line).map_err(|error| at(error.to_string()))?;
        // Items that nobody answered yet have no response.
        record.entry("response").or_insert_with(|| Value::String(String::new()));
        let item: Item = serde_json::from_str(&Value::Object(record).to_string()).map_err(|error| at(error.to_string()))?;
        if item.prompt.as_ref().is_none_or(String::is_empty) {
            return Err(at("`prompt` is missing: it is what the model is to answer".to_owned()));
        }
        items.push(Arc::new(item));
    }
    if items.is_empty() {
        return Err(TrainError::Source { name: path.display().to_string(), message: "the file has no items".to_owned() });
    }
    Ok(items)
}

/// Where `index` goes in the order of this epoch: a permutation of `0..count` by four rounds of a Feistel network over the next power of four, walked until it is
/// within range.
fn shuffled(seed: u64, epoch: u64, index: u64, count: u64) -> u64 {
    let half = (u64::BITS - (count - 1).leading_zeros()).div_ceil(2).max(1);
    let mask = (1 << half) - 1;
    let mut value = index;
    loop {
        let (mut left, mut right) = (value >> half, value & mask);
        for round in 0..4 {
            (left, right) = (right, left ^ (hash::number(seed, "order", &[epoch, round, right]) & mask));
        }
        value = (left << half) | right;
        if value < count {
            return value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_epoch_shows_every_item_once_in_another_order() {
        for count in [1, 2, 3, 5, 64, 65, 1000] {
            let order = |epoch| (0..count).map(|index| shuffled(7, epoch, index, count)).collect::<Vec<_>>();
            let mut sorted = order(0);
            sorted.sort_unstable();
            assert_eq!(sorted, (0..count).collect::<Vec<_>>());
            assert!(count < 5 || order(0) != order(1), "{count}");
        }
    }

    #[track_caller]
    fn check(config: &str, message: &str) {
        let config: SourceConfig = toml::from_str(config).unwrap();
        assert!(Source::open(&config, 0).unwrap_err().to_string().contains(message), "{:?}", Source::open(&config, 0));
    }

    #[test]
    fn contradictions_are_named() {
        for (config, message) in [
            ("", "give a `task`"),
            ("task = 'logic/gcd'\nfile = 'x'", "either `task` or `file`"),
            ("task = 'logic/gcd'\nlevel = 1\nconfig = {}", "either `level` or `config`"),
            ("file = 'x'\nlevel = 1", "are for a `task`"),
            ("file = '/nonexistent/x.jsonl'", "/nonexistent/x.jsonl"),
        ] {
            check(config, message);
        }
    }

    #[test]
    fn a_bad_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("items.jsonl");
        let good = r#"{"task": "math", "prompt": "1+1?", "reference": "2"}"#;
        for (text, message) in [
            (format!("{good}\n{{"), ":2:"),
            (format!("{good}\n\n{}", r#"{"task": "math", "reference": "2"}"#), ":3: `prompt` is missing"),
            (r#"{"task": "math", "prompt": "1+1?"}"#.to_owned(), "missing field `reference`"),
            (String::new(), "has no items"),
        ] {
            std::fs::write(&path, text).unwrap();
            check(&format!("file = {path:?}"), message);
        }
        std::fs::write(&path, good).unwrap();
        let mut source = Source::open(&toml::from_str(&format!("file = {path:?}")).unwrap(), 0).unwrap();
        assert_eq!((source.name(), source.len()), ("items", Some(1)));
        struct Nobody;
        impl RewardSource for Nobody {
            fn submit(&self, _: Vec<Item>) -> crate::Pending {
                unreachable!("nothing is judged here")
            }
            fn generate(&self, _: &GenerateRequest) -> Result<Vec<Item>, TrainError> {
                unreachable!("a file is read, not made")
            }
        }
        assert_eq!(source.item(12, &Nobody).unwrap().prompt.as_deref(), Some("1+1?"));
    }
}
