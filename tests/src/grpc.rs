//! The gRPC service as a client meets it, over a real socket. What it shares with the HTTP routes is tested in `service`.

use crate::repository;
use crate::support::http::{get, post};
use crate::support::{Server, gavel};
use gavel_protocol::grpc::verifier_service_client::VerifierServiceClient;
use gavel_protocol::grpc::verify_stream_response::Event;
use gavel_protocol::grpc::{
    DetailLevel, ExecuteRequest, ExecuteResponse, GenerateRequest, Item, ItemResult, Limits, ListTasksRequest, Outcome, Stats, Task,
    VerifyRequest, VerifyStreamResponse,
};
use gavel_protocol::{TasksResponse, TimingMs, VerifyResponse};
use serde_json::json;
use std::time::Duration;
use tonic::transport::Channel;
use tonic::{Code, Request, Status, Streaming};

type Client = VerifierServiceClient<Channel>;

const RIGHT: &str = "print(sum(map(int, input().split())))";
/// Right as well, after some tens of milliseconds.
const SLOW: &str = "for _ in range(10**6): pass\nprint(sum(map(int, input().split())))";
const WRONG: &str = "print(4)";
const ENDLESS: &str = "while True: pass";

async fn start(options: &[&str]) -> (Server, Client) {
    let server = Server::start(gavel(), options);
    let client = Client::connect(format!("http://{}", server.address())).await.unwrap();
    (server, client)
}

/// A program that is to add two numbers, with more time than any test waits.
fn add(response: &str) -> Item {
    Item {
        id: "add".into(),
        task: "code".into(),
        response: response.into(),
        reference_json: r#"{"inputs": ["1 2"], "outputs": ["3"]}"#.into(),
        limits: Some(Limits { cpu_seconds: Some(1000.0), ..Limits::default() }),
        ..Item::default()
    }
}

/// An item that is refused before anything is run.
fn rejected() -> Item {
    Item { id: "rejected".into(), reference_json: "{".into(), ..add(RIGHT) }
}

fn request(items: impl Into<Vec<Item>>) -> VerifyRequest {
    VerifyRequest { items: items.into(), ..VerifyRequest::default() }
}

/// The same, with the deadline that clients send as `grpc-timeout`.
fn within<T>(timeout: Duration, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.set_timeout(timeout);
    request
}

/// A program that ends when it is stopped.
fn endless() -> ExecuteRequest {
    ExecuteRequest { source: ENDLESS.into(), limits: add("").limits, ..ExecuteRequest::default() }
}

async fn verify(client: &mut Client, items: impl Into<Vec<Item>>) -> Result<Vec<ItemResult>, Status> {
    Ok(client.verify(request(items)).await?.into_inner().results)
}

/// What must hold however long it took: outcome, score, reason.
fn essence(result: &ItemResult) -> (Outcome, Option<f64>, &str) {
    (result.outcome(), result.score, &result.reason)
}

const CORRECT: (Outcome, Option<f64>, &str) = (Outcome::Graded, Some(1.0), "correct");
const LATE: (Outcome, Option<f64>, &str) = (Outcome::Deadline, None, "deadline");

const fn refused(reason: &str) -> (Outcome, Option<f64>, &str) {
    (Outcome::RejectedItem, None, reason)
}

/// All events of a stream, of which the last one has to be the statistics.
async fn events(mut stream: Streaming<VerifyStreamResponse>) -> (Vec<ItemResult>, Stats) {
    let mut results = Vec::new();
    loop {
        match stream.message().await.unwrap().and_then(|message| message.event) {
            Some(Event::Result(result)) => results.push(result),
            Some(Event::Done(stats)) => {
                assert_eq!(stream.message().await.unwrap(), None, "something came after the statistics");
                return (results, stats);
            }
            None => panic!("the stream ended without statistics, after {results:?}"),
        }
    }
}

