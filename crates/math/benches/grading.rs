//! How fast answers are graded: bare pairs, labelled pairs, whole responses through the domain, and input that is made to be slow.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput, criterion_group};
use flate2::read::GzDecoder;
use gavel_math::answer::Answer;
use gavel_math::domain::{Math, Options, Reference};
use gavel_math::equal::Steps;
use gavel_math::extract::{Preset, Rules, extract};
use gavel_math::grade::{Policy, Ruling, grade};
use gavel_math::read::read;
use gavel_task::{Attempt, Budget, Domain, TaskName};
use serde_json::Value;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

/// Processor time of this thread: others may use the machine at the same time.
struct CpuTime;

impl CpuTime {
    /// So far; the kernel counts nanoseconds.
    fn now() -> Duration {
        let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        Duration::from_nanos(line.split(' ').next().unwrap().parse().unwrap())
    }
}

/// The shortest of five times by the clock: the kernel updates processor times too rarely for one answer.
fn shortest(mut what: impl FnMut()) -> Duration {
    let mut once = || {
        let start = Instant::now();
        what();
        start.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap()
}

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        Self::now()
    }

    fn end(&self, start: Duration) -> Duration {
        Self::now() - start
    }

    fn add(&self, one: &Duration, two: &Duration) -> Duration {
        *one + *two
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

fn corpus(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines();
    lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect()
}

fn text(record: &Value, field: &str) -> String {
    record[field].as_str().unwrap().to_owned()
}

fn compared(one: &str, two: &str) -> Option<Ruling> {
    Some(grade(&read(one).ok()?, &read(two).ok()?, &Policy::default(), &mut Steps::default()))
}

/// Both texts as the graders that the pairs come from see them.
fn labelled(gold: &str, pred: &str, kind: &str) -> Option<Ruling> {
    let found = |text: &str, kind: &str| -> Option<Answer> {
        if kind == "answer" { read(text).ok() } else { extract(text, &Rules::new(Preset::Lenient)).ok()?.read().ok() }
    };
    let reference = found(gold, if kind == "response" { "answer" } else { kind })?;
    Some(grade(&reference, &found(pred, kind)?, &Policy::default(), &mut Steps::default()))
}

fn verified(task: &TaskName, response: &str, reference: &Reference) -> bool {
    let attempt = Attempt { task, prompt: None, response };
    Math.verify(attempt, reference, &Options::default(), &Budget::default()).is_ok_and(|verdict| verdict.score.get() > 0.5)
}

/// The pairs that take longest, the shortest of three times each.
fn shares(name: &str, mut once: impl FnMut(usize), count: usize) {
    let mut times: Vec<(Duration, usize)> = (0..count).map(|at| (shortest(|| once(at)), at)).collect();
    times.sort_unstable();
    let share = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].0;
    let (slowest, at) = times[times.len() - 1];
    println!("{name}: p50 {:.1?}, p99 {:.1?}, longest {slowest:.1?} (number {at})", share(50), share(99));
}

