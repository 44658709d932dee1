//! Prolonged reinforcement learning against a verifier.

pub mod algorithm;
pub mod setting;
pub mod statistics;
