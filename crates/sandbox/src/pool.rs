//! The parent's side of worker processes: one thread each, fed from one queue.

use crate::execution::{Execution, SandboxError};
use crate::sandbox::{Task, WorkerCommand};
use crate::worker::{FromWorker, ToWorker, read_frame, write_frame};
use crossbeam_channel::Receiver;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often a thread that waits for a worker looks whether the task was cancelled.
const LOOK: Duration = Duration::from_millis(20);
/// How long a cancelled worker may take to say so before it is replaced.
const GRACE: Duration = Duration::from_secs(2);
/// How long a new worker may take to load its guest.
const START: Duration = Duration::from_secs(60);

/// Serves tasks with one worker process until the queue is closed.
pub(crate) fn serve(command: &WorkerCommand, queue: &Receiver<Task>) {
    // Started before the first task, so that it does not pay for the start. If that fails, the task will find out why.
    let mut worker = Worker::start(command).ok();
    for task in queue {
        let result = if task.cancel.is_set() { Err(SandboxError::Cancelled) } else { perform(command, &mut worker, &task) };
        // Nobody waits any more: nothing is lost.
        let _ = task.reply.send(result);
    }
}

/// Why a worker has to be replaced.
enum Broken {
    Died,
    Wall,
    CancelIgnored,
}

/// Tries a task on the current worker and, if that one breaks, once more on a new one.
fn perform(command: &WorkerCommand, worker: &mut Option<Worker>, task: &Task) -> Result<Execution, SandboxError> {
    let mut last = Broken::Died;
    for _ in 0..2 {
        let current = match worker {
            Some(current) => current,
            None => worker.insert(Worker::start(command)?),
        };
        match current.execute(task) {
            Ok(result) => return result,
            Err(Broken::CancelIgnored) => {
                *worker = None;
                return Err(SandboxError::Cancelled);
            }
            Err(broken) => {
                *worker = None;
                last = broken;
            }
        }
    }
    Err(match last {
        Broken::Wall => SandboxError::Wall { wall_ms: task.request.limits.wall.as_millis() as u64 },
        Broken::Died | Broken::CancelIgnored => SandboxError::WorkerDied,
    })
}

/// A running worker process. Dropping it ends the process.
struct Worker {
    child: Child,
    socket: UnixStream,
}

impl Worker {
    fn start(command: &WorkerCommand) -> Result<Self, SandboxError> {
        let fail = |error: io::Error| SandboxError::Start { message: format!("{}: {error}", command.program.display()) };
        let (ours, theirs) = UnixStream::pair().map_err(fail)?;
        let child = Command::new(&command.program)
            .args(&command.args)
            .env_clear()
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(fail)?;
        let mut worker = Self { child, socket: ours };
        match worker.readable_within(START) {
            Ok(true) => match read_frame(&mut worker.socket).map_err(fail)? {
                FromWorker::Ready => Ok(worker),
                FromWorker::Done(_) => Err(fail(io::Error::other("it answered before it was asked"))),
            },
            Ok(false) => Err(fail(io::ErrorKind::TimedOut.into())),
            Err(error) => Err(fail(error)),
        }
    }

    fn execute(&mut self, task: &Task) -> Result<Result<Execution, SandboxError>, Broken> {
        let message = ToWorker::Execute(task.request.clone());
        write_frame(&mut self.socket, &message).map_err(|_| Broken::Died)?;
        let started = Instant::now();
        let mut cancelled_at: Option<Instant> = None;
        loop {
            if self.readable_within(LOOK).map_err(|_| Broken::Died)? {
                return match read_frame(&mut self.socket) {
                    Ok(FromWorker::Done(result)) => Ok(*result),
                    Ok(FromWorker::Ready) | Err(_) => Err(Broken::Died),
                };
            }
            match cancelled_at {
                None if task.cancel.is_set() => {
                    cancelled_at = Some(Instant::now());
                    write_frame(&mut self.socket, &ToWorker::Cancel).map_err(|_| Broken::Died)?;
                }
                Some(at) if at.elapsed() > GRACE => return Err(Broken::CancelIgnored),
                _ if started.elapsed() > task.request.limits.wall => return Err(Broken::Wall),
                _ => {}
            }
        }
    }

    fn readable_within(&self, timeout: Duration) -> io::Result<bool> {
        let mut fds = [PollFd::new(&self.socket, PollFlags::IN)];
        let timeout = Timespec { tv_sec: timeout.as_secs() as i64, tv_nsec: i64::from(timeout.subsec_nanos()) };
        match poll(&mut fds, Some(&timeout)) {
            Ok(ready) => Ok(ready > 0),
            Err(rustix::io::Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may be gone already; either way it must not stay a zombie.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
