//! What every puzzle is.

use crate::{Entry, Generator, Grade, InvalidEntry, Mode};
use serde::Serialize;

/// Where upstream files a puzzle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are upstream's and say all there is")]
pub enum Category {
    Algebra,
    Algorithmic,
    Arc,
    Arithmetic,
    Code,
    Cognition,
    Composite,
    Games,
    Geometry,
    Graphs,
    Induction,
    Logic,
    Probability,
}

/// A dataset of Reasoning Gym: at least its scorer, and a generator where we have one.
///
/// `puzzles/chain_sum.rs` is the example to follow.
pub trait Puzzle: Send + Sync {
    /// The dataset's name, as in `logic/NAME`.
    fn name(&self) -> &'static str;

    /// Where it belongs.
    fn category(&self) -> Category;

    /// One sentence for people who choose puzzles.
    fn summary(&self) -> &'static str;

    /// How strict scoring differs from upstream's, a sentence each. Empty when they are equal.
    fn deltas(&self) -> &'static [&'static str] {
        &[]
    }

    /// Scores one answer. `None` is no answer at all; upstream gives some puzzles' floors for it too.
    ///
    /// Takes a time that is bounded for any answer of 64 KiB: no recursion deeper than a constant, no power or search without a limit.
    ///
    /// # Errors
    /// If the entry lacks what scoring needs. Whatever is wrong with the answer is a [`Grade`].
    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry>;

    /// Makes new items; `None` for puzzles that are only scored.
    fn generator(&self) -> Option<&dyn Generator> {
        None
    }
}
