//! Worker processes: the program re-executed, one guest loaded, one execution at a time.
//!
//! Instantiating is mostly work on memory maps, for which the threads of one process compete in the kernel; processes do not. A worker reads frames from its
//! standard input, which is a socket to its parent, and leaves when the parent does.

use crate::Recipe;
use crate::execution::{Execution, Request, SandboxError};
use crate::limits::Limits;
use crate::machine::{Machine, THREAD_STACK_BYTES};
use crate::residency::{LEARNING_RUNS, Residency};
use crate::sandbox::Cancel;
use crate::store::Control;
use crate::walls::Walls;
use crossbeam_channel::{Receiver, Sender};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// From parent to worker.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ToWorker {
    Execute(Request),
    /// Stop what is running, if anything is.
    Cancel,
}

/// From worker to parent.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum FromWorker {
    /// The guest is loaded, and these walls stand.
    Ready(Walls),
    /// It cannot be: the worker leaves.
    Failed(SandboxError),
    Done(Box<Result<Execution, SandboxError>>),
    /// A defect in this program: the worker leaves.
    Panicked(String),
}

/// Two instances for tests that are code, one for everything else.
const INSTANCES: u32 = 2;

/// What a process started as a sandbox worker does until its parent goes away. Its arguments are the guest's name and the path of the compiled guest.
///
/// # Errors
/// If standard input is no socket, or the guest cannot be loaded; the parent has been told.
pub fn serve(guest: &str, module: &Path) -> Result<(), SandboxError> {
    let mut walls = Walls::raise_first();
    let mut socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned().map_err(start)?);
    let served = prepare(guest, module, &mut walls, &socket).and_then(|worker| {
        write_frame(&mut socket, &FromWorker::Ready(walls)).map_err(start)?;
        worker.read(&mut socket);
        Ok(())
    });
    if let Err(error) = &served {
        // If this fails too, the parent is gone.
        let _ = write_frame(&mut socket, &FromWorker::Failed(error.clone()));
    }
    served
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` gives")]
fn start(error: impl ToString) -> SandboxError {
    SandboxError::Start { message: error.to_string() }
}

/// Loads the guest and raises the walls behind it.
fn prepare(guest: &str, module: &Path, walls: &mut Walls, socket: &UnixStream) -> Result<Worker, SandboxError> {
    report_panics(socket.try_clone().map_err(start)?);
    let recipe = Recipe::find(guest).ok_or_else(|| start(format!("there is no guest `{guest}`")))?;
    let machine = Arc::new(Machine::load(recipe, module, INSTANCES)?);
    let (cancel, mut replies) = (Arc::new(AtomicBool::new(false)), socket.try_clone().map_err(start)?);
    let control = Control { cancel: Cancel::by(&cancel), deadline: None };
    let (warm_machine, warm_control, guest) = (Arc::clone(&machine), control.clone(), module.to_owned());
    // A compiler and its programs take turns in their slots, and have images of many megabytes.
    let residency = if recipe.is_toolchain() { Residency::none() } else { Residency::new(&guest) };
    let warming = thread("warm-up", move || warm_up(&warm_machine, &warm_control, residency))?;
    let residency = warming.join().map_err(|_| start("the first execution panicked"))??;
    walls.raise_after_loading();
    let (jobs, queue) = crossbeam_channel::unbounded();
    let (started, runs) = crossbeam_channel::bounded::<()>(0);
    let runner = Arc::clone(&machine);
    thread("guest", move || {
        drop(started);
        run(&runner, &queue, &control, &mut replies, residency);
    })?;
    // Ends with the drop above, when the thread has made all the system calls of a thread that starts.
    let _ = runs.recv();
    walls.close(recipe.is_toolchain());
    Ok(Worker { machine, cancel, jobs })
}

fn thread<T: Send + 'static>(name: &str, body: impl FnOnce() -> T + Send + 'static) -> Result<JoinHandle<T>, SandboxError> {
    std::thread::Builder::new().name(name.to_owned()).stack_size(THREAD_STACK_BYTES).spawn(body).map_err(start)
}

/// Runs enough programs for everything to be open and mapped that later ones need: behind the walls nothing is opened.
fn warm_up(machine: &Machine, control: &Control, mut residency: Residency) -> Result<Residency, SandboxError> {
    let (source, job) = machine.warm_up();
    let request = Request { language: machine.language(), source: source.into(), job, limits: Limits::default() };
    for _ in 0..=LEARNING_RUNS {
        let (result, spent) = machine.execute(&request, control);
        result?;
        residency.recycle(spent);
    }
    residency.seal();
    Ok(residency)
}

/// A panic in any thread is told to the parent, and ends the process: its standard error goes nowhere.
fn report_panics(socket: UnixStream) {
    std::panic::set_hook(Box::new(move |panic| {
        let _ = write_frame(&mut &socket, &FromWorker::Panicked(panic.to_string()));
        std::process::exit(101);
    }));
}

/// A worker whose guest is loaded.
struct Worker {
    machine: Arc<Machine>,
    cancel: Arc<AtomicBool>,
    jobs: Sender<Request>,
}

impl Worker {
    /// Passes on what the parent sends, until it is gone.
    fn read(&self, requests: &mut UnixStream) {
        loop {
            match read_frame(requests) {
                Ok(ToWorker::Execute(request)) => {
                    self.cancel.store(false, Ordering::Release);
                    if self.jobs.send(request).is_err() {
                        return;
                    }
                }
                Ok(ToWorker::Cancel) => {
                    self.cancel.store(true, Ordering::Release);
                    self.machine.tick();
                }
                Err(_) => return,
            }
        }
    }
}

fn run(machine: &Machine, queue: &Receiver<Request>, control: &Control, replies: &mut UnixStream, mut residency: Residency) {
    for request in queue {
        let (result, spent) = machine.execute(&request, control);
        let replied = write_frame(replies, &FromWorker::Done(Box::new(result)));
        residency.recycle(spent);
        if replied.is_err() {
            return;
        }
    }
}

/// Writes a length in 8 bytes, little-endian, and the message in postcard's encoding.
pub(crate) fn write_frame(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut frame = postcard::to_extend(message, vec![0; 8]).map_err(io::Error::other)?;
    let length = (frame.len() - 8) as u64;
    frame[..8].copy_from_slice(&length.to_le_bytes());
    to.write_all(&frame)
}

/// Reads what [`write_frame`] wrote.
pub(crate) fn read_frame<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let mut message = Vec::new();
    let length = u64::from_le_bytes(length);
    if from.take(length).read_to_end(&mut message)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    postcard::from_bytes(&message).map_err(io::Error::other)
}
