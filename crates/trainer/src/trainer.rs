//! A run: warm-up, steps, validations, checkpoints, resets, stages, in the order in which they happen.
//!
//! One step draws groups until enough of them teach something, learns from them, and then asks the three questions that belong between two steps: is the
//! reference policy to be reset, does another stage begin, is it time to validate or to save.

use crate::collect::{self, Tally};
use crate::config::RunConfig;
use crate::dynamic_sampling::Progress;
use crate::evaluate::{Measured, ValidationSet};
use crate::journal::Journal;
use crate::optimizer::AdamW;
use crate::penalty::{Graded, shape};
use crate::record::{Kind, Record};
use crate::reset::{Observation, OptimizerState, Reset};
use crate::rollout::{Group, Roller};
use crate::save::{BEST, Checkpoints, Snapshot};
use crate::state::State;
use crate::text::Text;
use crate::update::{Learned, Learner, Shaped, score};
use crate::warm_up::WarmUp;
use crate::{RewardSource, Sampler, TrainError, metrics, stages, start, summary};
use gavel_policy::{Finish, GenerationConfig, Model, Sequence, TokenizerFiles};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All steps are done.
    Finished,
    /// It was told to stop, after this many steps, and wrote a checkpoint.
    Stopped {
        /// Steps that are done.
        step: u64,
    },
}

/// A run in progress.
pub struct Trainer {
    pub(crate) table: toml::Table,
    pub(crate) config: RunConfig,
    /// The configuration without the stages that have begun.
    pub(crate) first_config: RunConfig,
    pub(crate) output: PathBuf,
    pub(crate) model: Model,
    pub(crate) reference: Model,
    pub(crate) initial: Model,
    pub(crate) text: Text,
    pub(crate) files: TokenizerFiles,
    pub(crate) generation: GenerationConfig,
    pub(crate) adam: AdamW,
    pub(crate) sampler: Sampler,
    pub(crate) warm_up: Option<Sampler>,
    pub(crate) validation: ValidationSet,
    pub(crate) verifier: Arc<dyn RewardSource>,
    pub(crate) stop: Arc<AtomicBool>,
    pub(crate) state: State,
    pub(crate) checkpoints: Checkpoints,
    pub(crate) journal: Journal,
}

impl std::fmt::Debug for Trainer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trainer").field("step", &self.state.step).finish_non_exhaustive()
    }
}

impl Trainer {
    /// Goes on from where the run is until all steps are done or it is told to stop. At the end there is a report beside the logs.
    ///
    /// # Errors
    /// What keeps it from going on. Everything up to the last checkpoint is kept.
    pub fn run(&mut self) -> Result<Ending, TrainError> {
        let done = self.go_on();
        if matches!(done, Err(TrainError::Stopped)) {
            self.save(&BTreeMap::new());
            self.journal.sync();
            return Ok(Ending::Stopped { step: self.state.step });
        }
        self.journal.sync();
        done?;
        for line in summary::write(&self.output)? {
            self.journal.say(&line);
        }
        Ok(Ending::Finished)
    }

    /// Only the supervised part of the run. Its last checkpoint is a model that another run can begin with.
    ///
    /// # Errors
    /// As [`Trainer::run`]; [`TrainError::Source`] if the configuration has none.
    pub fn run_warm_up(&mut self) -> Result<Ending, TrainError> {
        if self.warm_up.is_none() {
            return Err(TrainError::Config {
                key: "warm_up".to_owned(),
                message: "missing: there is nothing to train on solutions of".to_owned(),
            });
        }
        let done = self.warm_up();
        self.save(&BTreeMap::new());
        self.journal.sync();
        match done {
            Err(TrainError::Stopped) => Ok(Ending::Stopped { step: self.state.warm_up_step }),
            other => other.map(|()| Ending::Finished),
        }
    }

    fn go_on(&mut self) -> Result<(), TrainError> {
        self.warm_up()?;
        if !self.state.begun {
            self.begin()?;
        }
        while self.state.unsettled || self.state.step < self.config.steps {
            if !self.state.unsettled {
                self.go_on_unless_stopped()?;
                self.step_or_nothing()?;
            }
            let measured = self.settle()?;
            let last = self.state.step >= self.config.steps;
            let figures = measured.as_ref().and_then(Measured::pass_at_1).map(|value| (BEST.to_owned(), value));
            let best = self.config.checkpoint.keep_best > 0 && self.is_best(measured.as_ref());
            if last || best || self.state.step.is_multiple_of(self.config.checkpoint.every) {
                self.save(&figures.into_iter().collect());
            }
        }
        Ok(())
    }

    fn go_on_unless_stopped(&self) -> Result<(), TrainError> {
        if self.stop.load(Ordering::Relaxed) { Err(TrainError::Stopped) } else { Ok(()) }
    }

