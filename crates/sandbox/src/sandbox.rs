//! The way in: a queue of executions and the processes or threads that perform them.

use crate::execution::{Execution, Request, SandboxError};
use crate::guests::{GuestModule, Shelf};
use crate::machine::{Machine, THREAD_STACK_BYTES};
use crate::pool;
use crate::store::Control;
use crate::walls::Walls;
use crossbeam_channel::{Receiver, Sender};
use std::collections::btree_map::{BTreeMap, Entry};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Executes untrusted programs, each in fresh instances of a guest. Any number of threads may use it; an execution waits for its turn in one queue.
#[derive(Debug)]
pub struct Sandbox {
    queue: Option<Sender<Task>>,
    threads: Vec<JoinHandle<()>>,
    ticker: Option<Ticker>,
    guest_digest: String,
    starts: Starts,
}

/// How the first starts of the workers went, as far as they have been awaited.
#[derive(Debug)]
struct Starts {
    reports: Receiver<Result<Walls, SandboxError>>,
    walls: OnceLock<Result<Walls, SandboxError>>,
}

/// How worker processes are started: usually this very program with an argument that makes it call [`serve_worker`](crate::serve_worker).
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    /// The program.
    pub program: PathBuf,
    /// Its arguments; the guest's name and its path are appended.
    pub args: Vec<OsString>,
    /// Whether a worker around which a [`Wall`](crate::Wall) is missing is no worker: it is an error of the executions that need it.
    pub require_walls: bool,
}

/// An execution in the queue.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) request: Request,
    pub(crate) cancel: Cancel,
    pub(crate) reply: Sender<Result<Execution, SandboxError>>,
}

/// Either of two flags: the caller's own, and that nobody waits any more.
#[derive(Clone, Debug)]
pub(crate) struct Cancel {
    by_caller: Arc<AtomicBool>,
    abandoned: Arc<AtomicBool>,
}

impl Cancel {
    pub(crate) fn is_set(&self) -> bool {
        self.by_caller.load(Ordering::Acquire) || self.abandoned.load(Ordering::Acquire)
    }

    /// A flag that only its holder sets.
    pub(crate) fn by(flag: &Arc<AtomicBool>) -> Self {
        Self { by_caller: Arc::clone(flag), abandoned: Arc::default() }
    }
}

/// An execution that was submitted. Dropping it withdraws the execution.
#[derive(Debug)]
pub struct Pending {
    result: Receiver<Result<Execution, SandboxError>>,
    abandoned: Arc<AtomicBool>,
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.abandoned.store(true, Ordering::Release);
    }
}

impl Pending {
    /// Blocks until it is done.
    ///
    /// # Errors
    /// Whatever kept it from being done; see [`SandboxError`].
    pub fn wait(self) -> Result<Execution, SandboxError> {
        self.result.recv().unwrap_or_else(|_| Err(SandboxError::WorkerDied { how: "the thread that serves it ended".to_owned() }))
    }
}

impl Sandbox {
    /// A sandbox that runs `count` programs at once, one for each core that may be busy, each in a worker process. `guest` is started now; guests of other
    /// languages come from the same cache folder when a program needs one, with a worker of their own. A worker that dies, or outlasts the wall clock, is
    /// replaced and its execution tried once more.
    ///
    /// # Errors
    /// If threads cannot be started. A worker that cannot be started is an error of the executions that need it.
    pub fn with_workers(guest: &GuestModule, count: usize, command: &WorkerCommand) -> Result<Self, SandboxError> {
        let shelf = Shelf::new(guest);
        let (sender, receiver) = crossbeam_channel::unbounded();
        let (report, reports) = crossbeam_channel::unbounded();
        let threads = (0..count.max(1))
            .map(|number| {
                let (shelf, command, receiver, report) = (shelf.clone(), command.clone(), receiver.clone(), report.clone());
                spawn(format!("sandbox-{number}"), 1 << 20, move || pool::serve(&shelf, &command, &receiver, &report))
            })
            .collect::<Result<_, _>>()?;
        let starts = Starts { reports, walls: OnceLock::new() };
        Ok(Self { queue: Some(sender), threads, ticker: None, guest_digest: guest.digest().to_owned(), starts })
    }

