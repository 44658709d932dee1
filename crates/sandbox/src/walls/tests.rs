//! What a process behind the walls tries in vain: this test binary, started again with the name of a wall and of an attempt among its arguments.

use super::*;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};

/// The test that is the child. By itself it does nothing.
#[test]
fn child() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().find_map(|argument| argument.strip_prefix(name).map(str::to_owned));
    let (Some(walls), Some(attempt)) = (value("walls="), value("attempt=")) else { return };
    let mut raised = Walls { compiles: walls.split(',').any(|name| name == "compiles"), ..Walls::default() };
    let named: Vec<Wall> = Wall::ALL.into_iter().filter(|wall| walls.split(',').any(|name| name == wall.name())).collect();
    raised.raise(&named);
    assert_eq!(raised.missing(), []);
    let (_, try_it) = ATTEMPTS.iter().find(|(name, _)| *name == attempt).unwrap();
    // The process must not unwind into the test harness, which would start threads and print.
    std::process::exit(if try_it() { SUCCEEDED } else { REFUSED });
}

/// Exit statuses of the child.
const SUCCEEDED: i32 = 40;
const REFUSED: i32 = 41;

/// True if it could be done.
type Attempt = fn() -> bool;

/// What a child tries.
const ATTEMPTS: &[(&str, Attempt)] = &[
    ("nothing", || true),
    ("open a file", || std::fs::File::open("/etc/passwd").is_ok()),
    ("list a folder", || std::fs::read_dir("/").is_ok()),
    ("write a file", || std::fs::write(std::env::temp_dir().join("gavel-walls-test"), "x").is_ok()),
    ("make a folder", || std::fs::create_dir_all(std::env::temp_dir().join("gavel-walls-test-folder")).is_ok()),
    ("open a TCP connection", || {
        // Refused by the wall, or by nobody listening: only the first is a lack of permission.
        std::net::TcpStream::connect("127.0.0.1:1").map_or_else(|error| error.kind() != std::io::ErrorKind::PermissionDenied, |_| true)
    }),
    ("listen on TCP", || std::net::TcpListener::bind("127.0.0.1:0").is_ok()),
    ("make a socket", || std::os::unix::net::UnixDatagram::unbound().is_ok()),
    ("start a program", || Command::new("/bin/true").stdin(Stdio::null()).status().is_ok_and(|status| status.success())),
    ("start a thread", || std::thread::Builder::new().spawn(|| ()).is_ok()),
    ("fork", || raw(libc::SYS_clone, [libc::SIGCHLD as u64, 0, 0, 0, 0]) >= 0),
    ("trace its parent", || raw(libc::SYS_ptrace, [u64::from(libc::PTRACE_ATTACH), parent(), 0, 0, 0]) == 0),
    ("read its parent's memory", || raw(libc::SYS_process_vm_readv, [parent(), 0, 0, 0, 0]) == 0),
    ("signal its parent", || raw(libc::SYS_kill, [parent(), 0, 0, 0, 0]) == 0),
    ("map machine code", || {
        let (size, protection) = (4096, (libc::PROT_READ | libc::PROT_EXEC) as u64);
        raw(libc::SYS_mmap, [0, size, protection, (libc::MAP_PRIVATE | libc::MAP_ANONYMOUS) as u64, u64::MAX]) != -1
    }),
    ("make memory executable", || make(libc::PROT_READ | libc::PROT_EXEC)),
    ("make memory writable and executable", || make(libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC)),
    ("talk to a terminal", || raw(libc::SYS_ioctl, [0, libc::TIOCGWINSZ, 0, 0, 0]) != -1),
    ("duplicate a descriptor", || raw(libc::SYS_dup, [0, 0, 0, 0, 0]) >= 0),
    ("use an inherited descriptor", || std::fs::read_link("/proc/self/fd/9").is_ok()),
    ("see variables", || std::fs::read("/proc/self/environ").is_ok_and(|text| !text.is_empty())),
    ("take 8 GiB", || Vec::<u8>::new().try_reserve_exact(8 << 30).is_ok()),
    ("take 1 GiB", || Vec::<u8>::new().try_reserve_exact(1 << 30).is_ok()),
    ("hash and sort", || {
        let map: std::collections::HashMap<u32, Vec<u32>> = (0..1000).map(|n| (n, vec![n; 10])).collect();
        map.len() == 1000
    }),
    ("leave a core dump", || {
        let limit = rustix::process::getrlimit(rustix::process::Resource::Core);
        limit.current != Some(0) || rustix::process::dumpable_behavior() != Ok(rustix::process::DumpableBehavior::NotDumpable)
    }),
    ("gain privileges", || std::fs::read_to_string("/proc/thread-self/status").is_ok_and(|status| !status.contains("NoNewPrivs:\t1"))),
    ("outlive its parent", || rustix::process::parent_process_death_signal() != Ok(Some(rustix::process::Signal::KILL))),
];

#[expect(unsafe_code, reason = "system calls that no library makes for us")]
fn raw(call: libc::c_long, [a, b, c, d, e]: [u64; 5]) -> libc::c_long {
    // SAFETY: each attempt passes arguments with which the call touches no memory of this process that is in use.
    unsafe { libc::syscall(call, a, b, c, d, e, 0) }
}

/// Gives a new page another protection.
fn make(protection: libc::c_int) -> bool {
    let (size, before) = (4096, (libc::PROT_READ | libc::PROT_WRITE) as u64);
    let page = raw(libc::SYS_mmap, [0, size, before, (libc::MAP_PRIVATE | libc::MAP_ANONYMOUS) as u64, u64::MAX]);
    raw(libc::SYS_mprotect, [page as u64, size, protection as u64, 0, 0]) == 0
}

