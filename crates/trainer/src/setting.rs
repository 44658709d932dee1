//! What is wrong with a value of the configuration: the key, the value and what is allowed. Reads no files.

use std::fmt;

/// A value that no run can be made with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` is {found}, but must be {expected}")]
pub struct InvalidSetting {
    /// The key, as in `loss.clip_low`.
    pub key: &'static str,
    /// Its value.
    pub found: String,
    /// What is allowed.
    pub expected: &'static str,
}

/// Passes if `allowed`.
///
/// # Errors
/// [`InvalidSetting`] otherwise.
pub(crate) fn require(allowed: bool, key: &'static str, found: impl fmt::Display, expected: &'static str) -> Result<(), InvalidSetting> {
    if allowed { Ok(()) } else { Err(InvalidSetting { key, found: found.to_string(), expected }) }
}
