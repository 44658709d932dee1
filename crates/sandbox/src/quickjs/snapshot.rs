//! Making the guest: the engine started and the driver loaded once, and the memory that this leaves written back into the module, so that an instance begins there.

use super::{Api, ENTRIES, TABLE, add_to_linker};
use crate::preview1;
use crate::store::{self, Control, Guest};
use crate::{Limits, SandboxError};
use std::sync::Arc;
use wasmtime::{Engine, Linker, Module, Result, Store, TypedFunc, Val};

/// The C stack of the engine: where JavaScript's recursion ends with a RangeError, and before WebAssembly's own stack does.
const STACK_BYTES: u32 = 4 << 20;
/// What the engine may still use of it once it has noticed.
const STACK_RESERVE_BYTES: u32 = 256 << 10;

/// What the driver may ask the host for; see `host.rs`.
const HOST_FUNCTIONS: [&str; 14] = [
    "input",
    "message",
    "answer",
    "request",
    "write",
    "read",
    "readText",
    "readSome",
    "encodeText",
    "decodeText",
    "compile",
    "now",
    "sleep",
    "exit",
];

/// The module with `driver` loaded: files of JavaScript, each an expression that is a function of the object that they share.
///
/// # Errors
/// What the engine or the driver says.
pub(crate) fn freeze(engine: &Engine, wasm: &[u8], driver: &[(&str, &str)]) -> Result<Vec<u8>> {
    let module = Module::new(engine, wasm)?;
    let mut linker = Linker::new(engine);
    preview1::add_to_linker(&mut linker, &module)?;
    add_to_linker(&mut linker)?;
    let says = |error: SandboxError| wasmtime::Error::msg(error.to_string());
    let limits = Limits { fuel: 1 << 40, ..Limits::default() };
    let mut store = store::open(engine, &limits, &Control::none(), Arc::default()).map_err(says)?;
    let instance = linker.instantiate(&mut store, &module)?;
    store::begin(&mut store).map_err(says)?;
    let call = |store: &mut Store<Guest>, name: &str| -> Result<()> {
        let function: TypedFunc<(), ()> = instance.get_typed_func(&mut *store, name)?;
        function.call(store, ())
    };
    call(&mut store, "_initialize")?;
    let malloc: TypedFunc<u32, u32> = instance.get_typed_func(&mut store, "wasm_malloc")?;
    let stack = malloc.call(&mut store, STACK_BYTES + 16)?;
    let top = (stack + STACK_BYTES) & !15;
    let pointer =
        instance.get_global(&mut store, "__stack_pointer").ok_or_else(|| wasmtime::Error::msg("the module exports no stack pointer"))?;
    pointer.set(&mut store, Val::I32(top as i32))?;
    let init: TypedFunc<(), u32> = instance.get_typed_func(&mut store, "qjs_init")?;
    init.call(&mut store, ())?;
    for (name, number) in [
        ("qjs_set_max_stack_size", STACK_BYTES - STACK_RESERVE_BYTES),
        ("qjs_set_promise_rejection_handler", 1),
        ("qjs_set_module_loader", 1),
    ] {
        let set: TypedFunc<u32, ()> = instance.get_typed_func(&mut store, name)?;
        set.call(&mut store, number)?;
    }
    let api = Arc::new(Api::new(&mut store, &instance)?);
    store.data_mut().quickjs.api = Some(Arc::clone(&api));
    load(&api, &mut store, &instance, driver)?;
    call(&mut store, "qjs_run_gc")?;
    let memory = api.memory.data(&store);
    rewrite(wasm, memory, top)
}

fn load(api: &Api, store: &mut Store<Guest>, instance: &wasmtime::Instance, driver: &[(&str, &str)]) -> Result<()> {
    let new_object: TypedFunc<(), u32> = instance.get_typed_func(&mut *store, "qjs_new_object")?;
    let new_function: TypedFunc<(u32, u32, u32), u32> = instance.get_typed_func(&mut *store, "qjs_new_host_function")?;
    let set: TypedFunc<(u32, u32, u32), u32> = instance.get_typed_func(&mut *store, "qjs_set_prop_string")?;
    let get: TypedFunc<(u32, u32), u32> = instance.get_typed_func(&mut *store, "qjs_get_prop_string")?;
    let full = || wasmtime::Error::msg("the engine has no memory for its driver");
    let (guest, host) = (new_object.call(&mut *store, ())?, new_object.call(&mut *store, ())?);
    for name in HOST_FUNCTIONS {
        let at = api.put(&mut *store, name.as_bytes())?.ok_or_else(full)?;
        let function = new_function.call(&mut *store, (at, name.len() as u32, 0))?;
        set.call(&mut *store, (host, at, function))?;
    }
    let at = api.put(&mut *store, b"host")?.ok_or_else(full)?;
    set.call(&mut *store, (guest, at, host))?;
    for (file, text) in driver {
        let function = api.evaluate(&mut *store, text, file, 0)?;
        let result =
            if api.is_exception.call(&mut *store, function)? == 0 { api.invoke(&mut *store, function, &[guest])? } else { function };
        if api.is_exception.call(&mut *store, result)? != 0 {
            let thrown = api.exception.call(&mut *store, ())?;
            let text = api.text_of(&mut *store, thrown)?;
            return Err(wasmtime::Error::msg(format!("{file}: {text}")));
        }
    }
    for (index, name) in ENTRIES.iter().enumerate() {
        let at = api.put(&mut *store, name.as_bytes())?.ok_or_else(full)?;
        let function = get.call(&mut *store, (guest, at))?;
        api.memory.write(&mut *store, TABLE as usize + 4 * index, &function.to_le_bytes())?;
    }
    Ok(())
}

