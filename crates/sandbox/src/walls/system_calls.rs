//! seccomp: the system calls that running a loaded guest needs, and no other.
//!
//! A call that is not on the list ends the process, which its parent reports as an error of the execution: whoever makes one is no program, and has no score.

use crate::residency::PAGEMAP_SCAN;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, apply_filter_all_threads,
};
use std::collections::BTreeMap;
use std::io;

/// Calls that are allowed with any arguments. None takes a path, an address of the network or another process, and none makes a descriptor.
const ALLOWED: &[libc::c_long] = &[
    // The socket to the parent, and the standard error that goes nowhere.
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_close,
    // Memory: the heap, and linear memories that are reset between instances.
    libc::SYS_brk,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    // Threads that there already are.
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_restart_syscall,
    // Traps arrive as signals.
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    // Seeds of hash tables; clocks where the kernel offers none without a call.
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// For all threads of this process, which must be past starting. One that `compiles` may make memory executable that cannot be written to any more.
pub(super) fn restrict(compiles: bool) -> io::Result<()> {
    let filter = filter(compiles).map_err(io::Error::other)?;
    apply_filter_all_threads(&filter).map_err(io::Error::other)
}

fn filter(compiles: bool) -> Result<BpfProgram, seccompiler::BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    let mut allow = |call: libc::c_long, conditions: Vec<SeccompCondition>| {
        rules.entry(call).or_default().push(SeccompRule::new(conditions)?);
        Ok::<(), seccompiler::BackendError>(())
    };
    // Memory, but none that is machine code.
    let executable = libc::PROT_EXEC as u64;
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        allow(call, vec![SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(executable), 0)?])?;
    }
    if compiles {
        let writable = libc::PROT_WRITE as u64 | executable;
        allow(libc::SYS_mprotect, vec![SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(writable), executable)?])?;
    }
    // Asking which pages are dirty.
    allow(libc::SYS_ioctl, vec![SeccompCondition::new(1, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, PAGEMAP_SCAN)?])?;
    // What newer standard libraries read and write sockets with: on connected ones, without an address.
    for call in [libc::SYS_sendto, libc::SYS_recvfrom] {
        allow(call, vec![SeccompCondition::new(4, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, 0)?])?;
    }
    SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, std::env::consts::ARCH.try_into()?)?.try_into()
}
