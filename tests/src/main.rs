//! The integration tests of the workspace, as one binary: the rules that sources keep (`tidy`), the commands and examples of the documentation (`docs`),
//! and what tests of the running server share (`support`).

mod code;
mod command_line;
mod determinism;
mod docs;
mod python;
mod repository;
mod sandbox;
mod service;
mod support;
mod tidy;
