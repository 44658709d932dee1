//! What can go wrong between this client and a server.

use std::time::Duration;

/// Why a request got no answer. Items are never lost to one of these: [`Client::verify`](crate::Client::verify) turns it into their results.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The client was given no server.
    #[error("a client needs the URL of at least one server")]
    NoUrl,
    /// The client was given something that is not a server's URL.
    #[error("`{url}` is not the URL of a server; it should look like http://127.0.0.1:8080")]
    InvalidUrl {
        /// What was given.
        url: String,
    },
    /// The client was given a setting that it cannot follow.
    #[error("`{setting}` must be at least 1")]
    ZeroSetting {
        /// The setting.
        setting: &'static str,
    },
    /// The HTTP client could not be set up.
    #[error("the HTTP client cannot be set up")]
    Setup {
        /// What failed.
        #[source]
        source: reqwest::Error,
    },
    /// No connection, or one that broke.
    #[error("{url} cannot be reached, or the connection broke")]
    Transport {
        /// The server.
        url: String,
        /// What failed.
        #[source]
        source: reqwest::Error,
    },
    /// The server asked to come back later: 429 or 503.
    #[error("{url} refused for now with status {status}: {message}")]
    Refused {
        /// The server.
        url: String,
        /// 429 or 503.
        status: u16,
        /// What the server said.
        message: String,
        /// `Retry-After`, when given in seconds.
        retry_after: Option<Duration>,
    },
    /// The server answered with another status than success.
    #[error("{url} answered with status {status}: {message}")]
    Status {
        /// The server.
        url: String,
        /// The status.
        status: u16,
        /// What the server said.
        message: String,
    },
    /// The answer has another shape than this version of the protocol.
    #[error("{url} sent an answer that cannot be read")]
    Malformed {
        /// The server.
        url: String,
        /// Where it cannot be read.
        #[source]
        source: serde_json::Error,
    },
    /// The answer ended before every item had a result.
    #[error("{url} ended its answer before all results were there")]
    Interrupted {
        /// The server.
        url: String,
    },
    /// The server could not make the items asked for.
    #[error("{url} made fewer items than asked for: {message}")]
    Generation {
        /// The server.
        url: String,
        /// What the server said.
        message: String,
    },
    /// The time given to the call ran out.
    #[error("the deadline passed before an answer came")]
    Deadline,
}

impl Error {
    /// Whether the same request can succeed later or elsewhere.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport { .. } | Self::Refused { .. } | Self::Malformed { .. } | Self::Interrupted { .. } => true,
            Self::Status { status, .. } => *status >= 500,
            Self::NoUrl
            | Self::InvalidUrl { .. }
            | Self::ZeroSetting { .. }
            | Self::Setup { .. }
            | Self::Generation { .. }
            | Self::Deadline => false,
        }
    }

    /// A stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoUrl | Self::InvalidUrl { .. } | Self::ZeroSetting { .. } | Self::Setup { .. } => "invalid_client",
            Self::Transport { .. } | Self::Interrupted { .. } => "transport",
            Self::Refused { .. } => "overloaded",
            Self::Status { .. } => "http_status",
            Self::Malformed { .. } => "malformed_answer",
            Self::Generation { .. } => "generation",
            Self::Deadline => "deadline",
        }
    }

    /// What the server asked for.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// This error and what caused it, in one line.
    pub(crate) fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(error) = source {
            text += &format!(": {error}");
            source = error.source();
        }
        text
    }
}
