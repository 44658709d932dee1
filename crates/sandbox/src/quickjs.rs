//! The JavaScript guest: QuickJS-NG as a core module, with the driver in `sandboxes/javascript/driver` already loaded.
//!
//! It does what guests of the world `guest` do (`run`, `load`, `serve`, `check`) by three functions of the driver: `start` begins an operation, `step` is a turn of
//! the event loop, `end` says how it went. The driver in turn asks the host through one import, `host_call`. Promises' jobs and rejections that nothing
//! handled are looked after here, because only the engine sees them.

mod host;
mod snapshot;

pub(crate) use host::add_to_linker;
pub(crate) use snapshot::freeze;

use crate::instance::bindings::gavel::guest::types::{Ending, Failure};
use crate::store::Guest;
use crate::value::{self, Value};
use std::collections::BTreeMap;
use std::sync::Arc;
use wasmtime::{AsContextMut, Instance, Memory, Result, Store, TypedFunc};

/// Where in memory the snapshot keeps what an instance needs: in the first stack, which is not used any more.
const TABLE: u32 = 1024;

/// Functions of the driver, in the order in which the table at [`TABLE`] holds them.
const ENTRIES: [&str; 5] = ["start", "step", "rejected", "end", "moduleSource"];

/// What an instance is asked, and what it answered.
#[derive(Default)]
pub(crate) struct Channel {
    /// Texts that the driver asks for by number, the name of the operation first.
    input: Vec<Arc<str>>,
    message: Vec<u8>,
    answer: Option<Vec<u8>>,
    /// Rejected promises that nobody handles yet, by identity.
    rejections: BTreeMap<u32, Rejection>,
    api: Option<Arc<Api>>,
}

/// A rejected promise.
struct Rejection {
    /// How many there were before it.
    number: usize,
    /// Boxes of the promise, which keeps its identity from being given to another one, and of the reason.
    promise: u32,
    reason: u32,
}

/// Functions that the module exports. Every value is a pointer to a box on its heap that holds a JavaScript value; whoever gets one frees it.
pub(crate) struct Api {
    memory: Memory,
    /// The driver's functions.
    entries: [u32; ENTRIES.len()],
    undefined: u32,
    malloc: TypedFunc<u32, u32>,
    free: TypedFunc<u32, ()>,
    eval: TypedFunc<(u32, u32, u32, u32), u32>,
    call: TypedFunc<(u32, u32, u32, u32), u32>,
    is_exception: TypedFunc<u32, u32>,
    exception: TypedFunc<(), u32>,
    new_string: TypedFunc<(u32, u32), u32>,
    new_number: TypedFunc<f64, u32>,
    new_bytes: TypedFunc<(u32, u32), u32>,
    bytes: TypedFunc<(u32, u32), u32>,
    text: TypedFunc<(u32, u32), u32>,
    free_text: TypedFunc<u32, ()>,
    number: TypedFunc<u32, f64>,
    flag: TypedFunc<u32, u32>,
    run_job: TypedFunc<(), i32>,
    free_value: TypedFunc<u32, ()>,
    identity: TypedFunc<u32, u32>,
    copy: TypedFunc<u32, u32>,
}

impl Api {
    fn new(mut store: impl AsContextMut<Data = Guest>, instance: &Instance) -> Result<Self> {
        let store = &mut store;
        macro_rules! export {
            ($name:literal) => {
                instance.get_typed_func(&mut *store, $name)?
            };
        }
        let memory = instance.get_memory(&mut *store, "memory").ok_or_else(|| wasmtime::Error::msg("the module exports no memory"))?;
        let undefined: TypedFunc<(), u32> = export!("qjs_get_undefined");
        Ok(Self {
            memory,
            entries: [0; ENTRIES.len()],
            undefined: undefined.call(&mut *store, ())?,
            malloc: export!("wasm_malloc"),
            free: export!("wasm_free"),
            eval: export!("qjs_eval"),
            call: export!("qjs_call"),
            is_exception: export!("qjs_is_exception"),
            exception: export!("qjs_get_exception"),
            new_string: export!("qjs_new_string"),
            new_number: export!("qjs_new_number"),
            new_bytes: export!("qjs_new_array_buffer"),
            bytes: export!("qjs_get_array_buffer"),
            text: export!("qjs_get_string_len"),
            free_text: export!("qjs_free_cstring"),
            number: export!("qjs_get_float64"),
            flag: export!("qjs_get_bool"),
            run_job: export!("qjs_execute_pending_job"),
            free_value: export!("qjs_free_value"),
            identity: export!("qjs_get_value_ptr"),
            copy: export!("qjs_dup_value"),
        })
    }

