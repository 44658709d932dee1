//! The sandbox's limits, its worker processes, and the cache of guests.

use crate::support::guest::{python, run, sandbox, script, workers};
use gavel_sandbox::{Execution, Exit, Guests, Job, Language, Limit, Limits, Recipe, Request, SandboxError, Wall};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const ENDLESS: &str = "while True: pass";

#[test]
fn limits_are_exact() {
    let fuel = |fuel: u64| sandbox().execute(script("for i in range(10**6): pass", "", Limits { fuel, ..Limits::default() })).unwrap();
    let enough = fuel(10_000_000_000);
    assert_eq!(enough.exit, Exit::Finished);
    assert_eq!(fuel(enough.fuel), enough);
    // Fuel is looked at where functions and loops begin, so the last few instructions may be free.
    let short = fuel(enough.fuel - 10_000);
    assert_eq!((short.exit, short.fuel), (Exit::Exceeded(Limit::Fuel), enough.fuel - 10_000));

    let output = |output_bytes: u64| sandbox().execute(script("print('x' * 9)", "", Limits { output_bytes, ..Limits::default() })).unwrap();
    assert_eq!(output(10).exit, Exit::Finished);
    assert_eq!((output(9).exit, output(9).stdout), (Exit::Exceeded(Limit::Output), b"xxxxxxxxx".to_vec()));

    let memory = |memory_bytes: u64| {
        sandbox().execute(script("x = bytearray(100 << 20)\nprint(1)", "", Limits { memory_bytes, ..Limits::default() })).unwrap()
    };
    assert_eq!(memory(256 << 20).exit, Exit::Finished);
    assert_eq!(memory(128 << 20).exit, Exit::Exceeded(Limit::Memory));
}

#[test]
fn nothing_of_one_run_is_left_for_the_next() {
    let dirty = "import builtins, sys, os, random\nbuiltins.secret = 1\nsys.modules['secret'] = sys\nos.environ['SECRET'] = '1'\nrandom.seed(5)\nx = bytearray(b'z') * (50 << 20)\nprint(sum(x[::4096]))";
    let look = "import os, sys\nprint('secret' in dir(__builtins__), 'secret' in sys.modules, 'SECRET' in os.environ)\nx = bytearray(50 << 20)\nprint(any(x))";
    let clean = run(look, "").unwrap();
    assert_eq!(clean.stdout, b"False False False\nFalse\n");
    for _ in 0..3 {
        run(dirty, "").unwrap();
        assert_eq!(run(look, "").unwrap(), clean);
    }
}

#[test]
fn large_streams_pass() {
    let stdin = "x".repeat(20 << 20);
    let execution = run("import sys\ndata = sys.stdin.buffer.read()\nsys.stdout.buffer.write(data[:10 << 20])", &stdin).unwrap();
    assert_eq!((execution.exit, execution.stdout.len()), (Exit::Finished, 10 << 20));
}

#[test]
fn workers_give_what_the_process_itself_gives() {
    let sandbox = workers(2);
    let requests: Vec<Request> = (0..40)
        .map(|n| script("n = int(input())\nprint(sum(i * i for i in range(n)))", &(n * 100).to_string(), Limits::default()))
        .collect();
    let here: Vec<Execution> = requests.iter().map(|request| crate::support::guest::sandbox().execute(request.clone()).unwrap()).collect();
    let pending: Vec<_> = requests.into_iter().map(|request| sandbox.submit(request, Arc::default())).collect();
    let there: Vec<Execution> = pending.into_iter().map(|pending| pending.wait().unwrap()).collect();
    assert_eq!(here, there);
}

#[test]
fn a_killed_worker_is_replaced_and_its_execution_tried_again() {
    let sandbox = workers(1);
    sandbox.execute(script("print(1)", "", Limits::default())).unwrap();
    let pending = sandbox.submit(script("for i in range(3 * 10**7): pass\nprint('done')", "", Limits::default()), Arc::default());
    kill(children_of_this_process());
    assert_eq!(pending.wait().unwrap().stdout, b"done\n");
}

/// The kernel of a machine that runs these tests has every wall that Gavel knows.
#[test]
fn every_wall_stands_around_a_worker() {
    let sandbox = workers(1);
    let walls = sandbox.walls().unwrap();
    assert_eq!((walls.standing(), walls.missing()), (&Wall::ALL[..], &[][..]));
    assert_eq!(sandbox.execute(script("print(1)", "", Limits::default())).unwrap().stdout, b"1\n");
    let none = crate::support::guest::sandbox().walls().unwrap();
    assert_eq!((none.standing().len(), none.missing().len()), (0, Wall::ALL.len()));
}

#[test]
fn a_worker_behind_its_walls_does_all_it_has_to() {
    let sandbox = workers(1);
    let check = |shared| {
        let tests = "assert candidate(1) == 2 and len(big()) == 10 ** 6".into();
        let job = Job::Check { tests, entry_point: String::new(), shared };
        Request {
            language: Language::Python,
            source: "def candidate(n): return n + 1\ndef big(): return 'x' * 10 ** 6".into(),
            job,
            limits: Limits::default(),
        }
    };
    let large = script("import sys\nsys.stdout.write(sys.stdin.read(10 << 20))", &"x".repeat(20 << 20), Limits::default());
    for _ in 0..5 {
        assert_eq!(sandbox.execute(large.clone()).unwrap().stdout.len(), 10 << 20);
        assert_eq!(sandbox.execute(check(false)).unwrap().exit, Exit::Finished);
        assert_eq!(sandbox.execute(check(true)).unwrap().exit, Exit::Finished);
        let memory = sandbox.execute(script("x = bytearray(10 ** 9)", "", Limits::default())).unwrap();
        assert_eq!(memory.exit, Exit::Exceeded(Limit::Memory));
        let crash = sandbox.execute(script("import faulthandler\nfaulthandler._sigsegv()", "", Limits::default())).unwrap();
        assert!(matches!(crash.exit, Exit::Trap(_)), "{crash:?}");
    }
}

