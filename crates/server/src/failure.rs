//! What can be wrong with a request as a whole, and how HTTP and gRPC say it. What is wrong with an item is the item's result.

use axum::Json;
use axum::response::{IntoResponse, Response};
use gavel_protocol::{ErrorBody, ErrorInfo};
use gavel_task::VerifyError;
use http::{HeaderValue, StatusCode, header};

/// Why a request is not served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{0}")]
    Malformed(String),
    #[error("{0}")]
    Unprocessable(String),
    #[error("the body is larger than {limit} bytes: send fewer items at once")]
    TooLarge { limit: usize },
    #[error("the body is not `application/json`")]
    MediaType,
    #[error("{0}")]
    UnknownTask(String),
    #[error("there is nothing at this path; see /openapi.json for what there is")]
    NotFound,
    #[error("this path does not answer this method; see /openapi.json")]
    Method,
    #[error("{items} items are waiting, which is all that this server takes: try again later")]
    Overloaded { items: usize },
    #[error("this server is shutting down")]
    Draining,
    #[error("this server does not run programs")]
    NoExecutor,
    #[error(transparent)]
    Verify(#[from] VerifyError),
}

/// Seconds after which a client may try again.
const RETRY_AFTER_SECONDS: &str = "1";

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::UnknownTask(_) | Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NoExecutor => StatusCode::NOT_IMPLEMENTED,
            Self::Overloaded { .. } | Self::Draining => StatusCode::SERVICE_UNAVAILABLE,
            Self::Verify(VerifyError::Deadline) => StatusCode::GATEWAY_TIMEOUT,
            Self::Verify(error) if error.is_retryable() => StatusCode::SERVICE_UNAVAILABLE,
            Self::Verify(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Unprocessable(_) => "unprocessable",
            Self::TooLarge { .. } => "too_large",
            Self::MediaType => "media_type",
            Self::UnknownTask(_) => "unknown_task",
            Self::NotFound => "not_found",
            Self::Method => "method_not_allowed",
            Self::Overloaded { .. } => "overloaded",
            Self::Draining => "draining",
            Self::NoExecutor => "no_executor",
            Self::Verify(error) => error.code(),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        let error = ErrorInfo { code: self.code().to_owned(), message: self.to_string() };
        let mut response = (status, Json(ErrorBody { error })).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response
    }
}

impl From<Failure> for tonic::Status {
    fn from(failure: Failure) -> Self {
        let code = match failure.status() {
            StatusCode::SERVICE_UNAVAILABLE if matches!(failure, Failure::Overloaded { .. }) => tonic::Code::ResourceExhausted,
            StatusCode::SERVICE_UNAVAILABLE => tonic::Code::Unavailable,
            StatusCode::GATEWAY_TIMEOUT => tonic::Code::DeadlineExceeded,
            StatusCode::NOT_FOUND => tonic::Code::NotFound,
            StatusCode::NOT_IMPLEMENTED => tonic::Code::Unimplemented,
            _ => tonic::Code::InvalidArgument,
        };
        Self::new(code, failure.to_string())
    }
}
