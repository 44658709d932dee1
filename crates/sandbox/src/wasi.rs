//! The part of WASI 0.2 that guests use: three streams, a clock, random bytes, exit. Everything else that a component imports traps when called.
//!
//! Written here rather than taken from wasmtime-wasi because verdicts depend on it: the clock is virtual and advances with fuel and with sleeping, random
//! bytes come from a fixed seed, there are no environment variables, arguments, files or sockets, and nothing is asynchronous. Names and signatures are those
//! of the specification (<https://github.com/WebAssembly/WASI/tree/v0.2.9>).

use crate::limits::FUEL_PER_CPU_SECOND;
use crate::store::{Guest, OutputFull};
use std::sync::Arc;
use wasmtime::component::{ComponentType, Lift, Linker, Lower, Resource, ResourceType};
use wasmtime::{Result, StoreContextMut};

/// The version that the Python guest imports. A guest that imports another does not instantiate, and its build says so.
const VERSION: &str = "0.2.9";

/// 2026-01-01T00:00:00Z in nanoseconds: where every program's clock starts.
pub(crate) const EPOCH_NS: u64 = 1_767_225_600_000_000_000;

/// How many bytes a guest may write at once.
const WRITE_CHUNK: u64 = 1 << 20;

/// State behind the functions below, one per instance.
#[derive(Debug)]
pub(crate) struct Wasi {
    stdin: Arc<[u8]>,
    stdin_at: usize,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    output_left: u64,
    /// Whether output beyond the limit is dropped instead of ending the instance.
    drops_output: bool,
    fuel_limit: u64,
    slept_ns: u64,
    random: u64,
}

impl Wasi {
    pub(crate) fn new(stdin: Arc<[u8]>, output_bytes: u64, fuel_limit: u64) -> Self {
        Self {
            stdin,
            stdin_at: 0,
            stdout: Vec::new(),
            stderr: Vec::new(),
            output_left: output_bytes,
            drops_output: false,
            fuel_limit,
            slept_ns: 0,
            random: 0x6761_7665_6c00_0001,
        }
    }

    /// Lets the guest write on beyond its limit, to nowhere.
    pub(crate) fn drop_output(&mut self) {
        self.drops_output = true;
    }

    /// Moves the clock.
    pub(crate) fn sleep(&mut self, ns: u64) {
        self.slept_ns = self.slept_ns.saturating_add(ns).min(u64::MAX / 4);
    }

    pub(crate) fn fuel_limit(&self) -> u64 {
        self.fuel_limit
    }

    pub(crate) fn write(&mut self, stream: Stream, bytes: &[u8]) -> Result<()> {
        let sink = if stream == Stream::Stderr { &mut self.stderr } else { &mut self.stdout };
        let fits = (bytes.len() as u64).min(self.output_left);
        sink.extend(&bytes[..fits as usize]);
        self.output_left -= fits;
        if fits < bytes.len() as u64 && !self.drops_output { Err(OutputFull.into()) } else { Ok(()) }
    }

    pub(crate) fn read(&mut self, most: u64) -> Option<Vec<u8>> {
        let left = &self.stdin[self.stdin_at..];
        if left.is_empty() {
            return None;
        }
        let count = left.len().min(usize::try_from(most).unwrap_or(usize::MAX));
        self.stdin_at += count;
        Some(left[..count].to_vec())
    }

    /// SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2714064.2660195).
    pub(crate) fn random_bytes(&mut self, count: u64) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count as usize);
        while (bytes.len() as u64) < count {
            self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = self.random;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            bytes.extend((word ^ (word >> 31)).to_le_bytes());
        }
        bytes.truncate(count as usize);
        bytes
    }
}

/// Nanoseconds since the instance began: fuel at the reference rate, and sleep.
pub(crate) fn now(store: &StoreContextMut<'_, Guest>) -> u64 {
    let wasi = &store.data().wasi;
    let used = wasi.fuel_limit.saturating_sub(store.get_fuel().unwrap_or(0));
    (u128::from(used) * 1_000_000_000 / u128::from(FUEL_PER_CPU_SECOND)) as u64 + wasi.slept_ns
}

/// The three streams that an instance has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Stdin,
    Stdout,
    Stderr,
}

impl Stream {
    /// The one with this number.
    pub(crate) fn of_descriptor(number: u32) -> Option<Self> {
        match number {
            0 => Some(Self::Stdin),
            1 => Some(Self::Stdout),
            2 => Some(Self::Stderr),
            _ => None,
        }
    }