    /// Copies bytes to the module's heap: their address, or None if it has no room. A zero byte follows them.
    fn put(&self, mut store: impl AsContextMut<Data = Guest>, bytes: &[u8]) -> Result<Option<u32>> {
        let Ok(length) = u32::try_from(bytes.len() + 1) else { return Ok(None) };
        let at = self.malloc.call(&mut store, length)?;
        if at == 0 {
            return Ok(None);
        }
        self.memory.write(&mut store, at as usize, bytes)?;
        self.memory.write(&mut store, at as usize + bytes.len(), &[0])?;
        Ok(Some(at))
    }

    /// A box that holds a string. 0, which stands for an exception, if there is no room.
    fn string(&self, mut store: impl AsContextMut<Data = Guest>, text: &str) -> Result<u32> {
        self.copied(&mut store, text.as_bytes(), &self.new_string)
    }

    /// A box that holds an ArrayBuffer.
    fn array_buffer(&self, mut store: impl AsContextMut<Data = Guest>, bytes: &[u8]) -> Result<u32> {
        self.copied(&mut store, bytes, &self.new_bytes)
    }

    fn copied(&self, mut store: impl AsContextMut<Data = Guest>, bytes: &[u8], make: &TypedFunc<(u32, u32), u32>) -> Result<u32> {
        let Some(at) = self.put(&mut store, bytes)? else { return Err(host::NoRoom.into()) };
        let made = make.call(&mut store, (at, bytes.len() as u32))?;
        self.free.call(&mut store, at)?;
        Ok(made)
    }

    /// The bytes that a call of `get` finds, whose length it writes to a place of its own; `free` frees what it found.
    fn copy_out(
        &self,
        mut store: impl AsContextMut<Data = Guest>,
        get: &TypedFunc<(u32, u32), u32>,
        free: Option<&TypedFunc<u32, ()>>,
        value: u32,
    ) -> Result<Vec<u8>> {
        let Some(length_at) = self.put(&mut store, &[0; 4])? else { return Err(host::NoRoom.into()) };
        let at = get.call(&mut store, (value, length_at))?;
        let mut length = [0; 4];
        self.memory.read(&store, length_at as usize, &mut length)?;
        self.free.call(&mut store, length_at)?;
        let length = u32::from_le_bytes(length) as usize;
        let bytes = if at == 0 { None } else { self.memory.data(&store).get(at as usize..at as usize + length) };
        let bytes = bytes.unwrap_or_default().to_vec();
        if let (Some(free), true) = (free, at != 0) {
            free.call(&mut store, at)?;
        }
        Ok(bytes)
    }

    /// A value as text, where a lone surrogate is U+FFFD.
    fn text_of(&self, mut store: impl AsContextMut<Data = Guest>, value: u32) -> Result<String> {
        let bytes = self.copy_out(&mut store, &self.text, Some(&self.free_text), value)?;
        Ok(host::well_formed(bytes))
    }

    fn bytes_of(&self, mut store: impl AsContextMut<Data = Guest>, value: u32) -> Result<Vec<u8>> {
        self.copy_out(&mut store, &self.bytes, None, value)
    }

    /// Calls a function without `this`: the box of its result, which may be an exception's.
    fn invoke(&self, mut store: impl AsContextMut<Data = Guest>, function: u32, arguments: &[u32]) -> Result<u32> {
        let bytes: Vec<u8> = arguments.iter().flat_map(|argument| argument.to_le_bytes()).collect();
        let Some(at) = self.put(&mut store, &bytes)? else { return Err(host::NoRoom.into()) };
        let result = self.call.call(&mut store, (function, self.undefined, arguments.len() as u32, at))?;
        self.free.call(&mut store, at)?;
        Ok(result)
    }

    /// Evaluates source under a file's name: the box of what comes of it.
    fn evaluate(&self, mut store: impl AsContextMut<Data = Guest>, source: &str, file: &str, flags: u32) -> Result<u32> {
        let (Some(source_at), Some(file_at)) = (self.put(&mut store, source.as_bytes())?, self.put(&mut store, file.as_bytes())?) else {
            return Err(host::NoRoom.into());
        };
        let result = self.eval.call(&mut store, (source_at, source.len() as u32, file_at, flags))?;
        self.free.call(&mut store, source_at)?;
        self.free.call(&mut store, file_at)?;
        Ok(result)
    }
}

/// An instance with the driver in it.
pub(crate) struct Exports(Arc<Api>);

impl Exports {
    pub(crate) fn new(store: &mut Store<Guest>, instance: &Instance) -> Result<Self> {
        let mut api = Api::new(&mut *store, instance)?;
        let mut table = [0; 4 * ENTRIES.len()];
        api.memory.read(&*store, TABLE as usize, &mut table)?;
        for (entry, bytes) in api.entries.iter_mut().zip(table.chunks_exact(4)) {
            *entry = u32::from_le_bytes(bytes.try_into().expect("chunks of four bytes"));
        }
        let api = Arc::new(api);
        store.data_mut().quickjs.api = Some(Arc::clone(&api));
        Ok(Self(api))
    }

