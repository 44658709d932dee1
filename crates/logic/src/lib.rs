//! The domain `logic`: scores and generates the puzzles of Reasoning Gym.
//!
//! Each puzzle is one file under `puzzles/` with its configuration, difficulty levels, generator, scorer, documentation and tests; [`PUZZLES`] lists them
//! all. Scorers take items in the schema of the Python package `reasoning-gym` 0.1.25, `{question, answer, metadata}`, so items made there can be scored
//! here and the other way round. They know two [`Mode`]s: `parity` repeats the package's score, its defects included; `strict` repairs them.
//!
//! Model text is never evaluated as code: what Python would `eval` is read by a parser of literals or of arithmetic. There is no I/O, no clock, and no
//! randomness but from seeds.
//!
//! The rules of scoring and generation follow <https://github.com/open-thought/reasoning-gym> at version 0.1.25 (Apache-2.0), except where a puzzle's
//! documentation says otherwise.

mod answer;
mod antiderivative;
mod arithmetic;
mod board;
mod calendar;
mod config;
mod cube;
mod domain;
mod edit_distance;
mod entry;
mod fraction;
mod generator;
mod grade;
mod grid;
mod latin;
mod level;
mod life;
mod names;
mod number_board;
mod number_list;
mod polynomial;
mod puzzle;
mod puzzles;
mod python;
mod reactions;
mod rng;
mod scoring;
mod words;

#[cfg(test)]
mod check;
#[cfg(test)]
mod hostile;

pub use answer::{Extracted, Extraction, extract};
pub use config::InvalidConfig;
pub use domain::{Logic, Options};
pub use entry::{Entry, InvalidEntry};
pub use generator::{Entries, GenerateError, Generator, VERSION};
pub use grade::{Grade, Mode};
pub use level::{Attribute, Fields, Levels};
pub use puzzle::{Category, Puzzle};
pub use puzzles::{PUZZLES, find};