#[tokio::test]
async fn results_are_in_the_order_of_the_items() {
    let (_server, mut client) = start(&["--workers", "2"]).await;
    let reply = client.verify(request([add(SLOW), rejected(), add(WRONG), add(RIGHT)])).await.unwrap().into_inner();
    let found: Vec<_> = reply.results.iter().map(|result| (result.index, result.id.as_str(), essence(result))).collect();
    let wrong = (Outcome::Graded, Some(0.0), "wrong_answer");
    assert_eq!(found, [(0, "add", CORRECT), (1, "rejected", refused("invalid_item")), (2, "add", wrong), (3, "add", CORRECT)]);
    let stats = reply.stats.unwrap();
    assert_eq!((stats.graded, stats.not_graded), (3, 1));
}

#[tokio::test]
async fn a_stream_has_results_as_they_are_done_and_then_the_statistics() {
    let (_server, mut client) = start(&["--workers", "1"]).await;
    let stream = client.verify_stream(request([add(SLOW), add(RIGHT), rejected()])).await.unwrap().into_inner();
    let (mut results, stats) = events(stream).await;
    assert_eq!((stats.graded, stats.not_graded), (2, 1));
    assert_eq!(results[0].index, 2, "nothing had to be run for it: {results:?}");
    results.sort_by_key(|result| result.index);
    assert_eq!(results.iter().map(essence).collect::<Vec<_>>(), [CORRECT, CORRECT, refused("invalid_item")]);
}

#[tokio::test]
async fn listed_tasks_are_those_of_http_and_their_examples_score_1() {
    let (server, mut client) = start(&["--workers", "1"]).await;
    let reply = client.list_tasks(ListTasksRequest {}).await.unwrap().into_inner();
    let http: TasksResponse = serde_json::from_value(get(server.address(), "/v1/tasks").json()).unwrap();
    assert_eq!(reply.verifier_version, http.verifier_version);
    assert_eq!(reply.tasks, http.tasks.into_iter().map(Task::from).collect::<Vec<_>>());
    let example = |task: &Task| serde_json::from_str::<gavel_task::Item>(&task.example_json).unwrap().into();
    let results = verify(&mut client, reply.tasks.iter().map(example).collect::<Vec<Item>>()).await.unwrap();
    assert!(!results.is_empty() && results.iter().all(|result| result.score == Some(1.0)), "{results:?}");
}

#[tokio::test]
async fn programs_are_executed() {
    let (_server, mut client) = start(&["--workers", "1"]).await;
    let program = |source: &str| ExecuteRequest { source: source.into(), stdin: b"7\n".into(), ..ExecuteRequest::default() };
    let source = "import sys\nprint(int(input()) * 6)\nprint('no', file=sys.stderr)\nsys.exit(3)";
    let done = client.execute(program(source)).await.unwrap().into_inner();
    let ExecuteResponse { exit_kind, exit_status, exit_message, stdout, stderr, fuel, peak_memory_bytes } = done;
    assert_eq!((exit_kind.as_str(), exit_status, exit_message.as_str()), ("status", Some(3), ""));
    assert_eq!((stdout.as_slice(), stderr.as_slice()), (b"42\n".as_slice(), b"no\n".as_slice()));
    assert!(fuel > 0 && peak_memory_bytes > 0, "{fuel} {peak_memory_bytes}");

    for (source, limits, limit) in [
        (ENDLESS, Limits { fuel: Some(100_000_000), ..Limits::default() }, "fuel"),
        ("while True: print('y' * 1000)", Limits { output_bytes: Some(10_000), ..Limits::default() }, "output"),
        ("x = bytearray(10**9)", Limits { memory_bytes: Some(100 << 20), ..Limits::default() }, "memory"),
    ] {
        let stopped = client.execute(ExecuteRequest { limits: Some(limits), ..program(source) }).await.unwrap().into_inner();
        assert_eq!((stopped.exit_kind.as_str(), stopped.exit_status, stopped.exit_message.as_str()), ("limit", None, limit));
    }
    // JSON has no NaN, and protobuf does.
    let nan = Limits { cpu_seconds: Some(f64::NAN), ..Limits::default() };
    for (request, says) in [
        (ExecuteRequest { language: "cobol".into(), ..program("") }, "`language`"),
        (ExecuteRequest { limits: Some(nan), ..program("") }, "`limits.cpu_seconds`"),
        (ExecuteRequest { stdin: b"7\xff".into(), ..program("") }, "`stdin` is not UTF-8 (at byte 1)"),
    ] {
        let status = client.execute(request).await.unwrap_err();
        assert!(status.code() == Code::InvalidArgument && status.message().contains(says), "{status}");
    }
}

