//! What one execution may use up.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Fuel that stands for one second of CPU of the reference machine.
///
/// Fuel counts WebAssembly instructions and is the same on every machine. The reference second is one second of a native CPython on one core of a 2020s server
/// (AMD EPYC): programs measured in docs/benchmarks.md used 6 to 20 thousand million units for what took a native interpreter one second, so this budget is
/// enough for every one of them. In the sandbox it lasts about two seconds of CPU.
pub const FUEL_PER_CPU_SECOND: u64 = 25_000_000_000;

/// The same for programs that are compiled to machine code, C and C++: a second of what a native compiler with `-O2` makes of them. Those measured in
/// docs/benchmarks.md used 4 to 14 thousand million units for it, one that the native compiler vectorises 29; in the sandbox a second of CPU burns 2 to 9.
pub const FUEL_PER_CPU_SECOND_COMPILED: u64 = 15_000_000_000;

/// The largest linear memory that an instance can have, in bytes: what 32-bit pointers reach.
pub const MAX_MEMORY_BYTES: u64 = 4 << 30;

/// Bounds on one execution. Everything but `wall` is counted, so that reaching a bound is a fact about the program and not about the machine.
///
/// ```
/// use gavel_sandbox::{FUEL_PER_CPU_SECOND, Limits};
/// let limits = Limits { fuel: 3 * FUEL_PER_CPU_SECOND, ..Limits::default() };
/// assert_eq!(limits.memory_bytes, 512 << 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Units of fuel. Does not cover the instantiation itself, which runs no guest code.
    pub fuel: u64,
    /// Bytes of linear memory, the language runtime included (about 40 MiB for Python). Does not cover the host's copies of input and output.
    pub memory_bytes: u64,
    /// Bytes of standard output and standard error together, and bytes of each value that a called function returns, as they leave the instance. Tests that
    /// run in an instance of their own may write more, to nowhere.
    pub output_bytes: u64,
    /// A backstop against a stuck machine. Reaching it is a [`SandboxError`](crate::SandboxError), never an [`Exit`](crate::Exit).
    pub wall: Duration,
}

impl Limits {
    /// The wall clock that a budget of `fuel` is given: enough for a machine a hundred times slower than the reference.
    pub fn wall_for(fuel: u64) -> Duration {
        Duration::from_secs(20 + fuel / (FUEL_PER_CPU_SECOND / 100))
    }
}

impl Default for Limits {
    /// Two reference seconds, 512 MiB, 16 MiB of output.
    fn default() -> Self {
        let fuel = 2 * FUEL_PER_CPU_SECOND;
        Self { fuel, memory_bytes: 512 << 20, output_bytes: 16 << 20, wall: Self::wall_for(fuel) }
    }
}
