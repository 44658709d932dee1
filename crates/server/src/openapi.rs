//! The OpenAPI description of the HTTP routes.

use gavel_protocol::{
    ErrorBody, ExecuteRequest, ExecuteResponse, GenerateRequest, ItemResult, TasksResponse, VerifyRequest, VerifyResponse,
};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(title = "Gavel", description = "Verification for reinforcement learning with verifiable rewards"),
    paths(verify, verify_one, tasks, generate, execute, livez, readyz, metrics),
    components(schemas(ErrorBody))
)]
struct Document;

/// The document served at `/openapi.json`.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

// The functions below describe the handlers of `http`, whose types say less than the schemas: bodies there are read by hand.

#[utoipa::path(post, path = "/v1/verify", request_body = VerifyRequest,
    responses((status = 200, description = "One result for each item, in their order; with `Accept: application/x-ndjson` one a line as they are done", body = VerifyResponse),
        (status = 400, description = "Not JSON", body = ErrorBody), (status = 413, description = "Too large", body = ErrorBody),
        (status = 422, description = "Not a request", body = ErrorBody), (status = 503, description = "Too much work is waiting; see Retry-After", body = ErrorBody)))]
#[expect(dead_code, reason = "a description")]
fn verify() {}

#[utoipa::path(post, path = "/v1/verify/{task}", params(("task" = String, Path, description = "A task's name, which may hold a slash")),
    request_body(content = Object, description = "An item without its `task`"),
    responses((status = 200, description = "The item's result", body = ItemResult), (status = 404, description = "No such task", body = ErrorBody)))]
#[expect(dead_code, reason = "a description")]
fn verify_one() {}

#[utoipa::path(get, path = "/v1/tasks", responses((status = 200, description = "All tasks", body = TasksResponse)))]
#[expect(dead_code, reason = "a description")]
fn tasks() {}

#[utoipa::path(post, path = "/v1/generate", request_body = GenerateRequest,
    responses((status = 200, description = "One item a line, with a prompt, a reference and a response that scores 1", body = String, content_type = "application/x-ndjson"),
        (status = 404, description = "No task of this name makes items", body = ErrorBody), (status = 422, description = "Not a configuration", body = ErrorBody)))]
#[expect(dead_code, reason = "a description")]
fn generate() {}

#[utoipa::path(post, path = "/v1/execute", request_body = ExecuteRequest, responses((status = 200, description = "What the program did", body = ExecuteResponse)))]
#[expect(dead_code, reason = "a description")]
fn execute() {}

#[utoipa::path(get, path = "/livez", responses((status = 200, description = "The process answers", body = String)))]
#[expect(dead_code, reason = "a description")]
fn livez() {}

#[utoipa::path(get, path = "/readyz", responses((status = 200, description = "It takes work", body = String), (status = 503, description = "It is shutting down", body = String)))]
#[expect(dead_code, reason = "a description")]
fn readyz() {}

#[utoipa::path(get, path = "/metrics", responses((status = 200, description = "Counts for Prometheus", body = String)))]
#[expect(dead_code, reason = "a description")]
fn metrics() {}
