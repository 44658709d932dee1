//! The HTTP routes.

use crate::body;
use crate::failure::Failure;
use crate::generate;
use crate::openapi;
use crate::work::{App, Running};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use gavel_protocol::{
    ExecuteRequest, ExecuteResponse, GenerateRequest, ItemResult, StreamLine, Task, TasksResponse, VerifyRequest, VerifyResponse, read_item,
};
use gavel_task::TaskName;
use http::{HeaderMap, StatusCode, header};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tower_http::decompression::RequestDecompressionLayer;

const NDJSON: &str = "application/x-ndjson";
const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Every route.
pub(crate) fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/v1/verify", post(verify))
        .route("/v1/verify/{*task}", post(verify_one))
        .route("/v1/tasks", get(tasks))
        .route("/v1/generate", post(generate_items))
        .route("/v1/execute", post(execute))
        .route("/livez", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(|| async { Json(openapi::document()) }))
        .fallback(|| async { Failure::NotFound })
        .method_not_allowed_fallback(|| async { Failure::Method })
        .with_state(app)
        .layer(RequestDecompressionLayer::new())
}

async fn verify(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    refuse_when_draining(&app)?;
    body::check_media_type(&headers)?;
    let (bytes, permit) = body::read(&app.admission, &headers, body, app.max_body_bytes).await?;
    let request: VerifyRequest = body::parse(bytes).await?;
    let entries = tokio::task::spawn_blocking(move || request.items.iter().map(|raw| read_item(raw)).collect());
    let entries = entries.await.map_err(|error| Failure::Malformed(error.to_string()))?;
    let running = app.start(entries, request.deadline_ms.map(Duration::from_millis), request.detail, permit)?;
    if wants_lines(&headers) {
        return Ok(([(header::CONTENT_TYPE, NDJSON)], Body::from_stream(lines(running))).into_response());
    }
    let (results, stats) = running.all().await;
    Ok(Json(VerifyResponse { results, stats }).into_response())
}

/// The body is the item without its `task`, and the reply is its result.
async fn verify_one(
    State(app): State<Arc<App>>,
    Path(task): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<ItemResult>, Failure> {
    refuse_when_draining(&app)?;
    let name: TaskName = task.parse().map_err(|error: gavel_task::InvalidTaskName| Failure::UnknownTask(error.to_string()))?;
    if !app.verifier.registry().knows(name.domain()) {
        return Err(Failure::UnknownTask(format!("unknown task `{name}`; see /v1/tasks")));
    }
    body::check_media_type(&headers)?;
    let (bytes, permit) = body::read(&app.admission, &headers, body, app.max_body_bytes).await?;
    let mut fields: BTreeMap<String, Box<RawValue>> = body::parse(bytes).await?;
    let quoted = serde_json::value::to_raw_value(&name).map_err(|error| Failure::Malformed(error.to_string()))?;
    if fields.insert("task".to_owned(), quoted).is_some() {
        return Err(Failure::Unprocessable("the path names the task already: leave `task` out of the body".to_owned()));
    }
    let raw = serde_json::value::to_raw_value(&fields).map_err(|error| Failure::Malformed(error.to_string()))?;
    let entry = read_item(&raw).map_err(|(_, error)| Failure::Verify(error))?;
    let (mut results, _) = app.start(vec![Ok(entry)], None, gavel_protocol::DetailLevel::default(), permit)?.all().await;
    Ok(Json(results.remove(0)))
}

async fn tasks(State(app): State<Arc<App>>) -> Json<TasksResponse> {
    Json(TasksResponse { tasks: task_list(&app), verifier_version: app.version.clone() })
}

/// All tasks in the words of the protocol.
pub(crate) fn task_list(app: &App) -> Vec<Task> {
    let tasks = app.verifier.registry().tasks().into_iter();
    tasks.map(Task::from).collect()
}

/// One item a line. If no more can be made, the last line is an error body.
async fn generate_items(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    refuse_when_draining(&app)?;
    body::check_media_type(&headers)?;
    let (bytes, _permit) = body::read(&app.admission, &headers, body, app.max_body_bytes).await?;
    let request: GenerateRequest = body::parse(bytes).await?;
    let blocks = app.generate(&request)?;
    let lines = futures::stream::unfold(blocks, |mut blocks| async {
        let block = blocks.recv().await?;
        let mut text = Vec::new();
        for item in block {
            let written = match item {
                Ok(item) => serde_json::to_writer(&mut text, &item),
                Err(error) => serde_json::to_writer(&mut text, &generate::error_line(&error)),
            };
            written.expect("items are plain data");
            text.push(b'\n');
        }
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(text)), blocks))
    });
    Ok(([(header::CONTENT_TYPE, NDJSON)], Body::from_stream(lines)).into_response())
}

async fn execute(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Json<ExecuteResponse>, Failure> {
    refuse_when_draining(&app)?;
    body::check_media_type(&headers)?;
    let (bytes, permit) = body::read(&app.admission, &headers, body, app.max_body_bytes).await?;
    let request: ExecuteRequest = body::parse(bytes).await?;
    app.execute(request, permit).await.map(Json)
}

async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    if app.is_draining() { (StatusCode::SERVICE_UNAVAILABLE, "draining\n") } else { (StatusCode::OK, "ok\n") }
}

async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, OPENMETRICS)], app.metrics.render(app.admission.now(), app.verifier.waiting()))
}

fn refuse_when_draining(app: &App) -> Result<(), Failure> {
    if app.is_draining() { Err(Failure::Draining) } else { Ok(()) }
}

fn wants_lines(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains(NDJSON))
}

/// Results as lines, the statistics last.
fn lines(running: Running) -> impl futures::Stream<Item = Result<Bytes, std::convert::Infallible>> {
    futures::stream::unfold(Some(running), |running| async {
        let mut running = running?;
        let (line, rest) = match running.next().await {
            Some(result) => (StreamLine::Result(Box::new(result)), Some(running)),
            None => (StreamLine::Done { done: running.stats() }, None),
        };
        let mut bytes = serde_json::to_vec(&line).expect("results are plain data");
        bytes.push(b'\n');
        Some((Ok(Bytes::from(bytes)), rest))
    })
}
