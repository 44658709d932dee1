//! Processes killed (SIGKILL) in the middle of many programs: workers, the client, the server. Every item is answered or reported as an error exactly once, and
//! no process is left.

use crate::support::http::{get, request};
use crate::support::{Server, gavel};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Programs that take some milliseconds each.
fn items(count: usize) -> Vec<Value> {
    let program = "```python\nfor i in range(50_000): pass\nprint(int(input()) + 1)\n```";
    let item = |n: usize| json!({"id": n.to_string(), "task": "code", "response": program, "reference": {"inputs": [n.to_string()], "outputs": [(n + 1).to_string()]}});
    (0..count).map(item).collect()
}

/// The sandbox workers of a server.
fn workers_of(server: i32) -> Vec<i32> {
    let tasks = std::fs::read_dir(format!("/proc/{server}/task")).unwrap();
    let children = tasks.flatten().map(|task| std::fs::read_to_string(task.path().join("children")).unwrap_or_default());
    children.flat_map(|text| text.split_whitespace().map(|pid| pid.parse().unwrap()).collect::<Vec<i32>>()).collect()
}

fn kill(pid: i32) {
    // It may have ended by itself.
    let _ = kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL);
}

/// Whether this process still runs: one that has ended, and that nobody has asked for yet, does not.
fn runs(pid: i32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z ") && !stat.contains(") X "))
}

/// Sends items, kills workers by `choose` for as long as there are items without a result, and checks what came of each.
#[track_caller]
fn kill_workers(kills: usize, choose: fn(Vec<i32>) -> Vec<i32>) {
    const COUNT: usize = 1000;
    let server = Server::start(gavel(), &["--workers", "2"]);
    let (address, id) = (server.address(), server.id());
    let done = AtomicBool::new(false);
    let results = thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..kills {
                // Both are there again, and something runs.
                while !done.load(Ordering::Acquire) && workers_of(id).len() < 2 {
                    thread::yield_now();
                }
                choose(workers_of(id)).into_iter().for_each(kill);
            }
        });
        let body = json!({"items": items(COUNT), "detail": "score"}).to_string();
        let headers = [("content-type", "application/json"), ("accept", "application/x-ndjson")];
        let reply = request(address, "POST", "/v1/verify", &headers, body.as_bytes()).unwrap();
        done.store(true, Ordering::Release);
        reply.text().lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<Value>>()
    });
    let (last, results) = results.split_last().unwrap();
    assert!(last.get("done").is_some(), "{last}");
    let answered: BTreeSet<u64> = results.iter().map(|result| result["index"].as_u64().unwrap()).collect();
    assert_eq!((answered.len(), results.len()), (COUNT, COUNT), "each item has one result");
    for result in results {
        match result["outcome"].as_str() {
            Some("graded") => assert_eq!(result["score"], 1.0, "{result}"),
            Some("error") => assert!(result.get("score").is_none() && result["retryable"] == true, "{result}"),
            _ => panic!("{result}"),
        }
    }
    let workers = workers_of(id);
    server.terminate();
    assert!(workers.into_iter().all(|pid| !runs(pid)), "a worker is left");
}

#[test]
fn a_worker() {
    kill_workers(20, |workers| workers.into_iter().take(1).collect());
}

#[test]
fn all_workers() {
    kill_workers(10, |workers| workers);
}

#[test]
fn the_server() {
    let server = Server::start(gavel(), &["--workers", "2"]);
    let (address, id) = (server.address(), server.id());
    let endless = json!({"task": "code", "response": "while True: pass", "reference": {"inputs": [""], "outputs": [""]}, "limits": {"cpu_seconds": 1000}});
    let body = json!({"items": [endless, endless, endless]}).to_string();
    let client = thread::spawn(move || request(address, "POST", "/v1/verify", &[("content-type", "application/json")], body.as_bytes()));
    wait_for(address, "gavel_pending_items 3");
    let workers = workers_of(id);
    assert_eq!(workers.len(), 2);
    kill(server.id());
    assert!(client.join().unwrap().is_err(), "a server that is gone answers nothing");
    // Their parent's death is a signal to them.
    while workers.iter().any(|pid| runs(*pid)) {
        thread::yield_now();
    }
}

fn wait_for(address: SocketAddr, metric: &str) {
    while !get(address, "/metrics").text().contains(metric) {}
}

#[test]
fn the_client() {
    const COUNT: usize = 1000;
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("items.jsonl"), folder.path().join("results.jsonl"));
    let lines: String = items(COUNT).iter().map(|item| format!("{item}\n")).collect();
    std::fs::write(&input, lines).unwrap();
    let server = Server::start(gavel(), &["--workers", "2"]);
    let verify = || {
        let mut command = Command::new(gavel());
        command.arg("verify").arg(&input).arg("--output").arg(&output).args(["--server", &format!("http://{}", server.address())]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let mut killed = verify().spawn().unwrap();
    while std::fs::read(&output).map_or(0, |bytes| bytes.len()) == 0 {
        thread::yield_now();
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    let before = std::fs::read_to_string(&output).unwrap().lines().count();
    assert!((1..COUNT).contains(&before), "{before}");
    // Nobody waits for what it asked for, and the server knows.
    wait_for(server.address(), "gavel_pending_items 0");
    assert!(verify().status().unwrap().success());
    let text = std::fs::read_to_string(&output).unwrap();
    let results: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: BTreeSet<&str> = results.iter().map(|result| result["id"].as_str().unwrap()).collect();
    assert_eq!((results.len(), ids.len()), (COUNT, COUNT), "each item has one result");
    assert!(results.iter().all(|result| result["score"] == 1.0));
}
