//! Mathematics without a computer algebra system.
//!
//! [`expr`] reads expressions from text that nobody trusts, and evaluates, differentiates and compares them in bounded time. It knows nothing of tasks,
//! prompts or scores.

pub mod equal;
pub mod expr;
