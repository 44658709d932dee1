//! Equality of expressions.

mod bound;
mod constants;
mod elementary;
mod real;
