//! Equality of expressions.

mod bound;
mod complex;
mod constants;
mod elementary;
mod enclose;
mod exact;
mod field;
mod modular;
mod real;
mod separation;
mod steps;

pub use steps::Steps;

/// How deep an expression may nest.
const MAX_DEPTH: usize = 256;

/// Why a comparison was not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// The steps ran out.
    #[error("the budget of steps is spent")]
    Budget,
    /// One of them nests deeper than is looked at.
    #[error("too deeply nested")]
    TooDeep,
    /// A number on the way is beyond the range of exponents.
    #[error("too large to be enclosed")]
    TooLarge,
    /// One of them has no value that is known: it divides by zero, or has functions without values here.
    #[error("no value is known")]
    NoValue,
    /// The precision did not suffice.
    #[error("not told apart at the largest precision")]
    Precision,
}
