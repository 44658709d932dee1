//! Whole runs with a reward that is a function in this process: a policy of some thousand weights learns, stops and goes on.

use crate::{Ending, Judgement, Pending, RewardSource, Setup, TrainError, Trainer, View};
use gavel_protocol::GenerateRequest;
use gavel_task::Item;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The more of a response is the letter a, the better.
#[derive(Default)]
struct Letters {
    /// Every so many responses cannot be judged; 0 for none.
    fails_every: u64,
    judged: AtomicU64,
}

fn item(index: u64) -> Item {
    serde_json::from_value(json!({"task": "letters", "prompt": format!("{index}"), "response": "aaaa", "reference": null})).unwrap()
}

impl RewardSource for Letters {
    fn submit(&self, items: Vec<Item>) -> Pending {
        let judge = |item: &Item| {
            let number = self.judged.fetch_add(1, Ordering::Relaxed) + 1;
            if self.fails_every > 0 && number.is_multiple_of(self.fails_every) {
                return Judgement { score: None, reason: "transport".to_owned() };
            }
            let right = item.response.matches('a').count();
            Judgement { score: Some((right as f64 / 6.0).min(1.0)), reason: "counted".to_owned() }
        };
        Pending::ready(items.iter().map(judge).collect())
    }

    fn generate(&self, request: &GenerateRequest) -> Result<Vec<Item>, TrainError> {
        Ok((request.start..request.start + request.count).map(|index| item(index + (request.seed % 7) * 1000)).collect())
    }
}

/// Asks the run to stop when it says a line that begins so.
struct StopAt {
    line: &'static str,
    stop: Arc<AtomicBool>,
}

impl View for StopAt {
    fn line(&mut self, line: &str) {
        if !self.line.is_empty() && line.starts_with(self.line) {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    fn phase(&mut self, _: &'static str) {}
}

const RUN: &str = r#"
    seed = 3
    steps = 30
    [model.init]
    vocab_size = 259
    hidden_size = 32
    intermediate_size = 64
    num_hidden_layers = 1
    num_attention_heads = 2
    num_key_value_heads = 1
    max_position_embeddings = 96
    [[train]]
    task = "letters"
    [rollout]
    prompts = 8
    group_size = 16
    temperature = 1.0
    max_response_tokens = 6
    max_prompt_tokens = 64
    [dynamic_sampling]
    enabled = false
    [optimizer]
    mini_batches = 1
    [schedule]
    rate = 5e-3
    [validation]
    every = 10
    items = 6
    samples = 4
    [checkpoint]
    every = 5
"#;

fn setup(folder: &Path, verifier: Arc<dyn RewardSource>) -> Setup {
    let (output, stop) = (folder.to_owned(), Arc::new(AtomicBool::new(false)));
    Setup { table: RUN.parse().unwrap(), output, resume: false, verifier, stop, view: Box::new(StopAt { line: "", stop: Arc::default() }) }
}

fn log(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("log.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn scores(folder: &Path) -> Vec<f64> {
    log(folder).iter().filter_map(|record| record["train/score/mean"].as_f64()).collect()
}

#[test]
fn a_tiny_policy_raises_its_reward() {
    let folder = tempfile::tempdir().unwrap();
    let ended = Trainer::start(setup(folder.path(), Arc::new(Letters::default()))).unwrap().run().unwrap();
    assert_eq!(ended, Ending::Finished);
    let scores = scores(folder.path());
    let (first, last) = (scores[..3].iter().sum::<f64>() / 3.0, scores[27..].iter().sum::<f64>() / 3.0);
    assert!(first < 0.1 && last > 0.5, "{first} {last}: {scores:?}");
}

#[test]
fn what_cannot_be_judged_is_dropped_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let verifier = Arc::new(Letters { fails_every: 10, ..Letters::default() });
    Trainer::start(setup(folder.path(), verifier)).unwrap().run().unwrap();
    let log = log(folder.path());
    let steps: Vec<&Value> = log.iter().filter(|record| record.get("train/loss").is_some()).collect();
    for step in &steps {
        let share = step["train/response/not_graded_share"].as_f64().unwrap();
        assert!((0.08..0.12).contains(&share), "{share}");
        assert!(step["train/not_graded/transport"].as_f64().unwrap() >= 12.0);
    }
    let scores = scores(folder.path());
    assert!(scores[27..].iter().all(|score| *score > 0.4), "{scores:?}");
}

/// Every file of a run's last checkpoint.
fn last_checkpoint(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let checkpoints = folder.join("checkpoints/step-00000030");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(checkpoints)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_stopped_run_goes_on_as_if_it_had_not() {
    let (whole, stopped) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    Trainer::start(setup(whole.path(), Arc::new(Letters::default()))).unwrap().run().unwrap();
    for (line, resume) in [("step 7/", false), ("step 8/", true), ("step 21/", true), ("", true)] {
        let stop = Arc::new(AtomicBool::new(false));
        let view = Box::new(StopAt { line, stop: Arc::clone(&stop) });
        let setup = Setup { resume, stop, view, ..setup(stopped.path(), Arc::new(Letters::default())) };
        let ending = Trainer::start(setup).unwrap().run().unwrap();
        assert_eq!(ending == Ending::Finished, line.is_empty());
    }
    let (one, other) = (last_checkpoint(whole.path()), last_checkpoint(stopped.path()));
    assert!(one.iter().any(|(name, _)| name == "optimizer.safetensors") && one.iter().any(|(name, _)| name == "state.bin"));
    for ((name, one), (_, other)) in one.iter().zip(&other) {
        assert!(one == other, "{name} differs");
    }
    assert_eq!(one.len(), other.len());
    let kept = std::fs::read_dir(whole.path().join("checkpoints")).unwrap().count();
    assert_eq!(kept, 2, "checkpoint.keep_last");
}

#[test]
fn a_folder_with_a_run_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let stop = Arc::new(AtomicBool::new(true));
    let setup = |stop| Setup { stop, ..setup(folder.path(), Arc::new(Letters::default())) };
    Trainer::start(setup(Arc::clone(&stop))).unwrap().run().unwrap();
    let message = Trainer::start(setup(stop)).unwrap_err().to_string();
    assert!(message.contains("--resume"), "{message}");
}
