//! What upstream's scorers take from Python: how it reads numbers and literals, and what it counts as white space.
//!
//! These follow CPython 3.11's documented behaviour; they are our own code, and nothing is evaluated.

mod decimal;
mod literal;
mod number;
mod text;

pub(crate) use decimal::Decimal;
pub(crate) use literal::{Value, json, literal};
pub(crate) use number::{float, int, repr_float};
pub(crate) use text::{digit, is_numeric, is_space, strip, unfenced};
