//! Scratch.
mod random;
mod replica;
mod retry;
pub use retry::Retry;
