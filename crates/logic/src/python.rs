//! What upstream's scorers take from Python: how it reads numbers and literals, and what it counts as white space.
//!
//! These follow CPython 3.11's documented behaviour; they are our own code, and nothing is evaluated.

mod decimal;
mod fraction;
mod literal;
mod number;
mod text;

pub(crate) use decimal::{Decimal, Half};
pub(crate) use fraction::fraction;
pub(crate) use literal::{Value, json, literal};
pub(crate) use number::{float, format_g, int, int_of_any_base, repr_float};
pub(crate) use text::{digit, full_lines, is_numeric, is_space, split, strip, unfenced};
