//! The WebAssembly engine, configured, with one guest loaded.

use crate::SandboxError;
use crate::guests::Kind;
use crate::instance::{self, Loaded, bindings};
use crate::store::{Control, Spent, engine_failed};
use crate::toolchain::{self, Toolchain};
use crate::{Execution, Job, Language, MAX_MEMORY_BYTES, Recipe, Request};
use crate::{preview1, quickjs};
use std::path::Path;
use std::sync::Arc;
use wasmtime::component::{Component, Linker};
use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, Module, PoolingAllocationConfig};

/// A loaded guest, ready to make instances. Blocking; any number of threads may use it, though processes scale where threads do not.
pub(crate) struct Machine {
    language: Language,
    runs: Runs,
}

/// What runs programs.
enum Runs {
    /// An interpreter, ready to be instantiated.
    Interpreter { engine: Engine, guest: Loaded },
    /// A compiler, and what it makes.
    Toolchain(Box<Toolchain>),
}

/// Native stack for a thread that runs guests: WebAssembly's own limit, and the host's frames on top.
pub(crate) const THREAD_STACK_BYTES: usize = WASM_STACK_BYTES + (8 << 20);
pub(crate) const WASM_STACK_BYTES: usize = 64 << 20;

/// Touched pages that a slot keeps between instances instead of giving them back to the system, which costs page faults.
const KEEP_RESIDENT_BYTES: usize = 128 << 20;

/// The engine every process of this program uses. `instances` is how many guest instances can exist at once.
///
/// # Errors
/// If the system cannot reserve the address space: about 8 GiB per instance.
pub(crate) fn engine(instances: u32) -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    config.consume_fuel(true);
    config.epoch_interruption(true);
    config.max_wasm_stack(WASM_STACK_BYTES);
    // Unused, but checked to be no smaller.
    config.async_stack_size(THREAD_STACK_BYTES);
    config.wasm_backtrace_max_frames(None);
    config.wasm_component_model(true);
    config.memory_init_cow(true);
    let mut pool = PoolingAllocationConfig::default();
    // Sizes under which the Python guest instantiates: 14 core modules in 64 core instances.
    pool.total_component_instances(instances)
        .total_core_instances(instances * 64)
        .total_memories(instances * 4)
        .total_tables(instances * 32)
        .max_core_instances_per_component(64)
        .max_memories_per_component(16)
        .max_tables_per_component(64)
        .max_component_instance_size(16 << 20)
        .max_core_instance_size(16 << 20)
        .table_elements(60_000)
        .max_memory_size(MAX_MEMORY_BYTES as usize)
        .linear_memory_keep_resident(KEEP_RESIDENT_BYTES)
        .table_keep_resident(1 << 20)
        .pagemap_scan(Enabled::Auto);
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    Engine::new(&config)
}

impl Machine {
    /// Loads a guest that [`Guests`](crate::Guests) compiled from this recipe.
    pub(crate) fn load(recipe: &Recipe, module: &Path, instances: u32) -> Result<Self, SandboxError> {
        let fail = engine_failed;
        let language = recipe.languages().first().copied().unwrap_or_default();
        let load = match recipe.kind() {
            Kind::Component => load_component,
            Kind::QuickJs => load_quickjs,
            Kind::Toolchain => return Ok(Self { language, runs: Runs::Toolchain(Box::new(Toolchain::load(module, instances)?)) }),
        };
        let engine = engine(instances).map_err(fail)?;
        let guest = load(&engine, module).map_err(fail)?;
        Ok(Self { language, runs: Runs::Interpreter { engine, guest } })
    }

    /// Performs one execution on the calling thread, whose stack must be [`THREAD_STACK_BYTES`] large.
    ///
    /// The instances outlive the call, so that the caller can reply before their memory is cleaned.
    pub(crate) fn execute(&self, request: &Request, control: &Control) -> (Result<Execution, SandboxError>, Spent) {
        match &self.runs {
            Runs::Interpreter { engine, guest } => instance::execute(engine, guest, request, control),
            Runs::Toolchain(toolchain) => toolchain.execute(request, control),
        }
    }

    /// What makes everything open and mapped that later programs need.
    pub(crate) fn warm_up(&self) -> (&'static str, Job) {
        match &self.runs {
            // Of all jobs, the one that uses the most instances at once.
            Runs::Interpreter { .. } => ("", Job::Check { tests: "".into(), entry_point: String::new(), shared: false }),
            Runs::Toolchain(_) => (toolchain::WARM_UP, Job::Run { stdin: Arc::default(), prelude: false }),
        }
    }

    /// A language of the programs that it runs.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// Makes every running execution look at its [`Control`].
    pub(crate) fn tick(&self) {
        match &self.runs {
            Runs::Interpreter { engine, .. } => engine.increment_epoch(),
            Runs::Toolchain(toolchain) => toolchain.tick(),
        }
    }
}

fn load_component(engine: &Engine, module: &Path) -> wasmtime::Result<Loaded> {
    #[expect(unsafe_code, reason = "a precompiled component is machine code: loading it is trusting it")]
    // SAFETY: as in `load_module`.
    let component = unsafe { Component::deserialize_file(engine, module) }?;
    let mut linker = Linker::new(engine);
    instance::add_to_linker(&mut linker)?;
    linker.define_unknown_imports_as_traps(&component)?;
    bindings::GuestPre::new(linker.instantiate_pre(&component)?).map(Loaded::Component)
}

fn load_quickjs(engine: &Engine, module: &Path) -> wasmtime::Result<Loaded> {
    let module = load_module(engine, module)?;
    let mut linker = wasmtime::Linker::new(engine);
    preview1::add_to_linker(&mut linker, &module)?;
    quickjs::add_to_linker(&mut linker)?;
    linker.instantiate_pre(&module).map(Loaded::QuickJs)
}

/// Loads a core module that [`Guests`](crate::Guests) compiled.
#[expect(unsafe_code, reason = "a precompiled module is machine code: loading it is trusting it")]
pub(crate) fn load_module(engine: &Engine, module: &Path) -> wasmtime::Result<Module> {
    // SAFETY: the file was written by `Guests` from a module compiled with this engine's settings, into a folder that `Guests` has checked to belong to this user
    // and to be writable by nobody else.
    unsafe { Module::deserialize_file(engine, module) }
}
