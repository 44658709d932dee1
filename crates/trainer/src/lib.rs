//! Prolonged reinforcement learning against a verifier.

pub mod config_diff;
pub mod plot;
pub mod record;
pub mod report;
pub mod sink;
pub mod store;
pub mod terminal;
