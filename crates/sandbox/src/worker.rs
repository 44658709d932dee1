//! Worker processes: the program re-executed, one guest loaded, one execution at a time.
//!
//! Instantiating is mostly work on memory maps, for which the threads of one process compete in the kernel; processes do not. A worker reads frames from its
//! standard input, which is a socket to its parent, and leaves when the parent does.

use crate::execution::{Execution, Request, SandboxError};
use crate::instance::Control;
use crate::machine::{Machine, THREAD_STACK_BYTES};
use crate::residency::Residency;
use crate::sandbox::Cancel;
use crossbeam_channel::Receiver;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
    /// The guest is loaded.
    Ready,
    Done(Box<Result<Execution, SandboxError>>),
}

/// Two instances for tests that are code, one for everything else.
const INSTANCES: u32 = 2;

/// What a process started as a sandbox worker does until its parent goes away: the path of the compiled guest is its only argument.
///
/// # Errors
/// If standard input is no socket, or the guest cannot be loaded.
pub fn serve(module: &Path) -> Result<(), SandboxError> {
    let start = |error: io::Error| SandboxError::Start { message: error.to_string() };
    let mut requests = UnixStream::from(io::stdin().as_fd().try_clone_to_owned().map_err(start)?);
    let mut replies = requests.try_clone().map_err(start)?;
    let machine = Arc::new(Machine::load(module, INSTANCES)?);
    let (jobs, queue) = crossbeam_channel::unbounded();
    let cancel = Arc::new(AtomicBool::new(false));
    let control = Control { cancel: Cancel::by(&cancel), deadline: None };
    let runner = Arc::clone(&machine);
    let guest = module.to_owned();
    write_frame(&mut replies, &FromWorker::Ready).map_err(start)?;
    std::thread::Builder::new()
        .name("guest".to_owned())
        .stack_size(THREAD_STACK_BYTES)
        .spawn(move || run(&runner, &queue, &control, &mut replies, Residency::new(&guest)))
        .map_err(start)?;
    loop {
        match read_frame(&mut requests) {
            Ok(ToWorker::Execute(request)) => {
                cancel.store(false, Ordering::Release);
                if jobs.send(request).is_err() {
                    return Ok(());
                }
            }
            Ok(ToWorker::Cancel) => {
                cancel.store(true, Ordering::Release);
                machine.tick();
            }
            Err(_) => return Ok(()),
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