#[test]
fn a_worker_without_a_wall_does_not_start_where_all_are_required() {
    // A shell that leaves a variable in the worker's environment, and so one wall down.
    let gavel = crate::support::gavel().display().to_string();
    let args = ["-c", "NAME=value exec \"$0\" sandbox-worker \"$@\"", &gavel].map(Into::into).to_vec();
    let command = |require_walls| gavel_sandbox::WorkerCommand { program: "/bin/sh".into(), args: args.clone(), require_walls };
    let sandbox = gavel_sandbox::Sandbox::with_workers(python(), 1, &command(false)).unwrap();
    let walls = sandbox.walls().unwrap();
    assert!(walls.to_string().ends_with("; missing: environment (the parent left variables in it)"), "{walls}");
    let sandbox = gavel_sandbox::Sandbox::with_workers(python(), 1, &command(true)).unwrap();
    let error = sandbox.execute(script("print(1)", "", Limits::default())).unwrap_err();
    assert!(matches!(&error, SandboxError::WallMissing { wall } if wall.wall == Wall::Environment), "{error}");
    assert_eq!(sandbox.walls().unwrap_err().to_string(), error.to_string());
}

/// Worker processes of this test binary. Other tests' workers may be among them, which then show the same.
fn children_of_this_process() -> Vec<i32> {
    let mut children = Vec::new();
    for task in std::fs::read_dir("/proc/self/task").unwrap().flatten() {
        let text = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        children.extend(text.split_whitespace().filter_map(|pid| pid.parse::<i32>().ok()).filter(|pid| is_worker(*pid)));
    }
    children
}

fn is_worker(pid: i32) -> bool {
    std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| String::from_utf8_lossy(&line).contains("sandbox-worker"))
}

fn kill(pids: Vec<i32>) {
    assert!(!pids.is_empty());
    for pid in pids {
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        // It may have ended by itself.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
}

#[test]
fn the_wall_clock_is_an_error() {
    let limits = Limits { wall: Duration::from_millis(200), fuel: u64::MAX, ..Limits::default() };
    let error = sandbox().execute(script(ENDLESS, "", limits)).unwrap_err();
    assert!(matches!(error, SandboxError::Wall { wall_ms: 200 }), "{error}");
    let error = workers(1).execute(script(ENDLESS, "", limits)).unwrap_err();
    assert!(matches!(error, SandboxError::Wall { wall_ms: 200 }), "{error}");
}

#[test]
fn executions_can_be_withdrawn() {
    let limits = Limits { fuel: u64::MAX, ..Limits::default() };
    for sandbox in [workers(1), gavel_sandbox::Sandbox::in_process(python(), 1).unwrap()] {
        let cancel = Arc::new(AtomicBool::new(false));
        let running = sandbox.submit(script(ENDLESS, "", limits), Arc::clone(&cancel));
        let waiting = sandbox.submit(script("print(1)", "", limits), Arc::default());
        cancel.store(true, Ordering::Release);
        assert!(matches!(running.wait(), Err(SandboxError::Cancelled)));
        assert_eq!(waiting.wait().unwrap().stdout, b"1\n");
        // Dropping what was submitted withdraws it too, or this would never end.
        drop(sandbox.submit(script(ENDLESS, "", limits), Arc::default()));
        assert_eq!(sandbox.execute(script("print(2)", "", limits)).unwrap().stdout, b"2\n");
    }
}

#[test]
fn a_worker_that_cannot_start_is_an_error() {
    let command = gavel_sandbox::WorkerCommand { program: "/nowhere/gavel".into(), args: Vec::new(), require_walls: false };
    let sandbox = gavel_sandbox::Sandbox::with_workers(python(), 1, &command).unwrap();
    let error = sandbox.execute(script("print(1)", "", Limits::default())).unwrap_err();
    assert!(error.to_string().contains("/nowhere/gavel"), "{error}");
}

#[test]
fn guests_are_not_loaded_from_where_others_can_write() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("guests");
    std::fs::create_dir(&root).unwrap();
    std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o777)).unwrap();
    let error = Guests::new(&root).get(&Recipe::PYTHON, &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("can be written by others"), "{error}");
    assert_eq!(std::fs::read_dir(&root).unwrap().count(), 0);
}

#[test]
fn a_call_returns_its_value() {
    let job = Job::Call { function: "f".to_owned(), forms: vec![vec![gavel_sandbox::Value::Int(20)]] };
    let request = Request { language: Language::Python, source: "def f(x): return {'n': x + 22}".into(), job, limits: Limits::default() };
    let value = sandbox().execute(request).unwrap().value.unwrap();
    assert_eq!(value, gavel_sandbox::Value::Dict(vec![(gavel_sandbox::Value::Str("n".into()), gavel_sandbox::Value::Int(42))]));
}
