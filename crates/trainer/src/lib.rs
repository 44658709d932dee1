//! Prolonged reinforcement learning against a verifier.

pub mod algorithm;
pub mod dynamic_sampling;
pub mod loss;
pub mod penalty;
pub mod reset;
pub mod schedule;
pub mod setting;
pub mod stages;
pub mod statistics;
