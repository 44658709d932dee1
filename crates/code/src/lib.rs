//! Judges programs on test cases.
//!
//! The domain `code` ([`Code`]) takes the program from a response ([`extract`]), runs it in the sandbox on each test of the [`Reference`], and compares
//! what came out on the host: [`compare`] for output, [`values`] for what functions return. What is expected never enters the instance that runs the program,
//! except for tests that are code and need objects that only exist beside it; those results say `isolation: shared`.

mod calls;
mod domain;
mod json;
mod options;
mod reason;
mod reference;
mod scripts;
mod tests_as_code;

pub mod compare;
pub mod diff;
pub mod extract;
pub mod values;

pub use gavel_sandbox::Language;

pub use domain::{Code, sandbox_limits};
pub use options::{Arguments, Credit, Options};
pub use reason::{outcome, reasons};
pub use reference::{CallTest, Reference, ScriptTest, Tests};
