//! What tests of the running program share: the command line under test, a server as a child process, and a small HTTP client.

pub(crate) mod guest;
pub(crate) mod http;
mod server;

pub(crate) use server::{Server, fake_gavel};

use std::path::Path;

/// The command line, built for these tests.
pub(crate) fn gavel() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_gavel-under-test"))
}
