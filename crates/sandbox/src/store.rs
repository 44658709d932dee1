//! What the host keeps for one instance, whatever kind of guest it is of: bounds, streams, and what ended it.

use crate::instance::Instance;
use crate::preview1::Files;
use crate::quickjs::Channel;
use crate::sandbox::Cancel;
use crate::wasi::Wasi;
use crate::{Exit, Limit, Limits, SandboxError};
use std::sync::Arc;
use std::time::Instant;
use wasmtime::{Engine, ResourceLimiter, Store, Trap, UpdateDeadline};

/// What may stop an execution from outside.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    pub(crate) cancel: Cancel,
    /// When the wall-clock backstop is reached; None where another process watches it.
    pub(crate) deadline: Option<Instant>,
}

impl Control {
    /// Nothing and nobody does.
    pub(crate) fn none() -> Self {
        Self { cancel: Cancel::by(&Arc::default()), deadline: None }
    }
}

/// What the host keeps for one instance.
pub(crate) struct Guest {
    pub(crate) wasi: Wasi,
    /// Arguments and files, for guests that are core modules.
    pub(crate) files: Files,
    /// What an instance of JavaScript's guest is asked and answers.
    pub(crate) quickjs: Channel,
    pub(crate) memory: Memory,
    /// In an instance that holds tests: the one that holds the program.
    pub(crate) program: Option<Box<Instance>>,
}

/// Bytes of a text of the guest's own choosing that are kept: names and messages, which go into every result.
const TEXT_BYTES: usize = 4096;

pub(crate) fn clipped(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(TEXT_BYTES));
    text
}

/// Counts linear memory, and refuses more than the limit.
pub(crate) struct Memory {
    limit: usize,
    used: usize,
    pub(crate) peak: usize,
    pub(crate) refused: bool,
    /// Memory within the limit that the system did not give.
    failed: Option<String>,
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        let used = self.used + (desired - current);
        if used > self.limit || maximum.is_some_and(|maximum| desired > maximum) {
            self.refused = true;
            return Ok(false);
        }
        self.used = used;
        self.peak = self.peak.max(used);
        Ok(true)
    }

    /// What was permitted above failed: a fault of the machine, which must not look like one of the program.
    fn memory_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        self.failed = Some(format!("linear memory cannot grow: {error:#}"));
        Err(error)
    }

    fn table_growing(&mut self, _current: usize, _desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(true)
    }
}

/// The guest wrote more than it may.
#[derive(Debug, thiserror::Error)]
#[error("output limit reached")]
pub(crate) struct OutputFull;

/// The guest asked the system to end its process.
#[derive(Debug, thiserror::Error)]
#[error("exit {0}")]
pub(crate) struct ExitCalled(pub(crate) i32);

/// Somebody stopped the execution.
#[derive(Debug, thiserror::Error)]
#[error("stopped from outside")]
pub(crate) struct Stopped(SandboxError);

/// An empty store under these limits, with fuel for an instantiation that needs no end: call [`begin`] when the instance is made.
pub(crate) fn open(engine: &Engine, limits: &Limits, control: &Control, stdin: Arc<[u8]>) -> Result<Store<Guest>, SandboxError> {
    let memory =
        Memory { limit: usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX), used: 0, peak: 0, refused: false, failed: None };
    let wasi = Wasi::new(stdin, limits.output_bytes, limits.fuel);
    let mut store = Store::new(engine, Guest { wasi, files: Files::default(), quickjs: Channel::default(), memory, program: None });
    store.limiter(|guest| &mut guest.memory);
    // Instantiation runs no code of the program, and must not fail for want of fuel.
    store.set_fuel(u64::MAX).map_err(engine_failed)?;
    store.set_epoch_deadline(1);
    let (control, wall_ms) = (control.clone(), limits.wall.as_millis() as u64);
    store.epoch_deadline_callback(move |_| {
        if control.cancel.is_set() {
            return Err(Stopped(SandboxError::Cancelled).into());
        }
        if control.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Stopped(SandboxError::Wall { wall_ms }).into());
        }
        Ok(UpdateDeadline::Continue(1))
    });
    Ok(store)
}

/// Gives an instance that has been made the fuel of its limits.
pub(crate) fn begin(store: &mut Store<Guest>) -> Result<(), SandboxError> {
    let fuel = store.data().wasi.fuel_limit();
    store.set_fuel(fuel).map_err(engine_failed)
}

/// Units of fuel used since [`begin`].
pub(crate) fn fuel_used(store: &Store<Guest>) -> u64 {
    store.data().wasi.fuel_limit().saturating_sub(store.get_fuel().unwrap_or(0))
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` gives")]
pub(crate) fn engine_failed(error: wasmtime::Error) -> SandboxError {
    SandboxError::Engine { message: format!("{error:#}") }
}

/// Instances that have been used. Dropping them gives their memory back.
pub(crate) struct Spent(pub(crate) Vec<Store<Guest>>);

impl Spent {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// How guest code ended, from the error that ended it.
pub(crate) fn exit_of(error: &wasmtime::Error, store: &Store<Guest>) -> Result<Exit, SandboxError> {
    if let Some(ExitCalled(status)) = error.downcast_ref() {
        return Ok(Exit::Status(*status));
    }
    if error.is::<OutputFull>() {
        return Ok(Exit::Exceeded(Limit::Output));
    }
    if let Some(Stopped(why)) = error.downcast_ref() {
        return Err(why.clone());
    }
    if let Some(message) = &store.data().memory.failed {
        return Err(SandboxError::Engine { message: message.clone() });
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => Ok(Exit::Exceeded(Limit::Fuel)),
        Some(_) if store.data().memory.refused => Ok(Exit::Exceeded(Limit::Memory)),
        Some(trap) => Ok(Exit::Trap(trap.to_string())),
        // Whatever else ends a call into a guest is the guest's doing: a function of WASI that is not there (`Linker::define_unknown_imports_as_traps`), text
        // that is no UTF-8, a question to an instance that is not there. As an error it would let a program choose to have no score.
        None => Ok(Exit::Trap(format!("{error:#}"))),
    }
}
