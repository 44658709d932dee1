//! How fast puzzles are scored and made: each dataset by itself, and all of them in turn.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

#[path = "../src/hostile.rs"]
mod hostile;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, measurement::WallTime};
use flate2::read::GzDecoder;
use gavel_logic::{Entry, Mode, PUZZLES, Puzzle};
use gavel_task::Difficulty;
use serde::Deserialize;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

/// The answers of the Python original's vectors, about fifteen to an item: right, nearly right, wrong, rubbish.
struct Answers {
    entry: Entry,
    answers: Vec<Option<String>>,
}

fn answers(name: &str) -> Vec<Answers> {
    #[derive(Deserialize)]
    struct Line {
        candidates: Vec<Candidate>,
    }
    #[derive(Deserialize)]
    struct Candidate {
        candidate: Option<String>,
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(format!("{name}.jsonl.gz"));
    let Ok(file) = File::open(path) else { return Vec::new() };
    let lines = BufReader::new(GzDecoder::new(file)).lines().take(20);
    lines
        .map(|line| {
            let line = line.unwrap();
            let Line { candidates } = serde_json::from_str(&line).unwrap();
            Answers { entry: serde_json::from_str(&line).unwrap(), answers: candidates.into_iter().map(|it| it.candidate).collect() }
        })
        .collect()
}

fn score(puzzle: &dyn Puzzle, all: &[Answers]) {
    for Answers { entry, answers } in all {
        for answer in answers {
            black_box(puzzle.score(answer.as_deref(), entry, Mode::Strict).unwrap());
        }
    }
}

/// The slowest of the answers that are made to be slow: each on two items of its dataset, the shortest of three times.
fn worst_cases() {
    let mut slowest: Vec<(Duration, &str, String)> = Vec::new();
    for puzzle in PUZZLES {
        for Answers { entry, .. } in answers(puzzle.name()).into_iter().step_by(10) {
            for (answer, mode) in hostile::answers(entry.answer.as_deref().unwrap_or(""))
                .iter()
                .flat_map(|answer| [(answer, Mode::Strict), (answer, Mode::Parity)])
            {
                let time = || {
                    let started = Instant::now();
                    black_box(puzzle.score(Some(answer), &entry, mode).unwrap());
                    started.elapsed()
                };
                let shortest = (0..3).map(|_| time()).min().expect("three times");
                slowest.push((shortest, puzzle.name(), format!("{mode:?} {:?}..", answer.chars().take(12).collect::<String>())));
            }
        }
    }
    slowest.sort_unstable_by(|one, other| other.cmp(one));
    println!("slowest of {} scores of answers of about 64 KiB:", slowest.len());
    slowest.iter().take(5).for_each(|(time, name, what)| println!("    {time:.1?}  {name}  {what}"));
}

fn brief(group: &mut BenchmarkGroup<'_, WallTime>) {
    group.sample_size(10).warm_up_time(Duration::from_millis(50)).measurement_time(Duration::from_millis(300));
}

fn scoring(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("score");
    brief(&mut group);
    let all: Vec<(&dyn Puzzle, Vec<Answers>)> = PUZZLES.iter().map(|&puzzle| (puzzle, answers(puzzle.name()))).collect();
    for (puzzle, answers) in &all {
        group.throughput(Throughput::Elements(answers.iter().map(|item| item.answers.len() as u64).sum::<u64>().max(1)));
        group.bench_function(puzzle.name(), |bencher| bencher.iter(|| score(*puzzle, answers)));
    }
    // As many answers of each dataset, so that the slow ones weigh as they do for a trainer that mixes them evenly.
    let even: Vec<(&dyn Puzzle, &Entry, &Option<String>)> = (0..200)
        .flat_map(|number| all.iter().map(move |(puzzle, answers)| (number, *puzzle, answers)))
        .filter_map(|(number, puzzle, answers)| {
            let item = answers.get(number % answers.len().max(1))?;
            Some((puzzle, &item.entry, item.answers.get(number / 20 % item.answers.len())?))
        })
        .collect();
    group.throughput(Throughput::Elements(even.len() as u64));
    group.bench_function("uniform mix", |bencher| {
        bencher.iter(|| {
            for (puzzle, entry, answer) in &even {
                black_box(puzzle.score(answer.as_deref(), entry, Mode::Strict).unwrap());
            }
        });
    });
}

fn generating(criterion: &mut Criterion) {
    const ITEMS: usize = 10;
    let mut group = criterion.benchmark_group("generate");
    brief(&mut group);
    let generators: Vec<_> = PUZZLES.iter().filter_map(|puzzle| Some((puzzle.name(), puzzle.generator()?))).collect();
    let mut seed = 0;
    for (name, generator) in &generators {
        group.throughput(Throughput::Elements(ITEMS as u64));
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                seed += 1;
                generator.generate(&Difficulty::Default, seed, 0).unwrap().take(ITEMS).for_each(|item| drop(black_box(item.unwrap())));
            });
        });
    }
    group.throughput(Throughput::Elements((ITEMS * generators.len()) as u64));
    group.bench_function("uniform mix", |bencher| {
        bencher.iter(|| {
            seed += 1;
            for (_, generator) in &generators {
                generator.generate(&Difficulty::Default, seed, 0).unwrap().take(ITEMS).for_each(|item| drop(black_box(item.unwrap())));
            }
        });
    });
}

criterion_group!(benches, scoring, generating);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    if !std::env::args().any(|argument| argument == "--test") {
        worst_cases();
    }
}
