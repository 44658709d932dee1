//! The same items give the same verdicts, fuel included, in any order and at any load.

use crate::code::competition;
use crate::repository;
use crate::support::guest;
use gavel_code::Code;
use gavel_sandbox::Sandbox;
use gavel_task::{Item, Verdict};
use gavel_verifier::{Registry, Verifier};
use serde_json::json;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

/// Items of every kind: right, wrong, endless, greedy for memory, deeply recursive, talkative.
fn mixed() -> Vec<Item> {
    let mut items: Vec<Item> = competition().into_iter().map(|(item, _)| item).collect();
    items.extend(
        repository::required_text("tasks/samples/items.jsonl").lines().map(|line| serde_json::from_str(line).expect("an item a line")),
    );
    let humaneval = repository::required_text("tasks/humaneval/items.jsonl");
    items.extend(humaneval.lines().take(40).map(|line| serde_json::from_str::<Item>(line).expect("an item a line")));
    for source in [
        "while True: pass",
        "x = []\nwhile True: x.append(x[:] + [1])",
        "import sys\nsys.setrecursionlimit(10**6)\ndef f(n): return n and f(n - 1) + 1\nprint(f(50000))",
        "def f(): f()\nf()",
        "while True: print('y' * 100000)",
        "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')",
        "print(hash('x'), {'a', 'b', 'c'}, id([]), __import__('time').time())",
    ] {
        let item = json!({"task": "code", "response": source, "reference": {"inputs": [""], "outputs": ["50000"]}, "limits": {"cpu_seconds": 0.05}});
        items.push(serde_json::from_value(item).expect("the test writes an item"));
    }
    for item in &mut items {
        item.limits.cpu_seconds = item.limits.cpu_seconds.or(Some(0.5));
    }
    items
}

/// Processes that keep the cores busy while they live.
struct Load(Vec<Child>);

impl Load {
    fn start() -> Self {
        let busy = || Command::new("sh").args(["-c", "while :; do :; done"]).stdin(Stdio::null()).spawn().expect("sh starts");
        Self(vec![busy(), busy()])
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn verdicts(sandbox: Sandbox, threads: usize, items: Vec<Item>) -> Vec<Verdict> {
    let verifier = Verifier::new(Registry::new().with(Code::new(Arc::new(sandbox))), threads);
    verifier.verify(items).into_iter().map(|graded| graded.result.unwrap()).collect()
}

#[test]
fn verdicts_do_not_depend_on_load_order_or_processes() {
    let items = mixed();
    let first = verdicts(guest::workers(1), 1, items.clone());
    let reversed = verdicts(Sandbox::in_process(guest::python(), 2).unwrap(), 4, items.iter().cloned().rev().collect());
    assert!(first.iter().eq(reversed.iter().rev()), "in reverse, in this process");
    let _load = Load::start();
    assert!(first == verdicts(guest::workers(2), 64, items), "64 in flight, on loaded cores");
}