fn grading(criterion: &mut Criterion<CpuTime>) {
    let task: TaskName = "math".parse().unwrap();
    let references: Vec<String> = corpus("reference_answers.jsonl.gz").iter().map(|record| text(record, "answer")).collect();
    // Each against itself in another spelling, and against its neighbour.
    let mut bare: Vec<(String, String)> =
        references.iter().map(|one| (one.clone(), format!("${}$", one.replace("\\frac", "\\dfrac")))).collect();
    bare.extend(references.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
    let pairs: Vec<[String; 3]> =
        corpus("labelled_pairs.jsonl.gz").iter().map(|record| ["gold", "pred", "kind"].map(|field| text(record, field))).collect();
    let responses: Vec<(String, Reference)> = corpus("responses.jsonl.gz")
        .iter()
        .map(|record| (text(record, "response"), serde_json::from_value(record["gold"].clone()).unwrap()))
        .collect();
    // Short ones are filled up in front, as a longer chain of thought would.
    let long: Vec<(String, &Reference)> = responses
        .iter()
        .map(|(response, reference)| {
            let missing = 1_024_usize.saturating_sub(response.len());
            (format!("{}{response}", "We compute $x = 2y + 3$ first, so that 14 of them remain. ".repeat(missing.div_ceil(58))), reference)
        })
        .collect();
    let bytes: usize = long.iter().map(|(response, _)| response.len()).sum();
    println!("{} responses of {} bytes on average", long.len(), bytes / long.len());

    shares("bare pairs", |at| _ = black_box(compared(&bare[at].0, &bare[at].1)), bare.len());
    shares("labelled pairs", |at| _ = black_box(labelled(&pairs[at][0], &pairs[at][1], &pairs[at][2])), pairs.len());
    shares("responses", |at| _ = black_box(verified(&task, &long[at].0, long[at].1)), long.len());

    let mut group = criterion.benchmark_group("grading");
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2)).sample_size(10);
    group.throughput(Throughput::Elements(bare.len() as u64));
    group.bench_function("bare pairs", |bencher| {
        bencher.iter(|| bare.iter().filter_map(|(one, two)| compared(one, two)).filter(|ruling| ruling.is_equal()).count());
    });
    group.throughput(Throughput::Elements(pairs.len() as u64));
    group.bench_function("labelled pairs", |bencher| {
        bencher
            .iter(|| pairs.iter().filter_map(|[gold, pred, kind]| labelled(gold, pred, kind)).filter(|ruling| ruling.is_equal()).count());
    });
    group.throughput(Throughput::Elements(long.len() as u64));
    group.bench_function("responses", |bencher| {
        bencher.iter(|| long.iter().filter(|(response, reference)| verified(&task, response, reference)).count());
    });
    group.finish();
}

