//! Which checkpoints stay.

use super::Checkpoint;
use std::collections::BTreeSet;

/// Whether a higher or a lower value is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Such as a reward.
    Highest,
    /// Such as a loss.
    Lowest,
}

/// Keeps the best checkpoints by a metric.
#[derive(Debug, Clone)]
pub struct Best {
    /// Name of the metric; checkpoints without it are no candidates.
    pub metric: String,
    /// What is better.
    pub goal: Goal,
    /// How many to keep; of equal ones the earlier.
    pub count: usize,
}

/// Which checkpoints stay when a new one has been written: the union of both rules.
#[derive(Debug, Clone)]
pub struct Keep {
    /// How many of the newest; the newest one stays in any case.
    pub last: usize,
    /// The best by a metric.
    pub best: Option<Best>,
}

impl Keep {
    /// The steps to remove, oldest first. `found` is sorted by step.
    pub(super) fn superfluous(&self, found: &[Checkpoint]) -> Vec<u64> {
        let mut kept: BTreeSet<u64> = found.iter().rev().take(self.last.max(1)).map(Checkpoint::step).collect();
        if let Some(best) = &self.best {
            let mut candidates: Vec<(f64, u64)> =
                found.iter().filter_map(|one| Some((*one.metrics().get(&best.metric)?, one.step()))).collect();
            candidates.sort_by(|(a, a_step), (b, b_step)| {
                let order = if best.goal == Goal::Highest { b.total_cmp(a) } else { a.total_cmp(b) };
                order.then(a_step.cmp(b_step))
            });
            kept.extend(candidates.iter().take(best.count).map(|(_, step)| *step));
        }
        found.iter().map(Checkpoint::step).filter(|step| !kept.contains(step)).collect()
    }
}
