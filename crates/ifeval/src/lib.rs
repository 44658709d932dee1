//! Instruction following: whether a response obeys the constraints that its prompt named.
//!
//! The constraints are those of IFEval, IFTrain and IFBench. [`Constraint`] is what one is, [`CONSTRAINTS`] all there are, [`IfEval`] the domain.

mod constraint;
mod constraints;
mod domain;
mod evidence;
mod generator;
mod kwargs;
mod python;
mod reading;
mod response;
mod rng;
mod rules;
mod strict_loose;
mod text;

pub use constraint::{Check, Claim, Constraint, Example, Suite};
pub use constraints::{CONSTRAINTS, find};
pub use domain::{Grading, IfEval, Instructions, Options};
pub use evidence::{Bound, Evidence, Finding};
pub use generator::Config;
pub use kwargs::{Args, Field, Form, InvalidKwargs, Keyword, Kind, Kwargs};
pub use reading::Reading;
pub use rules::Rules;
pub use strict_loose::{Mode, Variants, check};

#[doc(hidden)]
pub use text::timed::{TIMED_TOOLS, TimedTool};
