//! What a run must remember, besides tensors, to go on as if it had never stopped.

use crate::Cursor;
use crate::dynamic_sampling::DynamicSampling;
use crate::reset::ResetState;
use crate::rollout::Group;
use crate::stages::StageState;
use serde::{Deserialize, Serialize};

/// Everything but weights and moments. Draws have no state: each derives from the seed and its own number.
///
/// Written in binary, because numbers in decimal do not all come back to the last bit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    /// Updates of the warm-up that are done.
    pub(crate) warm_up_step: u64,
    /// Where the warm-up's sampler is.
    pub(crate) warm_up_cursor: Cursor,
    /// Whether reinforcement learning has begun: the warm-up is over and the policy as it then was has been measured.
    pub(crate) begun: bool,
    /// Steps that are done.
    pub(crate) step: u64,
    /// Whether the questions that follow a step are still open: validation, resets, stages.
    pub(crate) unsettled: bool,
    /// KL to the reference in the last step, if it was computed.
    pub(crate) kl: Option<f64>,
    /// The best pass@1 of a validation.
    pub(crate) best: Option<f64>,
    /// Updates of the weights by reinforcement learning that are done.
    pub(crate) updates: u64,
    /// Where the sampler is.
    pub(crate) cursor: Cursor,
    /// Groups that wait for the next step.
    pub(crate) sampling: DynamicSampling<Group>,
    /// Updates since the optimizer's moments were 0.
    pub(crate) optimizer_updates: u64,
    /// What triggers of resets have seen.
    pub(crate) reset: ResetState,
    /// How far the stages are.
    pub(crate) stages: StageState,
    /// Responses that went through the verifier, and those of them that it could not judge.
    pub(crate) judged: (u64, u64),
}
