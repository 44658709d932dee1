//! Whole runs with a reward that is a function in this process: a policy of some thousand weights learns, stops and goes on.

mod killed;

use crate::record::Record;
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

/// Asks the run to stop after some records or in a phase.
#[derive(Default)]
struct StopAt {
    records: u64,
    phase: Option<&'static str>,
    stop: Arc<AtomicBool>,
}

impl View for StopAt {
    fn line(&mut self, _: &str) {}

    fn phase(&mut self, phase: &'static str) {
        if self.phase == Some(phase) {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    fn record(&mut self, _: &Record, _: u64) {
        if self.records == 1 {
            self.stop.store(true, Ordering::Relaxed);
        }
        self.records = self.records.saturating_sub(1);
    }
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
    [warm_up]
    steps = 4
    batch_size = 2
    learning_rate = 1e-5
    [[warm_up.train]]
    task = "letters"
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
    Setup { table: RUN.parse().unwrap(), output, resume: false, verifier, stop, view: Box::<StopAt>::default() }
}

fn log(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("log.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn scores(folder: &Path) -> Vec<f64> {
    log(folder).iter().filter_map(|record| record["metrics"]["train/score/mean"].as_f64()).collect()
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
    let steps: Vec<&Value> = log.iter().filter(|record| record["metrics"].get("train/loss").is_some()).collect();
    for step in &steps {
        let share = step["metrics"]["train/response/not_graded_share"].as_f64().unwrap();
        assert!((0.08..0.12).contains(&share), "{share}");
        assert!(step["metrics"]["train/not_graded/transport"].as_f64().unwrap() >= 12.0);
    }
    let scores = scores(folder.path());
    assert!(scores[27..].iter().all(|score| *score > 0.4), "{scores:?}");
}

/// Every file of a run's last checkpoint, and its log without times.
fn outcome(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let checkpoint = folder.join("checkpoints/step-000000000030");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(checkpoint)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    for mut record in log(folder) {
        let metrics = record["metrics"].as_object_mut().unwrap();
        metrics.retain(|name, _| !name.starts_with("time/") && name != "train/tokens_per_second");
        files.push(("log".to_owned(), record.to_string().into_bytes()));
    }
    files
}

#[test]
fn a_stopped_run_goes_on_as_if_it_had_not() {
    let (whole, stopped) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    Trainer::start(setup(whole.path(), Arc::new(Letters::default()))).unwrap().run().unwrap();
    // In the warm-up, in the first validation, after some steps, in a validation between two steps, and not at all.
    let stops = [(3, None), (0, Some("validate")), (8, None), (5, Some("validate")), (2, None), (0, Some("generate")), (0, None)];
    for (number, (records, phase)) in stops.into_iter().enumerate() {
        let stop = Arc::new(AtomicBool::new(false));
        let view = Box::new(StopAt { records, phase, stop: Arc::clone(&stop) });
        let setup = Setup { resume: number > 0, stop, view, ..setup(stopped.path(), Arc::new(Letters::default())) };
        let ending = Trainer::start(setup).unwrap().run().unwrap();
        assert_eq!(ending == Ending::Finished, records == 0 && phase.is_none(), "{number}");
    }
    let (one, other) = (outcome(whole.path()), outcome(stopped.path()));
    for name in ["optimizer.safetensors", "state.bin", "reference.safetensors", "model.safetensors", "run.json", "log"] {
        assert!(one.iter().any(|(found, _)| found == name), "{name}");
    }
    for ((name, one), (_, other)) in one.iter().zip(&other) {
        assert!(one == other, "{name} differs: {} {}", String::from_utf8_lossy(one), String::from_utf8_lossy(other));
    }
    assert_eq!(one.len(), other.len());
    let checkpoints = std::fs::read_dir(whole.path().join("checkpoints")).unwrap();
    let kept = checkpoints.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("step-")).count();
    assert!((2..=3).contains(&kept), "checkpoint.keep_last and checkpoint.keep_best");
    for name in ["report.md", "report.svg", "curves.svg"] {
        assert!(whole.path().join(name).is_file(), "{name}");
    }
}

#[test]
fn another_configuration_is_refused_with_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let stop = Arc::new(AtomicBool::new(true));
    let stopped = Setup { stop, ..setup(folder.path(), Arc::new(Letters::default())) };
    Trainer::start(stopped).unwrap().run().unwrap();
    let again = |text: &str| {
        let table = text.parse().unwrap();
        Trainer::start(Setup { table, resume: true, ..setup(folder.path(), Arc::new(Letters::default())) })
    };
    let changed = RUN.replace("rate = 5e-3", "rate = 4e-3").replace("group_size = 16", "group_size = 8");
    let message = again(&changed).unwrap_err().to_string();
    assert!(message.contains("schedule.rate: 0.005 -> 0.004") && message.contains("rollout.group_size: 16 -> 8"), "{message}");
    again(&RUN.replace("steps = 30", "steps = 31").replace("every = 5", "every = 6")).unwrap();
    let saved = crate::begun_with(folder.path()).unwrap().unwrap();
    assert_eq!(crate::config::RunConfig::open(&saved).unwrap(), crate::config::RunConfig::open(&RUN.parse().unwrap()).unwrap());
}

#[test]
fn devices_are_interchangeable() {
    let folder = tempfile::tempdir().unwrap();
    let on = |device: &str, steps: u64, resume: bool| {
        let table = format!("device = \"{device}\"\n{}", RUN.replace("steps = 30", &format!("steps = {steps}"))).parse().unwrap();
        Trainer::start(Setup { table, resume, ..setup(folder.path(), Arc::new(Letters::default())) })
    };
    let message = on("gpu", 2, false).unwrap_err().to_string();
    assert!(message.contains("device") && message.contains("`gpu` is not a device"), "{message}");
    if !cfg!(feature = "cuda") {
        assert!(on("cuda", 2, false).unwrap_err().to_string().contains("feature `cuda`"));
    }
    on("candle-cpu", 2, false).unwrap().run().unwrap();
    let alone = scores(folder.path());
    on("cpu", 4, true).unwrap().run().unwrap();
    assert_eq!((scores(folder.path())[..2].to_vec(), scores(folder.path()).len()), (alone, 4));
}

#[test]
fn what_no_stage_can_change_is_refused() {
    for set in ["seed = 4", "device = \"candle-cpu\"", "model.init.hidden_size = 64", "warm_up.steps = 5"] {
        let text = format!("{RUN}\n[[stage]]\nname = \"two\"\nwhen = {{ step = 3 }}\nset = ['{set}']\n");
        let message = crate::config::RunConfig::open(&text.parse().unwrap()).unwrap_err().to_string();
        assert!(message.contains("no stage can change it"), "{set}: {message}");
    }
}

#[test]
fn one_process_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Trainer::start(setup(folder.path(), Arc::new(Letters::default()))).unwrap();
    let message = Trainer::start(setup(folder.path(), Arc::new(Letters::default()))).unwrap_err().to_string();
    assert!(message.contains("in use by process"), "{message}");
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

#[test]
fn runs_of_the_repository_are_configurations() {
    let runs = Path::new(env!("CARGO_MANIFEST_DIR")).join("runs");
    for entry in std::fs::read_dir(runs).unwrap() {
        let path = entry.unwrap().path();
        let table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        crate::config::RunConfig::open(&table).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// The dotted keys of a document, without what is below the lists of sources.
fn keys(value: &Value, path: &str, found: &mut Vec<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match value {
            Value::Object(_) => keys(value, &path, found),
            _ => found.push(path),
        }
    }
}

#[test]
fn every_key_is_documented() {
    let docs = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/training-keys.md")).unwrap();
    let config = crate::config::RunConfig::open(&RUN.parse().unwrap()).unwrap();
    let mut found = Vec::new();
    keys(&serde_json::to_value(config).unwrap(), "", &mut found);
    assert!(found.len() > 50, "{found:?}");
    for key in found.iter().filter(|key| *key != "train") {
        assert!(docs.contains(&format!("`{key}`")), "docs/training-keys.md has no `{key}`");
    }
}