    pub(crate) fn run(&self, store: &mut Store<Guest>, source: &str) -> Result<Ending> {
        self.perform(store, &["run", source], Vec::new()).map(|answer| ending(&answer))
    }

    pub(crate) fn load(&self, store: &mut Store<Guest>, source: &str) -> Result<Ending> {
        self.perform(store, &["load", source], Vec::new()).map(|answer| ending(&answer))
    }

    pub(crate) fn check(&self, store: &mut Store<Guest>, tests: &str, entry_point: &str, shared: bool) -> Result<Ending> {
        if shared {
            return Ok(Ending::CannotCross("tests beside the program".to_owned()));
        }
        self.perform(store, &["check", tests, entry_point], Vec::new()).map(|answer| ending(&answer))
    }

    pub(crate) fn serve(&self, store: &mut Store<Guest>, message: &[u8]) -> Result<Vec<u8>> {
        self.perform(store, &["serve"], message.to_vec())
    }

    /// One operation from its start to the end of all that it left to do: what the driver says about it.
    fn perform(&self, store: &mut Store<Guest>, input: &[&str], message: Vec<u8>) -> Result<Vec<u8>> {
        let channel = &mut store.data_mut().quickjs;
        channel.input = input.iter().map(|text| Arc::from(*text)).collect();
        channel.message = message;
        channel.answer = None;
        let [start, step, _, end, _] = self.0.entries;
        self.enter(store, start, &[])?;
        loop {
            self.settle(store)?;
            if !self.enter(store, step, &[])? {
                break;
            }
        }
        self.settle(store)?;
        self.enter(store, end, &[])?;
        store.data_mut().quickjs.answer.take().ok_or_else(|| wasmtime::Error::msg("the driver gave no answer"))
    }

    /// Calls a function of the driver: whether it answered `true`. What it throws is its own defect or the program's doing; either way it answered nothing.
    fn enter(&self, store: &mut Store<Guest>, function: u32, arguments: &[u32]) -> Result<bool> {
        let result = self.0.invoke(&mut *store, function, arguments)?;
        if self.0.is_exception.call(&mut *store, result)? != 0 {
            let thrown = self.0.exception.call(&mut *store, ())?;
            self.0.free_value.call(&mut *store, thrown)?;
            return Ok(false);
        }
        let answer = self.0.flag.call(&mut *store, result)? != 0;
        self.0.free_value.call(&mut *store, result)?;
        Ok(answer)
    }

    /// Runs the jobs of promises until there are none, and tells the driver about rejections that are left.
    fn settle(&self, store: &mut Store<Guest>) -> Result<()> {
        let rejected = self.0.entries[2];
        loop {
            while self.0.run_job.call(&mut *store, ())? != 0 {}
            let left = std::mem::take(&mut store.data_mut().quickjs.rejections);
            if left.is_empty() {
                return Ok(());
            }
            let mut left: Vec<Rejection> = left.into_values().collect();
            left.sort_by_key(|rejection| rejection.number);
            for Rejection { promise, reason, .. } in left {
                self.enter(store, rejected, &[reason])?;
                self.0.free_value.call(&mut *store, reason)?;
                self.0.free_value.call(&mut *store, promise)?;
            }
        }
    }
}

/// What the driver's bytes say. Bytes that say nothing are the program's doing: it shares the driver's instance.
fn ending(answer: &[u8]) -> Ending {
    let malformed = || {
        Ending::Failed(Failure { kind: "Error".to_owned(), message: "the program's instance sent a malformed answer".to_owned(), line: 0 })
    };
    let Ok(Value::Tuple(parts)) = value::decode(answer) else { return malformed() };
    let failure = |kind: &String, message: &String, line: &i64| Failure {
        kind: kind.clone(),
        message: message.clone(),
        line: u32::try_from(*line).unwrap_or(0),
    };
    let Some((Value::Str(tag), rest)) = parts.split_first() else { return malformed() };
    match (tag.as_str(), rest) {
        ("finished", []) => Ending::Finished,
        ("exited", [Value::Int(status)]) => Ending::Exited(i32::try_from(*status).unwrap_or(1)),
        ("failed", [Value::Str(kind), Value::Str(message), Value::Int(line)]) => Ending::Failed(failure(kind, message, line)),
        ("uncompilable", [Value::Str(kind), Value::Str(message), Value::Int(line)]) => Ending::Uncompilable(failure(kind, message, line)),
        ("unavailable", [Value::Str(module)]) => Ending::ModuleUnavailable(module.clone()),
        ("cannot_cross", [Value::Str(what)]) => Ending::CannotCross(what.clone()),
        ("missing", [Value::Str(name)]) => Ending::Missing(name.clone()),
        _ => malformed(),
    }
}

#[cfg(test)]
mod tests;
