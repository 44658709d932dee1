//! How fast answers are found and read: bare answers, full responses, and input that is made to be slow.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use criterion::{Criterion, Throughput, criterion_group};
use flate2::read::GzDecoder;
use gavel_math::extract::{Preset, Rules, extract};
use gavel_math::read::read;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

fn corpus(name: &str, field: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines();
    let records = lines.map(|line| serde_json::from_str::<serde_json::Value>(&line.unwrap()).unwrap());
    records.filter_map(|record| record[field].as_str().map(str::to_owned)).collect()
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2)).sample_size(10);
    for (name, file, field) in
        [("reference answers", "reference_answers.jsonl.gz", "answer"), ("labelled answers", "labelled_pairs.jsonl.gz", "pred")]
    {
        let answers = corpus(file, field);
        group.throughput(Throughput::Elements(answers.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for answer in &answers {
                    let _ = black_box(read(answer));
                }
            });
        });
    }
    let responses = corpus("responses.jsonl.gz", "response");
    group.throughput(Throughput::Elements(responses.len() as u64));
    for (name, preset) in [("responses, boxed", Preset::Boxed), ("responses, lenient", Preset::Lenient)] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for response in &responses {
                    let _ = black_box(extract(response, &Rules::new(preset)).map(|found| found.read()));
                }
            });
        });
    }
    group.finish();
}

/// Every part repeated to 64 KiB, nested and not; the shortest of three times.
fn worst_cases() {
    let parts = [
        "{",
        "(",
        "[",
        "|",
        "\\{",
        "\\frac{",
        "\\frac12",
        "\\frac{1}{",
        "\\sqrt{",
        "\\text{",
        "\\left(",
        "\\begin{cases}",
        "\\boxed{",
        "\\boxed 5",
        "x^",
        "x^{",
        "9^9",
        "9",
        "1,",
        "1 000 ",
        "1a",
        "1_2",
        "a_",
        "a_{",
        "x'",
        "f(",
        "f(x)",
        "-",
        "+1",
        "!",
        "x!",
        "= ",
        "<",
        "\\cup",
        "\\sum_",
        "\\int ",
        "dx",
        "is ",
        "answer is ",
        "Answer: ",
        "####",
        "$",
        "$x$ ",
        "3 cm ",
        "\\text{a}",
        "and ",
        ", ",
        "\\\\",
        "&",
        "\u{2265}",
        "π",
        "</think>",
        "<answer>",
        "\\",
        "x y ",
        "sin",
        "\\sin ",
        "0.1",
        "e5",
        "\\pm 1",
        "\\,",
        "\t",
        "∞",
        "\\mathrm{m}",
        "word ",
        "word",
        "2\\frac13",
        "x:",
        "x;",
        "(1,2)",
        "\\{1\\}",
    ];
    let mut slowest: Vec<(Duration, String, &str)> = Vec::new();
    let mut time = |name: String, input: &str| {
        let once = |what: &dyn Fn()| {
            let start = Instant::now();
            what();
            start.elapsed()
        };
        let reading = (0..3).map(|_| once(&|| drop(black_box(read(input))))).min().unwrap();
        let finding = (0..3).map(|_| once(&|| drop(black_box(extract(input, &Rules::new(Preset::Lenient)))))).min().unwrap();
        slowest.push((reading, name.clone(), "read"));
        slowest.push((finding, name, "extract"));
    };
    for part in parts {
        let flat = part.repeat(65_536 / part.len());
        time(format!("{part:?} repeated"), &flat);
        let closing = match part.chars().last() {
            Some('{') => "}",
            Some('(') => ")",
            Some('[') => "]",
            _ => continue,
        };
        let times = 65_536 / (part.len() + 1);
        time(format!("{part:?} nested"), &format!("{}x{}", part.repeat(times), closing.repeat(times)));
        time(format!("{part:?} nested 90 deep, twice"), &format!("{}x{}", part.repeat(90), closing.repeat(90)).repeat(2));
    }
    slowest.sort();
    println!("slowest of 64 KiB:");
    for (duration, name, what) in slowest.iter().rev().take(8) {
        println!("  {duration:>10.1?}  {what} {name}");
    }
}

criterion_group!(benches, reading);

fn main() {
    worst_cases();
    benches();
    Criterion::default().configure_from_args().final_summary();
}
