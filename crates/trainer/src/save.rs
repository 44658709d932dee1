//! Checkpoints of a run: everything that it needs to go on, in one folder that is also a Hugging Face directory of the policy.
//!
//! Beside the policy there are `reference.safetensors`, `optimizer.safetensors` (moments, named as the weights with `.first` and `.second`), `state.bin` and
//! `run.json`. Updates of the warm-up and steps are counted apart and have folders of their own.

use crate::TrainError;
use crate::config::{CheckpointConfig, RunConfig};
use crate::config_diff::{Difference, differences};
use crate::optimizer::{AdamW, Moments};
use crate::state::State;
use crate::store::{Best, Checkpoint, Goal, Keep, Latest, Store, StoreError};
use candle_core::{Device, Tensor};
use gavel_policy::{Directory, GenerationConfig, Model, ModelConfig, ModelError, PolicyError, TokenizerFiles, encode_tensors};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const REFERENCE: &str = "reference.safetensors";
const OPTIMIZER: &str = "optimizer.safetensors";
const STATE: &str = "state.bin";
const CONFIG: &str = "run.json";

/// What the best checkpoint is chosen by.
pub(crate) const BEST: &str = "validation/pass@1";

/// Keys that may differ when a run goes on: how long it is, what is kept of it, who judges and where it computes. None changes a step that both runs make, but for the device,
/// which changes the last bits of its numbers.
const FREE: [&str; 4] = ["steps", "checkpoint.", "verifier.", "device"];

/// The folders of a run's checkpoints, held by this process.
#[derive(Debug)]
pub(crate) struct Checkpoints {
    warm_up: Store,
    train: Store,
}

/// A run as it is between two steps.
#[derive(Clone, Copy)]
pub(crate) struct Snapshot<'a> {
    pub(crate) config: &'a RunConfig,
    pub(crate) model: &'a Model,
    pub(crate) reference: &'a Model,
    pub(crate) adam: &'a AdamW,
    pub(crate) state: &'a State,
    pub(crate) tokenizer: &'a TokenizerFiles,
    pub(crate) generation: &'a GenerationConfig,
}

/// What a checkpoint holds.
#[derive(Debug)]
pub(crate) struct Restored {
    pub(crate) directory: Directory,
    pub(crate) model: Model,
    pub(crate) reference: Model,
    pub(crate) adam: AdamW,
    pub(crate) state: State,
}

impl Checkpoints {
    /// Those of the run in this folder, which is made where it is missing.
    ///
    /// # Errors
    /// If another process has them, or the folder cannot be made.
    pub(crate) fn open(output: &Path, config: &CheckpointConfig) -> Result<Self, StoreError> {
        let best = Best { metric: BEST.to_owned(), goal: Goal::Highest, count: config.keep_best };
        let train = Store::open(&output.join("checkpoints"), Keep { last: config.keep_last, best: Some(best) })?;
        let warm_up = Store::open(&output.join("warm_up"), Keep { last: config.keep_last, best: None })?;
        Ok(Self { warm_up, train })
    }

    /// The newest whole checkpoint. What is newer and damaged is told to `say` and removed when `remove` says so.
    pub(crate) fn latest(&self, mut say: impl FnMut(String), remove: bool) -> Result<Option<Checkpoint>, StoreError> {
        for store in [&self.train, &self.warm_up] {
            let Latest { checkpoint, damaged } = store.latest()?;
            for (path, flaw) in &damaged {
                say(format!("{} is damaged and passed over: {}", path.display(), crate::error::with_causes(flaw)));
            }
            if let Some(checkpoint) = checkpoint {
                if remove && !damaged.is_empty() {
                    store.remove_after(checkpoint.step())?;
                }
                return Ok(Some(checkpoint));
            }
        }
        Ok(None)
    }

