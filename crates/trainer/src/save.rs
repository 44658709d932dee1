//! Checkpoints: everything that a run needs to go on, in one folder that is also a Hugging Face directory of the policy.
//!
//! Beside the policy there are `reference.safetensors`, `optimizer.safetensors` (moments, named as the weights with `.first` and `.second`) and `state.bin`. A folder appears under its
//! name when all of it is on disk, and not before.

use crate::TrainError;
use crate::optimizer::{AdamW, Moments};
use crate::state::State;
use crate::trainer::Trainer;
use candle_core::{Device, Tensor};
use gavel_policy::{Directory, GenerationConfig, Model, ModelConfig, TokenizerFiles};
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

const REFERENCE: &str = "reference.safetensors";
const OPTIMIZER: &str = "optimizer.safetensors";
const STATE: &str = "state.bin";

/// The checkpoints of a run.
#[derive(Debug)]
pub(crate) struct Saved {
    folder: PathBuf,
    pub(crate) files: TokenizerFiles,
    pub(crate) generation: GenerationConfig,
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

impl Saved {
    pub(crate) fn new(folder: PathBuf, files: TokenizerFiles, generation: GenerationConfig) -> Self {
        Self { folder, files, generation }
    }

    pub(crate) fn has(&self, clock: u64) -> bool {
        self.folder.join(name(clock)).is_dir()
    }
}

fn name(clock: u64) -> String {
    format!("step-{clock:08}")
}

/// The folders of all checkpoints, the newest last.
pub(crate) fn all(folder: &Path) -> Result<Vec<PathBuf>, TrainError> {
    let read = |source| TrainError::Read { path: folder.to_owned(), source };
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        let entry = entry.map_err(read)?;
        if entry.file_name().to_string_lossy().starts_with("step-") {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Writes the run as it is.
pub(crate) fn write(trainer: &Trainer) -> Result<(), TrainError> {
    let Saved { folder, files, generation } = &trainer.saved;
    let clock = trainer.clock();
    let temporary = folder.join(format!(".{}", name(clock)));
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| TrainError::Write { path, source }
    };
    if temporary.exists() {
        fs::remove_dir_all(&temporary).map_err(failed(&temporary))?;
    }
    fs::create_dir_all(&temporary).map_err(failed(&temporary))?;
    let config = trainer.model.config();
    Directory::save(&temporary, config, &trainer.model.tensors()?, files, generation)?;
    write_tensors(&temporary.join(REFERENCE), trainer.reference.tensors()?)?;
    write_tensors(&temporary.join(OPTIMIZER), moments(config, &trainer.adam)?)?;
    let state = postcard::to_stdvec(&trainer.state).expect("the state is plain data");
    let path = temporary.join(STATE);
    fs::write(&path, state).map_err(failed(&path))?;
    for entry in fs::read_dir(&temporary).map_err(failed(&temporary))? {
        let path = entry.map_err(failed(&temporary))?.path();
        File::open(&path).and_then(|file| file.sync_all()).map_err(failed(&path))?;
    }
    let place = folder.join(name(clock));
    if place.exists() {
        fs::remove_dir_all(&place).map_err(failed(&place))?;
    }
    fs::rename(&temporary, &place).map_err(failed(&place))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    // Only now that the new one is there.
    let found = all(folder)?;
    for old in found.iter().rev().skip(trainer.config.checkpoint.keep_last) {
        fs::remove_dir_all(old).map_err(failed(old))?;
    }
    Ok(())
}

/// Reads a checkpoint.
pub(crate) fn read(path: &Path) -> Result<Restored, TrainError> {
    let directory = Directory::open(path)?;
    let config = directory.config().clone();
    let model = Model::from_tensors(&config, &directory.weights(&Device::Cpu)?)?;
    let reference = Model::from_tensors(&config, &read_tensors(&path.join(REFERENCE))?)?;
    let path = path.join(STATE);
    let bytes = fs::read(&path).map_err(|source| TrainError::Read { path: path.clone(), source })?;
    let state: State = postcard::from_bytes(&bytes).map_err(|_| TrainError::Damaged { path: path.clone() })?;
    let path = path.with_file_name(OPTIMIZER);
    let mut tensors = read_tensors(&path)?;
    let mut take = |name: String| -> Result<Vec<f32>, TrainError> {
        let tensor = tensors.remove(&name).ok_or_else(|| TrainError::Damaged { path: path.clone() })?;
        Ok(tensor.flatten_all().and_then(|tensor| tensor.to_vec1()).map_err(gavel_policy::ModelError::from)?)
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
            let tensor = Tensor::from_slice(values, weight.shape.clone(), &Device::Cpu).map_err(gavel_policy::ModelError::from)?;
            tensors.insert(format!("{}.{name}", weight.name), tensor);
        }
    }
    Ok(tensors)
}

fn write_tensors(path: &Path, tensors: BTreeMap<String, Tensor>) -> Result<(), TrainError> {
    let tensors: HashMap<String, Tensor> = tensors.into_iter().collect();
    Ok(candle_core::safetensors::save(&tensors, path).map_err(gavel_policy::ModelError::from)?)
}

fn read_tensors(path: &Path) -> Result<BTreeMap<String, Tensor>, TrainError> {
    let tensors = candle_core::safetensors::load(path, &Device::Cpu).map_err(gavel_policy::ModelError::from)?;
    Ok(tensors.into_iter().collect())
}
