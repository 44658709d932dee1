//! What a run achieved: mean score, pass@1 and pass@k of each task in its first and its last validation, as a table and as a plot. It shows what the records
//! hold; estimates and intervals are made where the records are.

use crate::plot::{Bar, BarChart, Pair};
use crate::record::{Kind, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A report in two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Bars before and after with confidence intervals.
    pub svg: String,
    /// A table with one row for each task and metric.
    pub markdown: String,
}

/// Compares the first validation with the last one; `None` where there are not two of different steps.
///
/// Reads `validation/<task>/<metric>` for the metrics `score` and `pass@<k>`, and their intervals from `<metric>/low` and `<metric>/high`.
pub fn report(records: &[Record]) -> Option<Report> {
    let validations = || records.iter().filter(|record| record.kind() == Kind::Validation);
    let before = validations().min_by_key(|record| record.step())?;
    let after = validations().max_by_key(|record| record.step())?;
    if before.step() == after.step() {
        return None;
    }
    let (before_metrics, after_metrics) = (measured(before), measured(after));
    let names: BTreeSet<&Metric<'_>> = before_metrics.keys().chain(after_metrics.keys()).map(|(metric, _)| metric).collect();
    let tasks: BTreeSet<&str> = before_metrics.keys().chain(after_metrics.keys()).map(|(_, task)| *task).collect();
    let mut charts = Vec::new();
    let mut markdown = format!("| task | metric | step {} | step {} | change |\n|---|---|---|---|---|\n", before.step(), after.step());
    for metric in names {
        let mut pairs = Vec::new();
        for &task in &tasks {
            let key = (*metric, task);
            let (before, after) = (before_metrics.get(&key).copied(), after_metrics.get(&key).copied());
            if before.is_none() && after.is_none() {
                continue;
            }
            let change = before.zip(after).map_or_else(|| "-".to_owned(), |(before, after)| format!("{:+.3}", after.value - before.value));
            let task_cell = task.replace('|', "\\|");
            let _ = writeln!(markdown, "| {task_cell} | {} | {} | {} | {change} |", metric.name(), cell(before), cell(after));
            pairs.push(Pair { label: task.to_owned(), before, after });
        }
        charts.push(BarChart { title: metric.name(), pairs });
    }
    let title = format!("Before (step {}) and after (step {})", before.step(), after.step());
    Some(Report { svg: BarChart::stacked(&title, &charts), markdown })
}

/// What is compared; the order is that of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Metric<'a> {
    Score,
    /// The name is kept as it is written, so that it is found again.
    Pass(u32, &'a str),
}

impl<'a> Metric<'a> {
    fn read(name: &'a str) -> Option<Self> {
        if name == "score" {
            return Some(Self::Score);
        }
        Some(Self::Pass(name.strip_prefix("pass@")?.parse().ok()?, name))
    }

    fn name(&self) -> String {
        match self {
            Self::Score => "score".to_owned(),
            Self::Pass(_, name) => (*name).to_owned(),
        }
    }
}

/// The metrics of a validation by what they are and of which task.
fn measured(record: &Record) -> BTreeMap<(Metric<'_>, &str), Bar> {
    let mut found = BTreeMap::new();
    for (name, value) in record.metrics() {
        let Some((task, metric)) = name.strip_prefix("validation/").and_then(|rest| rest.rsplit_once('/')) else { continue };
        let Some(metric) = Metric::read(metric) else { continue };
        let interval = record.get(&format!("{name}/low")).zip(record.get(&format!("{name}/high")));
        found.insert((metric, task), Bar { value, interval });
    }
    found
}

fn cell(bar: Option<Bar>) -> String {
    match bar {
        None => "-".to_owned(),
        Some(Bar { value, interval: None }) => format!("{value:.3}"),
        Some(Bar { value, interval: Some((low, high)) }) => format!("{value:.3} ({low:.3} to {high:.3})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validation(step: u64, metrics: &[(&str, f64)]) -> Record {
        let mut record = Record::new(Kind::Validation, step);
        metrics.iter().for_each(|(name, value)| record.set(format!("validation/{name}"), *value));
        record
    }

    #[test]
    fn the_first_and_the_last_validation_are_compared() {
        let records = [
            validation(0, &[("a/score", 0.1), ("a/pass@1", 0.1), ("a/pass@1/low", 0.05), ("a/pass@1/high", 0.2), ("entropy", 2.0)]),
            validation(50, &[("a/score", 0.9)]),
            validation(100, &[("a/score", 0.4), ("a/pass@1", 0.35), ("a/pass@16", 0.5), ("a/pass@2", f64::NAN), ("b/c/pass@4", 0.25)]),
        ];
        let report = report(&records).unwrap();
        let expect = "| task | metric | step 0 | step 100 | change |\n|---|---|---|---|---|\n\
            | a | score | 0.100 | 0.400 | +0.300 |\n\
            | a | pass@1 | 0.100 (0.050 to 0.200) | 0.350 | +0.250 |\n\
            | b/c | pass@4 | - | 0.250 | - |\n\
            | a | pass@16 | - | 0.500 | - |\n";
        assert_eq!(report.markdown, expect);
        assert_eq!(report.svg.matches("class=\"title\"").count(), 4);
    }

    #[test]
    fn one_validation_is_no_comparison() {
        assert_eq!(report(&[]), None);
        assert_eq!(report(&[validation(3, &[("a/score", 0.1)]), Record::new(Kind::Train, 9)]), None);
    }
}
