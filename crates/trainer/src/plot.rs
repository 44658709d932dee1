//! Plots as SVG: lines over steps, small multiples, and bars before and after with confidence intervals. The SVG needs no script and no font of its own, and
//! is readable on light and dark pages. Values are drawn as they are: nothing is smoothed.

mod axis;
mod bars;
mod lines;
mod svg;

pub use bars::{Bar, BarChart, Pair};
pub use lines::{Line, LineChart, small_multiples};