    fn of<T>(handle: &Resource<T>) -> Self {
        match handle.rep() {
            0 => Self::Stdin,
            2 => Self::Stderr,
            _ => Self::Stdout,
        }
    }
}

// Types of resources. Handles carry all there is to know in their number, so no table is needed: a stream its descriptor, a pollable nothing.
struct InputStream;
struct OutputStream;
struct IoError;
struct Pollable;
struct Terminal;
struct Descriptor;

#[derive(Debug, ComponentType, Lift, Lower)]
#[component(variant)]
enum StreamError {
    #[component(name = "last-operation-failed")]
    LastOperationFailed(Resource<IoError>),
    #[component(name = "closed")]
    Closed,
}

#[derive(Clone, Copy, Debug, ComponentType, Lift, Lower)]
#[component(record)]
struct Datetime {
    seconds: u64,
    nanoseconds: u32,
}

/// Defines every function below in `linker`.
pub(crate) fn add_to_linker(linker: &mut Linker<Guest>) -> Result<()> {
    resources(linker)?;
    io(linker)?;
    clocks(linker)?;
    cli(linker)?;
    let mut random = linker.instance(&format!("wasi:random/random@{VERSION}"))?;
    random.func_wrap("get-random-bytes", |mut store: StoreContextMut<'_, Guest>, (count,): (u64,)| {
        // Linear memory could not hold more, and the host must not try.
        Ok((store.data_mut().wasi.random_bytes(count.min(1 << 24)),))
    })?;
    let mut preopens = linker.instance(&format!("wasi:filesystem/preopens@{VERSION}"))?;
    preopens.func_wrap("get-directories", |_, ()| Ok((Vec::<(Resource<Descriptor>, String)>::new(),)))
}

/// Every interface names the resources it uses; those that nothing here makes are defined because their types must agree between interfaces.
fn resources(linker: &mut Linker<Guest>) -> Result<()> {
    let (input, output) = (("input-stream", ResourceType::host::<InputStream>()), ("output-stream", ResourceType::host::<OutputStream>()));
    let (error, pollable) = (("error", ResourceType::host::<IoError>()), ("pollable", ResourceType::host::<Pollable>()));
    let (terminal_in, terminal_out) =
        (("terminal-input", ResourceType::host::<Terminal>()), ("terminal-output", ResourceType::host::<Terminal>()));
    let descriptor = ("descriptor", ResourceType::host::<Descriptor>());
    let uses: [(&str, &[(&str, ResourceType)]); 17] = [
        ("io/error", &[error]),
        ("io/poll", &[pollable]),
        ("io/streams", &[error, pollable, input, output]),
        ("clocks/monotonic-clock", &[pollable]),
        ("cli/stdin", &[input]),
        ("cli/stdout", &[output]),
        ("cli/stderr", &[output]),
        ("cli/terminal-input", &[terminal_in]),
        ("cli/terminal-output", &[terminal_out]),
        ("cli/terminal-stdin", &[terminal_in]),
        ("cli/terminal-stdout", &[terminal_out]),
        ("cli/terminal-stderr", &[terminal_out]),
        ("filesystem/types", &[descriptor, input, output]),
        ("filesystem/preopens", &[descriptor]),
        ("sockets/tcp", &[pollable, input, output]),
        ("sockets/udp", &[pollable]),
        ("sockets/ip-name-lookup", &[pollable]),
    ];
    for (interface, resources) in uses {
        let mut instance = linker.instance(&format!("wasi:{interface}@{VERSION}"))?;
        for (name, kind) in resources {
            instance.resource(name, *kind, |_, _| Ok(()))?;
        }
    }
    Ok(())
}

