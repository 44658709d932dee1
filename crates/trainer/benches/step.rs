//! CPU time and memory of training, on one thread, with the trainer as a library. `benches/trainer/compare.py` runs this beside the same in PyTorch and TRL.
//!
//! Without arguments: a forward and a backward pass and an update by AdamW, 16 sequences of 256 tokens, in tokens per second of CPU time.
//! `make FOLDER URL` makes a model and items with the verification server at that URL; `run FOLDER URL` trains that model, in steps of 8 prompts with 8 responses of
//! 128 tokens each, with a reference policy and rewards from the server, and prints the median CPU time of a step and the most memory. The server's time is not in it.

#![expect(clippy::print_stdout, reason = "a benchmark")]

#[path = "step/process.rs"]
mod process;
#[path = "step/workload.rs"]
mod workload;

use anyhow::{Result, bail, ensure};
use gavel_client::Client;
use gavel_policy::{Gradients, Model, Sequence};
use gavel_trainer::config::OptimizerConfig;
use gavel_trainer::optimizer::AdamW;
use gavel_trainer::record::{Kind, Record};
use gavel_trainer::{Servers, Setup, Trainer, View};
use process::{cpu_time, median, peak_mib};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use workload::SHAPE;

/// Steps that are not counted, and steps that are.
const STEPS: (usize, usize) = (2, 7);
/// Tokens drawn in a step.
const DRAWN: usize = 8 * 8 * 128;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => update(),
        ["make", folder, url] => workload::make(Path::new(folder), &servers(url)?)?,
        ["run", folder, url] => run(Path::new(folder), url)?,
        _ => bail!("arguments are: nothing, make FOLDER URL, or run FOLDER URL"),
    }
    Ok(())
}

fn servers(url: &str) -> Result<Servers> {
    Ok(Servers::new(Client::builder().urls([url]).deadline(Duration::from_secs(120)).build()?)?)
}

/// The line "train and update" of the decoder's benchmark.
fn update() {
    let mut model = Model::random(&SHAPE, 1);
    model.set_threads(1);
    let token = |at: usize, salt: usize| ((at * 37 + salt * 101 + at * at * 7) % SHAPE.vocab_size) as u32;
    let rows: Vec<Vec<u32>> = (0..16).map(|salt| (0..256).map(|at| token(at, salt)).collect()).collect();
    let sequences: Vec<Sequence<'_>> = rows.iter().map(|row| Sequence { prompt: &row[..1], response: &row[1..] }).collect();
    let weight = -1.0 / (16.0 * 255.0);
    let (config, mut gradients) = (OptimizerConfig::default(), Gradients::zeros_like(&model));
    let mut adam = AdamW::new(model.weights().iter().map(Vec::len));
    let mut once = || {
        let start = cpu_time();
        gradients.clear();
        let slopes = |scores: &gavel_policy::Scores| scores.logprobs.iter().map(|row| vec![weight; row.len()]).collect();
        model.backward(&sequences, 1.0, &mut gradients, slopes).expect("the sequences fit");
        let norm = gradients.norm();
        let mut update = adam.begin(&config, 1e-6, (config.max_gradient_norm / norm).min(1.0));
        model.update(&gradients, |index, weight, gradient| update.apply(index, weight, gradient));
        cpu_time() - start
    };
    once();
    let time = median((0..5).map(|_| once()).collect());
    println!("{:<44} {:>9.0} tokens per CPU-second", "train and update, 16 x 256", (16 * 256) as f64 / time.as_secs_f64());
}

/// What a run did, step by step.
#[derive(Default)]
struct Seen {
    /// The process's time at the end of the first validation and of each step.
    times: Vec<Duration>,
    /// Parts of the last step's wall clock, in seconds, by name.
    parts: Vec<(String, f64)>,
    /// Why a step was not the one that is to be measured.
    faults: Vec<String>,
}

/// Looks at the clock when a step is done.
struct Watch(Arc<Mutex<Seen>>);

impl View for Watch {
    fn line(&mut self, line: &str) {
        eprintln!("{line}");
    }

    fn record(&mut self, record: &Record, _: u64) {
        let mut seen = self.0.lock().expect("nobody panics with it");
        if record.kind() == Kind::Validation && record.step() > 0 {
            return;
        }
        seen.times.push(cpu_time());
        if record.kind() == Kind::Validation {
            return;
        }
        for (name, expected) in [
            ("train/response/tokens", 128.0),
            ("train/response/not_graded_share", 0.0),
            ("train/groups/trained", 8.0),
            ("train/skipped_updates", 0.0),
        ] {
            if record.get(name) != Some(expected) {
                seen.faults.push(format!("step {}: {name} is {:?}, not {expected}", record.step(), record.get(name)));
            }
        }
        seen.parts = record.metrics().filter(|(name, _)| name.starts_with("time/")).map(|(name, value)| (name.to_owned(), value)).collect();
        seen.parts
            .push(("rewards differ in groups, share".to_owned(), 1.0 - record.get("train/groups/zero_variance_share").unwrap_or(1.0)));
    }
}

fn run(folder: &Path, url: &str) -> Result<()> {
    let threads = std::thread::available_parallelism()?.get();
    ensure!(threads == 1, "this process may use {threads} cores, and one is to be measured: run it by `taskset -c 0`");
    let output = tempfile::tempdir()?;
    let seen = Arc::new(Mutex::new(Seen::default()));
    let table = configuration(folder, STEPS.0 + STEPS.1)?;
    let (verifier, view) = (Arc::new(servers(url)?), Box::new(Watch(Arc::clone(&seen))));
    let mut trainer =
        Trainer::start(Setup { table, output: output.path().join("run"), resume: false, verifier, stop: Arc::default(), view })?;
    trainer.run()?;
    let seen = seen.lock().expect("nobody panics with it");
    ensure!(seen.faults.is_empty(), "{}", seen.faults.join("\n"));
    let steps: Vec<Duration> = seen.times.windows(2).map(|pair| pair[1] - pair[0]).skip(STEPS.0).collect();
    ensure!(steps.len() == STEPS.1, "{} steps were measured", steps.len());
    let step = median(steps).as_secs_f64();
    for (name, seconds) in &seen.parts {
        eprintln!("last step: {name} {seconds:.3}");
    }
    println!("{:<44} {:>9.2} CPU-seconds", "step, 8 prompts x 8 responses x 128 tokens", step);
    println!("{:<44} {:>9.0} tokens per CPU-second", "the same, in drawn tokens", DRAWN as f64 / step);
    println!("{:<44} {:>9} MiB", "most memory of the step", peak_mib());
    Ok(())
}

/// GRPO with a KL term to a reference that stays; one update a step; nothing validated or saved between steps.
fn configuration(folder: &Path, steps: usize) -> Result<toml::Table> {
    let (model, items) = (folder.join("model"), folder.join("items.jsonl"));
    let text = format!(
        r#"
        seed = 1
        steps = {steps}
        model.path = {model:?}
        train = [{{ file = {items:?} }}]
        rollout = {{ prompts = 8, group_size = 8, temperature = 1.0, max_response_tokens = 128, max_prompt_tokens = 64 }}
        dynamic_sampling.enabled = false
        loss = {{ clip_high = 0.2, kl = {{ coefficient = 0.04, estimator = "k3" }} }}
        optimizer = {{ mini_batches = 1, micro_batch_tokens = 2048 }}
        schedule.rate = 1e-6
        validation = {{ every = {steps}, items = 1, samples = 1 }}
        checkpoint = {{ every = {steps}, keep_best = 0 }}
        "#
    );
    Ok(text.parse()?)
}
