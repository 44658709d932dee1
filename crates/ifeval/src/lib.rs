//! Instruction following: whether a response obeys the constraints that its prompt named.
//!
//! The constraints are those of IFEval, IFTrain and IFBench. [`Constraint`] is what one is, [`CONSTRAINTS`] all there are, [`IfEval`] the domain.

mod constraint;
mod constraints;
mod evidence;
mod kwargs;
mod python;
mod reading;
mod rules;

pub use constraint::{Check, Claim, Constraint, Example, Suite};
pub use constraints::{CONSTRAINTS, find};
pub use evidence::{Bound, Evidence, Finding};
pub use kwargs::{Args, Field, InvalidKwargs, Keyword, Kind, Kwargs};
pub use reading::Reading;
pub use rules::Rules;
