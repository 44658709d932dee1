//! `gavel verify`: judges the items of a file, with progress, and picks up where it was interrupted.

use crate::args::VerifyArgs;
use crate::grade::Grader;
use crate::records::{self, Record, Results};
use crate::{serve, setup, terminal};
use anyhow::{Context, Result};
use gavel_protocol::{DetailLevel, ItemResult, Outcome, Times};
use gavel_server::Config;
use indicatif::ProgressBar;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Items judged at a time: what is read ahead of what is written.
const CHUNK: usize = 4096;

pub(crate) fn run(args: &VerifyArgs) -> Result<ExitCode> {
    // Read before anything is built or started, so that a wrong name costs nothing.
    let input = records::read(&args.input)?;
    let results = args.output.as_deref().map(Results::open).transpose()?;
    let level: DetailLevel = serde_json::from_value(args.detail.clone().into()).context("--detail")?;
    let grader = grader(args, level)?;
    let mut report = Report::new(args, results);
    let mut chunk = Vec::new();
    for record in input {
        let record = record?;
        if report.results.as_ref().is_some_and(|results| results.has(&record)) {
            report.skip();
            continue;
        }
        chunk.push(record);
        if chunk.len() == CHUNK {
            grade(&grader, std::mem::take(&mut chunk), level, &mut report)?;
        }
    }
    grade(&grader, chunk, level, &mut report)?;
    report.finish()
}

fn grader(args: &VerifyArgs, level: DetailLevel) -> Result<Grader> {
    if !args.server.is_empty() {
        return Grader::servers(&args.server, level, serve::runtime()?);
    }
    let engine = setup::engine(&args.sandbox)?;
    if !args.serve {
        return Ok(Grader::Here(engine));
    }
    let runtime = serve::runtime()?;
    let config = Config { bind: SocketAddr::from(([127, 0, 0, 1], 0)), ..Config::default() };
    let server = runtime.block_on(serve::bind(&config, engine))?;
    let url = format!("http://{}", server.local_addr()?);
    terminal::say(&format!("listening on {url}"));
    runtime.spawn(server.serve(std::future::pending()));
    Grader::servers(&[url], level, runtime)
}

fn grade(grader: &Grader, records: Vec<Record>, level: DetailLevel, report: &mut Report) -> Result<()> {
    let mut items = Vec::new();
    let mut indices = Vec::new();
    for Record { index, item } in records {
        match item {
            Ok(item) => {
                indices.push(index);
                items.push(item);
            }
            Err((id, error)) => report.add(&ItemResult::new(index, id, Err(error), Times::default(), "", level))?,
        }
    }
    report.expect(items.len());
    grader.grade(items, level, |mut result| {
        result.index = indices[result.index as usize];
        report.add(&result)
    })
}

/// What is shown and written about results.
struct Report {
    results: Option<Results>,
    table: bool,
    bar: ProgressBar,
    started: Instant,
    graded: u64,
    passed: u64,
    total_score: f64,
    rejected: u64,
    errors: u64,
    skipped: u64,
    first_problem: Option<String>,
}

impl Report {
    fn new(args: &VerifyArgs, results: Option<Results>) -> Self {
        let bar = terminal::bar(Some(0), "[{bar:30}] {pos}/{len} {msg} {eta}");
        bar.enable_steady_tick(Duration::from_millis(200));
        let mut report = Self {
            results,
            table: args.table,
            bar,
            started: Instant::now(),
            graded: 0,
            passed: 0,
            total_score: 0.0,
            rejected: 0,
            errors: 0,
            skipped: 0,
            first_problem: None,
        };
        let earlier = report.results.as_mut().map(|results| std::mem::take(&mut results.earlier)).unwrap_or_default();
        for result in &earlier {
            report.count(result);
        }
        report
    }

    fn skip(&mut self) {
        self.skipped += 1;
    }

    fn expect(&mut self, items: usize) {
        self.bar.inc_length(items as u64);
    }

    fn count(&mut self, result: &ItemResult) {
        match (result.outcome, result.score) {
            (Outcome::Graded, Some(score)) => {
                self.graded += 1;
                self.total_score += score;
                self.passed += u64::from(score >= 1.0);
            }
            (Outcome::RejectedItem, _) => self.rejected += 1,
            _ => self.errors += 1,
        }
        if result.outcome != Outcome::Graded && self.first_problem.is_none() {
            self.first_problem = Some(format!("item {} ({}): {}: {}", result.index, result.id, result.reason, result.message));
        }
    }

    fn add(&mut self, result: &ItemResult) -> Result<()> {
        self.count(result);
        if let Some(results) = &mut self.results {
            results.append(&serde_json::to_string(result)?).context("cannot write a result")?;
        } else if self.table {
            let score = result.score.map_or_else(|| "-".to_owned(), |score| format!("{score:.3}"));
            self.bar.suspend(|| terminal::print(&format!("{score:>6}  {:18} {:44} {}", result.reason, result.id, cut(&result.message))))?;
        } else {
            let line = serde_json::to_string(result)?;
            self.bar.suspend(|| terminal::print(&line))?;
        }
        self.bar.inc(1);
        self.bar.set_message(format!("{} passed, {} not graded", self.passed, self.rejected + self.errors));
        Ok(())
    }

    fn finish(self) -> Result<ExitCode> {
        self.bar.finish_and_clear();
        let mean = if self.graded > 0 { format!("{:.4}", self.total_score / self.graded as f64) } else { "-".to_owned() };
        let earlier = if self.skipped > 0 { format!(" ({} of them earlier)", self.skipped) } else { String::new() };
        terminal::say(&format!(
            "{} graded{earlier}: mean score {mean}, {} passed; {} rejected, {} errors; {:.1} s",
            self.graded,
            self.passed,
            self.rejected,
            self.errors,
            self.started.elapsed().as_secs_f64()
        ));
        if let Some(problem) = &self.first_problem {
            terminal::say(&format!("first of the items without a score: {problem}"));
        }
        Ok(if self.rejected + self.errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

/// The beginning of a message, on one line.
fn cut(message: &str) -> String {
    let line: String = message.chars().take(100).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.len() < message.len() { format!("{line}…") } else { line }
}