#[tokio::test]
async fn items_are_made_as_over_http() {
    let (server, mut client) = start(&["--workers", "1"]).await;
    let order =
        GenerateRequest { task: "logic/chain_sum".into(), level: Some(1), seed: 7, start: 3, count: 100, ..GenerateRequest::default() };
    let mut stream = client.generate(order.clone()).await.unwrap().into_inner();
    let mut items = Vec::new();
    while let Some(message) = stream.message().await.unwrap() {
        items.push(message.item.unwrap());
    }
    let http = post(server.address(), "/v1/generate", &json!({"task": order.task, "level": 1, "seed": 7, "start": 3, "count": 100}));
    let lines: Vec<Item> = http.text().lines().map(|line| serde_json::from_str::<gavel_task::Item>(line).unwrap().into()).collect();
    assert_eq!((items.len(), &items), (100, &lines));
    let results = verify(&mut client, items).await.unwrap();
    assert!(results.iter().all(|result| result.score == Some(1.0)), "{results:?}");

    for (order, code, says) in [
        (GenerateRequest { task: "code".into(), ..order.clone() }, Code::NotFound, "`code` makes no items"),
        (GenerateRequest { task: "logic/chess".into(), ..order.clone() }, Code::NotFound, "chess"),
        (GenerateRequest { level: None, config_json: "{".into(), ..order.clone() }, Code::InvalidArgument, "`config_json`"),
        (GenerateRequest { count: 1_000_001, ..order.clone() }, Code::InvalidArgument, "count"),
    ] {
        let status = client.generate(order).await.unwrap_err();
        assert!(status.code() == code && status.message().contains(says), "{status}");
    }
}

