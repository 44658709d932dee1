//! WASI preview 1, for guests that are core modules: three streams, arguments, a clock, random bytes, exit, and files that exist in memory only.
//!
//! It stands on the same state as the part of preview 2 in `wasi.rs`, so that clock, chance and output are the same for every kind of guest. Names, signatures
//! and numbers are those of the specification (<https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md>). What else preview 1 has (sockets, links,
//! times of files) answers `ENOSYS`.

mod files;
mod memory;

pub(crate) use files::{Files, Tree};

use crate::store::{ExitCalled, Guest};
use crate::wasi::{self, EPOCH_NS, Stream};
use files::Opening;
use memory::{Errno, Failed, Memory, answer};
use wasmtime::{AsContextMut, Caller, Linker, Module, Result, Trap, Val, ValType};

const MODULE: &str = "wasi_snapshot_preview1";

/// Bytes of one read, write or random answer: a guest may ask for more, and gets as much as this.
const CHUNK_BYTES: u32 = 1 << 24;

/// Defines what is served here, and `ENOSYS` for the rest of preview 1 that `module` imports. Any other import of it is left to the caller.
pub(crate) fn add_to_linker(linker: &mut Linker<Guest>, module: &Module) -> Result<()> {
    for import in module.imports().filter(|import| import.module() == MODULE) {
        let Some(kind) = import.ty().func().cloned() else { continue };
        if kind.results().map(|result| matches!(result, ValType::I32)).eq([true]) {
            linker.func_new(MODULE, import.name(), kind, |_, _, results| {
                results.fill(Val::I32(Errno::NOSYS.0));
                Ok(())
            })?;
        }
    }
    // What is served takes the place of what was defined above.
    linker.allow_shadowing(true);
    process(linker)?;
    time(linker)?;
    descriptors(linker)?;
    positions(linker)?;
    paths(linker)?;
    linker.allow_shadowing(false);
    Ok(())
}

/// As [`with`], for what moves many bytes: the host's work on each is a unit of fuel, so that no loop of such calls outlasts its fuel.
fn with_cost(
    mut caller: Caller<'_, Guest>,
    bytes: u32,
    serve: impl FnOnce(Memory<'_>, &mut Guest) -> std::result::Result<(), Failed>,
) -> Result<i32> {
    let left = caller.get_fuel()?.checked_sub(bytes.into()).ok_or(Trap::OutOfFuel)?;
    caller.set_fuel(left)?;
    with(caller, serve)
}

/// How many bytes `count` entries of an `iovec` array name together, which is no more than linear memory unless they overlap.
fn total(caller: &mut Caller<'_, Guest>, vectors: u32, count: u32) -> u32 {
    let Some(memory) = caller.get_export("memory").and_then(wasmtime::Extern::into_memory) else { return 0 };
    let named = Memory(memory.data_mut(caller)).vectors(vectors, count).unwrap_or_default();
    named.iter().fold(0, |sum, (_, length)| sum.saturating_add(*length))
}

/// Calls `serve` with the guest's memory and its state.
fn with(mut caller: Caller<'_, Guest>, serve: impl FnOnce(Memory<'_>, &mut Guest) -> std::result::Result<(), Failed>) -> Result<i32> {
    let memory = caller.get_export("memory").and_then(wasmtime::Extern::into_memory);
    let Some(memory) = memory else { return Err(wasmtime::Error::msg("the module exports no memory")) };
    let (bytes, guest) = memory.data_and_store_mut(&mut caller);
    answer(serve(Memory(bytes), guest))
}