const PAGE: usize = 4096;
const WASM_PAGE: usize = 65536;

/// The module with this memory as its data, and its stack at `top`.
///
/// A module is a list of sections (<https://webassembly.github.io/spec/core/binary/modules.html>). The engine's has one memory, one global, which is the stack
/// pointer, and no data that its code asks for by number; a module that has anything else is refused.
fn rewrite(wasm: &[u8], memory: &[u8], top: u32) -> Result<Vec<u8>> {
    const MEMORY: u8 = 5;
    const GLOBAL: u8 = 6;
    const START: u8 = 8;
    const DATA: u8 = 11;
    const DATA_COUNT: u8 = 12;
    let odd = || wasmtime::Error::msg("the module is not laid out as expected");
    let mut out = wasm.get(..8).ok_or_else(odd)?.to_vec();
    let mut at = 8;
    while at < wasm.len() {
        let id = *wasm.get(at).ok_or_else(odd)?;
        let (length, body) = read_number(wasm, at + 1).ok_or_else(odd)?;
        let content = wasm.get(body..body + length as usize).ok_or_else(odd)?;
        match id {
            MEMORY => {
                let mut section = vec![1, 0];
                write_number((memory.len() / WASM_PAGE) as u32, &mut section);
                if !content.starts_with(&[1, 0]) {
                    return Err(odd());
                }
                write_section(id, &section, &mut out);
            }
            GLOBAL => {
                // One, of 32 bits, mutable: `i32.const top`, `end`.
                if !content.starts_with(&[1, 0x7f, 1, 0x41]) {
                    return Err(odd());
                }
                let mut section = vec![1, 0x7f, 1, 0x41];
                write_signed(top as i32, &mut section);
                section.push(0x0b);
                write_section(id, &section, &mut out);
            }
            START => return Err(odd()),
            DATA => write_section(id, &data(memory), &mut out),
            // It may be left out where no code names data by number, which compiling the result checks.
            DATA_COUNT => {}
            // Names of functions and the like.
            0 => {}
            _ => write_section(id, content, &mut out),
        }
        at = body + length as usize;
    }
    Ok(out)
}

/// One segment for each run of pages that are not zero.
fn data(memory: &[u8]) -> Vec<u8> {
    let is_zero = |page: &[u8]| page.iter().all(|byte| *byte == 0);
    let mut segments: Vec<(usize, Vec<u8>)> = Vec::new();
    for (index, page) in memory.chunks(PAGE).enumerate().filter(|(_, page)| !is_zero(page)) {
        match segments.last_mut() {
            Some((start, bytes)) if *start + bytes.len() == index * PAGE => bytes.extend(page),
            _ => segments.push((index * PAGE, page.to_vec())),
        }
    }
    let mut section = Vec::new();
    write_number(segments.len() as u32, &mut section);
    for (start, bytes) in segments {
        section.extend([0, 0x41]);
        write_signed(start as i32, &mut section);
        section.push(0x0b);
        write_number(bytes.len() as u32, &mut section);
        section.extend(bytes);
    }
    section
}

fn write_section(id: u8, content: &[u8], out: &mut Vec<u8>) {
    out.push(id);
    write_number(content.len() as u32, out);
    out.extend(content);
}

fn read_number(bytes: &[u8], mut at: usize) -> Option<(u32, usize)> {
    let mut number: u64 = 0;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at)?;
        number |= u64::from(byte & 0x7f) << shift;
        at += 1;
        if byte & 0x80 == 0 {
            return Some((u32::try_from(number).ok()?, at));
        }
    }
    None
}

fn write_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn write_signed(mut number: i32, out: &mut Vec<u8>) {
    loop {
        let byte = number as u8 & 0x7f;
        number >>= 7;
        if (number == 0 && byte & 0x40 == 0) || (number == -1 && byte & 0x40 != 0) {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for number in [0, 1, 127, 128, 300, 65536, u32::MAX] {
            let mut bytes = Vec::new();
            write_number(number, &mut bytes);
            assert_eq!(read_number(&bytes, 0), Some((number, bytes.len())));
        }
        let mut bytes = Vec::new();
        write_signed(64, &mut bytes);
        write_signed(-1, &mut bytes);
        assert_eq!(bytes, [0xc0, 0, 0x7f]);
    }

    #[test]
    fn a_module_of_another_layout_is_refused() {
        assert!(rewrite(b"", &[], 0).is_err());
        assert!(rewrite(b"\0asm\x01\0\0\0\x08\x01\0", &[], 0).is_err());
        assert!(rewrite(b"\0asm\x01\0\0\0\x0b\xff\xff\xff\xff", &[], 0).is_err());
    }
}
