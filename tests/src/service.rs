//! The server as a client meets it, over a real socket.

use crate::code::competition;
use crate::support::http::{get, post, request};
use crate::support::{Server, gavel};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

fn start(options: &[&str]) -> Server {
    Server::start(gavel(), options)
}

fn add(response: &str) -> Value {
    json!({"id": "add", "task": "code", "response": response, "reference": {"inputs": ["1 2"], "outputs": ["3"]}})
}

const RIGHT: &str = "```python\nprint(sum(map(int, input().split())))\n```";

/// Posts raw bytes to `/v1/verify` and checks the status and what the error says.
#[track_caller]
fn refused(address: SocketAddr, body: &[u8], status: u16, says: &str) {
    let reply = request(address, "POST", "/v1/verify", &[("content-type", "application/json")], body).unwrap();
    let message = reply.json()["error"]["message"].as_str().unwrap_or_default().to_owned();
    assert!(reply.status == status && message.contains(says), "{} {message}", reply.status);
}

#[test]
fn bad_input_gets_a_clear_error_and_harms_nobody() {
    let server = start(&["--workers", "1"]);
    let address = server.address();
    refused(address, b"{\"items\": [", 400, "line 1 column");
    refused(address, b"", 400, "EOF");
    refused(address, b"\xff\xfe{}", 400, "not UTF-8 (at byte 0)");
    refused(address, b"[]", 422, "expected");
    refused(address, b"{\"itmes\": []}", 422, "unknown field `itmes`");
    refused(address, b"{\"items\": [], \"deadline_ms\": -1}", 422, "invalid value");
    let media = request(address, "POST", "/v1/verify", &[("content-type", "text/xml")], b"<items/>").unwrap();
    assert_eq!((media.status, media.json()["error"]["code"].as_str()), (415, Some("media_type")));
    assert_eq!(get(address, "/v2/verify").status, 404);
    assert_eq!(get(address, "/v1/verify").status, 405);
    assert_eq!(post(address, "/v1/verify/maths", &json!({})).status, 404);
    // A body of 100 MB is refused by its length, before it is sent.
    let large = request(address, "POST", "/v1/verify", &[("content-length", "100000000")], b"").unwrap();
    assert_eq!((large.status, large.json()["error"]["code"].as_str()), (413, Some("too_large")));

    let empty = post(address, "/v1/verify", &json!({"items": []})).json();
    assert_eq!(empty["results"], json!([]));
    let items = json!({"items": [
        add(RIGHT),
        {"id": "no reference", "task": "code", "response": RIGHT},
        {"id": "half a reference", "task": "code", "response": RIGHT, "reference": {"inputs": ["1"]}},
        {"id": "unknown", "task": "chess", "response": "e4", "reference": {}},
        {"id": "limit", "task": "code", "response": RIGHT, "reference": {"inputs": [""], "outputs": [""]}, "limits": {"cpu_seconds": "NaN"}},
        17,
        add("```python\nprint(4)\n```"),
        add(RIGHT),
    ]});
    let results = post(address, "/v1/verify", &items).json();
    let outcomes: Vec<(&str, &str)> =
        results["results"].as_array().unwrap().iter().map(|r| (r["outcome"].as_str().unwrap(), r["reason"].as_str().unwrap())).collect();
    let rejected = |reason| ("rejected_item", reason);
    assert_eq!(
        outcomes,
        [
            ("graded", "correct"),
            rejected("invalid_item"),
            rejected("invalid_reference"),
            rejected("unknown_task"),
            rejected("invalid_item"),
            rejected("invalid_item"),
            ("graded", "wrong_answer"),
            ("graded", "correct"),
        ]
    );
    assert!(results["results"][1]["message"].as_str().unwrap().contains("missing field `reference`"), "{results}");
    assert_eq!((&results["results"][1]["id"], results["results"][1].get("score")), (&json!("no reference"), None));
    assert_eq!(results["stats"]["graded"], 3);
}

#[test]
fn large_programs_and_tests_are_taken() {
    let server = start(&["--workers", "1"]);
    let long = format!(
        "```python\n{}\nprint(sum(map(int, input().split())))\n```",
        "# a comment line of fifty bytes, more or less ....\n".repeat(100_000)
    );
    assert!(long.len() > 5_000_000);
    assert_eq!(post(server.address(), "/v1/verify", &json!({"items": [add(&long)]})).json()["results"][0]["score"], 1.0);
    let big = "9".repeat(25_000_000);
    let item = json!({"task": "code", "response": "print(input())", "reference": {"inputs": [big], "outputs": [big]}, "limits": {"output_bytes": 100_000_000}});
    let result = post(server.address(), "/v1/verify", &json!({"items": [item]})).json();
    assert_eq!(result["results"][0]["score"], 1.0, "{}", result["results"][0]["message"]);
}

#[test]
fn competition_programs_are_judged_over_http() {
    let server = start(&[]);
    let (items, passed): (Vec<_>, Vec<_>) = competition().into_iter().unzip();
    let reply = post(server.address(), "/v1/verify", &json!({"items": items})).json();
    for ((item, passed), result) in items.iter().zip(passed).zip(reply["results"].as_array().unwrap()) {
        assert_eq!(result["detail"]["components"]["tests_passed"], passed as f64, "{}: {result}", item.id);
    }
}

