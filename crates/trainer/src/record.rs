//! The figures of one step or validation.

use serde::Serialize;
use std::collections::BTreeMap;

/// Figures by name, such as `train/reward/mean`. A figure that is no finite number is left out, and its name kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Record {
    step: u64,
    #[serde(flatten)]
    figures: BTreeMap<String, f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_finite: Vec<String>,
}

impl Record {
    /// No figures of this step.
    pub(crate) fn new(step: u64) -> Self {
        Self { step, figures: BTreeMap::new(), not_finite: Vec::new() }
    }

    /// The step.
    pub(crate) fn step(&self) -> u64 {
        self.step
    }

    /// Adds a figure.
    pub(crate) fn set(&mut self, name: &str, value: f64) {
        if value.is_finite() {
            self.figures.insert(name.to_owned(), value);
        } else {
            self.not_finite.push(name.to_owned());
        }
    }

    /// A figure.
    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        self.figures.get(name).copied()
    }
}
