//! The parent's side of worker processes: threads fed from one queue, each with one worker for every guest that it has needed, of which one at a time is at work.

use crate::execution::{Execution, SandboxError};
use crate::guests::{GuestModule, Shelf};
use crate::sandbox::{Task, WorkerCommand};
use crate::walls::Walls;
use crate::worker::{FromWorker, ToWorker, read_frame, write_frame};
use crossbeam_channel::{Receiver, Sender};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::collections::BTreeMap;
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

/// Serves tasks with worker processes until the queue is closed. `report` hears how the first start went, which is that of the shelf's first guest.
pub(crate) fn serve(shelf: &Shelf, command: &WorkerCommand, queue: &Receiver<Task>, report: &Sender<Result<Walls, SandboxError>>) {
    // Started before the first task, so that it does not pay for the start. If that fails, the task tries again.
    let started = Worker::start(shelf.first(), command);
    // Nobody listens once the sandbox is being dropped.
    let _ = report.send(started.as_ref().map(|worker| worker.walls.clone()).map_err(Clone::clone));
    let mut workers = Workers::from([(shelf.first().recipe().name(), started.ok())]);
    for task in queue {
        let result =
            if task.cancel.is_set() { Err(SandboxError::Cancelled) } else { find_and_perform(shelf, command, &mut workers, &task) };
        // Nobody waits any more: nothing is lost.
        let _ = task.reply.send(result);
    }
}

/// The workers of one thread, by guest.
type Workers = BTreeMap<&'static str, Option<Worker>>;

fn find_and_perform(shelf: &Shelf, command: &WorkerCommand, workers: &mut Workers, task: &Task) -> Result<Execution, SandboxError> {
    let guest = shelf.get_for(&task.request)?;
    perform(&guest, command, workers.entry(guest.recipe().name()).or_default(), task)
}

/// Why a worker has to be replaced.
enum Broken {
    /// How.
    Died(String),
    Wall,
    CancelIgnored,
}

/// Tries a task on the current worker and, if that one breaks, once more on a new one.
fn perform(guest: &GuestModule, command: &WorkerCommand, worker: &mut Option<Worker>, task: &Task) -> Result<Execution, SandboxError> {
    let mut last = Broken::CancelIgnored;
    for _ in 0..2 {
        let current = match worker {
            Some(current) => current,
            None => worker.insert(Worker::start(guest, command)?),
        };
        match current.execute(task, guest.recipe().extra_wall()) {
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
        Broken::Died(how) => SandboxError::WorkerDied { how },
        Broken::CancelIgnored => SandboxError::Cancelled,
    })
}

/// A running worker process. Dropping it ends the process.
struct Worker {
    child: Child,
    socket: UnixStream,
    walls: Walls,
}

impl Worker {
    fn start(guest: &GuestModule, command: &WorkerCommand) -> Result<Self, SandboxError> {
        let fail = |message: String| SandboxError::Start { message: format!("{}: {message}", command.program.display()) };
        let fail_io = |error: io::Error| fail(error.to_string());
        let (ours, theirs) = UnixStream::pair().map_err(fail_io)?;
        let child = Command::new(&command.program)
            .args(&command.args)
            .arg(guest.recipe().name())
            .arg(guest.path())
            .env_clear()
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            // Its words arrive through the socket, so that it holds nothing else of its parent's.
            .stderr(Stdio::null())
            .spawn()
            .map_err(fail_io)?;
        let mut worker = Self { child, socket: ours, walls: Walls::default() };
        if !worker.readable_within(START).map_err(fail_io)? {
            return Err(fail(format!("it is not ready after {} s", START.as_secs())));
        }
        match read_frame(&mut worker.socket) {
            Ok(FromWorker::Ready(walls)) => worker.walls = walls,
            Ok(FromWorker::Failed(error)) => return Err(error),
            Ok(FromWorker::Panicked(message)) => return Err(fail(message)),
            Ok(FromWorker::Done(_)) => return Err(fail("it answered before it was asked".to_owned())),
            Err(_) => return Err(fail(worker.end())),
        }
        match worker.walls.missing().first() {
            Some(missing) if command.require_walls => Err(SandboxError::WallMissing { wall: missing.clone() }),
            _ => Ok(worker),
        }
    }

    fn execute(&mut self, task: &Task, extra_wall: Duration) -> Result<Result<Execution, SandboxError>, Broken> {
        let message = ToWorker::Execute(task.request.clone());
        write_frame(&mut self.socket, &message).map_err(|_| self.died())?;
        let started = Instant::now();
        let mut cancelled_at: Option<Instant> = None;
        loop {
            if self.readable_within(LOOK).map_err(|_| self.died())? {
                return match read_frame(&mut self.socket) {
                    Ok(FromWorker::Done(result)) => Ok(*result),
                    Ok(FromWorker::Panicked(message)) => Err(Broken::Died(message)),
                    Ok(FromWorker::Ready(_) | FromWorker::Failed(_)) | Err(_) => Err(self.died()),
                };
            }
            match cancelled_at {
                None if task.cancel.is_set() => {
                    cancelled_at = Some(Instant::now());
                    write_frame(&mut self.socket, &ToWorker::Cancel).map_err(|_| self.died())?;
                }
                Some(at) if at.elapsed() > GRACE => return Err(Broken::CancelIgnored),
                _ if started.elapsed() > task.request.limits.wall + extra_wall => return Err(Broken::Wall),
                _ => {}
            }
        }
    }

    fn died(&mut self) -> Broken {
        Broken::Died(self.end())
    }

    /// Ends the process if it has not ended by itself, and says how it ended.
    fn end(&mut self) -> String {
        // It may be gone already; either way it must not stay a zombie.
        let _ = self.child.kill();
        self.child.wait().map_or_else(|error| error.to_string(), |status| format!("it ended with {status}"))
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
        self.end();
    }
}