fn process(linker: &mut Linker<Guest>) -> Result<()> {
    linker.func_wrap(MODULE, "args_sizes_get", |caller: Caller<'_, Guest>, count: u32, bytes: u32| {
        with(caller, |mut memory, guest| {
            let arguments = guest.files.arguments();
            memory.set_u32(count, arguments.len() as u32)?;
            memory.set_u32(bytes, arguments.iter().map(|argument| argument.len() as u32 + 1).sum())
        })
    })?;
    linker.func_wrap(MODULE, "args_get", |caller: Caller<'_, Guest>, pointers: u32, text: u32| {
        with(caller, |mut memory, guest| {
            let (mut pointer, mut at) = (pointers, text);
            for argument in guest.files.arguments() {
                memory.set_u32(pointer, at)?;
                memory.write(at, argument.as_bytes())?;
                memory.write(at.wrapping_add(argument.len() as u32), &[0])?;
                at = at.wrapping_add(argument.len() as u32 + 1);
                pointer = pointer.wrapping_add(4);
            }
            Ok(())
        })
    })?;
    linker.func_wrap(MODULE, "environ_sizes_get", |caller: Caller<'_, Guest>, count: u32, bytes: u32| {
        with(caller, |mut memory, _| {
            memory.set_u32(count, 0)?;
            memory.set_u32(bytes, 0)
        })
    })?;
    linker.func_wrap(MODULE, "environ_get", |_: Caller<'_, Guest>, _: u32, _: u32| 0)?;
    linker.func_wrap(MODULE, "random_get", |caller: Caller<'_, Guest>, at: u32, length: u32| {
        with_cost(caller, length, |mut memory, guest| {
            // All at once would need as many bytes here.
            for start in (0..length).step_by(CHUNK_BYTES as usize) {
                let count = (length - start).min(CHUNK_BYTES);
                memory.write(at.wrapping_add(start), &guest.wasi.random_bytes(count.into()))?;
            }
            Ok(())
        })
    })?;
    linker.func_wrap(MODULE, "sched_yield", |_: Caller<'_, Guest>| 0)?;
    linker.func_wrap(MODULE, "proc_exit", |_: Caller<'_, Guest>, status: i32| -> Result<()> { Err(ExitCalled(status).into()) })?;
    Ok(())
}

const CLOCK_REALTIME: u32 = 0;

fn time(linker: &mut Linker<Guest>) -> Result<()> {
    linker.func_wrap(MODULE, "clock_res_get", |caller: Caller<'_, Guest>, _: u32, at: u32| {
        with(caller, |mut memory, _| memory.set_u64(at, 1))
    })?;
    linker.func_wrap(MODULE, "clock_time_get", |mut caller: Caller<'_, Guest>, clock: u32, _: u64, at: u32| {
        let since = wasi::now(&caller.as_context_mut());
        let ns = if clock == CLOCK_REALTIME { EPOCH_NS.saturating_add(since) } else { since };
        with(caller, |mut memory, _| memory.set_u64(at, ns))
    })?;
    linker.func_wrap(MODULE, "poll_oneoff", |mut caller: Caller<'_, Guest>, from: u32, to: u32, count: u32, ready: u32| {
        let now = wasi::now(&caller.as_context_mut());
        with(caller, |memory, guest| poll(memory, guest, now, [from, to, count, ready]))
    })?;
    Ok(())
}

/// Streams and files are always ready. Where only clocks are waited for, the nearest moment comes at once, and the clock moves there.
fn poll(mut memory: Memory<'_>, guest: &mut Guest, now: u64, [from, to, count, ready]: [u32; 4]) -> std::result::Result<(), Failed> {
    const CLOCK: u8 = 0;
    const ABSOLUTE: u16 = 1;
    // As many as fit into linear memory are many; a program that waits for a thousand things at once is up to something.
    if count == 0 || count > 1024 {
        return Err(Errno::INVAL.into());
    }
    let mut soonest: Option<u64> = None;
    let mut streams = 0;
    for at in (0..count).map(|index| from.wrapping_add(index * 48)) {
        if memory.u8(at.wrapping_add(8))? == CLOCK {
            let timeout = memory.u64(at.wrapping_add(24))?;
            let clock = memory.u32(at.wrapping_add(16))?;
            let wait = if memory.u16(at.wrapping_add(40))? & ABSOLUTE == 0 {
                timeout
            } else {
                timeout.saturating_sub(if clock == CLOCK_REALTIME { EPOCH_NS.saturating_add(now) } else { now })
            };
            soonest = Some(soonest.map_or(wait, |other| other.min(wait)));
        } else {
            streams += 1;
        }
    }
    if let (Some(wait), 0) = (soonest, streams) {
        guest.wasi.sleep(wait);
    }
    let mut reported = 0;
    for at in (0..count).map(|index| from.wrapping_add(index * 48)) {
        let kind = memory.u8(at.wrapping_add(8))?;
        if kind == CLOCK && streams > 0 {
            continue;
        }
        let event = to.wrapping_add(reported * 32);
        memory.write(event, &[0; 32])?;
        let userdata = memory.u64(at)?;
        memory.set_u64(event, userdata)?;
        memory.write(event.wrapping_add(10), &[kind])?;
        reported += 1;
    }
    memory.set_u32(ready, reported)
}

