//! What a step and a validation are logged as. Raw scores and shaped rewards have names of their own.

use crate::collect::Tally;
use crate::dynamic_sampling::Counts;
use crate::evaluate::Measured;
use crate::loss::Estimator;
use crate::record::{Kind, Record};
use crate::rollout::Group;
use crate::update::{Learned, Shaped};
use crate::warm_up::WarmUpStep;
use gavel_policy::Scores;
use std::time::Duration;

/// How long a step's parts took that its tally does not have.
pub(crate) struct StepTimes {
    pub(crate) learn: Duration,
    pub(crate) all: Duration,
}

/// A share of nothing is not there.
fn share(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u64), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}

/// One step's figures.
#[expect(clippy::too_many_arguments, reason = "each is one part of the step that is described")]
pub(crate) fn step(
    step: u64,
    groups: &[Group],
    shaped: &Shaped,
    tally: &Tally,
    counts: &Counts,
    learned: &Learned,
    learning_rate: f64,
    times: &StepTimes,
) -> Record {
    let mut record = Record::new(Kind::Train, step);
    let mut set = |name: &str, value: Option<f64>| {
        if let Some(value) = value {
            record.set(name, value);
        }
    };
    // What was drawn in this step, kept or not.
    let graded = tally.rollouts - tally.not_graded;
    set("train/score/mean", (graded > 0).then(|| tally.score / graded as f64));
    for (source, (count, sum)) in &tally.sources {
        set(&format!("train/score/{source}"), (*count > 0).then(|| sum / *count as f64));
    }
    set("train/response/tokens", share(tally.tokens, tally.rollouts));
    set("train/response/truncated_share", share(tally.truncated, tally.rollouts));
    set("train/response/not_graded_share", share(tally.not_graded, tally.rollouts));
    set("train/prompts_too_long", Some(tally.prompts_too_long as f64));
    for (reason, count) in &tally.reasons {
        set(&format!("train/not_graded/{reason}"), Some(*count as f64));
    }
    set("train/groups/drawn", Some(tally.groups as f64));
    set("train/groups/zero_variance_share", share(tally.groups_without_variance, tally.groups));
    set("train/groups/not_graded_share", share(tally.groups_not_graded, tally.groups));
    set("train/groups/generation_batches", Some(f64::from(counts.generation_batches)));
    // What was learned from.
    set("train/groups/trained", Some(groups.len() as f64));
    set("train/groups/dropped", Some(learned.dropped_groups as f64));
    set("train/filtered_rollouts", Some(learned.filtered as f64));
    set("train/reward/mean", mean(shaped.rewards.iter().flatten().flatten().map(|&reward| f64::from(reward))));
    let metrics = &learned.metrics;
    set("train/loss", Some(learned.loss));
    set("train/loss/policy", Some(metrics.policy_loss()));
    set("train/loss/kl", Some(metrics.kl_loss()));
    set("train/entropy", learned.before.entropy());
    for (name, estimator) in [("k1", Estimator::K1), ("k2", Estimator::K2), ("k3", Estimator::K3)] {
        set(&format!("train/kl_to_reference/{name}"), metrics.reference_kl(estimator));
    }
    set("train/kl_to_old", metrics.approximate_kl());
    set("train/ratio/mean", metrics.ratio_mean());
    set("train/ratio/max", metrics.ratio_max());
    set("train/clip_share/low", metrics.clip_share_low());
    set("train/clip_share/high", metrics.clip_share_high());
    set("train/clip_share/dual", metrics.dual_clip_share());
    set("train/importance/mean", metrics.importance_mean());
    set("train/importance/max", metrics.importance_max());
    set("train/sampler_gap/mean", learned.before.gap().map(|(mean, _)| mean));
    set("train/sampler_gap/max", learned.before.gap().map(|(_, largest)| largest));
    set("train/gradient_norm", mean(learned.gradient_norms.iter().copied()));
    set("train/skipped_updates", Some(learned.skipped_updates as f64));
    set("train/learning_rate", Some(learning_rate));
    set("time/generate_s", Some(tally.times.generate.as_secs_f64()));
    set("time/wait_for_rewards_s", Some(tally.times.wait.as_secs_f64()));
    set("time/learn_s", Some(times.learn.as_secs_f64()));
    set("time/step_s", Some(times.all.as_secs_f64()));
    set("train/tokens_per_second", Some((tally.tokens + learned.tokens) as f64 / times.all.as_secs_f64().max(1e-9)));
    record
}

/// How far the policy is from others, over responses that it wrote itself, in nats per token.
pub(crate) struct Drift {
    entropy: Option<f64>,
    reference: Option<f64>,
    initial: Option<f64>,
}

impl Drift {
    pub(crate) fn new(policy: &Scores, reference: &Scores, initial: &Scores) -> Self {
        // k3 of responses drawn from the policy: KL(policy || other), never negative.
        let kl = |other: &Scores| {
            let ratios = policy.logprobs.iter().flatten().zip(other.logprobs.iter().flatten());
            mean(ratios.map(|(&own, &other)| Estimator::K3.value((f64::from(own) - f64::from(other)).clamp(-20.0, 20.0))))
        };
        Self {
            entropy: mean(policy.entropies.iter().flatten().map(|&value| f64::from(value))),
            reference: kl(reference),
            initial: kl(initial),
        }
    }
}

/// One validation's figures.
pub(crate) fn validation(step: u64, measured: &Measured, drift: &Drift, time: Duration) -> Record {
    let mut record = Record::new(Kind::Validation, step);
    let mut set = |name: &str, value: Option<f64>| {
        if let Some(value) = value {
            record.set(name, value);
        }
    };
    set("validation/pass@1", measured.pass_at_1());
    for (source, summary) in &measured.sources {
        for (k, estimate) in &summary.pass_at {
            set(&format!("validation/{source}/pass@{k}"), Some(estimate.mean));
            set(&format!("validation/{source}/pass@{k}/low"), Some((estimate.mean - estimate.half_width).max(0.0)));
            set(&format!("validation/{source}/pass@{k}/high"), Some((estimate.mean + estimate.half_width).min(1.0)));
        }
        set(&format!("validation/{source}/score"), summary.score);
        set(&format!("validation/{source}/tokens"), Some(summary.tokens));
        set(&format!("validation/{source}/truncated_share"), Some(summary.truncated));
        set(&format!("validation/{source}/not_graded_share"), Some(summary.not_graded));
        set(&format!("validation/{source}/zero_variance_share"), Some(summary.zero_variance));
    }
    set("validation/entropy", drift.entropy);
    set("validation/kl_to_reference", drift.reference);
    set("validation/kl_to_initial", drift.initial);
    set("time/validate_s", Some(time.as_secs_f64()));
    record
}

/// One update of the warm-up.
pub(crate) fn warm_up(update: &WarmUpStep, time: Duration) -> Record {
    let mut record = Record::new(Kind::Train, update.step);
    record.set("warm_up/loss", update.loss);
    record.set("warm_up/learning_rate", update.learning_rate);
    record.set("warm_up/tokens_per_second", update.tokens as f64 / time.as_secs_f64().max(1e-9));
    record
}