/// Answers of up to 64 KiB in a box, made to be slow.
fn hostile() -> Vec<(String, String)> {
    const BYTES: usize = 65_000;
    let parts = [
        "{",
        "(",
        "|",
        "\\frac12",
        "\\frac{1}{",
        "\\sqrt{",
        "x^",
        "9^",
        "9^9",
        "9",
        "1,",
        "1;",
        "1 000 ",
        "x_1+",
        "x!",
        "\\pm 1,",
        "+1",
        "+x",
        "x y ",
        "\\sin ",
        "=1",
        "<x",
        "\\cup[1,2]",
        "(1,2),",
        "\\{1\\},",
        "a and ",
        "word ",
        "1/2+",
        "\\sqrt2+",
        "\\sqrt{2}x+",
        "1:",
        "x=1,",
        "2^{1000},",
        "\\pi+",
        "&1",
        "\\\\",
        "3 cm ",
        "1\\text{ m}+",
        "\\sum_{k=1}^{9}k+",
        "(x+1)(x-1)",
        "\\boxed{1},",
        "$x$ ",
        "[0,1)\\cup",
        "\\gcd(a,b)+",
        "B,",
    ];
    let mut all: Vec<(String, String)> = parts.iter().map(|part| (format!("{part:?} repeated"), part.repeat(BYTES / part.len()))).collect();
    // As many as are read.
    for part in parts {
        all.push((format!("{part:?} 400 times"), part.repeat(400) + "1"));
        all.push((format!("{part:?} 48 times"), part.repeat(48) + "1"));
    }
    let nested = |open: &str, middle: &str, close: &str, times: usize| format!("{}{middle}{}", open.repeat(times), close.repeat(times));
    let digits = |digit: &str, count: usize| digit.repeat(count);
    let listed = |count: usize, item: &dyn Fn(usize) -> String| (0..count).map(item).collect::<Vec<_>>().join(", ");
    all.extend([
        ("power tower".to_owned(), "9^{9^{9^{9^9}}}".to_owned()),
        ("long power tower".to_owned(), nested("2^{", "2", "}", 90)),
        ("2 000 braces".to_owned(), nested("{", "1", "}", 2_000)),
        ("90 braces".to_owned(), nested("{", "1", "}", 90)),
        ("40 nested fractions".to_owned(), nested("\\frac{1}{1+", "x", "}", 40)),
        ("40 nested fractions of numbers".to_owned(), nested("\\frac{1}{1+", "2", "}", 40)),
        ("40 nested roots".to_owned(), nested("\\sqrt{1+", "2", "}", 40)),
        ("40 nested roots of x".to_owned(), nested("\\sqrt{1+", "x", "}", 40)),
        ("20 000 digits".to_owned(), digits("7", 20_000)),
        ("9 999 digits".to_owned(), digits("7", 9_999)),
        ("9 999 places".to_owned(), format!("0.{}", digits("7", 9_990))),
        ("9 999 digits over 9 998".to_owned(), format!("\\frac{{{}}}{{{}}}", digits("7", 9_999), digits("3", 9_998))),
        ("root of 9 999 digits".to_owned(), format!("\\sqrt{{{}}}", digits("7", 9_999))),
        ("factorials".to_owned(), "((1000!)!)!".to_owned()),
        ("power of a sum".to_owned(), "(x+y+z+w)^{999}".to_owned()),
        ("3 000 numbers".to_owned(), listed(3_000, &|at| at.to_string())),
        ("3 000 numbers, backwards".to_owned(), listed(3_000, &|at| (3_000 - at).to_string())),
        ("48 roots".to_owned(), listed(48, &|at| format!("\\sqrt{{{}}}", at + 2))),
        ("48 roots, backwards".to_owned(), listed(48, &|at| format!("\\sqrt{{{}}}", 49 - at))),
        ("48 expressions".to_owned(), listed(48, &|at| format!("\\sin(x+{at})"))),
        ("48 expressions, backwards".to_owned(), listed(48, &|at| format!("\\sin(x+{})", 47 - at))),
        ("sum of 600 roots".to_owned(), (2..602).map(|at| format!("\\sqrt{{{at}}}")).collect::<Vec<_>>().join("+")),
        ("union of 60 intervals".to_owned(), (0..30).map(|at| format!("({at}, {at}.5]")).collect::<Vec<_>>().join("\\cup ")),
        ("sum of 250 powers".to_owned(), "\\sum_{k=1}^{250} k^{k}".to_owned()),
        ("sums of sums".to_owned(), "\\sum_{k=1}^{250}\\sum_{j=1}^{250} \\frac{1}{kj}".to_owned()),
    ]);
    all
}

/// Each against itself with something more, against its neighbours and a number: the shortest of three times.
fn worst_cases() {
    let task: TaskName = "math".parse().unwrap();
    let all = hostile();
    let mut slowest: Vec<(Duration, String)> = Vec::new();
    for (at, (name, answer)) in all.iter().enumerate() {
        let others = [
            ("itself", answer.clone()),
            ("the next", all[(at + 1) % all.len()].1.clone()),
            ("1", "1".to_owned()),
            ("more", format!("{answer}+1")),
        ];
        for (how, other) in &others {
            for (reference, response) in [(other, answer), (answer, other)] {
                let (reference, response) = (Reference::from(reference.as_str()), format!("\\boxed{{{response}}}"));
                let time = shortest(|| _ = black_box(verified(&task, &response, &reference)));
                slowest.push((time, format!("{name} against {how}")));
            }
        }
    }
    slowest.sort();
    println!("slowest of {}:", slowest.len());
    for (duration, name) in slowest.iter().rev().take(24) {
        println!("  {duration:>10.1?}  {name}");
    }
}

criterion_group!(name = benches; config = Criterion::default().with_measurement(CpuTime); targets = grading);

fn main() {
    worst_cases();
    benches();
    Criterion::default().configure_from_args().final_summary();
}