/// Reading, writing, closing, and what a descriptor is.
fn descriptors(linker: &mut Linker<Guest>) -> Result<()> {
    linker.func_wrap(MODULE, "fd_read", |mut caller: Caller<'_, Guest>, fd: u32, vectors: u32, count: u32, read: u32| {
        let cost = total(&mut caller, vectors, count);
        with_cost(caller, cost, |mut memory, guest| {
            let mut total = 0;
            for (at, length) in memory.vectors(vectors, count)? {
                let most = length.min(CHUNK_BYTES);
                let bytes = match Stream::of_descriptor(fd) {
                    Some(Stream::Stdin) => guest.wasi.read(most.into()).unwrap_or_default(),
                    Some(_) => return Err(Errno::BADF.into()),
                    None => guest.files.read(fd, most)?,
                };
                memory.write(at, &bytes)?;
                total += bytes.len() as u32;
                if bytes.len() as u32 != length {
                    break;
                }
            }
            memory.set_u32(read, total)
        })
    })?;
    linker.func_wrap(MODULE, "fd_write", |mut caller: Caller<'_, Guest>, fd: u32, vectors: u32, count: u32, written: u32| {
        let cost = total(&mut caller, vectors, count);
        with_cost(caller, cost, |mut memory, guest| {
            let mut total: u32 = 0;
            for (at, length) in memory.vectors(vectors, count)? {
                let bytes = memory.bytes(at, length)?;
                match Stream::of_descriptor(fd) {
                    Some(Stream::Stdin) => return Err(Errno::BADF.into()),
                    Some(stream) => guest.wasi.write(stream, bytes).map_err(Failed::Stops)?,
                    None => guest.files.write(fd, bytes)?,
                }
                total = total.saturating_add(length);
            }
            memory.set_u32(written, total)
        })
    })?;
    linker.func_wrap(MODULE, "fd_pread", |mut caller: Caller<'_, Guest>, fd: u32, vectors: u32, count: u32, offset: u64, read: u32| {
        let cost = total(&mut caller, vectors, count);
        with_cost(caller, cost, |mut memory, guest| {
            let (mut total, mut offset) = (0, offset);
            for (at, length) in memory.vectors(vectors, count)? {
                let bytes = guest.files.read_at(fd, offset, length.min(CHUNK_BYTES))?;
                memory.write(at, &bytes)?;
                (total, offset) = (total + bytes.len() as u32, offset.saturating_add(bytes.len() as u64));
            }
            memory.set_u32(read, total)
        })
    })?;
    linker.func_wrap(
        MODULE,
        "fd_pwrite",
        |mut caller: Caller<'_, Guest>, fd: u32, vectors: u32, count: u32, offset: u64, written: u32| {
            let cost = total(&mut caller, vectors, count);
            with_cost(caller, cost, |mut memory, guest| {
                let mut total: u32 = 0;
                for (at, length) in memory.vectors(vectors, count)? {
                    guest.files.write_at(fd, offset.saturating_add(total.into()), memory.bytes(at, length)?)?;
                    total = total.saturating_add(length);
                }
                memory.set_u32(written, total)
            })
        },
    )?;
    linker.func_wrap(MODULE, "fd_close", |caller: Caller<'_, Guest>, fd: u32| {
        with(caller, |_, guest| if Stream::of_descriptor(fd).is_some() { Ok(()) } else { guest.files.close(fd) })
    })?;
    linker.func_wrap(MODULE, "fd_fdstat_get", |caller: Caller<'_, Guest>, fd: u32, at: u32| {
        with(caller, |mut memory, guest| {
            let kind = if Stream::of_descriptor(fd).is_some() { files::CHARACTER_DEVICE } else { guest.files.kind(fd)? };
            memory.write(at, &[0; 24])?;
            memory.write(at, &[kind])?;
            memory.set_u64(at.wrapping_add(8), u64::MAX)?;
            memory.set_u64(at.wrapping_add(16), u64::MAX)
        })
    })?;
    linker.func_wrap(MODULE, "fd_fdstat_set_flags", |_: Caller<'_, Guest>, _: u32, _: u32| 0)?;
    linker.func_wrap(MODULE, "fd_sync", |_: Caller<'_, Guest>, _: u32| 0)?;
    linker.func_wrap(MODULE, "fd_datasync", |_: Caller<'_, Guest>, _: u32| 0)?;
    Ok(())
}

/// Where in a file a descriptor is, and what it is of.
fn positions(linker: &mut Linker<Guest>) -> Result<()> {
    linker.func_wrap(MODULE, "fd_seek", |caller: Caller<'_, Guest>, fd: u32, offset: i64, whence: u32, at: u32| {
        with(caller, |mut memory, guest| {
            if Stream::of_descriptor(fd).is_some() {
                return Err(Errno::SPIPE.into());
            }
            let position = guest.files.seek(fd, offset, whence)?;
            memory.set_u64(at, position)
        })
    })?;
    linker.func_wrap(MODULE, "fd_tell", |caller: Caller<'_, Guest>, fd: u32, at: u32| {
        with(caller, |mut memory, guest| {
            let position = guest.files.seek(fd, 0, files::FROM_HERE)?;
            memory.set_u64(at, position)
        })
    })?;
    linker.func_wrap(MODULE, "fd_filestat_get", |caller: Caller<'_, Guest>, fd: u32, at: u32| {
        with(caller, |mut memory, guest| {
            let (inode, kind, size) = if Stream::of_descriptor(fd).is_some() {
                (fd.into(), files::CHARACTER_DEVICE, 0)
            } else {
                // The same number as by path: compilers take files of equal numbers for one file.
                (files::inode(guest.files.path(fd)?), guest.files.kind(fd)?, guest.files.size(fd)?)
            };
            memory.set_status(at, inode, kind, size)
        })
    })?;
    linker.func_wrap(MODULE, "fd_filestat_set_size", |caller: Caller<'_, Guest>, fd: u32, size: u64| {
        with(caller, |_, guest| guest.files.resize(fd, size))
    })?;
    linker.func_wrap(MODULE, "fd_readdir", |caller: Caller<'_, Guest>, fd: u32, at: u32, length: u32, cookie: u64, used: u32| {
        with_cost(caller, 1 << 16, |mut memory, guest| {
            let entries = guest.files.entries(fd, cookie, length)?;
            memory.write(at, &entries)?;
            memory.set_u32(used, entries.len() as u32)
        })
    })?;
    linker.func_wrap(MODULE, "fd_prestat_get", |caller: Caller<'_, Guest>, fd: u32, at: u32| {
        with(caller, |mut memory, guest| {
            if !guest.files.is_preopened(fd) {
                return Err(Errno::BADF.into());
            }
            memory.write(at, &[0; 4])?;
            memory.set_u32(at.wrapping_add(4), 1)
        })
    })?;
    linker.func_wrap(MODULE, "fd_prestat_dir_name", |caller: Caller<'_, Guest>, fd: u32, at: u32, length: u32| {
        with(caller, |mut memory, guest| match (guest.files.is_preopened(fd), length) {
            (false, _) => Err(Errno::BADF.into()),
            (true, 0) => Err(Errno::NAMETOOLONG.into()),
            (true, _) => memory.write(at, b"/"),
        })
    })?;
    Ok(())
}

