//! Turns items into verdicts.
//!
//! A [`Registry`] knows the domains by name and reads the raw parts of an item into their types. A [`Verifier`] runs items on a pool of threads, fairly between
//! batches, and gives exactly one [`Graded`] for each. Nothing here is asynchronous, and no verdict depends on the order in which items run.

mod pool;
mod queue;
mod registry;

pub use pool::{Batch, Graded, Timing, Verifier};
pub use registry::Registry;
