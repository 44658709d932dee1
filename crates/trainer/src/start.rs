//! Where a run begins: from nothing, or from its latest checkpoint.

use crate::config::{CheckpointConfig, ModelSource, RunConfig};
use crate::evaluate::ValidationSet;
use crate::journal::{From, Journal, View};
use crate::optimizer::AdamW;
use crate::sampler::seed_for;
use crate::save::{self, Checkpoints, Restored};
use crate::state::State;
use crate::text::Text;
use crate::trainer::Trainer;
use crate::{RewardSource, Sampler, Source, SourceConfig, TrainError};
use candle_core::Device;
use gavel_policy::{Directory, GenerationConfig, InitConfig, Model, TokenizerFiles, Vocabulary, init_model};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The folder of the model that was made for a run.
const MODEL: &str = "model";
/// The folder of the policy as it was before the first step.
const INITIAL: &str = "initial";
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
        let first_config = RunConfig::open(&table)?;
        let place = first_config.place()?;
        let mut view = view;
        let checkpoints = Checkpoints::open(&output, &first_config.checkpoint)?;
        let begins = checkpoints.is_empty()?;
        if !begins && !resume {
            return Err(TrainError::Occupied { path: output });
        }
        let latest = checkpoints.latest(|line| view.line(&line), resume)?;
        warn_of_bias(&first_config, &mut *view);
        let (restored, initial) = match &latest {
            Some(latest) => {
                let differences = save::refused(&save::config(latest)?, &first_config);
                if !differences.is_empty() {
                    return Err(TrainError::OtherConfig { differences, checkpoint: latest.path().to_owned() });
                }
                let restored = save::read(latest)?;
                let initial = if restored.state.begun {
                    let initial = Directory::open(output.join(INITIAL))?;
                    Model::from_tensors(initial.config(), &initial.weights(&Device::Cpu)?)?
                } else {
                    restored.model.copy()
                };
                (restored, initial)
            }
            None => {
                let directory = first_model(&first_config, &output, &*verifier)?;
                let model = Model::from_tensors(directory.config(), &directory.weights(&Device::Cpu)?)?;
                let adam = AdamW::new(model.weights().iter().map(Vec::len));
                let (reference, initial) = (model.copy(), model.copy());
                (Restored { directory, model, reference, adam, state: State::default() }, initial)
            }
        };
        let Restored { directory, mut model, mut reference, adam, state } = restored;
        let mut initial = initial;
        for model in [&mut model, &mut reference, &mut initial] {
            model.set_place(&place);
        }
        let config = RunConfig::read(&crate::stages::configuration(&table, &first_config.stage, state.stages.begun())?)?;
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
        let from = resume.then(|| From { warm_up: state.warm_up_step, step: state.begun.then_some(state.step) });
        // Opened last: a run that cannot begin leaves no log that keeps the next one from beginning.
        let journal = Journal::open(&output, from, warm_up.is_some() && !state.begun, view)?;
        Ok(Self {
            table,
            config,
            first_config,
            output,
            model,
            reference,
            initial,
            text,
            files: directory.tokenizer_files()?,
            generation: directory.generation().clone(),
            adam,
            sampler: train,
            warm_up,
            validation,
            verifier,
            stop,
            state,
            checkpoints,
            journal,
        })
    }
}

/// What the run in this folder was begun with, if there is a checkpoint.
///
/// # Errors
/// If the folder is in use or its checkpoints cannot be read.
pub fn begun_with(output: &Path) -> Result<Option<toml::Table>, TrainError> {
    if !output.is_dir() {
        return Ok(None);
    }
    let latest = Checkpoints::open(output, &CheckpointConfig::default())?.latest(|_| {}, false)?;
    let table = |checkpoint| Ok(toml::Table::try_from(save::config(&checkpoint)?).expect("a configuration came from TOML"));
    latest.map(table).transpose()
}

/// Keeps the policy as it is before the first step, from which validation measures how far it has gone.
pub(crate) fn save_initial(output: &Path, model: &Model, files: &TokenizerFiles, generation: &GenerationConfig) -> Result<(), TrainError> {
    Directory::save(output.join(INITIAL), model.config(), &model.tensors()?, files, generation)?;
    Ok(())
}

/// Ratios compare the policy with the policy that drew the response; drawing from less than its whole distribution is drawing from another one.
fn warn_of_bias(config: &RunConfig, view: &mut dyn View) {
    let rollout = &config.rollout;
    if rollout.top_p < 1.0 || rollout.top_k > 0 {
        view.line(&format!(
            "warning: rollout.top_p = {} and rollout.top_k = {} draw from less than the whole distribution, so the ratios of the loss are biased; 1 and 0 do not",
            rollout.top_p, rollout.top_k
        ));
    }
}

/// The model that the run starts from.
fn first_model(config: &RunConfig, output: &Path, verifier: &dyn RewardSource) -> Result<Directory, TrainError> {
    match &config.model {
        ModelSource::Path(path) => Ok(Directory::open(path)?),
        ModelSource::Init(_) => make_model(config, &output.join(MODEL), verifier),
    }
}

/// Makes the small model that a run's `[model.init]` describes, as a Hugging Face directory: random weights, and a tokenizer from the prompts and solutions of
/// the run's sources.
///
/// # Errors
/// If the configuration has no such section, items cannot be made, or a file cannot be written.
pub fn make_model(config: &RunConfig, folder: &Path, verifier: &dyn RewardSource) -> Result<Directory, TrainError> {
    let ModelSource::Init(init) = &config.model else {
        let message = "missing: the run begins with a model that is there, so there is none to make".to_owned();
        return Err(TrainError::Config { key: "model.init".to_owned(), message });
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
    Ok(init_model(&made, texts.into_iter(), weights, folder)?)
}
