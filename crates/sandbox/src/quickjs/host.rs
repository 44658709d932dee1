//! What the JavaScript guest imports beside WASI: `host_call`, by which the driver asks the host, and what the engine asks about promises and modules.

use super::{Api, ENTRIES, Rejection};
use crate::instance::bindings::gavel::guest::candidate::Host;
use crate::store::{ExitCalled, Guest};
use crate::wasi::{self, Stream};
use std::sync::Arc;
use wasmtime::{AsContextMut, Caller, Error, Linker, Result, Trap};

/// The module's heap has no room for what the host has for it. The memory limit is what keeps it small.
#[derive(Debug, thiserror::Error)]
#[error("no room in the guest's memory")]
pub(super) struct NoRoom;

pub(crate) fn add_to_linker(linker: &mut Linker<Guest>) -> Result<()> {
    linker.func_wrap("env", "host_get_timezone_offset", |_: Caller<'_, Guest>, _: u32, _: u32| 0u32)?;
    linker.func_wrap("env", "host_interrupt", |_: Caller<'_, Guest>| 0u32)?;
    linker.func_wrap("env", "host_promise_rejection", promise_rejection)?;
    linker.func_wrap("env", "host_module_normalize", |mut caller: Caller<'_, Guest>, _: u32, name: u32| {
        let api = api(&mut caller)?;
        let name = c_string(&api, &caller, name);
        Ok(api.put(&mut caller, name.as_bytes())?.unwrap_or(0))
    })?;
    linker.func_wrap("env", "host_module_load", module_load)?;
    linker.func_wrap("env", "host_call", host_call)?;
    Ok(())
}

fn api(caller: &mut Caller<'_, Guest>) -> Result<Arc<Api>> {
    caller.data().quickjs.api.clone().ok_or_else(|| Error::msg("the guest called before it was ready"))
}

/// Text that ends with a zero byte, or with memory.
fn c_string(api: &Api, caller: &Caller<'_, Guest>, at: u32) -> String {
    let bytes = api.memory.data(caller).get(at as usize..).unwrap_or_default();
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned()
}

/// Both boxes are the host's to free.
fn promise_rejection(mut caller: Caller<'_, Guest>, promise: u32, reason: u32, is_handled: u32) -> Result<()> {
    let api = api(&mut caller)?;
    let identity = api.identity.call(&mut caller, promise)?;
    let known = &mut caller.data_mut().quickjs.rejections;
    let number = known.len();
    let (dropped, rest) = if is_handled == 0 {
        (known.insert(identity, Rejection { number, promise, reason }), [0, 0])
    } else {
        (known.remove(&identity), [promise, reason])
    };
    let dropped = dropped.map_or([0, 0], |rejection| [rejection.promise, rejection.reason]);
    for value in dropped.into_iter().chain(rest).filter(|value| *value != 0) {
        api.free_value.call(&mut caller, value)?;
    }
    Ok(())
}

/// The source of a module, which the driver knows: its address, and its length where `length_at` says. 0 with an exception pending if there is none.
fn module_load(mut caller: Caller<'_, Guest>, name: u32, length_at: u32) -> Result<u32> {
    let api = api(&mut caller)?;
    let name = c_string(&api, &caller, name);
    let name = api.string(&mut caller, &name)?;
    let source = api.invoke(&mut caller, api.entries[ENTRIES.len() - 1], &[name])?;
    api.free_value.call(&mut caller, name)?;
    if api.is_exception.call(&mut caller, source)? != 0 {
        return Ok(0);
    }
    let text = api.text_of(&mut caller, source)?;
    api.free_value.call(&mut caller, source)?;
    api.memory.write(&mut caller, length_at as usize, &(text.len() as u32).to_le_bytes())?;
    Ok(api.put(&mut caller, text.as_bytes())?.unwrap_or(0))
}

/// What the driver asks for by name. Arguments belong to the caller.
fn host_call(mut caller: Caller<'_, Guest>, name: u32, length: u32, _this: u32, count: u32, arguments: u32) -> Result<u32> {
    let api = api(&mut caller)?;
    let memory = api.memory.data(&caller);
    let name = memory.get(name as usize..name as usize + length as usize).unwrap_or_default().to_vec();
    let argument = |index: u32| -> u32 {
        let at = arguments.wrapping_add(4 * index) as usize;
        let bytes = memory.get(at..at + 4).filter(|_| index < count);
        bytes.map_or(api.undefined, |bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    };
    let [first, second, third] = [argument(0), argument(1), argument(2)];
    let store = &mut caller;
    match name.as_slice() {
        b"input" => {
            let index = api.number.call(&mut *store, first)? as usize;
            let text = store.data().quickjs.input.get(index).cloned().unwrap_or_default();
            api.string(&mut *store, &text)
        }
        b"message" => {
            let message = std::mem::take(&mut store.data_mut().quickjs.message);
            api.array_buffer(&mut *store, &message)
        }
        b"answer" => {
            let answer = api.bytes_of(&mut *store, first)?;
            store.data_mut().quickjs.answer = Some(answer);
            undefined(&api, store)
        }
        b"request" => {
            let message = api.bytes_of(&mut *store, first)?;
            charge(store, message.len())?;
            let answer = store.data_mut().request(message)?;
            api.array_buffer(&mut *store, &answer)
        }
        b"write" => {
            let text = api.text_of(&mut *store, second)?;
            charge(store, text.len())?;
            let stream = if api.number.call(&mut *store, first)? == 2.0 { Stream::Stderr } else { Stream::Stdout };
            store.data_mut().wasi.write(stream, text.as_bytes())?;
            undefined(&api, store)
        }
        b"read" | b"readText" | b"readSome" => {
            let most = if name == b"readSome" { api.number.call(&mut *store, first)?.max(0.0) as u64 } else { u64::MAX };
            let bytes = store.data_mut().wasi.read(most).unwrap_or_default();
            charge(store, bytes.len())?;
            if name == b"readText" {
                api.string(&mut *store, &String::from_utf8_lossy(&bytes))
            } else {
                api.array_buffer(&mut *store, &bytes)
            }
        }
        b"encodeText" => {
            let text = api.text_of(&mut *store, first)?;
            charge(store, text.len())?;
            api.array_buffer(&mut *store, text.as_bytes())
        }
        b"decodeText" => {
            let bytes = api.bytes_of(&mut *store, first)?;
            charge(store, bytes.len())?;
            api.string(&mut *store, &String::from_utf8_lossy(&bytes))
        }
        b"compile" => {
            let (source, file) = (api.text_of(&mut *store, first)?, api.text_of(&mut *store, second)?);
            let flags = api.number.call(&mut *store, third)? as u32;
            let made = api.evaluate(&mut *store, &source, &file, flags)?;
            // The exception is still there for the caller; what tells the engine so is no box.
            if api.is_exception.call(&mut *store, made)? != 0 { Ok(0) } else { Ok(made) }
        }
        b"now" => {
            let ns = wasi::now(&store.as_context_mut());
            api.new_number.call(&mut *store, ns as f64 / 1e6)
        }
        b"sleep" => {
            let ms = api.number.call(&mut *store, first)?.max(0.0);
            store.data_mut().wasi.sleep((ms * 1e6) as u64);
            undefined(&api, store)
        }
        b"exit" => {
            let status = api.number.call(&mut *store, first)? as i32;
            Err(ExitCalled(status & 255).into())
        }
        _ => Err(Error::msg("the driver asked for something that there is not")),
    }
}

fn undefined(api: &Api, caller: &mut Caller<'_, Guest>) -> Result<u32> {
    api.copy.call(caller, api.undefined)
}

/// A unit of fuel for each byte that the host copies.
fn charge(caller: &mut Caller<'_, Guest>, bytes: usize) -> Result<()> {
    let left = caller.get_fuel()?.checked_sub(bytes as u64).ok_or(Trap::OutOfFuel)?;
    caller.set_fuel(left)
}

/// Text from the engine's bytes, in which a lone surrogate is three bytes that are no UTF-8: U+FFFD takes its place.
pub(super) fn well_formed(mut bytes: Vec<u8>) -> String {
    let mut at = 0;
    while let Err(error) = str::from_utf8(&bytes[at..]) {
        at += error.valid_up_to();
        let Some(rest) = bytes.get_mut(at..) else { break };
        match rest {
            [0xed, 0xa0..=0xbf, last, ..] if *last & 0xc0 == 0x80 => rest[..3].copy_from_slice("\u{fffd}".as_bytes()),
            [other, ..] => *other = b'?',
            [] => break,
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}
