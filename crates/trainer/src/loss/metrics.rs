//! What is seen while a loss is made, as sums that add up over micro-batches.

use super::objective::{Clip, Term};
use super::{Estimator, LOG_RATIO_LIMIT, Token};

/// Sums over tokens that count. Shares and means are `None` where nothing was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LossMetrics {
    tokens: u64,
    clipped_low: u64,
    clipped_high: u64,
    clipped_dual: u64,
    ratio: f64,
    ratio_max: f64,
    approximate_kl: f64,
    entropy: f64,
    reference_tokens: u64,
    reference_kl: [f64; 3],
    behaviour_tokens: u64,
    importance: f64,
    importance_max: f64,
    importance_outside: u64,
    policy: f64,
    kl: f64,
    entropy_loss: f64,
}

fn mean(sum: f64, count: u64) -> Option<f64> {
    (count > 0).then(|| sum / count as f64)
}

impl LossMetrics {
    /// Adds those of another micro-batch.
    pub fn merge(&mut self, other: &Self) {
        self.tokens += other.tokens;
        self.clipped_low += other.clipped_low;
        self.clipped_high += other.clipped_high;
        self.clipped_dual += other.clipped_dual;
        self.ratio += other.ratio;
        self.ratio_max = self.ratio_max.max(other.ratio_max);
        self.approximate_kl += other.approximate_kl;
        self.entropy += other.entropy;
        self.reference_tokens += other.reference_tokens;
        for (sum, other) in self.reference_kl.iter_mut().zip(other.reference_kl) {
            *sum += other;
        }
        self.behaviour_tokens += other.behaviour_tokens;
        self.importance += other.importance;
        self.importance_max = self.importance_max.max(other.importance_max);
        self.importance_outside += other.importance_outside;
        self.add_parts(other.policy, other.kl, other.entropy_loss);
    }

    pub(super) fn observe(&mut self, token: &Token, term: &Term) {
        self.tokens += 1;
        match term.clip {
            Clip::None => {}
            Clip::Low => self.clipped_low += 1,
            Clip::High => self.clipped_high += 1,
            Clip::Dual => self.clipped_dual += 1,
        }
        self.ratio += term.ratio;
        self.ratio_max = self.ratio_max.max(term.ratio);
        let bounded = |d: f64| d.clamp(-LOG_RATIO_LIMIT, LOG_RATIO_LIMIT);
        // Samples are of the old policy, so this is KL(old || new).
        self.approximate_kl += Estimator::K3.value(bounded(token.old - token.logprob));
        self.entropy -= token.logprob;
        if let Some(reference) = token.reference {
            self.reference_tokens += 1;
            for (sum, estimator) in self.reference_kl.iter_mut().zip([Estimator::K1, Estimator::K2, Estimator::K3]) {
                *sum += estimator.value(bounded(token.logprob - reference));
            }
        }
    }

    pub(super) fn observe_importance(&mut self, ratio: f64, inside: bool) {
        self.behaviour_tokens += 1;
        self.importance += ratio;
        self.importance_max = self.importance_max.max(ratio);
        self.importance_outside += u64::from(!inside);
    }

    pub(super) fn add_parts(&mut self, policy: f64, kl: f64, entropy: f64) {
        self.policy += policy;
        self.kl += kl;
        self.entropy_loss += entropy;
    }

    /// Tokens that count.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Share of tokens whose ratio was clipped from below.
    pub fn clip_share_low(&self) -> Option<f64> {
        mean(self.clipped_low as f64, self.tokens)
    }

    /// Share of tokens whose ratio was clipped from above.
    pub fn clip_share_high(&self) -> Option<f64> {
        mean(self.clipped_high as f64, self.tokens)
    }

    /// Share of tokens held by the dual clip.
    pub fn dual_clip_share(&self) -> Option<f64> {
        mean(self.clipped_dual as f64, self.tokens)
    }

    /// Mean ratio of policy to old policy, per token; in GSPO of the sequences' ratios.
    pub fn ratio_mean(&self) -> Option<f64> {
        mean(self.ratio, self.tokens)
    }

    /// Largest such ratio.
    pub fn ratio_max(&self) -> Option<f64> {
        (self.tokens > 0).then_some(self.ratio_max)
    }

    /// KL of the old policy to the policy, estimated by k3, in nats per token.
    pub fn approximate_kl(&self) -> Option<f64> {
        mean(self.approximate_kl, self.tokens)
    }

    /// Mean of `-log pi` over sampled tokens, in nats per token: an estimate of the entropy.
    pub fn entropy(&self) -> Option<f64> {
        mean(self.entropy, self.tokens)
    }

    /// KL to the reference policy in nats per token, where reference log-probs were given.
    pub fn reference_kl(&self, estimator: Estimator) -> Option<f64> {
        let [k1, k2, k3] = self.reference_kl;
        let sum = match estimator {
            Estimator::K1 => k1,
            Estimator::K2 => k2,
            Estimator::K3 => k3,
        };
        mean(sum, self.reference_tokens)
    }

    /// Mean of `exp(old - behaviour)`, where behaviour log-probs were given.
    pub fn importance_mean(&self) -> Option<f64> {
        mean(self.importance, self.behaviour_tokens)
    }

    /// Largest such ratio.
    pub fn importance_max(&self) -> Option<f64> {
        (self.behaviour_tokens > 0).then_some(self.importance_max)
    }

    /// Share of tokens whose ratio is outside the range of the configuration.
    pub fn importance_share_outside(&self) -> Option<f64> {
        mean(self.importance_outside as f64, self.behaviour_tokens)
    }

    /// The part of the loss that comes from advantages.
    pub fn policy_loss(&self) -> f64 {
        self.policy
    }

    /// The KL term of the loss.
    pub fn kl_loss(&self) -> f64 {
        self.kl
    }

    /// The entropy term of the loss: a surrogate whose gradient, not its value, means something.
    pub fn entropy_loss(&self) -> f64 {
        self.entropy_loss
    }
}
