//! The integration tests of the workspace, as one binary: the rules that sources keep (`tidy`), the commands and examples of the documentation (`docs`),
//! and what tests of the running server share (`support`).

mod docs;
mod python;
mod repository;
mod support;
mod tidy;
