//! What one step or one validation measured: names and numbers, and short notes such as why a reference was reset. Nothing here computes a metric or
//! writes a file.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A training step.
    Train,
    /// A validation with the policy as it is after that step; step 0 is before training.
    Validation,
}

/// The metrics of one step or one validation, ordered by name.
///
/// Names are paths such as `train/reward/mean`, `time/generate_s` or `validation/logic.chain_sum/pass@1`; units that are not plain numbers end the name.
/// A value that is NaN or infinite is no measurement: it is kept by name only, is `null` in JSON, and [`Record::non_finite`] says its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Line", into = "Line")]
pub struct Record {
    step: u64,
    kind: Kind,
    metrics: BTreeMap<String, f64>,
    non_finite: BTreeSet<String>,
    notes: BTreeMap<String, String>,
}

impl Record {
    /// An empty record of a step.
    pub fn new(kind: Kind, step: u64) -> Self {
        Self { step, kind, metrics: BTreeMap::new(), non_finite: BTreeSet::new(), notes: BTreeMap::new() }
    }

    /// The step it is about; the first one is 1.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// What it is about.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Sets a metric; a later value of the same name replaces the earlier one.
    pub fn set(&mut self, name: impl Into<String>, value: f64) {
        let name = name.into();
        if value.is_finite() {
            self.non_finite.remove(&name);
            self.metrics.insert(name, value);
        } else {
            self.metrics.remove(&name);
            self.non_finite.insert(name);
        }
    }

    /// Sets a note, a short text such as the reason of a reset.
    pub fn note(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.notes.insert(name.into(), text.into());
    }

    /// The value of a metric; `None` where it was not measured or was not finite.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.metrics.get(name).copied()
    }

    /// Every finite metric, ordered by name.
    pub fn metrics(&self) -> impl Iterator<Item = (&str, f64)> {
        self.metrics.iter().map(|(name, &value)| (name.as_str(), value))
    }

    /// The names of the metrics that were NaN or infinite.
    pub fn non_finite(&self) -> impl Iterator<Item = &str> {
        self.non_finite.iter().map(String::as_str)
    }

    /// Every note, ordered by name.
    pub fn notes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.notes.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// A record as it is in JSON: `{"step":1,"kind":"train","metrics":{"train/loss":null}}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    step: u64,
    kind: Kind,
    metrics: BTreeMap<String, Option<f64>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    notes: BTreeMap<String, String>,
}

impl From<Record> for Line {
    fn from(record: Record) -> Self {
        let missing = record.non_finite.into_iter().map(|name| (name, None));
        let metrics = record.metrics.into_iter().map(|(name, value)| (name, Some(value))).chain(missing).collect();
        Self { step: record.step, kind: record.kind, metrics, notes: record.notes }
    }
}

impl From<Line> for Record {
    fn from(line: Line) -> Self {
        let mut record = Self::new(line.kind, line.step);
        for (name, value) in line.metrics {
            record.set(name, value.unwrap_or(f64::NAN));
        }
        record.notes = line.notes;
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_a_number_is_null_and_keeps_its_name() {
        let mut record = Record::new(Kind::Train, 3);
        record.set("train/reward/mean", 0.25);
        record.set("train/loss", f64::NAN);
        record.set("train/kl/reference", f64::NEG_INFINITY);
        record.note("reset", "validation stalled");
        let json = serde_json::to_string(&record).unwrap();
        assert_eq!(
            json,
            r#"{"step":3,"kind":"train","metrics":{"train/kl/reference":null,"train/loss":null,"train/reward/mean":0.25},"notes":{"reset":"validation stalled"}}"#
        );
        assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
        assert_eq!(record.non_finite().collect::<Vec<_>>(), ["train/kl/reference", "train/loss"]);
    }

    #[test]
    fn the_last_value_of_a_name_counts() {
        let mut record = Record::new(Kind::Validation, 0);
        for (value, expect) in [(1.0, Some(1.0)), (f64::NAN, None), (2.0, Some(2.0))] {
            record.set("x", value);
            assert_eq!(record.get("x"), expect);
        }
        assert_eq!((record.metrics().count(), record.non_finite().count()), (1, 0));
    }
}
