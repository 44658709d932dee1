//! What a person sees while a run goes on: a few lines that are redrawn on a terminal, plain lines elsewhere. It reads no clock and sends no signals: the
//! training loop says what the time is and when to draw.

mod live;
mod screen;
mod view;

pub use live::Live;
pub use screen::{PlainLines, Screen, stderr_width};
pub use view::{Series, State, render};