/// What takes a path.
fn paths(linker: &mut Linker<Guest>) -> Result<()> {
    linker.func_wrap(
        MODULE,
        "path_open",
        |caller: Caller<'_, Guest>, fd: u32, _: u32, path: u32, length: u32, how: u32, rights: u64, _: u64, flags: u32, opened: u32| {
            with(caller, |mut memory, guest| {
                let path = guest.files.resolve(fd, memory.text(path, length)?)?;
                let number = guest.files.open(path, Opening::new(how, rights, flags))?;
                memory.set_u32(opened, number)
            })
        },
    )?;
    linker.func_wrap(MODULE, "path_filestat_get", |caller: Caller<'_, Guest>, fd: u32, _: u32, path: u32, length: u32, at: u32| {
        with(caller, |mut memory, guest| {
            let path = guest.files.resolve(fd, memory.text(path, length)?)?;
            let (kind, size) = guest.files.status(&path)?;
            memory.set_status(at, files::inode(&path), kind, size)
        })
    })?;
    linker.func_wrap(MODULE, "path_unlink_file", |caller: Caller<'_, Guest>, fd: u32, path: u32, length: u32| {
        with(caller, |memory, guest| {
            let path = guest.files.resolve(fd, memory.text(path, length)?)?;
            guest.files.remove(&path)
        })
    })?;
    linker.func_wrap(
        MODULE,
        "path_rename",
        |caller: Caller<'_, Guest>, fd: u32, path: u32, length: u32, new_fd: u32, new: u32, new_length: u32| {
            with(caller, |memory, guest| {
                let from = guest.files.resolve(fd, memory.text(path, length)?)?;
                let to = guest.files.resolve(new_fd, memory.text(new, new_length)?)?;
                guest.files.rename(&from, to)
            })
        },
    )?;
    Ok(())
}
