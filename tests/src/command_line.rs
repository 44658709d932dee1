//! `gavel verify` and its neighbours, as a person uses them.

use crate::support::gavel;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(gavel()).args(args).current_dir(folder).output().expect("gavel starts")
}

fn says(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn items(count: usize) -> String {
    let line = |n: usize| json!({"id": format!("i{n}"), "task": "code", "response": format!("print({n})"), "reference": {"inputs": [""], "outputs": [n.to_string()]}});
    (0..count).map(|n| format!("{}\n", line(n))).collect()
}

fn results(path: &Path) -> Vec<Value> {
    let mut results: Vec<Value> = fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    results.sort_by_key(|result| result["index"].as_u64());
    results
}

#[test]
fn a_file_is_graded_and_the_status_tells() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("good.jsonl"), items(3)).unwrap();
    let good = run(folder.path(), &["verify", "good.jsonl", "-o", "out.jsonl", "--workers", "1"]);
    assert_eq!(good.status.code(), Some(0), "{}", says(&good));
    assert!(says(&good).contains("3 graded: mean score 1.0000, 3 passed; 0 rejected, 0 errors"), "{}", says(&good));
    assert_eq!(results(&at("out.jsonl")).iter().map(|r| r["id"].as_str().unwrap()).collect::<Vec<_>>(), ["i0", "i1", "i2"]);

    fs::write(at("mixed.jsonl"), format!("{}not json\n\n{{\"id\": \"x\", \"task\": \"code\"}}\n", items(1))).unwrap();
    let mixed = run(folder.path(), &["verify", "mixed.jsonl", "--workers", "1"]);
    assert_eq!(mixed.status.code(), Some(1), "{}", says(&mixed));
    assert!(
        says(&mixed).contains("1 graded") && says(&mixed).contains("2 rejected") && says(&mixed).contains("line 2: not JSON"),
        "{}",
        says(&mixed)
    );
    assert_eq!(String::from_utf8_lossy(&mixed.stdout).lines().count(), 3);

    let missing = run(folder.path(), &["verify", "missing.jsonl"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(says(&missing).contains("cannot open missing.jsonl"), "{}", says(&missing));
    let server = run(folder.path(), &["verify", "good.jsonl", "--server", "not a url"]);
    assert_eq!(server.status.code(), Some(2), "{}", says(&server));
}

#[test]
fn an_interrupted_run_is_picked_up() {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.jsonl"), folder.path().join("out.jsonl"));
    fs::write(&input, items(6)).unwrap();
    run(folder.path(), &["verify", "in.jsonl", "-o", "out.jsonl", "--workers", "1"]);
    let whole = fs::read_to_string(&output).unwrap();
    // As an interrupt leaves it: some lines, a retryable error, and a line that was cut off.
    let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    lines[3] =
        lines[3].replace("\"graded\"", "\"error\"").replace("\"retryable\":false", "\"retryable\":true").replace("\"score\":1.0,", "");
    fs::write(&output, format!("{}\n{}", lines[..4].join("\n"), &lines[4][..40])).unwrap();
    let again = run(folder.path(), &["verify", "in.jsonl", "-o", "out.jsonl", "--workers", "1"]);
    assert!(says(&again).contains("6 graded (3 of them earlier)"), "{}", says(&again));
    let all = results(&output);
    assert_eq!(all.len(), 6);
    assert!(all.iter().all(|result| result["score"] == 1.0));
    // A file that holds something else is left alone.
    fs::write(&output, "my notes\n").unwrap();
    let refused = run(folder.path(), &["verify", "in.jsonl", "-o", "out.jsonl"]);
    assert!(refused.status.code() == Some(2) && says(&refused).contains("something other than results"), "{}", says(&refused));
    assert_eq!(fs::read_to_string(&output).unwrap(), "my notes\n");
}

#[test]
fn through_a_server_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), items(5)).unwrap();
    run(folder.path(), &["verify", "in.jsonl", "-o", "here.jsonl", "--workers", "1"]);
    let served = run(folder.path(), &["verify", "in.jsonl", "-o", "there.jsonl", "--serve", "--workers", "1"]);
    assert_eq!(served.status.code(), Some(0), "{}", says(&served));
    let without_times = |name: &str| {
        let mut results = results(&folder.path().join(name));
        results.iter_mut().for_each(|result| drop(result.as_object_mut().unwrap().remove("timing")));
        results
    };
    assert_eq!(without_times("here.jsonl"), without_times("there.jsonl"));
}

#[test]
fn guests_and_tasks_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let guests = run(folder.path(), &["guests", "list"]);
    assert!(String::from_utf8_lossy(&guests.stdout).lines().any(|line| line.starts_with("python     CPython 3.14")), "{guests:?}");
    let elsewhere = run(folder.path(), &["guests", "list", "--cache-dir", "cache"]);
    assert!(String::from_utf8_lossy(&elsewhere.stdout).contains("not built"));
    let unknown = run(folder.path(), &["guests", "build", "cobol"]);
    assert!(unknown.status.code() == Some(2) && says(&unknown).contains("there is no guest `cobol`"));
    let tasks = run(folder.path(), &["tasks", "--json", "--workers", "1"]);
    let listing: Value = serde_json::from_slice(&tasks.stdout).unwrap();
    assert_eq!(listing["tasks"][0]["name"], "code");
    let no_python = Command::new(gavel())
        .args(["guests", "build", "--cache-dir", "cache"])
        .env("PATH", "")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(no_python.status.code() == Some(2) && says(&no_python).contains("install Python 3"), "{}", says(&no_python));
    let left: Vec<_> = fs::read_dir(folder.path().join("cache/guests")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["python.lock"]);
}
