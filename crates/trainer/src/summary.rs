//! What is left of a run for people: a table of before and after, and plots, made of its log.

use crate::TrainError;
use crate::plot::{Line, LineChart, small_multiples};
use crate::record::{Kind, Record};
use crate::report::{Report, report};
use crate::sink::JsonLines;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Writes `report.md`, `report.svg` (before and after) and `curves.svg` (over the steps) into the folder of a run, and gives the lines of the table.
///
/// # Errors
/// If the log cannot be read or a file not be written.
pub(crate) fn write(folder: &Path) -> Result<Vec<String>, TrainError> {
    let records = JsonLines::read(&folder.join("log.jsonl"))?;
    let mut files = vec![("curves.svg", curves(&records))];
    let mut lines = Vec::new();
    if let Some(Report { svg, markdown }) = report(&records) {
        lines.extend(markdown.lines().map(str::to_owned));
        files.extend([("report.svg", svg), ("report.md", markdown)]);
    }
    for (name, content) in files {
        let path = folder.join(name);
        fs::write(&path, content).map_err(|source| TrainError::Write { path: path.clone(), source })?;
    }
    Ok(lines)
}

/// One plot a quantity, and one a task with the score of training and pass@k of validation.
fn curves(records: &[Record]) -> String {
    let mut charts = Vec::new();
    for (title, unit, names) in [
        ("Reward and score in training", "mean", vec![("reward", "train/reward/mean"), ("score", "train/score/mean")]),
        ("Entropy", "nats a token", vec![("training", "train/entropy"), ("validation", "validation/entropy")]),
        (
            "KL",
            "nats a token",
            vec![("to the reference", "validation/kl_to_reference"), ("to the first policy", "validation/kl_to_initial")],
        ),
        ("Length of a response", "tokens", vec![("training", "train/response/tokens")]),
    ] {
        let lines = names.into_iter().map(|(label, name)| line(records, label, name));
        charts.push(chart(title, unit, lines));
    }
    for (task, ks) in tasks(records) {
        let score = line(records, "score in training", &format!("train/score/{task}"));
        let passes = ks.iter().map(|k| line(records, &format!("pass@{k}"), &format!("validation/{task}/pass@{k}")));
        charts.push(chart(&task, "mean", std::iter::once(score).chain(passes)));
    }
    small_multiples("The run over its steps", &charts)
}

fn chart(title: &str, unit: &str, lines: impl Iterator<Item = Line>) -> LineChart {
    let lines = lines.filter(|line| !line.points.is_empty()).collect();
    LineChart { title: title.to_owned(), x_label: "step".to_owned(), y_label: unit.to_owned(), lines }
}

fn line(records: &[Record], label: &str, name: &str) -> Line {
    let points = records.iter().filter_map(|record| Some((record.step() as f64, record.get(name)?)));
    Line { label: label.to_owned(), points: points.collect() }
}

/// The tasks that were validated, each with 1 and the largest k of its pass@k.
fn tasks(records: &[Record]) -> BTreeMap<String, Vec<u32>> {
    let mut found: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for record in records.iter().filter(|record| record.kind() == Kind::Validation) {
        for (name, _) in record.metrics() {
            let Some((task, metric)) = name.strip_prefix("validation/").and_then(|name| name.rsplit_once('/')) else { continue };
            let Some(k) = metric.strip_prefix("pass@").and_then(|k| k.parse().ok()) else { continue };
            let ks = found.entry(task.to_owned()).or_default();
            ks.push(k);
        }
    }
    for ks in found.values_mut() {
        let largest = ks.iter().copied().max();
        ks.retain(|&k| k == 1 || Some(k) == largest);
        ks.sort_unstable();
        ks.dedup();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_drawn_with_the_ends_of_its_pass_at_k() {
        let mut records = Vec::new();
        for step in [0, 10] {
            let mut record = Record::new(Kind::Validation, step);
            for k in [1, 16, 2, 4, 8] {
                record.set(format!("validation/logic/gcd/pass@{k}"), 0.1 * step as f64);
                record.set(format!("validation/logic/gcd/pass@{k}/low"), 0.0);
            }
            record.set("validation/pass@1", 0.5);
            records.push(record);
        }
        assert_eq!(tasks(&records), BTreeMap::from([("logic/gcd".to_owned(), vec![1, 16])]));
        let svg = curves(&records);
        assert!(svg.contains("pass@16") && !svg.contains("pass@8") && svg.contains("logic/gcd"));
    }
}