#[tokio::test]
async fn bad_items_are_results_and_an_empty_batch_is_answered() {
    let (_server, mut client) = start(&["--workers", "1"]).await;
    assert_eq!(verify(&mut client, []).await.unwrap(), []);
    let (results, stats) = events(client.verify_stream(request([])).await.unwrap().into_inner()).await;
    assert_eq!((results, stats.graded, stats.not_graded), (vec![], 0, 0));

    let limits = |cpu_seconds| Some(Limits { cpu_seconds: Some(cpu_seconds), ..Limits::default() });
    let table = [
        (Item { reference_json: String::new(), ..add(RIGHT) }, "invalid_item", "`reference_json` is not JSON"),
        (Item { reference_json: "{} {}".into(), ..add(RIGHT) }, "invalid_item", "`reference_json` is not JSON"),
        (Item { reference_json: r#"{"inputs": ["1"]}"#.into(), ..add(RIGHT) }, "invalid_reference", "outputs"),
        (Item { options_json: "tokens".into(), ..add(RIGHT) }, "invalid_item", "`options_json` is not JSON"),
        (Item { options_json: r#"{"x": 1}"#.into(), ..add(RIGHT) }, "invalid_options", "unknown field `x`"),
        (Item { task: "chess".into(), ..add(RIGHT) }, "unknown_task", "unknown task `chess`"),
        (Item { task: "Chess!".into(), ..add(RIGHT) }, "invalid_item", "is no task name"),
        (Item { limits: limits(f64::NAN), ..add(RIGHT) }, "invalid_limits", "`limits.cpu_seconds`"),
        (Item { limits: limits(-1.0), ..add(RIGHT) }, "invalid_limits", "`limits.cpu_seconds`"),
        (Item::default(), "invalid_item", "task name"),
    ];
    let items: Vec<Item> = table.iter().map(|(item, ..)| item.clone()).chain([add(RIGHT)]).collect();
    let results = verify(&mut client, items).await.unwrap();
    for ((item, reason, says), result) in table.iter().zip(&results) {
        assert_eq!((result.id.as_str(), essence(result)), (item.id.as_str(), refused(reason)), "{result:?}");
        assert!(result.message.contains(says) && !result.retryable, "{result:?}");
    }
    assert_eq!(essence(&results[table.len()]), CORRECT);
}

#[tokio::test]
async fn a_message_beyond_the_limit_is_refused_and_the_connection_serves_on() {
    let (_server, mut client) = start(&["--workers", "1", "--max-body-mib", "1"]).await;
    // The first one is read before it is refused; the other does not fit into what HTTP/2 lets a client send ahead.
    for bytes in [(1 << 20) + 1, 16 << 20] {
        let status = verify(&mut client, [add(&"#".repeat(bytes))]).await.unwrap_err();
        assert!(status.code() == Code::OutOfRange && status.message().contains("the limit is: 1048576 bytes"), "{status}");
    }
    assert_eq!(essence(&verify(&mut client, [add(RIGHT)]).await.unwrap()[0]), CORRECT);
}

#[tokio::test]
async fn the_earlier_deadline_counts_and_is_not_a_verdict() {
    let (_server, mut client) = start(&["--workers", "1"]).await;
    let (long, short) = (Duration::from_secs(600), Duration::from_secs(1));
    let soon = VerifyRequest { deadline_ms: Some(500), ..request([add(ENDLESS), rejected(), add(ENDLESS)]) };
    let results = client.verify(within(long, soon)).await.unwrap().into_inner().results;
    assert_eq!(results.iter().map(essence).collect::<Vec<_>>(), [LATE, refused("invalid_item"), LATE]);
    assert!(results[0].retryable);
    assert_eq!(essence(&verify(&mut client, [add(RIGHT)]).await.unwrap()[0]), CORRECT, "the worker is free again");

    // This client waits so long for the head of a reply and for as long as it takes for the rest: what ends this stream is the server.
    let later = VerifyRequest { deadline_ms: Some(600_000), ..request([add(ENDLESS)]) };
    let stream = client.verify_stream(within(short, later)).await.unwrap().into_inner();
    let (results, stats) = events(stream).await;
    assert_eq!((results.iter().map(essence).collect::<Vec<_>>(), stats.not_graded), (vec![LATE], 1));

    // And it overlooks a timeout of more than eight digits, which the server does not.
    let mut call = Request::new(endless());
    call.metadata_mut().insert("grpc-timeout", "000000500m".parse().unwrap());
    let status = client.execute(call).await.unwrap_err();
    assert!(status.code() == Code::DeadlineExceeded && status.message().contains("the request's deadline passed"), "{status}");
    assert_eq!(essence(&verify(&mut client, [add(RIGHT)]).await.unwrap()[0]), CORRECT);
}

#[tokio::test]
async fn a_client_that_stops_waiting_frees_the_workers() {
    let (_server, mut client) = start(&["--workers", "1", "--max-pending-items", "1"]).await;
    let short = Duration::from_millis(500);
    let gave_up = |status: Status| assert!(matches!(status.code(), Code::DeadlineExceeded | Code::Cancelled), "{status}");
    gave_up(client.verify(within(short, request([add(ENDLESS)]))).await.unwrap_err());
    assert_eq!(essence(&once_admitted(&mut client).await), CORRECT);
    gave_up(client.execute(within(short, endless())).await.unwrap_err());
    assert_eq!(essence(&once_admitted(&mut client).await), CORRECT);

    // The head of the reply comes once the items are admitted.
    let stream = client.verify_stream(request([add(ENDLESS)])).await.unwrap();
    let refused = verify(&mut client, [add(RIGHT)]).await.unwrap_err();
    assert!(refused.code() == Code::ResourceExhausted && refused.message().contains("try again later"), "{refused}");
    drop(stream);
    assert_eq!(essence(&once_admitted(&mut client).await), CORRECT);
}

/// The result of an item, sent until the server has room for it.
async fn once_admitted(client: &mut Client) -> ItemResult {
    loop {
        match verify(client, [add(RIGHT)]).await {
            Ok(mut results) => return results.remove(0),
            Err(status) => assert_eq!(status.code(), Code::ResourceExhausted, "{status}"),
        }
    }
}

#[tokio::test]
async fn a_server_that_is_stopped_ends_its_streams_properly() {
    let (server, mut client) = start(&["--workers", "1"]).await;
    let stream = client.verify_stream(request([add(SLOW), add(RIGHT)])).await.unwrap().into_inner();
    // Beside the stream: a connection whose client does not answer is not closed in good order.
    let stopped = tokio::task::spawn_blocking(|| server.terminate());
    let (results, stats) = events(stream).await;
    assert_eq!((results.iter().map(essence).collect::<Vec<_>>(), stats.graded), (vec![CORRECT; 2], 2));
    assert!(stopped.await.unwrap().0.success());
}

#[tokio::test]
async fn a_server_that_gives_up_says_so() {
    let (server, mut client) = start(&["--workers", "1", "--drain-seconds", "0"]).await;
    let address = server.address();
    let mut calls = client.clone();
    let executed = tokio::spawn(async move { calls.execute(endless()).await });
    let stream = client.verify_stream(request([add(ENDLESS)])).await.unwrap().into_inner();
    while !tokio::task::spawn_blocking(move || get(address, "/metrics")).await.unwrap().text().contains("gavel_pending_items 2") {}
    let stopped = tokio::task::spawn_blocking(|| server.terminate());
    let (results, _) = events(stream).await;
    assert_eq!(essence(&results[0]), (Outcome::Cancelled, None, "cancelled"));
    assert_eq!(executed.await.unwrap().unwrap_err().code(), Code::Unavailable);
    assert!(stopped.await.unwrap().0.success());
}

#[tokio::test]
async fn verdicts_are_those_of_http() {
    let (server, mut client) = start(&["--workers", "2"]).await;
    let samples = repository::required_text("tasks/samples/items.jsonl");
    let mut items: Vec<gavel_task::Item> = samples.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for response in [RIGHT, WRONG, "1 / 0", "no program", "print('\u{1f980}', '\\0')"] {
        items.push(add(response).read().unwrap());
    }
    items.push(Item { reference_json: "[]".into(), ..add(RIGHT) }.read().unwrap());
    items.push(Item { task: "logic/chess".into(), prompt: Some("e4?".into()), ..add("e5") }.read().unwrap());

    let http = post(server.address(), "/v1/verify", &json!({"items": items, "detail": "full"})).json();
    let http: VerifyResponse = serde_json::from_value(http).unwrap();
    let message = VerifyRequest { detail: DetailLevel::Full.into(), ..request(items.into_iter().map(Item::from).collect::<Vec<_>>()) };
    let grpc = client.verify(message).await.unwrap().into_inner().results;
    assert_eq!(http.results.len(), grpc.len());
    for (mut http, grpc) in http.results.into_iter().zip(grpc) {
        let mut grpc = gavel_protocol::ItemResult::try_from(grpc).unwrap();
        (http.timing, grpc.timing) = (TimingMs::default(), TimingMs::default());
        assert_eq!(http, grpc);
    }
}
