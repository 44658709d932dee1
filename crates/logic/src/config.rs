//! Validation of configurations: bounds in one place, with errors that name the field.

use std::fmt::Display;
use std::ops::RangeInclusive;

/// A configuration that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {message}")]
pub struct InvalidConfig {
    /// The field at fault; empty when the whole is.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl InvalidConfig {
    /// Says what is wrong with `field`.
    pub(crate) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// `value` lies in `range`.
pub(crate) fn check_within<T: PartialOrd + Display>(field: &str, value: &T, range: &RangeInclusive<T>) -> Result<(), InvalidConfig> {
    if range.contains(value) {
        return Ok(());
    }
    Err(InvalidConfig::new(field, format!("{value} is not between {} and {}", range.start(), range.end())))
}

/// Both bounds lie in `range` and are in order.
pub(crate) fn check_bounds<T: PartialOrd + Display>(
    low: (&str, &T),
    high: (&str, &T),
    range: &RangeInclusive<T>,
) -> Result<(), InvalidConfig> {
    check_within(low.0, low.1, range)?;
    check_within(high.0, high.1, range)?;
    if low.1 > high.1 {
        return Err(InvalidConfig::new(high.0, format!("{} is less than `{}`, {}", high.1, low.0, low.1)));
    }
    Ok(())
}

/// There is one weight for each of `count` choices, none is negative, and they sum to 1 up to a rounding of one decimal, as upstream asks.
pub(crate) fn check_weights(field: &str, weights: &[f64], count: usize) -> Result<(), InvalidConfig> {
    let sum: f64 = weights.iter().sum();
    if weights.len() != count {
        return Err(InvalidConfig::new(field, format!("{} weights for {count} choices", weights.len())));
    }
    if !weights.iter().all(|weight| *weight >= 0.0) || !(0.95..=1.05).contains(&sum) {
        return Err(InvalidConfig::new(field, format!("weights from 0 that sum to 1 are needed, not {weights:?}")));
    }
    Ok(())
}

/// `min_NAME` and `max_NAME` of a configuration lie in a range and are in order: `bounds!(self, min_terms, max_terms, 1..=1000)`.
macro_rules! bounds {
    ($config:expr, $low:ident, $high:ident, $range:expr) => {
        $crate::config::check_bounds((stringify!($low), &$config.$low), (stringify!($high), &$config.$high), &$range)
    };
}

/// A field of a configuration lies in a range: `within!(self, p_blocked, 0.0..=1.0)`.
macro_rules! within {
    ($config:expr, $field:ident, $range:expr) => {
        $crate::config::check_within(stringify!($field), &$config.$field, &$range)
    };
}

pub(crate) use {bounds, within};
