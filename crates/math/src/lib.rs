//! Mathematics without a computer algebra system.
//!
//! [`extract`] finds the answer in a response; [`read`] reads an answer written in LaTeX or plain text; [`answer`] says what an answer can be: a
//! quantity, a relation, an
//! interval, a set, a matrix, a text; [`print`](mod@print) writes it again. [`expr`] is the expressions in them; it also reads those of Python's
//! syntax, and evaluates, differentiates and
//! compares them. All of it is bounded by the size of what nobody trusts, and knows nothing of tasks, prompts or scores.

pub mod answer;
pub mod domain;
pub mod equal;
pub mod expr;
pub mod extract;
pub mod grade;
pub mod print;
pub mod read;
pub mod units;
