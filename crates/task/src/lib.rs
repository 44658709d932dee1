//! The vocabulary of verification, shared by every domain, the server and the wire format.
//!
//! An [`Item`] names a task and carries a model's response with the reference to judge it by. A [`Domain`] turns it into a [`Verdict`], which is a
//! statement about the response, or a [`VerifyError`], which is a statement about us or about the item. The two never mix: nothing that goes wrong in a
//! verifier becomes a score of 0.
//!
//! This crate does no I/O, reads no clock and spawns nothing.

mod budget;
mod domain;
mod error;
mod generate;
mod info;
mod item;
mod name;
mod verdict;

pub use budget::{Budget, CancelToken, Limits};
pub use domain::{Attempt, Domain};
pub use error::VerifyError;
pub use generate::{Difficulty, GenerateError, Items, Order};
pub use info::{SubTask, TaskInfo};
pub use item::Item;
pub use name::{InvalidTaskName, TaskName};
pub use verdict::{Detail, InvalidScore, Isolation, Reason, Score, TestResult, Verdict};
