//! Runs untrusted programs in fresh WebAssembly instances, with limits that are counted.
//!
//! A [`Guest`](Guests) is a language runtime compiled to a WebAssembly component, started and frozen once; each execution thaws a copy, runs one program in it
//! and throws it away. A program sees its standard streams, a virtual clock and fixed random bytes, and nothing else: no files, no network, no environment, no
//! other execution.
//!
//! What ends a program is counted: fuel, bytes of memory, bytes of output. The same [`Request`] to the same guest gives the same [`Execution`], fuel included,
//! on any machine and at any load. The wall clock is only a backstop; reaching it is a [`SandboxError`], which says nothing about the program.
//!
//! ```no_run
//! use gavel_sandbox::{Exit, Guests, Job, Language, Limits, Recipe, Request, Sandbox};
//!
//! let guest = Guests::new("/var/cache/gavel").get(&Recipe::PYTHON, &mut |_| {})?;
//! let sandbox = Sandbox::in_process(&guest, 1)?;
//! let job = Job::Run { stdin: b"20 22"[..].into(), prelude: false };
//! let execution = sandbox.execute(Request { language: Language::Python, source: "print(sum(map(int, input().split())))".into(), job, limits: Limits::default() })?;
//! assert_eq!((execution.exit, execution.stdout), (Exit::Finished, b"42\n".to_vec()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod execution;
mod guests;
mod instance;
mod language;
mod limits;
mod machine;
mod pool;
mod preview1;
mod quickjs;
mod residency;
mod sandbox;
mod store;
mod toolchain;
mod value;
mod walls;
mod wasi;
mod worker;

pub use execution::{Execution, Exit, Failure, Job, Limit, Request, SandboxError};
pub use guests::{GuestError, GuestModule, Guests, Listed, Progress, Recipe};
pub use language::Language;
pub use limits::{FUEL_PER_CPU_SECOND, FUEL_PER_CPU_SECOND_COMPILED, Limits, MAX_MEMORY_BYTES};
pub use sandbox::{Pending, Sandbox, WorkerCommand};
pub use value::Value;
pub use walls::{MissingWall, Wall, Walls};
pub use worker::serve as serve_worker;
