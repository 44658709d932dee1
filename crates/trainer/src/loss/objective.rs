//! What is maximised: PPO's clipped surrogate, GSPO's, CISPO's. Weighting of tokens is not done here.

use super::{LOG_RATIO_LIMIT, LossConfig, Token};
use serde::{Deserialize, Serialize};

/// What is maximised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// `min(r A, clip(r) A)` with a ratio per token (PPO, arXiv 1707.06347, eq. 7; ProRL, arXiv 2505.24864, eq. 1 and 3).
    #[default]
    PpoClip,
    /// The same with one ratio per sequence, the geometric mean of its tokens' (GSPO, arXiv 2507.18071, eq. 5 and 7). Clip ranges are much smaller
    /// than PPO's there: 3e-4 and 4e-4 in the paper.
    Gspo,
    /// `stop_gradient(clip(r)) A log pi`: every token keeps a gradient (CISPO, arXiv 2506.13585, eq. 4 and 5). `clip_low = 1` never clips from below.
    Cispo,
}

/// Where a ratio was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clip {
    None,
    Low,
    High,
    Dual,
}

/// A token's loss before weighting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) value: f64,
    /// By the token's log-prob; in GSPO by the mean log-prob of the sequence.
    pub(super) slope: f64,
    pub(super) clip: Clip,
    /// In GSPO the sequence's.
    pub(super) ratio: f64,
}

/// One term per token.
pub(super) fn terms(config: &LossConfig, advantage: f64, tokens: &[Token]) -> Vec<Term> {
    let log_ratio = |token: &Token| token.logprob - token.old;
    match config.objective {
        Objective::PpoClip => tokens.iter().map(|token| ppo_clip(config, advantage, log_ratio(token))).collect(),
        Objective::Gspo => {
            let mean = tokens.iter().map(log_ratio).sum::<f64>() / tokens.len().max(1) as f64;
            vec![ppo_clip(config, advantage, mean); tokens.len()]
        }
        Objective::Cispo => tokens.iter().map(|token| cispo(config, advantage, token)).collect(),
    }
}

/// The ratio, and whether it still follows the log-prob.
fn ratio(log_ratio: f64) -> (f64, bool) {
    (log_ratio.clamp(-LOG_RATIO_LIMIT, LOG_RATIO_LIMIT).exp(), log_ratio.abs() <= LOG_RATIO_LIMIT)
}

fn ppo_clip(config: &LossConfig, advantage: f64, log_ratio: f64) -> Term {
    let (ratio, follows) = ratio(log_ratio);
    let held = |at: f64, clip| Term { value: -at * advantage, slope: 0.0, clip, ratio };
    let (low, high) = (1.0 - config.clip_low, 1.0 + config.clip_high);
    match config.dual_clip {
        Some(dual) if advantage < 0.0 && ratio > dual => held(dual, Clip::Dual),
        _ if advantage > 0.0 && ratio > high => held(high, Clip::High),
        _ if advantage < 0.0 && ratio < low => held(low, Clip::Low),
        _ => {
            let value = -ratio * advantage;
            Term { value, slope: if follows { value } else { 0.0 }, clip: Clip::None, ratio }
        }
    }
}

fn cispo(config: &LossConfig, advantage: f64, token: &Token) -> Term {
    let (ratio, _) = ratio(token.logprob - token.old);
    let (low, high) = (1.0 - config.clip_low, 1.0 + config.clip_high);
    let clip = match ratio {
        ratio if ratio > high => Clip::High,
        ratio if ratio < low => Clip::Low,
        _ => Clip::None,
    };
    let slope = -ratio.clamp(low, high) * advantage;
    Term { value: slope * token.logprob, slope, clip, ratio }
}
