//! Whose rules a constraint is checked by.

use serde::{Deserialize, Serialize};

/// Ours, or the reference checker's to the letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rules {
    /// What the prompt's words mean: each repair is listed in [`Constraint::deltas`](crate::Constraint::deltas).
    #[default]
    Strict,
    /// The verdict of the reference checker, wherever that is the same on every run.
    Parity,
}