#[test]
fn results_stream_as_they_are_done() {
    let server = start(&["--workers", "1"]);
    let items = json!({"items": [add(RIGHT), add("no program"), add(RIGHT)], "detail": "score"});
    let headers = [("content-type", "application/json"), ("accept", "application/x-ndjson")];
    let reply = request(server.address(), "POST", "/v1/verify", &headers, items.to_string().as_bytes()).unwrap();
    let lines: Vec<Value> = reply.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[3]["done"]["graded"], 3);
    let mut indices: Vec<u64> = lines[..3].iter().map(|line| line["index"].as_u64().unwrap()).collect();
    indices.sort_unstable();
    assert_eq!(indices, [0, 1, 2]);
}

#[test]
fn the_small_routes_answer() {
    let server = start(&["--workers", "1"]);
    let address = server.address();
    let one = post(address, "/v1/verify/code", &json!({"response": RIGHT, "reference": {"inputs": ["1 2"], "outputs": ["3"]}})).json();
    assert_eq!(one["score"], 1.0);
    let tasks = get(address, "/v1/tasks").json();
    let example = tasks["tasks"][0]["example"].clone();
    assert_eq!(post(address, "/v1/verify", &json!({"items": [example]})).json()["results"][0]["score"], 1.0);
    assert_eq!((get(address, "/livez").status, get(address, "/readyz").status), (200, 200));
    let metrics = get(address, "/metrics");
    assert!(metrics.text().contains("gavel_items_total{task=\"code\",outcome=\"graded\",reason=\"correct\"} 2"), "{}", metrics.text());
    let document = get(address, "/openapi.json").json();
    for path in ["/v1/verify", "/v1/verify/{task}", "/v1/tasks", "/v1/execute", "/livez", "/readyz", "/metrics"] {
        assert!(document["paths"].get(path).is_some(), "{path}");
    }
    let executed = post(address, "/v1/execute", &json!({"source": "print(input())", "stdin": "hi"})).json();
    assert_eq!((&executed["exit"]["kind"], &executed["stdout"]), (&json!("finished"), &json!("hi\n")));
    let failed = post(address, "/v1/execute", &json!({"source": "1 / 0"})).json();
    assert_eq!(failed["exit"], json!({"kind": "raised", "message": "ZeroDivisionError: division by zero (line 1)"}));
    assert_eq!(post(address, "/v1/execute", &json!({"source": "", "language": "cobol"})).status, 422);
}

#[test]
fn a_deadline_is_not_a_verdict() {
    let server = start(&["--workers", "1"]);
    let endless = json!({"task": "code", "response": "while True: pass", "reference": {"inputs": [""], "outputs": ["1"]}, "limits": {"cpu_seconds": 1000}});
    let reply = post(server.address(), "/v1/verify", &json!({"items": [endless, add(RIGHT)], "deadline_ms": 300})).json();
    let first = &reply["results"][0];
    assert_eq!((&first["outcome"], first.get("score"), &first["retryable"]), (&json!("deadline"), None, &json!(true)));
    // The worker is free again.
    assert_eq!(post(server.address(), "/v1/verify", &json!({"items": [add(RIGHT)]})).json()["results"][0]["score"], 1.0);
}

#[test]
fn a_client_that_hangs_up_frees_the_workers() {
    let server = start(&["--workers", "1"]);
    let endless = json!({"items": [{"task": "code", "response": "while True: pass", "reference": {"inputs": [""], "outputs": ["1"]}, "limits": {"cpu_seconds": 1000}}]});
    let body = endless.to_string();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    write!(stream, "POST /v1/verify HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
    while !get(server.address(), "/metrics").text().contains("gavel_pending_items 1") {}
    drop(stream);
    assert_eq!(post(server.address(), "/v1/verify", &json!({"items": [add(RIGHT)]})).json()["results"][0]["score"], 1.0);
    while !get(server.address(), "/metrics").text().contains("gavel_pending_items 0") {}
}

#[test]
fn too_much_work_is_refused_and_may_come_back() {
    let server = start(&["--workers", "1", "--max-pending-items", "1"]);
    let slow = json!({"items": [{"task": "code", "response": "while True: pass", "reference": {"inputs": [""], "outputs": ["1"]}, "limits": {"cpu_seconds": 1000}}], "deadline_ms": 2000});
    let body = slow.to_string();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    write!(stream, "POST /v1/verify HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
    while !get(server.address(), "/metrics").text().contains("gavel_pending_items 1") {}
    let refused = post(server.address(), "/v1/verify", &json!({"items": [add(RIGHT)]}));
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("1")));
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\"deadline\""), "{answer}");
    assert_eq!(post(server.address(), "/v1/verify", &json!({"items": [add(RIGHT)]})).json()["results"][0]["score"], 1.0);
}

#[test]
fn a_server_that_is_stopped_answers_what_it_has_admitted() {
    let server = start(&["--workers", "1"]);
    let slow = json!({"items": [{"task": "code", "response": "for i in range(2 * 10**7): pass\nprint(3)", "reference": {"inputs": [""], "outputs": ["3"]}}]});
    let body = slow.to_string();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    write!(stream, "POST /v1/verify HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
    while !get(server.address(), "/metrics").text().contains("gavel_pending_items 1") {}
    let (status, log) = server.terminate();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\"score\":1.0"), "{answer}");
    assert!(status.success() && log.iter().any(|line| line == "stopped"), "{status} {log:?}");
}
