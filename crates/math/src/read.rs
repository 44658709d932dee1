//! Reads an answer written in LaTeX or plain text, as models and datasets write it.
//!
//! [`read`] is total but for its limits: what is no mathematics is a [`Answer::Text`]. It reads one answer; where in a response the answer stands is
//! [`crate::extract`]'s.
//! Nothing is compared or converted here. Names are case sensitive; `e` and `i` are the constants; `log` is the natural logarithm and `lg` the
//! decimal one; `f`, `g`,
//! `h` and their capitals are functions before a parenthesis, other letters only where they are defined (`T(10) = 2`) or have several arguments.
//!
//! ```
//! use gavel_math::read::read;
//!
//! assert_eq!(read(r"\dfrac12")?, read("1/2")?);
//! assert_eq!(read(r"$\left( 1,\, 2 \right)$")?, read("(1, 2)")?);
//! # Ok::<(), gavel_math::read::ReadError>(())
//! ```

mod build;
mod function;
mod measure;
mod names;
mod number;
mod parser;
mod power;
mod scalar;
mod special;
mod structure;
mod symbol;
#[cfg(test)]
mod tests;
mod token;
mod unit;

use crate::answer::Answer;
use parser::{Reader, Stop};
pub(crate) use structure::named_set;

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 65_536;

/// A limit that an answer exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// More than [`MAX_BYTES`].
    #[error("the answer is longer than {MAX_BYTES} bytes")]
    TooLong,
    /// More than 16 384 tokens.
    #[error("the answer has too many tokens")]
    TooManyTokens,
    /// More than 100 levels of nesting.
    #[error("the answer nests too deep")]
    TooDeep,
    /// More than 8 192 operands and operators.
    #[error("the answer has too many parts")]
    TooLarge,
    /// A number of more than 10 000 digits, several of together more than 20 000, or an exponent that has more than nine digits.
    #[error("the answer has a number that is too long")]
    NumberTooLong,
}

/// Reads an answer.
///
/// # Errors
/// If it exceeds a limit.
pub fn read(source: &str) -> Result<Answer, ReadError> {
    if source.len() > MAX_BYTES {
        return Err(ReadError::TooLong);
    }
    read_nested(source, 0)
}

/// How often prose around an answer is taken away.
const MAX_PROSE: u32 = 2;
/// The longest prose that is taken away at one side, in bytes.
const MAX_PROSE_BYTES: usize = 80;

/// Reads an answer that stands in so many texts.
fn read_nested(source: &str, texts: u32) -> Result<Answer, ReadError> {
    if let Some(answer) = special::special(source) {
        return Ok(answer);
    }
    let mut part = source;
    for _ in 0..=MAX_PROSE {
        if let Some(answer) = mathematics(part, texts)? {
            return Ok(answer);
        }
        match bare(part) {
            Some(rest) if rest.len() < part.len() => part = rest,
            _ => break,
        }
        if let Some(answer) = special::special(part) {
            return Ok(answer);
        }
    }
    Ok(special::text(source))
}

fn mathematics(source: &str, texts: u32) -> Result<Option<Answer>, ReadError> {
    let tokens = token::tokens(source)?;
    match Reader::new(source, tokens, texts).whole() {
        Ok(answer) => Ok(Some(answer)),
        Err(Stop::Syntax) => Ok(None),
        Err(Stop::Limit(limit)) => Err(limit),
    }
}

/// The answer in prose around it: behind the last "is", "are" or colon, or the only formula between dollars.
fn bare(source: &str) -> Option<&str> {
    let prose = [" is ", " are ", " equals ", ": ", " be ", "Therefore ", "Thus ", "therefore ", "only "];
    let behind = prose.iter().filter_map(|word| source.rfind(word).map(|at| at + word.len())).max();
    // Prose that is short and says nothing in numbers or formulas: else the answer is the prose.
    let plain =
        |prose: &str| prose.len() <= MAX_PROSE_BYTES && !prose.bytes().any(|byte| matches!(byte, b'0'..=b'9' | b'\\' | b'$' | b'=' | b'^'));
    if let Some((prose, rest)) = behind.and_then(|at| source.split_at_checked(at))
        && !rest.trim().is_empty()
        && plain(prose)
    {
        return Some(rest);
    }
    for (open, close) in [("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")] {
        let Some((before, rest)) = source.split_once(open) else { continue };
        let Some((formula, behind)) = rest.split_once(close) else { continue };
        // "The function $f$ is odd": the answer is what is said of the formula.
        let said = behind.trim_start().starts_with("is ") || behind.trim_start().starts_with("are ");
        if plain(before) && plain(behind) && !(said && !behind.contains("answer") && !before.trim().is_empty()) {
            return Some(formula);
        }
    }
    None
}