fn parent() -> u64 {
    rustix::process::getppid().map_or(0, |pid| pid.as_raw_nonzero().get() as u64)
}

/// Runs an attempt behind these walls, with a descriptor of ours left open for it.
fn run(walls: &str, attempt: &str) -> ExitStatus {
    let own = std::env::current_exe().unwrap();
    let mut command = Command::new("sh");
    // The shell leaves descriptor 9 open for the child, and `env` leaves no variable.
    command.args(["-c", "exec 9</dev/null; exec env -i \"$@\"", "sh"]).arg(own);
    command.args(["walls::tests::child", "--exact", "--test-threads=1", &format!("walls={walls}"), &format!("attempt={attempt}")]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap()
}

#[track_caller]
fn succeeds(walls: &str, attempt: &str) {
    let status = run(walls, attempt);
    assert_eq!(status.code(), Some(SUCCEEDED), "`{attempt}` behind `{walls}`: {status}");
}

#[track_caller]
fn is_refused(walls: &str, attempt: &str) {
    let status = run(walls, attempt);
    assert_eq!(status.code(), Some(REFUSED), "`{attempt}` behind `{walls}`: {status}");
}

#[track_caller]
fn is_killed(walls: &str, attempt: &str) {
    let status = run(walls, attempt);
    assert_eq!(status.signal(), Some(libc::SIGSYS), "`{attempt}` behind `{walls}`: {status}");
}

#[test]
fn without_walls_the_attempts_succeed() {
    for attempt in ["nothing", "open a file", "list a folder", "write a file", "make a socket", "start a program", "start a thread"] {
        succeeds("", attempt);
    }
    for attempt in
        ["open a TCP connection", "signal its parent", "map machine code", "duplicate a descriptor", "take 8 GiB", "leave a core dump"]
    {
        succeeds("", attempt);
    }
    for attempt in ["use an inherited descriptor", "gain privileges", "outlive its parent"] {
        succeeds("", attempt);
    }
}

#[test]
fn seccomp_ends_whoever_calls_the_system() {
    for attempt in ["open a file", "list a folder", "write a file", "make a folder", "start a program", "start a thread", "fork"] {
        is_killed("seccomp", attempt);
    }
    for attempt in ["open a TCP connection", "listen on TCP", "make a socket", "duplicate a descriptor", "talk to a terminal"] {
        is_killed("seccomp", attempt);
    }
    for attempt in ["trace its parent", "read its parent's memory", "signal its parent", "map machine code"] {
        is_killed("seccomp", attempt);
    }
    for attempt in ["nothing", "take 1 GiB", "hash and sort"] {
        succeeds("seccomp", attempt);
    }
}

#[test]
fn only_a_worker_that_compiles_makes_memory_executable_and_never_while_it_is_writable() {
    for walls in ["", "seccomp,compiles"] {
        succeeds(walls, "make memory executable");
    }
    is_killed("seccomp", "make memory executable");
    for walls in ["seccomp", "seccomp,compiles"] {
        is_killed(walls, "make memory writable and executable");
        is_killed(walls, "map machine code");
    }
}

/// The version of Landlock that this kernel has, 0 if none: <https://docs.kernel.org/userspace-api/landlock.html>.
fn landlock_version() -> i64 {
    const LANDLOCK_CREATE_RULESET_VERSION: u64 = 1;
    raw(libc::SYS_landlock_create_ruleset, [0, 0, LANDLOCK_CREATE_RULESET_VERSION, 0, 0]).max(0)
}

/// As far as the kernel has it: without it there is nothing to show, and a worker says that the wall is missing.
#[test]
fn landlock_alone_refuses_files_ports_and_signals() {
    let version = landlock_version();
    let since = [
        (1, "open a file"),
        (1, "list a folder"),
        (1, "write a file"),
        (1, "make a folder"),
        (1, "trace its parent"),
        (4, "open a TCP connection"),
        (4, "listen on TCP"),
        (6, "signal its parent"),
    ];
    for (_, attempt) in since.iter().filter(|(since, _)| *since <= version) {
        is_refused("landlock", attempt);
    }
    for attempt in ["nothing", "make a socket", "start a thread"].iter().filter(|_| version > 0) {
        succeeds("landlock", attempt);
    }
}

#[test]
fn resource_limits_alone_refuse_descriptors_and_memory() {
    for attempt in ["open a file", "write a file", "make a socket", "duplicate a descriptor", "take 8 GiB"] {
        is_refused("rlimits", attempt);
    }
    for attempt in ["nothing", "take 1 GiB", "hash and sort"] {
        succeeds("rlimits", attempt);
    }
}

#[test]
fn the_small_walls_stand_alone() {
    is_refused("descriptors", "use an inherited descriptor");
    is_refused("environment", "see variables");
    is_refused("no-new-privileges", "gain privileges");
    is_refused("parent-death", "outlive its parent");
    is_refused("core-dumps", "leave a core dump");
}

#[test]
fn behind_all_walls_a_worker_can_still_compute() {
    let all = Wall::ALL.map(Wall::name).join(",");
    succeeds(&all, "nothing");
    succeeds(&all, "hash and sort");
    is_killed(&all, "open a file");
}

#[test]
fn reports_name_what_is_missing() {
    let why = "this kernel has none".to_owned();
    let walls = Walls {
        standing: vec![Wall::Parent, Wall::SystemCalls],
        missing: vec![MissingWall { wall: Wall::FileSystem, why }],
        compiles: false,
    };
    assert_eq!(walls.to_string(), "parent-death, seccomp; missing: landlock (this kernel has none)");
    assert!(Walls::none().to_string().starts_with("none; missing: environment (programs run in this process"));
}