    fn warm_up(&mut self) -> Result<(), TrainError> {
        if self.state.begun {
            return Ok(());
        }
        let Some(config) = self.config.warm_up.clone() else { return Ok(()) };
        self.journal.phase("warm up");
        while self.state.warm_up_step < config.steps {
            self.go_on_unless_stopped()?;
            let started = Instant::now();
            let run = WarmUp { config: &config, optimizer: &self.config.optimizer, text: &self.text };
            let sampler = self.warm_up.as_mut().expect("a run with a warm-up has its sampler");
            let step = run.step(self.state.warm_up_step + 1, &mut self.model, &mut self.adam, sampler, &*self.verifier)?;
            self.state.warm_up_step = step.step;
            self.state.warm_up_cursor = sampler.cursor().clone();
            self.journal.warm_up(&metrics::warm_up(&step, started.elapsed()), config.steps);
            if step.step.is_multiple_of(self.config.checkpoint.warm_up_every) && step.step < config.steps {
                self.save(&BTreeMap::new());
            }
        }
        Ok(())
    }

    /// What follows the warm-up is another objective: it begins without momentum, and what it must not stray from is what the warm-up ended with.
    fn begin(&mut self) -> Result<(), TrainError> {
        self.adam.clear();
        self.reference.copy_from(&self.model)?;
        self.initial.copy_from(&self.model)?;
        start::save_initial(&self.output, &self.model, &self.files, &self.generation)?;
        let measured = self.validate()?;
        self.state.begun = true;
        self.is_best(Some(&measured));
        self.begin_stage(Some(&measured))?;
        self.save(&measured.pass_at_1().map(|value| (BEST.to_owned(), value)).into_iter().collect());
        Ok(())
    }

    /// Whether a validation is better than all before.
    fn is_best(&mut self, measured: Option<&Measured>) -> bool {
        let Some(value) = measured.and_then(Measured::pass_at_1) else { return false };
        let best = self.state.best.is_none_or(|best| value > best);
        if best {
            self.state.best = Some(value);
        }
        best
    }

    /// A step, or, if the run is stopped in the middle of it, no step: what was drawn for it is drawn again.
    fn step_or_nothing(&mut self) -> Result<(), TrainError> {
        let before = self.state.clone();
        match self.step() {
            Err(TrainError::Stopped) => {
                self.sampler.restore(before.cursor.clone());
                self.state = before;
                Err(TrainError::Stopped)
            }
            other => other,
        }
    }

    /// Answers the questions that follow a step.
    fn settle(&mut self) -> Result<Option<Measured>, TrainError> {
        let due = self.state.step >= self.config.steps || self.state.step.is_multiple_of(self.config.validation.every);
        let measured = if due { Some(self.validate()?) } else { None };
        self.between_steps(self.state.kl, measured.as_ref())?;
        self.state.unsettled = false;
        Ok(measured)
    }

