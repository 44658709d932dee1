//! What every puzzle must hold, checked from the puzzle's own tests.

use crate::{Entry, Generator, Mode, Puzzle, hostile};
use flate2::read::GzDecoder;
use gavel_task::Difficulty;
use serde::Deserialize;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Everything: upstream's scores, strictness, hostile answers, and the generator if there is one.
#[track_caller]
pub(crate) fn puzzle(puzzle: &dyn Puzzle) {
    puzzle_with_flaws(puzzle, |_| false);
}

/// As [`puzzle`], for datasets that store as the solution of some items what is none; strict scoring may refuse it.
#[track_caller]
pub(crate) fn puzzle_with_flaws(puzzle: &dyn Puzzle, flawed: fn(&Entry) -> bool) {
    let vectors = vectors(puzzle.name());
    parity(puzzle, &vectors);
    strict(puzzle, &vectors, flawed);
    hostile(puzzle, &vectors);
    if let Some(generator) = puzzle.generator() {
        generated(puzzle, generator);
    }
}

/// The scores of one answer: `[parity, strict]`.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "read beside the calls")]
pub(crate) fn score(puzzle: &dyn Puzzle, answer: &str, gold: impl Into<Option<&'static str>>, metadata: Value, expect: [f64; 2]) {
    let gold: Option<&str> = gold.into();
    let entry =
        Entry { question: String::new(), answer: gold.map(str::to_owned), metadata: serde_json::value::to_raw_value(&metadata).unwrap() };
    let of = |mode| puzzle.score(Some(answer), &entry, mode).unwrap().score;
    let scores = [of(Mode::Parity), of(Mode::Strict)];
    let near = scores.iter().zip(&expect).all(|(score, expect)| (score - expect).abs() < 1e-9);
    assert!(near, "{}: {answer:?}: expected {expect:?}, got {scores:?}", puzzle.name());
}

/// An item of the Python package with its scores.
struct Vector {
    seed: u64,
    index: u64,
    entry: Entry,
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Candidate {
    kind: String,
    candidate: Option<String>,
    /// Absent where upstream raises.
    score: Option<f64>,
}

#[derive(Deserialize)]
struct Scores {
    seed: u64,
    index: u64,
    candidates: Vec<Candidate>,
}

fn vectors(name: &str) -> Vec<Vector> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(format!("{name}.jsonl.gz"));
    let Ok(file) = File::open(&path) else { return Vec::new() };
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    lines
        .map(|line| {
            let line = line.unwrap();
            // Two readings, because raw JSON and flattening do not go together.
            let entry = serde_json::from_str(&line).unwrap();
            let Scores { seed, index, candidates } = serde_json::from_str(&line).unwrap();
            Vector { seed, index, entry, candidates }
        })
        .collect()
}

