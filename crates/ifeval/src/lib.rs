//! Instruction following: whether a response obeys the constraints that its prompt named.

pub(crate) mod text;

#[doc(hidden)]
pub use text::timed::{TIMED_TOOLS, TimedTool};
