//! Checks a second over the prompts and responses of the reference vectors, and the slowest checks of texts that are made to be slow:
//! `cargo bench -p gavel-ifeval --bench checks`. One thread; of several rounds the fastest counts, as others use the machine.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use flate2::read::GzDecoder;
use gavel_ifeval::{Constraint, IfEval, Instructions, Kind, Kwargs, Mode, Options, Rules, Variants, check, find};
use gavel_task::{Attempt, Budget, Domain};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

#[derive(Deserialize)]
struct Vector {
    suite: String,
    set: String,
    #[serde(default)]
    key: serde_json::Value,
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

/// The fastest of some rounds.
fn fastest(rounds: usize, mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..rounds).map(time).min().unwrap()
}

type Case<'t> = (&'static Constraint, Kwargs, &'t str);

/// Checks as the domain makes them: arguments are read, the response is cut, the constraint is checked.
fn each(cases: &[Case<'_>], mode: Mode) {
    for (constraint, kwargs, text) in cases {
        let args = constraint.read(kwargs, Rules::Strict).unwrap();
        black_box(check(constraint, &args, Rules::Strict, &Variants::new(text, mode).readings()));
    }
}

fn print_rate(what: &str, checks: usize, strict: Duration, loose: Duration) {
    let rate = |time: Duration| checks as f64 / time.as_secs_f64();
    let ratio = loose.as_secs_f64() / strict.as_secs_f64();
    println!("{what:42} {checks:6} checks: strict {:9.0} a second, loose {:9.0}, times {ratio:.2}", rate(strict), rate(loose));
}

/// Whole verifications of published responses to their own prompts.
fn prompts(vectors: &[Vector], texts: &HashMap<String, String>) {
    let mut sets: BTreeMap<&str, BTreeMap<(String, &str), Instructions>> = BTreeMap::new();
    for row in vectors.iter().filter(|row| row.set.starts_with("official")) {
        let empty = || Instructions { instruction_id_list: Vec::new(), kwargs: Vec::new(), prompt: None };
        let items = sets.entry(&row.set).or_default();
        let item = items.entry((row.key.to_string(), &row.rid)).or_insert_with(empty);
        item.instruction_id_list.push(row.id.clone());
        item.kwargs.push(Some(row.kwargs.clone()));
    }
    let task = "ifeval".parse().unwrap();
    for (set, items) in &sets {
        let verify = |mode| {
            let options = Options { mode, ..Options::default() };
            for ((_, rid), reference) in items {
                let attempt = Attempt { task: &task, prompt: None, response: &texts[*rid] };
                black_box(IfEval.verify(attempt, reference, &options, &Budget::default()).unwrap());
            }
        };
        let checks = items.values().map(|item| item.kwargs.len()).sum();
        print_rate(set, checks, fastest(20, || verify(Mode::Strict)), fastest(20, || verify(Mode::Loose)));
    }
}

/// Any response with any constraint's arguments, which mostly fail: the longest way through every check.
fn crossed(vectors: &[Vector], texts: &HashMap<String, String>) {
    let mut suites: BTreeMap<&str, Vec<Case<'_>>> = BTreeMap::new();
    let mut ids: BTreeMap<&str, Vec<Case<'_>>> = BTreeMap::new();
    for row in vectors.iter().filter(|row| texts[&row.rid].len() >= 1000) {
        let case = (find(&row.id).unwrap(), row.kwargs.clone(), texts[&row.rid].as_str());
        suites.entry(&row.suite).or_default().push(case.clone());
        ids.entry(&row.id).or_default().push(case);
    }
    for (suite, cases) in &suites {
        print_rate(suite, cases.len(), fastest(5, || each(cases, Mode::Strict)), fastest(5, || each(cases, Mode::Loose)));
    }
    let rate =
        |(id, cases): (&&'static str, &Vec<Case<'_>>)| (cases.len() as f64 / fastest(5, || each(cases, Mode::Strict)).as_secs_f64(), *id);
    let ids: BTreeMap<&'static str, Vec<Case<'_>>> = ids.into_iter().map(|(id, cases)| (find(id).unwrap().id, cases)).collect();
    let mut rates: Vec<(f64, &str)> = ids.iter().map(rate).collect();
    rates.sort_by(|one, two| one.0.total_cmp(&two.0));
    for (rate, id) in rates.iter().take(6) {
        println!("slowest: {id:45} {rate:9.0} a second");
    }
}

/// Texts that make a careless scanner slow.
fn hostile_texts() -> Vec<String> {
    let size = 256 << 10;
    let pieces = [
        "*",
        "**a",
        "-",
        "\n",
        " ",
        "[",
        "[a]",
        "\"",
        "'",
        "(",
        "a",
        "A. ",
        "é",
        "猫",
        "<<",
        "<<a>>",
        "{\"a\":",
        "[[",
        "a b ",
        "\n*\n",
        "***",
        "\n* - ",
        "e",
        "\r",
        ",",
        "1",
        "1. ",
        "\u{1f3e0} ",
        "aa-",
        "'\"",
        "U.S. ",
        "Mr. A.",
        "x.\u{201d} ",
        "I ",
        "ſ",
        "İ",
        "the the. ",
        "p.s.",
        "a\u{301}",
        "http://a.b ",
        "a@b.c ",
        "Question 1",
        "猫 ",
        "。",
        "aB",
        "don't ",
        "can't've ",
        "\u{2028}",
        "...",
        "?!",
        "a,b,\"c\n",
        "1800-01-01,",
        "word ",
    ];
    pieces.iter().map(|piece| piece.repeat(size / piece.len())).collect()
}

/// Arguments that make careless patterns slow.
fn hostile_kwargs(constraint: &Constraint) -> Vec<Kwargs> {
    let words = ["(a*)*b", "(a|a)*$", r"(.*)\1x", r"\s*\s*\s*x", "(?=(a+))a*b", "a"];
    let of = |word: &&str| {
        let value = |kind| match kind {
            Kind::Count(..) => json!(3),
            Kind::Percent(..) => json!(50),
            Kind::Relation => json!("at least"),
            Kind::Letter => json!("e"),
            Kind::Patterns(_) => json!([word, "b", "c"]),
            _ => json!(word),
        };
        constraint.fields.iter().map(|field| (field.name.to_owned(), value(field.kind))).collect()
    };
    words.iter().map(of).collect()
}

/// The slowest single checks of texts of 256 KiB, under the references' rules, which use the kwargs' patterns.
fn hostile() {
    let texts = hostile_texts();
    let (mut slowest, mut checks) = (Vec::new(), 0_usize);
    for constraint in gavel_ifeval::CONSTRAINTS {
        let mut worst = (Duration::ZERO, String::new());
        let mut time = |kwargs: &Kwargs, text: &str| {
            let Ok(args) = constraint.read(kwargs, Rules::Parity) else { return };
            let variants = Variants::new(text, Mode::Strict);
            let run = || {
                black_box(check(constraint, &args, Rules::Parity, &variants.readings()));
            };
            checks += 1;
            let mut time = fastest(1, run);
            if time > worst.0 {
                time = time.min(fastest(2, run));
            }
            if time > worst.0 {
                let piece: String = text.chars().take(8).collect();
                worst = (time, format!("{piece:?} {}", serde_json::to_string(&kwargs).unwrap().chars().take(80).collect::<String>()));
            }
        };
        let example = serde_json::from_str(constraint.example.kwargs).unwrap();
        texts.iter().for_each(|text| time(&example, text));
        if constraint.fields.iter().any(|field| matches!(field.kind, Kind::Pattern(_) | Kind::Patterns(_) | Kind::Text(_))) {
            for kwargs in hostile_kwargs(constraint) {
                for text in texts.iter().filter(|text| text.starts_with(['a', ' ', '*', 'é'])) {
                    time(&kwargs, text);
                }
            }
        }
        slowest.push((worst, constraint.id));
    }
    slowest.sort();
    println!("{checks} checks of texts of 256 KiB");
    for ((time, what), id) in slowest.iter().rev().take(12) {
        println!("slowest: {id:45} {:6.2} ms  {what}", time.as_secs_f64() * 1e3);
    }
}

fn main() {
    let texts: HashMap<String, String> = lines::<Response>("responses.jsonl").into_iter().map(|row| (row.rid, row.text)).collect();
    let vectors = lines::<Vector>("vectors.jsonl");
    prompts(&vectors, &texts);
    crossed(&vectors, &texts);
    hostile();
}
