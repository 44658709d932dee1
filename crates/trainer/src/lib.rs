//! Prolonged reinforcement learning against a verifier.

pub mod config_diff;
pub mod record;
pub mod sink;
pub mod store;
pub mod terminal;