fn parity(puzzle: &dyn Puzzle, vectors: &[Vector]) {
    let mut wrong = Vec::new();
    for vector in vectors {
        for Candidate { kind, candidate, score } in &vector.candidates {
            let Some(expect) = score else { continue };
            let grade = puzzle.score(candidate.as_deref(), &vector.entry, Mode::Parity);
            let same = grade.as_ref().is_ok_and(|grade| (grade.score - expect).abs() < 1e-9);
            if !same {
                let got = grade.map(|grade| grade.score);
                wrong.push(format!("seed {} index {} {kind} {candidate:?}: upstream {expect}, ours {got:?}", vector.seed, vector.index));
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {} scores differ\n{}", puzzle.name(), wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

/// Answers that name every solution there may be, so that one of them is right.
fn listing(golds: &[&str]) -> Vec<String> {
    let mut different: Vec<&str> = golds.iter().copied().filter(|gold| !gold.is_empty()).collect();
    different.sort_unstable();
    different.dedup();
    different.truncate(30);
    if different.len() < 2 {
        return Vec::new();
    }
    [", ", "\n", " ", " or "].map(|between| different.join(between)).into()
}

/// Solutions score 1; what is no answer, or only contains one, does not.
fn strict(puzzle: &dyn Puzzle, vectors: &[Vector], flawed: fn(&Entry) -> bool) {
    let golds: Vec<&str> = vectors.iter().filter_map(|vector| vector.entry.answer.as_deref()).collect();
    let everything = listing(&golds);
    for (Vector { entry, .. }, answer) in vectors.iter().flat_map(|vector| everything.iter().map(move |answer| (vector, answer))) {
        let grade = puzzle.score(Some(answer), entry, Mode::Strict).unwrap();
        assert!(
            grade.score < 1.0 || entry.answer.as_ref() == Some(answer),
            "{}: {answer:?} for {:?}: {grade:?}",
            puzzle.name(),
            entry.answer
        );
    }
    for Vector { seed, index, entry, candidates } in vectors {
        for Candidate { kind, candidate, score } in candidates {
            let grade = puzzle.score(candidate.as_deref(), entry, Mode::Strict).unwrap();
            let at = format!("{} seed {seed} index {index} {kind} {candidate:?}: {grade:?}", puzzle.name());
            // Datasets without a stored solution have the text `None` as their gold.
            let solution = entry.answer.as_deref().filter(|_| !flawed(entry));
            match kind.as_str() {
                "gold" | "gold_ws" if solution.is_some() => assert_eq!(grade.score, 1.0, "{at}"),
                // Upstream's example answers are not all right.
                "meta_gold" if *score == Some(1.0) => assert_eq!(grade.score, 1.0, "{at}"),
                "empty" if candidate.as_deref() == solution => {}
                "empty" | "null" | "unicode" | "garbage" => assert_eq!(grade.score, 0.0, "{at}"),
                "prose" | "dup" if solution.is_some_and(|gold| gold.trim().len() > 1) => assert!(grade.score < 1.0, "{at}"),
                _ => {}
            }
            assert!((0.0..=1.0).contains(&grade.score), "{at}");
        }
    }
}

fn hostile(puzzle: &dyn Puzzle, vectors: &[Vector]) {
    for Vector { entry, .. } in vectors.iter().step_by(31) {
        for answer in hostile::answers(entry.answer.as_deref().unwrap_or("")) {
            for mode in [Mode::Parity, Mode::Strict] {
                let grade = puzzle.score(Some(&answer), entry, mode).unwrap();
                assert!(
                    (0.0..=1.0).contains(&grade.score),
                    "{}: {mode:?} {:?}..: {grade:?}",
                    puzzle.name(),
                    answer.chars().take(40).collect::<String>()
                );
            }
        }
    }
}

/// Same numbers, same item; the answer scores 1 in both modes; no answer, another's answer or prose does not.
fn generated(puzzle: &dyn Puzzle, generator: &dyn Generator) {
    const COUNT: usize = 25;
    let levels = generator.curriculum().iter().map(|attribute| attribute.levels.len() - attribute.default_level).max().unwrap_or(1);
    let difficulties = std::iter::once(Difficulty::Default).chain((0..levels.min(4)).map(Difficulty::Level));
    for difficulty in difficulties {
        let items = |seed, start, count| -> Vec<Entry> {
            let items = generator.generate(&difficulty, seed, start).unwrap_or_else(|error| panic!("{difficulty:?}: {error}"));
            items.take(count).map(|entry| entry.unwrap_or_else(|error| panic!("{difficulty:?}: {error}"))).collect()
        };
        let texts = |items: &[Entry]| -> Vec<String> { items.iter().map(|entry| serde_json::to_string(entry).unwrap()).collect() };
        let made = items(1, 0, COUNT);
        assert_eq!(texts(&made)[3..5], texts(&items(1, 3, 2))[..], "{}: an item depends on its neighbours", puzzle.name());
        for (index, entry) in made.iter().enumerate() {
            let gold = entry.gold().unwrap();
            let grade = |answer: &str, mode| puzzle.score(Some(answer), entry, mode).unwrap().score;
            let at = format!("{} {difficulty:?} item {index}: {gold:?}\n{}", puzzle.name(), entry.metadata.get());
            for mode in [Mode::Strict, Mode::Parity] {
                assert_eq!(grade(gold, mode), 1.0, "{mode:?} {at}");
            }
            assert_eq!(grade(&format!(" {gold}\n"), Mode::Strict), 1.0, "{at}");
            assert_eq!(grade("asdf qwerty", Mode::Strict), 0.0, "{at}");
            assert!(gold.is_empty() || grade("", Mode::Strict) == 0.0, "{at}");
            assert!(gold.trim().len() < 2 || grade(&format!("I think {gold}, or not."), Mode::Strict) < 1.0, "{at}");
            assert!(!entry.question.trim().is_empty(), "{at}");
        }
        let questions = |items: &[Entry]| items.iter().map(|entry| entry.question.clone()).collect::<Vec<_>>();
        let (one, other) = (questions(&made), questions(&items(2, 0, COUNT)));
        assert!(one != other, "{}: {difficulty:?}: seeds 1 and 2 give the same items", puzzle.name());
    }
}