    /// Whether there is anything of a run, whole or not.
    pub(crate) fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.train.steps()?.is_empty() && self.warm_up.steps()?.is_empty())
    }

    /// Writes a checkpoint with the figures that the best one is chosen by, and says where it is. One of the same step is replaced.
    ///
    /// # Errors
    /// If it could not be written, as on a full disk. Earlier ones are whole then.
    pub(crate) fn write(&self, run: &Snapshot<'_>, metrics: &BTreeMap<String, f64>) -> Result<PathBuf, TrainError> {
        let (store, step) = if run.state.begun { (&self.train, run.state.step) } else { (&self.warm_up, run.state.warm_up_step) };
        let config = run.model.config();
        let policy = Directory::encode(config, &run.model.tensors()?, run.tokenizer, run.generation)?;
        let reference = encode_tensors(&run.reference.tensors()?)?;
        let optimizer = encode_tensors(&moments(config, run.adam)?)?;
        let state = postcard::to_stdvec(run.state).expect("the state is plain data");
        let mut about = serde_json::to_vec_pretty(run.config).expect("a configuration is plain data");
        about.push(b'\n');
        let files = [(REFERENCE, reference), (OPTIMIZER, optimizer), (STATE, state), (CONFIG, about)];
        let written =
            store.replace(step, metrics, |writer| policy.iter().chain(&files).try_for_each(|(name, bytes)| writer.blob(name, bytes)))?;
        match written.not_removed {
            None => Ok(written.path),
            Some(error) => Err(error.into()),
        }
    }
}

/// The configuration of the run that wrote a checkpoint.
pub(crate) fn config(checkpoint: &Checkpoint) -> Result<RunConfig, TrainError> {
    serde_json::from_slice(&checkpoint.read(CONFIG)?).map_err(|_| TrainError::Damaged { path: checkpoint.path().join(CONFIG) })
}

/// Where two configurations differ in what a run cannot change half-way.
pub(crate) fn refused(saved: &RunConfig, now: &RunConfig) -> Vec<Difference> {
    let json = |config| serde_json::to_value(config).expect("a configuration is plain data");
    let mut found = differences(&json(saved), &json(now));
    found
        .retain(|difference| !FREE.iter().any(|free| difference.key == *free || (free.ends_with('.') && difference.key.starts_with(free))));
    found
}

/// Reads a checkpoint.
pub(crate) fn read(checkpoint: &Checkpoint) -> Result<Restored, TrainError> {
    let directory = Directory::open(checkpoint.path())?;
    let config = directory.config().clone();
    let model = Model::from_tensors(&config, &directory.weights(&Device::Cpu)?)?;
    let reference = Model::from_tensors(&config, &tensors(checkpoint, REFERENCE)?)?;
    let damaged = |name| TrainError::Damaged { path: checkpoint.path().join(name) };
    let state: State = postcard::from_bytes(&checkpoint.read(STATE)?).map_err(|_| damaged(STATE))?;
    let mut moments = tensors(checkpoint, OPTIMIZER)?;
    let mut take = |name: String| -> Result<Vec<f32>, TrainError> {
        let tensor = moments.remove(&name).ok_or_else(|| damaged(OPTIMIZER))?;
        Ok(tensor.flatten_all().and_then(|tensor| tensor.to_vec1()).map_err(ModelError::from)?)
    };
    let mut all = Vec::new();
    for weight in config.weights() {
        all.push(Moments { first: take(format!("{}.first", weight.name))?, second: take(format!("{}.second", weight.name))? });
    }
    let adam = AdamW::restore(all, state.optimizer_updates);
    Ok(Restored { directory, model, reference, adam, state })
}

fn moments(config: &ModelConfig, adam: &AdamW) -> Result<BTreeMap<String, Tensor>, TrainError> {
    let mut tensors = BTreeMap::new();
    for (weight, moments) in config.weights().into_iter().zip(adam.moments()) {
        for (name, values) in [("first", &moments.first), ("second", &moments.second)] {
            let tensor = Tensor::from_slice(values, weight.shape.clone(), &Device::Cpu).map_err(ModelError::from)?;
            tensors.insert(format!("{}.{name}", weight.name), tensor);
        }
    }
    Ok(tensors)
}

fn tensors(checkpoint: &Checkpoint, name: &str) -> Result<BTreeMap<String, Tensor>, TrainError> {
    let tensors = candle_core::safetensors::load_buffer(&checkpoint.read(name)?, &Device::Cpu);
    let tensors = tensors.map_err(|source| PolicyError::Tensor { name: name.to_owned(), source })?;
    Ok(tensors.into_iter().collect())
}