    fn roller(&self) -> Roller<'_> {
        Roller { model: &self.model, text: &self.text, verifier: &*self.verifier, stop: &self.stop }
    }

    fn step(&mut self) -> Result<(), TrainError> {
        let started = Instant::now();
        self.journal.phase("generate");
        let (groups, tally, counts) = self.collect()?;
        let shaped = self.shape(&groups)?;
        let learning = Instant::now();
        self.journal.phase("learn");
        let learning_rate = self.config.schedule.at(self.state.step);
        let mut learner =
            Learner { config: &self.config, model: &mut self.model, reference: &self.reference, adam: &mut self.adam, learning_rate };
        let learned = learner.learn(&groups, &shaped)?;
        self.finish_step(&learned)?;
        let times = metrics::StepTimes { learn: learning.elapsed(), all: started.elapsed() };
        let record = metrics::step(self.state.step, &groups, &shaped, &tally, &counts, &learned, learning_rate, &times);
        self.journal.step(&record, self.config.steps);
        self.state.kl = learned.metrics.reference_kl(self.config.loss.kl.estimator);
        self.state.unsettled = true;
        Ok(())
    }

    fn finish_step(&mut self, learned: &Learned) -> Result<(), TrainError> {
        self.state.step += 1;
        self.state.updates += learned.gradient_norms.len() as u64;
        if learned.gradient_norms.is_empty() && learned.skipped_updates > 0 {
            return Err(TrainError::Diverged { step: self.state.step });
        }
        Ok(())
    }

    /// Draws until there is a batch.
    fn collect(&mut self) -> Result<(Vec<Group>, Tally, crate::dynamic_sampling::Counts), TrainError> {
        let mut tally = Tally::default();
        let config = self.config.dynamic_sampling;
        loop {
            match self.state.sampling.progress(&config, self.config.rollout.prompts)? {
                Progress::Ready(batch) => {
                    self.state.cursor = self.sampler.cursor().clone();
                    self.state.judged.0 += tally.rollouts;
                    self.state.judged.1 += tally.not_graded;
                    return Ok((batch.groups, tally, batch.counts));
                }
                Progress::Generate { .. } => {}
            }
            let roller = Roller { model: &self.model, text: &self.text, verifier: &*self.verifier, stop: &self.stop };
            let groups = collect::round(roller, &mut self.sampler, &self.config.rollout, self.config.seed, &mut tally)?;
            for group in groups {
                let rewards = self.rewards(&group)?.rewards.pop().unwrap_or_default();
                self.state.sampling.offer(&config, group, &rewards);
            }
            self.state.sampling.end_generation_batch();
        }
    }

    fn rewards(&self, group: &Group) -> Result<Shaped, TrainError> {
        self.shape(std::slice::from_ref(group))
    }

    /// Shaped rewards of groups, and which rollouts count in the loss.
    fn shape(&self, groups: &[Group]) -> Result<Shaped, TrainError> {
        let mut shaped = Shaped::default();
        for group in groups {
            let (mut rewards, mut counts) = (Vec::new(), Vec::new());
            for rollout in &group.rollouts {
                let truncated = rollout.finish == Finish::Length;
                let made = rollout
                    .score
                    .map(|score| {
                        shape(
                            &self.config.penalty,
                            self.state.updates,
                            &Graded { score: score as f32, response: &rollout.tokens, truncated },
                        )
                    })
                    .transpose()?;
                rewards.push(made.map(|made| made.reward));
                counts.push(made.is_some_and(|made| made.in_loss));
            }
            shaped.rewards.push(rewards);
            shaped.counts.push(counts);
        }
        Ok(shaped)
    }

    /// Measures the policy, and how far it is from the reference and from where it began.
    fn validate(&mut self) -> Result<Measured, TrainError> {
        self.journal.phase("validate");
        let started = Instant::now();
        let measured = self.validation.measure(self.roller(), &self.config.validation, &self.config.rollout)?;
        let sequences: Vec<Sequence<'_>> =
            measured.groups.iter().filter_map(|group| group.rollouts.first().map(|rollout| group.sequence(rollout))).collect();
        let scores = |model: &Model| score(model, &sequences, self.config.rollout.temperature, self.config.optimizer.micro_batch_tokens);
        let drift = metrics::Drift::new(&scores(&self.model)?, &scores(&self.reference)?, &scores(&self.initial)?);
        let record = metrics::validation(self.state.step, &measured, &drift, started.elapsed());
        self.journal.validation(&record, self.config.steps, &measured);
        Ok(measured)
    }

    /// The questions between two steps.
    fn between_steps(&mut self, kl: Option<f64>, measured: Option<&Measured>) -> Result<(), TrainError> {
        let seen = Observation { step: self.state.step, kl, validation: measured.and_then(Measured::pass_at_1) };
        if let Some(reset) = self.state.reset.after_step(&self.config.reset, seen)? {
            self.reset(&reset)?;
        }
        self.begin_stage(measured)
    }

    fn begin_stage(&mut self, measured: Option<&Measured>) -> Result<(), TrainError> {
        let seen = Observation { step: self.state.step, kl: None, validation: measured.and_then(Measured::pass_at_1) };
        let stages = self.config.stage.clone();
        let Some(stage) = self.state.stages.after_step(&stages, seen)? else { return Ok(()) };
        self.config = RunConfig::read(&stages::configuration(&self.table, &stages, self.state.stages.begun())?)?;
        self.sampler.mix(&self.config.train)?;
        let mut record = Record::new(Kind::Train, self.state.step);
        record.note("stage", stage.name.clone());
        self.journal.event(&record, &format!("step {}: stage `{}` begins", self.state.step, stage.name));
        if let Some(optimizer) = stage.reset {
            self.state.reset.restart(self.state.step);
            self.replace_reference(optimizer, &format!("stage `{}`", stage.name))?;
        }
        Ok(())
    }

    fn reset(&mut self, reset: &Reset) -> Result<(), TrainError> {
        self.replace_reference(reset.optimizer, &reset.reason.to_string())
    }

    /// The policy as it is becomes the reference.
    fn replace_reference(&mut self, optimizer: OptimizerState, reason: &str) -> Result<(), TrainError> {
        self.reference.copy_from(&self.model)?;
        if optimizer == OptimizerState::Cleared {
            self.adam.clear();
        }
        let what = match optimizer {
            OptimizerState::Cleared => "the optimizer begins anew",
            OptimizerState::Kept => "the optimizer goes on",
        };
        let mut record = Record::new(Kind::Train, self.state.step);
        record.set("train/reset", 1.0);
        record.note("reset/reason", reason);
        self.journal.event(&record, &format!("step {}: the policy becomes the reference, {what}: {reason}", self.state.step));
        Ok(())
    }

    /// Writes a checkpoint. A failure, such as a full disk, is told and the run goes on with what earlier ones hold.
    fn save(&mut self, figures: &BTreeMap<String, f64>) {
        self.journal.phase("save");
        self.journal.sync();
        self.state.optimizer_updates = self.adam.updates();
        let run = Snapshot {
            config: &self.first_config,
            model: &self.model,
            reference: &self.reference,
            adam: &self.adam,
            state: &self.state,
            tokenizer: &self.files,
            generation: &self.generation,
        };
        if let Err(error) = self.checkpoints.write(&run, figures) {
            let done = if self.state.begun { self.state.step } else { self.state.warm_up_step };
            self.journal.say(&format!("no checkpoint after {done}: {}; training goes on", crate::error::with_causes(&error)));
        }
    }
}
