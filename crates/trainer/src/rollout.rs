//! Responses drawn from the policy, in groups of one prompt, and what the verifier says of them.

use crate::text::Text;
use crate::{Judgement, Pending, RewardSource, TrainError};
use gavel_policy::{Finish, Model, Request, Sample, Sampling, Sequence};
use gavel_task::Item;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// One response to a prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rollout {
    /// Its tokens; the end token is the last, unless it was truncated.
    pub(crate) tokens: Vec<u32>,
    /// Their log-probabilities when they were drawn, at the sampling temperature.
    pub(crate) behaviour_logprobs: Vec<f32>,
    /// Why it ended.
    pub(crate) finish: Finish,
    /// What the verifier gave it; `None` if it could not be judged.
    pub(crate) score: Option<f64>,
    /// The verifier's reason.
    pub(crate) reason: String,
}

/// All responses to one prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Group {
    /// The source that the prompt is from.
    pub(crate) source: String,
    /// The prompt's tokens.
    pub(crate) prompt: Vec<u32>,
    /// The responses, in the order of their seeds.
    pub(crate) rollouts: Vec<Rollout>,
}

impl Group {
    /// The prompt and one of its responses.
    pub(crate) fn sequence<'a>(&'a self, rollout: &'a Rollout) -> Sequence<'a> {
        Sequence { prompt: &self.prompt, response: &rollout.tokens }
    }
}

/// A prompt to draw responses to.
#[derive(Clone, Debug)]
pub(crate) struct Prompt {
    /// The source that it is from.
    pub(crate) source: Arc<str>,
    /// The item, whose response is replaced by those drawn.
    pub(crate) item: Arc<Item>,
    /// The prompt's tokens.
    pub(crate) tokens: Vec<u32>,
    /// What the draws derive from.
    pub(crate) seed: u64,
}

/// How long the parts of a roll-out took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    /// Drawing responses; verification goes on meanwhile.
    pub(crate) generate: Duration,
    /// Waiting for what the verifier had not judged by then.
    pub(crate) wait: Duration,
}

/// What draws responses and has them judged.
#[derive(Clone, Copy)]
pub(crate) struct Roller<'a> {
    /// The policy.
    pub(crate) model: &'a Model,
    /// Its tokens.
    pub(crate) text: &'a Text,
    /// Who judges.
    pub(crate) verifier: &'a dyn RewardSource,
    /// Set when drawing is to end at once.
    pub(crate) stop: &'a AtomicBool,
}

impl std::fmt::Debug for Roller<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Roller").finish_non_exhaustive()
    }
}

impl Roller<'_> {
    /// Draws `count` responses to each prompt. A group goes to the verifier as soon as its last response has ended.
    ///
    /// # Errors
    /// If the model fails, or [`TrainError::Stopped`] if it was told to stop.
    pub(crate) fn roll_out(&self, prompts: &[Prompt], count: usize, sampling: &Sampling) -> Result<(Vec<Group>, Times), TrainError> {
        let started = Instant::now();
        let requests: Vec<Request> =
            prompts.iter().map(|prompt| Request { prompt: prompt.tokens.clone(), count, seed: prompt.seed }).collect();
        let mut drawn: Vec<Vec<Option<Sample>>> = vec![vec![None; count]; prompts.len()];
        let mut pending: BTreeMap<usize, Pending> = BTreeMap::new();
        let mut failure = None;
        gavel_policy::generate(self.model, &requests, sampling, &mut |request, response, sample| {
            drawn[request][response] = Some(sample);
            if drawn[request].iter().all(Option::is_some) {
                match self.submit(&prompts[request], &drawn[request]) {
                    Ok(sent) => pending.insert(request, sent),
                    Err(error) => {
                        failure = Some(error);
                        return ControlFlow::Break(());
                    }
                };
            }
            if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if let Some(error) = failure {
            return Err(error);
        }
        if self.stop.load(Ordering::Relaxed) {
            return Err(TrainError::Stopped);
        }
        let generate = started.elapsed();
        let mut groups = Vec::with_capacity(prompts.len());
        for ((at, samples), prompt) in drawn.into_iter().enumerate().zip(prompts) {
            let judgements = pending.remove(&at).map_or_else(Vec::new, Pending::wait);
            let rollouts = samples.into_iter().flatten().zip(judgements).map(rollout).collect();
            groups.push(Group { source: prompt.source.to_string(), prompt: prompt.tokens.clone(), rollouts });
        }
        Ok((groups, Times { generate, wait: started.elapsed() - generate }))
    }

    fn submit(&self, prompt: &Prompt, samples: &[Option<Sample>]) -> Result<Pending, TrainError> {
        let item = |sample: &Sample| Ok(Item { response: self.text.response(&sample.tokens)?, ..(*prompt.item).clone() });
        Ok(self.verifier.submit(samples.iter().flatten().map(item).collect::<Result<_, TrainError>>()?))
    }
}

fn rollout((sample, Judgement { score, reason }): (Sample, Judgement)) -> Rollout {
    // A score that is no number would be one more way for a failure to become a reward.
    let score = score.filter(|score| score.is_finite());
    Rollout { tokens: sample.tokens, behaviour_logprobs: sample.logprobs, finish: sample.finish, score, reason }
}