fn io(linker: &mut Linker<Guest>) -> Result<()> {
    let mut poll = linker.instance(&format!("wasi:io/poll@{VERSION}"))?;
    // Streams are always ready, and a sleeper is: creating its pollable already moved the clock (see `clocks`).
    poll.func_wrap("[method]pollable.block", |_, (_,): (Resource<Pollable>,)| Ok(()))?;
    poll.func_wrap("poll", |_, (pollables,): (Vec<Resource<Pollable>>,)| Ok(((0..pollables.len() as u32).collect::<Vec<u32>>(),)))?;

    let mut streams = linker.instance(&format!("wasi:io/streams@{VERSION}"))?;
    streams.func_wrap("[method]input-stream.read", |mut store: StoreContextMut<'_, Guest>, (_, most): (Resource<InputStream>, u64)| {
        Ok((store.data_mut().wasi.read(most).ok_or(StreamError::Closed),))
    })?;
    streams.func_wrap("[method]input-stream.subscribe", |_, (_,): (Resource<InputStream>,)| Ok((Resource::<Pollable>::new_own(0),)))?;
    streams
        .func_wrap("[method]output-stream.check-write", |_, (_,): (Resource<OutputStream>,)| Ok((Ok::<_, StreamError>(WRITE_CHUNK),)))?;
    for name in ["[method]output-stream.write", "[method]output-stream.blocking-write-and-flush"] {
        streams.func_wrap(name, |mut store: StoreContextMut<'_, Guest>, (stream, bytes): (Resource<OutputStream>, Vec<u8>)| {
            store.data_mut().wasi.write(Stream::of(&stream), &bytes)?;
            Ok((Ok::<(), StreamError>(()),))
        })?;
    }
    streams.func_wrap("[method]output-stream.blocking-flush", |_, (_,): (Resource<OutputStream>,)| Ok((Ok::<(), StreamError>(()),)))?;
    streams.func_wrap("[method]output-stream.subscribe", |_, (_,): (Resource<OutputStream>,)| Ok((Resource::<Pollable>::new_own(0),)))
}

fn clocks(linker: &mut Linker<Guest>) -> Result<()> {
    let mut monotonic = linker.instance(&format!("wasi:clocks/monotonic-clock@{VERSION}"))?;
    monotonic.func_wrap("now", |store: StoreContextMut<'_, Guest>, ()| Ok((now(&store),)))?;
    monotonic.func_wrap("resolution", |_, ()| Ok((1u64,)))?;
    // One thread, and nothing else that could become ready: whoever subscribes to a moment is about to wait for it.
    monotonic.func_wrap("subscribe-duration", |mut store: StoreContextMut<'_, Guest>, (ns,): (u64,)| {
        let wasi = &mut store.data_mut().wasi;
        wasi.sleep(ns);
        Ok((Resource::<Pollable>::new_own(0),))
    })?;
    monotonic.func_wrap("subscribe-instant", |mut store: StoreContextMut<'_, Guest>, (when,): (u64,)| {
        let wait = when.saturating_sub(now(&store));
        let wasi = &mut store.data_mut().wasi;
        wasi.sleep(wait);
        Ok((Resource::<Pollable>::new_own(0),))
    })?;
    let mut wall = linker.instance(&format!("wasi:clocks/wall-clock@{VERSION}"))?;
    wall.func_wrap("now", |store: StoreContextMut<'_, Guest>, ()| {
        let ns = EPOCH_NS.saturating_add(now(&store));
        Ok((Datetime { seconds: ns / 1_000_000_000, nanoseconds: (ns % 1_000_000_000) as u32 },))
    })?;
    wall.func_wrap("resolution", |_, ()| Ok((Datetime { seconds: 0, nanoseconds: 1 },)))
}

fn cli(linker: &mut Linker<Guest>) -> Result<()> {
    let mut environment = linker.instance(&format!("wasi:cli/environment@{VERSION}"))?;
    environment.func_wrap("get-environment", |_, ()| Ok((Vec::<(String, String)>::new(),)))?;
    environment.func_wrap("get-arguments", |_, ()| Ok((Vec::<String>::new(),)))?;
    linker.instance(&format!("wasi:cli/exit@{VERSION}"))?.func_wrap("exit", |_, (status,): (std::result::Result<(), ()>,)| {
        Err::<(), _>(crate::store::ExitCalled(i32::from(status.is_err())).into())
    })?;

    let mut stdin = linker.instance(&format!("wasi:cli/stdin@{VERSION}"))?;
    stdin.func_wrap("get-stdin", |_, ()| Ok((Resource::<InputStream>::new_own(0),)))?;
    for (name, number) in [("stdout", 1), ("stderr", 2)] {
        let mut output = linker.instance(&format!("wasi:cli/{name}@{VERSION}"))?;
        output.func_wrap(&format!("get-{name}"), move |_, ()| Ok((Resource::<OutputStream>::new_own(number),)))?;
    }
    for name in ["stdin", "stdout", "stderr"] {
        let mut terminal = linker.instance(&format!("wasi:cli/terminal-{name}@{VERSION}"))?;
        terminal.func_wrap(&format!("get-terminal-{name}"), |_, ()| Ok((None::<Resource<Terminal>>,)))?;
    }
    Ok(())
}
