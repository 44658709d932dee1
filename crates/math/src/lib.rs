//! Mathematics without a computer algebra system.
//!
//! [`answer`] says what an answer can be: a quantity, a relation, an interval, a set, a matrix, a text. [`expr`] reads expressions from text that nobody trusts, and evaluates, differentiates and compares them in bounded time. It knows nothing of tasks,
//! prompts or scores.

pub mod answer;
pub mod expr;
pub mod extract;
pub mod print;
pub mod read;
