//! Prolonged reinforcement learning against a verifier.

pub mod algorithm;
pub mod dynamic_sampling;
pub mod loss;
pub mod penalty;
pub mod setting;
pub mod statistics;
