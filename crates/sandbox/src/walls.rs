//! The second wall around a worker process: what it gives up before it runs a program.
//!
//! WebAssembly is the first wall. Should it fail, whoever broke out of it finds a process that can compute, answer its parent, and little else. No wall needs
//! root; each is raised where the kernel has it, and reported. This module does not decide whether a worker may run without one: that is the caller's choice
//! ([`WorkerCommand::require_walls`](crate::WorkerCommand)).

mod file_system;
mod process;
mod system_calls;

use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that a worker process can no longer do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Wall {
    /// It has no environment variables.
    Environment,
    /// It holds no descriptor of its parent's but the socket between them, and can open no new one.
    Descriptors,
    /// It can gain no privilege by executing a file (`PR_SET_NO_NEW_PRIVS`).
    Privileges,
    /// It ends when its parent does (`PR_SET_PDEATHSIG`).
    Parent,
    /// Its memory is written to no core dump, and read by no process of the same user.
    CoreDumps,
    /// It writes no file, starts no process, locks no memory, and takes no more than 4 GiB of memory beside its guests' (`setrlimit`).
    Resources,
    /// It reaches no file, no TCP port, no abstract Unix socket, and signals no other process (Landlock).
    FileSystem,
    /// It makes no system call but those that running a loaded guest needs: any other ends it (seccomp).
    SystemCalls,
}

impl Wall {
    /// Every wall, in the order in which they are raised.
    pub const ALL: [Self; 8] = [
        Self::Environment,
        Self::Descriptors,
        Self::Privileges,
        Self::Parent,
        Self::FileSystem,
        Self::Resources,
        Self::CoreDumps,
        Self::SystemCalls,
    ];

    /// Its name, for people and for scripts that read them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Descriptors => "descriptors",
            Self::Privileges => "no-new-privileges",
            Self::Parent => "parent-death",
            Self::CoreDumps => "core-dumps",
            Self::Resources => "rlimits",
            Self::FileSystem => "landlock",
            Self::SystemCalls => "seccomp",
        }
    }
}

impl fmt::Display for Wall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A wall that could not be raised.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{wall} ({why})")]
pub struct MissingWall {
    /// Which one.
    pub wall: Wall,
    /// What the system said.
    pub why: String,
}

/// Which walls stand around a worker process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walls {
    standing: Vec<Wall>,
    missing: Vec<MissingWall>,
    /// Whether machine code is made in this process.
    compiles: bool,
}

impl Walls {
    /// Those that stand.
    pub fn standing(&self) -> &[Wall] {
        &self.standing
    }

    /// Those that do not, and why.
    pub fn missing(&self) -> &[MissingWall] {
        &self.missing
    }

    /// What a process has around it that is no worker.
    pub(crate) fn none() -> Self {
        let why = "programs run in this process, without workers";
        Self { standing: Vec::new(), missing: Wall::ALL.map(|wall| MissingWall { wall, why: why.to_owned() }).into(), compiles: false }
    }

    /// Raises what can be raised before the guest is loaded. First thing in a worker: descriptors that are open by then are taken to be its parent's.
    pub(crate) fn raise_first() -> Self {
        process::use_one_heap();
        let mut walls = Self::default();
        walls.raise(&[Wall::Environment, Wall::Descriptors, Wall::Privileges, Wall::Parent]);
        walls
    }

    /// Raises what stands in the way of loading a guest. On the only thread there is: Landlock holds for it and for those that it starts.
    pub(crate) fn raise_after_loading(&mut self) {
        self.raise(&[Wall::FileSystem, Wall::Resources, Wall::CoreDumps]);
    }

    /// Raises the last one, around all threads that there are: no other can be started. A worker that `compiles` programs may make memory executable.
    pub(crate) fn close(&mut self, compiles: bool) {
        self.compiles = compiles;
        self.raise(&[Wall::SystemCalls]);
    }

    fn raise(&mut self, walls: &[Wall]) {
        // Read before the file system is out of reach.
        let mut reserved_bytes = if walls.contains(&Wall::Resources) { process::reserved_bytes() } else { Ok(0) };
        for wall in walls {
            let raised = match wall {
                Wall::Environment => process::environment_is_empty(),
                Wall::Descriptors => process::close_inherited_descriptors(),
                Wall::Privileges => process::gain_no_privileges(),
                Wall::Parent => process::end_with_the_parent(),
                Wall::CoreDumps => process::leave_no_core_dump(),
                Wall::Resources => std::mem::replace(&mut reserved_bytes, Ok(0)).and_then(process::limit_resources),
                Wall::FileSystem => file_system::close(),
                Wall::SystemCalls => system_calls::restrict(self.compiles),
            };
            match raised {
                Ok(()) => self.standing.push(*wall),
                Err(why) => self.missing.push(MissingWall { wall: *wall, why: why.to_string() }),
            }
        }
    }
}

impl fmt::Display for Walls {
    /// One line, as in `descriptors, landlock; missing: seccomp (why)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.standing.iter().map(|wall| wall.name()).collect();
        f.write_str(if names.is_empty() { "none" } else { "" })?;
        f.write_str(&names.join(", "))?;
        for (index, missing) in self.missing.iter().enumerate() {
            write!(f, "{} {missing}", if index == 0 { "; missing:" } else { "," })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