    /// A sandbox of `count` threads in this process, for tests and small tools: a defect that crashes the engine crashes the caller too, and more threads
    /// do not execute more programs a second.
    ///
    /// # Errors
    /// If the guest cannot be loaded.
    pub fn in_process(guest: &GuestModule, count: usize) -> Result<Self, SandboxError> {
        let count = count.max(1);
        let machines = Arc::new(Machines { shelf: Shelf::new(guest), instances: 2 * count as u32, loaded: Mutex::default() });
        machines.get(guest)?;
        let (sender, receiver) = crossbeam_channel::unbounded::<Task>();
        let threads = (0..count)
            .map(|number| {
                let (machines, receiver) = (Arc::clone(&machines), receiver.clone());
                spawn(format!("sandbox-{number}"), THREAD_STACK_BYTES, move || serve_in_process(&machines, &receiver))
            })
            .collect::<Result<_, _>>()?;
        let starts = Starts { reports: crossbeam_channel::never(), walls: OnceLock::from(Ok(Walls::none())) };
        Ok(Self { queue: Some(sender), threads, ticker: Some(Ticker::start(machines)?), guest_digest: guest.digest().to_owned(), starts })
    }

    /// Queues an execution. Setting `cancel` withdraws it, also while it runs.
    pub fn submit(&self, request: Request, cancel: Arc<AtomicBool>) -> Pending {
        let (reply, result) = crossbeam_channel::bounded(1);
        let queue = self.queue.as_ref().expect("the queue is only taken by drop");
        let cancel = Cancel { by_caller: cancel, abandoned: Arc::default() };
        let abandoned = Arc::clone(&cancel.abandoned);
        // A queue whose threads are all gone drops the task, and `wait` says so.
        let _ = queue.send(Task { request, cancel, reply });
        Pending { result, abandoned }
    }

    /// Queues an execution and blocks until it is done.
    ///
    /// # Errors
    /// Whatever kept it from being done; see [`SandboxError`].
    pub fn execute(&self, request: Request) -> Result<Execution, SandboxError> {
        self.submit(request, Arc::default()).wait()
    }

    /// How many executions can run at once.
    pub fn width(&self) -> usize {
        self.threads.len()
    }

    /// Which walls stand around the workers. Blocks until one has started; the others, of the same program on the same system, have the same.
    ///
    /// # Errors
    /// If that worker could not be started.
    pub fn walls(&self) -> Result<Walls, SandboxError> {
        let first =
            || self.starts.reports.recv().unwrap_or_else(|_| Err(SandboxError::Start { message: "no worker was started".to_owned() }));
        self.starts.walls.get_or_init(first).clone()
    }

    /// The digest of the guest: verdicts may differ between guests of different digests.
    pub fn guest_digest(&self) -> &str {
        &self.guest_digest
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
        self.ticker = None;
    }
}

fn spawn(name: String, stack_bytes: usize, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, SandboxError> {
    std::thread::Builder::new()
        .name(name)
        .stack_size(stack_bytes)
        .spawn(body)
        .map_err(|error| SandboxError::Start { message: error.to_string() })
}

/// The guests loaded in this process.
struct Machines {
    shelf: Shelf,
    instances: u32,
    loaded: Mutex<BTreeMap<&'static str, Arc<Machine>>>,
}

impl Machines {
    fn get(&self, guest: &GuestModule) -> Result<Arc<Machine>, SandboxError> {
        match self.loaded.lock().unwrap_or_else(PoisonError::into_inner).entry(guest.recipe().name()) {
            Entry::Occupied(known) => Ok(Arc::clone(known.get())),
            Entry::Vacant(new) => Ok(Arc::clone(new.insert(Arc::new(Machine::load(guest.recipe(), guest.path(), self.instances)?)))),
        }
    }

    fn tick(&self) {
        self.loaded.lock().unwrap_or_else(PoisonError::into_inner).values().for_each(|machine| machine.tick());
    }
}

fn serve_in_process(machines: &Machines, queue: &Receiver<Task>) {
    for Task { request, cancel, reply } in queue {
        let result = if cancel.is_set() {
            Err(SandboxError::Cancelled)
        } else {
            let found = machines.shelf.get_for(&request);
            found.and_then(|guest| {
                let deadline = Instant::now() + request.limits.wall + guest.recipe().extra_wall();
                let control = Control { cancel, deadline: Some(deadline) };
                machines.get(&guest)?.execute(&request, &control).0
            })
        };
        let _ = reply.send(result);
    }
}

/// Makes running executions look at their deadlines, about a hundred times a second.
#[derive(Debug)]
struct Ticker {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    fn start(machines: Arc<Machines>) -> Result<Self, SandboxError> {
        let (stop, stopped) = crossbeam_channel::bounded::<()>(0);
        let thread = spawn("sandbox-ticker".to_owned(), 1 << 20, move || {
            while stopped.recv_timeout(Duration::from_millis(10)) == Err(crossbeam_channel::RecvTimeoutError::Timeout) {
                machines.tick();
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
