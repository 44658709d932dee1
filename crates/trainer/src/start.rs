//! Where a run begins: from nothing, or from its latest checkpoint.

use crate::config::{ModelSource, RunConfig};
use crate::evaluate::ValidationSet;
use crate::journal::{Journal, View};
use crate::optimizer::AdamW;
use crate::sampler::seed_for;
use crate::save::{self, Restored, Saved};
use crate::state::State;
use crate::text::Text;
use crate::trainer::Trainer;
use crate::{RewardSource, Sampler, Source, SourceConfig, TrainError};
use candle_core::Device;
use gavel_policy::{Directory, InitConfig, Model, Vocabulary, init_model};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Items of each source that a new tokenizer is made from.
const TEXTS: u64 = 512;

/// What a run needs.
pub struct Setup {
    /// What is to be done.
    pub table: toml::Table,
    /// Where it goes.
    pub output: PathBuf,
    /// Whether to go on from the latest checkpoint there.
    pub resume: bool,
    /// Who judges.
    pub verifier: Arc<dyn RewardSource>,
    /// Set when the run is to stop after the step that it is in.
    pub stop: Arc<AtomicBool>,
    /// Where people see it.
    pub view: Box<dyn View>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").field("output", &self.output).field("resume", &self.resume).finish_non_exhaustive()
    }
}

impl Trainer {
    /// Prepares a run.
    ///
    /// # Errors
    /// What is wrong with the configuration, the model, the items or the folder: before anything is trained.
    pub fn start(setup: Setup) -> Result<Self, TrainError> {
        let Setup { table, output, resume, verifier, stop, view } = setup;
        let config = RunConfig::open(&table)?;
        let checkpoints = output.join("checkpoints");
        let latest = save::all(&checkpoints)?.pop();
        if !resume && latest.is_some() {
            return Err(TrainError::Occupied { path: output });
        }
        let journal = |view| {
            fs::create_dir_all(&checkpoints).map_err(|source| TrainError::Write { path: checkpoints.clone(), source })?;
            Journal::open(&output, view)
        };
        let (restored, initial, journal) = match latest {
            Some(latest) => {
                let restored = save::read(&latest)?;
                let initial = Directory::open(output.join("initial"))?;
                let initial = Model::from_tensors(initial.config(), &initial.weights(&Device::Cpu)?)?;
                (restored, initial, journal(view)?)
            }
            None => {
                let journal = journal(view)?;
                let directory = first_model(&config, &output, &*verifier)?;
                let model = Model::from_tensors(directory.config(), &directory.weights(&Device::Cpu)?)?;
                let adam = AdamW::new(model.weights().iter().map(Vec::len));
                let (reference, initial) = (model.copy(), model.copy());
                (Restored { directory, model, reference, adam, state: State::default() }, initial, journal)
            }
        };
        let Restored { directory, model, reference, adam, state } = restored;
        let config = RunConfig::read(&crate::stages::configuration(&table, &config.stage, state.stages.begun())?)?;
        let text = Text::open(&directory)?;
        let sources = if config.validation.sources.is_empty() { &config.train } else { &config.validation.sources };
        let validation = ValidationSet::choose(&config.validation, sources, &config.rollout, config.seed, &text, &*verifier)?;
        let sampler = |sources: &[SourceConfig], purpose: &str, cursor: &crate::Cursor| -> Result<Sampler, TrainError> {
            let mut sampler = Sampler::new(sources, seed_for(config.seed, purpose), validation.held_out().clone())?;
            sampler.restore(cursor.clone());
            Ok(sampler)
        };
        let train = sampler(&config.train, "train", &state.cursor)?;
        let warm_up = config.warm_up.as_ref().map(|warm_up| sampler(&warm_up.train, "warm-up", &state.warm_up_cursor)).transpose()?;
        let saved = Saved::new(checkpoints.clone(), directory.tokenizer_files()?, directory.generation().clone());
        Ok(Self {
            table,
            config,
            model,
            reference,
            initial,
            text,
            adam,
            sampler: train,
            warm_up,
            validation,
            verifier,
            stop,
            state,
            saved,
            journal,
        })
    }
}

/// The model that the run starts from, in its own folder.
fn first_model(config: &RunConfig, output: &Path, verifier: &dyn RewardSource) -> Result<Directory, TrainError> {
    let init = match &config.model {
        ModelSource::Path(path) => return Ok(Directory::open(path)?),
        ModelSource::Init(init) => init,
    };
    let mut texts = Vec::new();
    let warm_up = config.warm_up.iter().flat_map(|warm_up| &warm_up.train);
    for source in config.train.iter().chain(warm_up).chain(&config.validation.sources) {
        let mut source = Source::open(source, seed_for(config.seed, "texts"))?;
        let most = source.len().map_or(TEXTS, |length| (length as u64).min(TEXTS));
        for index in 0..most {
            let item = source.item(index, verifier)?;
            texts.push(format!("user\n{}\nassistant\n{}", item.prompt.as_deref().unwrap_or(""), item.response));
        }
    }
    let made =
        InitConfig { vocabulary: Vocabulary::Common { vocab_size: init.vocab_size, share: init.common_words }, model: init.decoder() };
    let weights = |shape: &gavel_policy::ModelConfig| Model::random(shape, config.seed).tensors().map_err(candle_core::Error::wrap);
    Ok(init_model(&made, texts.into_iter(), weights, &output.join("initial"))?)
}
