//! The integration tests of the workspace, as one binary: the rules that sources keep (`tidy`), the commands and examples of the documentation (`docs`),
//! and what tests of the running server share (`support`).

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "every file of this binary is a test, and its helpers are read beside their calls"
)]

mod code;
mod command_line;
mod compiled;
mod determinism;
mod docs;
mod grpc;
mod hostile;
mod killed;
mod python;
mod repository;
mod sandbox;
mod service;
mod support;
mod tidy;
mod training;
