//! A server that replies what a test tells it to.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt, stream};
use gavel_protocol::{
    DetailLevel, ErrorBody, ErrorInfo, ExecuteExit, ExecuteRequest, ExecuteResponse, ExitKind, ItemResult, Stats, Task, TasksResponse,
    Times, VerifyRequest, read_item,
};
use gavel_task::{Detail, Reason, Score, Verdict, VerifyError};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

/// An item as the server got it.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) index: u32,
    pub(super) id: String,
}

/// What is sent back.
pub(super) enum Reply {
    /// A status other than 200, `Retry-After`, and a body.
    Status(u16, Option<&'static str>, &'static str),
    /// Lines, and then the regular end of the body.
    Lines(Vec<String>),
    /// Parts of a body, some of which fail.
    Parts(Vec<BoxFuture<'static, Result<String, std::io::Error>>>),
}

impl Reply {
    fn parts(self) -> Vec<BoxFuture<'static, Result<String, std::io::Error>>> {
        match self {
            Self::Lines(lines) => vec![std::future::ready(Ok(lines.into_iter().map(|line| line + "\n").collect())).boxed()],
            Self::Parts(parts) => parts,
            Self::Status(..) => unreachable!("a status has no lines"),
        }
    }

    fn and(self, part: BoxFuture<'static, Result<String, std::io::Error>>) -> Self {
        let mut parts = self.parts();
        parts.push(part);
        Self::Parts(parts)
    }

    /// What follows waits for `event`.
    pub(super) fn then(self, event: impl Future<Output = ()> + Send + 'static) -> Self {
        self.and(event.map(|()| Ok(String::new())).boxed())
    }

    pub(super) fn lines(self, lines: Vec<String>) -> Self {
        let mut parts = self.parts();
        parts.extend(Self::Lines(lines).parts());
        Self::Parts(parts)
    }

    /// The line that says that all results were sent.
    pub(super) fn done(self) -> Self {
        let done = serde_json::json!({"done": Stats::default()}).to_string();
        self.lines(vec![done])
    }

    /// The connection breaks, after what precedes is on its way.
    pub(super) fn breaks(self) -> Self {
        let broken = async {
            tokio::time::sleep(Duration::from_millis(2)).await;
            Err(std::io::Error::other("dies"))
        };
        self.and(broken.boxed())
    }
}

pub(super) fn refused(status: u16, retry_after: Option<&'static str>) -> Reply {
    Reply::Status(status, retry_after, "busy")
}

/// All items graded, each with a thousandth of its id.
pub(super) fn grades<'a>(items: impl IntoIterator<Item = &'a Received>) -> Reply {
    Reply::Lines(items.into_iter().map(graded).collect()).done()
}

pub(super) fn graded(item: &Received) -> String {
    let score = Score::try_from(item.id.parse::<f64>().unwrap() / 1000.0);
    let verdict = Verdict { score: score.unwrap(), reason: Reason::CORRECT, message: String::new(), detail: Detail::default() };
    line(item, Ok(verdict))
}

pub(super) fn line(item: &Received, result: Result<Verdict, VerifyError>) -> String {
    serde_json::to_string(&ItemResult::new(item.index, item.id.clone(), result, Times::default(), "1", DetailLevel::Score)).unwrap()
}

/// A request as the server got it.
struct Seen {
    ids: Vec<String>,
    deadline_ms: u64,
}

/// A server on a free port, until it is dropped.
pub(super) struct Server {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: Option<tokio::task::JoinHandle<std::io::Result<()>>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

impl Server {
    /// `script` gets the number of the request, from 0, and its items.
    pub(super) async fn start<S, F>(script: S) -> Self
    where
        S: Fn(usize, Vec<Received>) -> F + Send + Sync + 'static,
        F: Future<Output = Reply> + Send,
    {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (script, log) = (Arc::new(script), Arc::clone(&seen));
        let verify = move |request: Request| {
            let (script, log) = (Arc::clone(&script), Arc::clone(&log));
            async move {
                assert_eq!(request.headers()["accept"], "application/x-ndjson");
                let body = axum::body::to_bytes(request.into_body(), usize::MAX).await.unwrap();
                let (items, deadline_ms) = read(&body);
                let number = {
                    let mut log = log.lock().unwrap();
                    log.push(Seen { ids: items.iter().map(|item| item.id.clone()).collect(), deadline_ms });
                    log.len() - 1
                };
                respond(script(number, items).await)
            }
        };
        let app = Router::new().route("/v1/verify", post(verify)).route("/v1/tasks", get(tasks)).route("/v1/execute", post(execute));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        Self { url, seen, task: Some(tokio::spawn(axum::serve(listener, app).into_future())) }
    }

    /// An address where nobody listens.
    pub(super) async fn gone() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { url: format!("http://{}", listener.local_addr().unwrap()), seen: Arc::default(), task: None }
    }

    /// The ids of each request.
    pub(super) fn requests(&self) -> Vec<Vec<String>> {
        self.seen.lock().unwrap().iter().map(|seen| seen.ids.clone()).collect()
    }

    /// The milliseconds that each request gave.
    pub(super) fn deadlines(&self) -> Vec<u64> {
        self.seen.lock().unwrap().iter().map(|seen| seen.deadline_ms).collect()
    }
}

fn read(body: &Bytes) -> (Vec<Received>, u64) {
    let request: VerifyRequest = serde_json::from_slice(body).unwrap();
    let items = (0..).zip(&request.items).map(|(index, raw)| Received { index, id: read_item(raw).unwrap().id });
    (items.collect(), request.deadline_ms.unwrap())
}

fn respond(reply: Reply) -> Response {
    if let Reply::Status(status, retry_after, body) = reply {
        let mut response = Response::builder().status(status);
        if let Some(seconds) = retry_after {
            response = response.header("retry-after", seconds);
        }
        return response.body(Body::from(body)).unwrap();
    }
    Response::new(Body::from_stream(stream::iter(reply.parts()).then(|part| part)))
}

async fn tasks() -> Json<TasksResponse> {
    let task = Task {
        name: "code".to_owned(),
        summary: String::new(),
        version: "1".to_owned(),
        example: serde_json::Value::Null,
        sub_tasks: Vec::new(),
    };
    Json(TasksResponse { tasks: vec![task], verifier_version: "1".to_owned() })
}

async fn execute(Json(request): Json<ExecuteRequest>) -> Result<Json<ExecuteResponse>, (axum::http::StatusCode, Json<ErrorBody>)> {
    if request.language != "python" {
        let error = ErrorInfo { code: "invalid_request".to_owned(), message: "no such language".to_owned() };
        return Err((axum::http::StatusCode::BAD_REQUEST, Json(ErrorBody { error })));
    }
    let exit = ExecuteExit { kind: ExitKind::Finished, status: None, message: String::new() };
    let stdout = format!("ran {}", request.source);
    Ok(Json(ExecuteResponse { exit, stdout, stderr: String::new(), fuel: 1, peak_memory_bytes: 1 }))
}
