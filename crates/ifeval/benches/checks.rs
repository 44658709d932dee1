//! Checks a second over the prompts and responses of the reference vectors: all of IFEval, each constraint, strict and loose.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::read::GzDecoder;
use gavel_ifeval::{Args, Constraint, Kwargs, Mode, Rules, Variants, check, find};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

#[derive(Deserialize)]
struct Vector {
    suite: String,
    id: String,
    kwargs: Kwargs,
    rid: String,
}

#[derive(Deserialize)]
struct Response {
    rid: String,
    text: String,
}

fn lines<T: for<'de> Deserialize<'de>>(name: &str) -> Vec<T> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("../../../shared/data/ifeval").join(name)).unwrap_or_else(|_| {
        let file = std::fs::File::open(root.join("vectors").join(format!("{name}.gz"))).unwrap();
        let mut text = String::new();
        GzDecoder::new(file).read_to_string(&mut text).unwrap();
        text
    });
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A whole check as the domain makes it: arguments are read, the response is cut, the constraint is checked.
fn run(cases: &[(&'static Constraint, Kwargs, &str)], mode: Mode) -> usize {
    let one = |(constraint, kwargs, text): &(&'static Constraint, Kwargs, &str)| {
        let args: Args = constraint.read(kwargs, Rules::Strict).unwrap();
        check(constraint, &args, Rules::Strict, &Variants::new(text, mode).readings()).passes
    };
    cases.iter().filter(|case| one(case)).count()
}

fn checks(c: &mut Criterion) {
    let texts: HashMap<String, String> = lines::<Response>("responses.jsonl").into_iter().map(|row| (row.rid, row.text)).collect();
    let mut suites: BTreeMap<String, Vec<(&'static Constraint, Kwargs, &str)>> = BTreeMap::new();
    let mut ids: BTreeMap<String, Vec<(&'static Constraint, Kwargs, &str)>> = BTreeMap::new();
    for row in lines::<Vector>("vectors.jsonl") {
        let text = texts[&row.rid].as_str();
        if text.len() < 1000 {
            continue;
        }
        let case = (find(&row.id).unwrap(), row.kwargs, text);
        suites.entry(row.suite).or_default().push(case.clone());
        ids.entry(row.id).or_default().push(case);
    }
    let mut group = c.benchmark_group("suite");
    group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1)).sample_size(10);
    for (suite, cases) in &suites {
        group.throughput(Throughput::Elements(cases.len() as u64));
        group.bench_function(format!("{suite}/strict"), |b| b.iter(|| run(cases, Mode::Strict)));
        group.bench_function(format!("{suite}/loose"), |b| b.iter(|| run(cases, Mode::Loose)));
    }
    group.finish();
    let mut group = c.benchmark_group("constraint");
    group.warm_up_time(Duration::from_millis(50)).measurement_time(Duration::from_millis(200)).sample_size(10);
    for (id, cases) in &ids {
        group.throughput(Throughput::Elements(cases.len() as u64));
        group.bench_function(id, |b| b.iter(|| run(cases, Mode::Strict)));
    }
    group.finish();
}

criterion_group!(benches, checks);
criterion_main!(benches);
