//! Why a response could not be judged.

use crate::TaskName;

/// Something that is wrong with the item or with us, and therefore says nothing about the response.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The item is not a JSON object of the right shape.
    #[error("the item cannot be read: {message}")]
    InvalidItem {
        /// What was wrong and where.
        message: String,
    },
    /// The reference cannot be used to judge anything.
    #[error("`reference{}{field}`: {message}", if field.is_empty() || field.starts_with('[') { "" } else { "." })]
    InvalidReference {
        /// Path of the offending field below `reference`; empty for the reference itself.
        field: String,
        /// What was wrong and what is expected.
        message: String,
    },
    /// The options cannot be followed.
    #[error("`options`: {message}")]
    InvalidOptions {
        /// What was wrong and what is expected.
        message: String,
    },
    /// The limits cannot be kept.
    #[error("`limits.{field}`: {message}")]
    InvalidLimits {
        /// The offending field.
        field: &'static str,
        /// What was wrong and what is expected.
        message: String,
    },
    /// No domain or sub-task of this name.
    #[error("unknown task `{task}`; this verifier knows {}", known.join(", "))]
    UnknownTask {
        /// The name asked for.
        task: TaskName,
        /// The names there are.
        known: Vec<String>,
    },
    /// The time given for the whole request ran out first.
    #[error("the request's deadline passed before this item was judged")]
    Deadline,
    /// Nobody waits for the result any more.
    #[error("cancelled before this item was judged")]
    Cancelled,
    /// More work is waiting than this verifier accepts.
    #[error("too much work is waiting; try again later")]
    Overloaded,
    /// The sandbox failed, on a second try as well.
    #[error("the sandbox failed: {message}")]
    Sandbox {
        /// What failed.
        message: String,
    },
    /// A defect in this program.
    #[error("internal error: {message}")]
    Internal {
        /// What failed.
        message: String,
    },
}

impl VerifyError {
    /// A stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidItem { .. } => "invalid_item",
            Self::InvalidReference { .. } => "invalid_reference",
            Self::InvalidOptions { .. } => "invalid_options",
            Self::InvalidLimits { .. } => "invalid_limits",
            Self::UnknownTask { .. } => "unknown_task",
            Self::Deadline => "deadline",
            Self::Cancelled => "cancelled",
            Self::Overloaded => "overloaded",
            Self::Sandbox { .. } => "sandbox",
            Self::Internal { .. } => "internal",
        }
    }

    /// Whether sending the same item again can give a verdict.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Deadline | Self::Cancelled | Self::Overloaded | Self::Sandbox { .. } | Self::Internal { .. })
    }
}
