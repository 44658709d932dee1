//! Walls that the process itself is told to stand behind: descriptors, privileges, its parent's death, core dumps, resources.

use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};
use std::fs;
use std::io;

/// Bytes of address space that the host's side may take beside what is reserved for guests: copies of input and output, and what it keeps itself.
const HOST_BYTES: u64 = 4 << 30;

pub(super) fn environment_is_empty() -> io::Result<()> {
    if fs::read("/proc/self/environ")?.is_empty() { Ok(()) } else { Err(io::Error::other("the parent left variables in it")) }
}

/// Keeps glibc's allocator from giving each thread a heap of its own: trimming one of those reads a file, which is no longer allowed by then.
#[expect(unsafe_code, reason = "the standard library has no such call")]
pub(super) fn use_one_heap() {
    #[cfg(target_env = "gnu")]
    // SAFETY: sets a number that the allocator reads when a thread first allocates.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

/// Closes everything but the three standard streams.
#[expect(unsafe_code, reason = "the standard library has no such call")]
pub(super) fn close_inherited_descriptors() -> io::Result<()> {
    // SAFETY: at the start of a worker nothing in this process owns a descriptor but the standard streams, which stay.
    let closed = unsafe { libc::syscall(libc::SYS_close_range, 3u32, u32::MAX, 0u32) };
    if closed == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

#[expect(unsafe_code, reason = "the standard library has no such call")]
pub(super) fn gain_no_privileges() -> io::Result<()> {
    // SAFETY: sets a flag of the calling thread and of those that it starts; no memory is involved.
    let set = unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1u64, 0u64, 0u64, 0u64) };
    if set == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// The signal comes when the parent's thread that started this process ends; one that ended before this call is noticed by the end of the socket.
pub(super) fn end_with_the_parent() -> io::Result<()> {
    Ok(rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?)
}

/// A limit of zero bytes stops the kernel from writing one, and being undumpable stops it from passing one to a collector.
pub(super) fn leave_no_core_dump() -> io::Result<()> {
    limit(Resource::Core, 0)?;
    Ok(rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

/// Call it when everything is open and reserved that the worker will ever need.
pub(super) fn limit_resources(reserved_bytes: u64) -> io::Result<()> {
    limit(Resource::As, reserved_bytes + HOST_BYTES)?;
    for resource in [Resource::Nofile, Resource::Nproc, Resource::Fsize, Resource::Memlock, Resource::Msgqueue] {
        limit(resource, 0)?;
    }
    Ok(())
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    Ok(rustix::process::setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

/// The size of this process's address space, most of which is kept free for linear memories.
pub(super) fn reserved_bytes() -> io::Result<u64> {
    let text = fs::read_to_string("/proc/self/statm")?;
    let pages: Option<u64> = text.split_whitespace().next().and_then(|field| field.parse().ok());
    let pages = pages.ok_or_else(|| io::Error::other("/proc/self/statm does not begin with a number"))?;
    Ok(pages * rustix::param::page_size() as u64)
}
