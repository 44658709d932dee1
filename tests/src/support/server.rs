//! `gavel serve` as a child process on a free port, gone when its handle is.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// What the server prints to stderr, followed by its address, once it accepts connections.
const LISTENING: &str = "listening on http://";

/// A free port of the loopback interface.
const FREE_PORT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// How long a server may take to listen. The first start of all builds the sandboxes.
const START: Duration = Duration::from_secs(1200);

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    /// Lines of its stderr that nobody has read yet. Ends when the process does.
    log: Receiver<String>,
}

impl Server {
    /// Starts `program serve` with further options on a free port and waits until it listens.
    ///
    /// # Panics
    /// If it ends or stays silent instead; the message holds what it printed.
    #[track_caller]
    pub(crate) fn start(program: &Path, options: &[&str]) -> Self {
        Self::start_at(program, FREE_PORT, options)
    }

    /// As [`Server::start`], at an address, such as that of a server that is gone.
    #[track_caller]
    pub(crate) fn start_at(program: &Path, address: SocketAddr, options: &[&str]) -> Self {
        let mut command = Command::new(program);
        command
            .args(["serve", "--listen", &address.to_string()])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let stderr = child.stderr.take().expect("stderr is a pipe");
        let (sender, log) = channel();
        // Reads to the end, whether or not anybody listens, so that the server never waits for its log to be read.
        thread::spawn(move || BufReader::new(stderr).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        let mut guard = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), log };
        let mut printed = Vec::new();
        let address = loop {
            let Ok(line) = guard.log.recv_timeout(START) else {
                panic!("{} does not listen; it printed:\n{}", program.display(), printed.join("\n"));
            };
            if let Some((_, address)) = line.split_once(LISTENING) {
                break address.trim().trim_end_matches('/').to_owned();
            }
            printed.push(line);
        };
        guard.address = address.parse().unwrap_or_else(|error| panic!("the server says that it listens on `{address}`: {error}"));
        guard
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub(crate) fn id(&self) -> i32 {
        self.child.id().try_into().expect("process ids are positive")
    }

    /// Asks the server to end (SIGTERM), waits until it has, and returns its status with what it printed since it listened.
    pub(crate) fn terminate(mut self) -> (ExitStatus, Vec<String>) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("the child is ours");
        let log = self.log.iter().collect();
        (self.child.wait().expect("the child is ours"), log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Either fails only when the process is gone already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A stand-in for `gavel` in `folder`: `serve` says that it listens and waits to be killed, anything else prints the arguments.
pub(crate) fn fake_gavel(folder: &Path) -> PathBuf {
    let script = "#!/usr/bin/env bash\n\
        [ \"$1\" = serve ] || { echo gavel \"$@\"; exit 0; }\n\
        [ \"$4\" != --broken ] || { echo no such option >&2; exit 2; }\n\
        echo starting >&2; echo listening on http://127.0.0.1:1 >&2; echo \"options ${*:4}\" >&2\n\
        exec tail -f /dev/null\n";
    let path = folder.join("gavel");
    fs::write(&path, script).expect("the folder is writable");
    fs::set_permissions(&path, Permissions::from_mode(0o755)).expect("the file is ours");
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn a_server_tells_its_address_and_ends_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(&fake_gavel(folder.path()), &["--workers", "1"]);
        assert_eq!(server.address().to_string(), "127.0.0.1:1");
        assert_eq!(server.log.recv().as_deref(), Ok("options --workers 1"));
        let (status, log) = server.terminate();
        assert_eq!((status.signal(), log), (Some(15), vec![]));
    }

    #[test]
    fn a_dropped_server_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(&fake_gavel(folder.path()), &[]);
        let id = rustix::process::Pid::from_child(&server.child);
        drop(server);
        assert_eq!(rustix::process::test_kill_process(id), Err(rustix::io::Errno::SRCH));
    }

    #[test]
    #[should_panic(expected = "does not listen; it printed:\nno such option")]
    fn a_server_that_ends_says_why() {
        let folder = tempfile::tempdir().unwrap();
        Server::start(&fake_gavel(folder.path()), &["--broken"]);
    }
}
