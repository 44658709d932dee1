//! Programs in languages that are compiled: C and C++. The compiler runs in an instance, what it makes is compiled to machine code in this process, and each
//! execution has a fresh instance of that.
//!
//! The compiler reads the source of somebody who is not trusted, and what it writes is trusted as little: the engine validates it as it would any
//! WebAssembly.

mod bounds;
mod build;
mod cache;
mod commands;
mod compiler;
mod diagnostics;
mod functions;
mod pack;

pub(crate) use build::Builder;

use commands::Standard;
use compiler::Compiler;

use crate::machine::{THREAD_STACK_BYTES, WASM_STACK_BYTES};
use crate::preview1::{self, Tree};
use crate::sandbox::Cancel;
use crate::store::{self, Control, Guest, Spent, engine_failed, exit_of, fuel_used};
use crate::{Execution, Exit, Failure, Job, Language, Limit, Limits, MAX_MEMORY_BYTES, Request, SandboxError};
use cache::{Cache, Key};
use diagnostics::failure;
use functions::Functions;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, InstancePre, Linker, Module, OperatorCost, PoolingAllocationConfig, Store,
    ThrownException,
};

/// How much longer an execution may take, by the wall clock, when the program has to be compiled first.
pub(crate) fn wall_of_compiling() -> Duration {
    Limits::wall_for(compiler::FUEL)
}

/// The files that compilers read, beside the compiled compiler.
pub(crate) const TREE: &str = "tree.pack";
/// The C++ runtime, in that tree.
pub(crate) const RUNTIME: &str = "usr/lib/runtime.a";
/// What is linked into every C++ program, in that tree.
const BASE: &str = "usr/lib/base.o";

/// A program that uses what programs use: streams and exceptions.
pub(crate) const WARM_UP: &str = r#"
#include <bits/stdc++.h>
int main() {
    try {
        throw std::runtime_error("warm");
    } catch (const std::exception& error) {
        std::cout << error.what() << std::endl;
    }
}
"#;

/// The compiler, its files, and the engine that runs what it makes.
pub(crate) struct Toolchain {
    compiler: Compiler,
    tree: Arc<Tree>,
    programs: Engine,
    functions: Arc<Functions>,
    compiled: Mutex<Cache<Compiled>>,
}

/// What became of a source.
type Compiled = Result<InstancePre<Guest>, Failure>;

/// Bytes of machine memory a slot keeps between programs.
const KEEP_RESIDENT_BYTES: usize = 16 << 20;

/// The engine of compiled programs, which come from the source of somebody who is not trusted: what they need and nothing else, compiled by the calling thread
/// alone, and with no file or memory of its own for an image.
fn engine(instances: u32, functions: Arc<Functions>) -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    config.consume_fuel(true);
    config.epoch_interruption(true);
    config.max_wasm_stack(WASM_STACK_BYTES);
    config.async_stack_size(THREAD_STACK_BYTES);
    config.wasm_backtrace_max_frames(None);
    config.wasm_exceptions(true);
    config.wasm_threads(false);
    config.wasm_memory64(false);
    config.wasm_multi_memory(false);
    config.wasm_component_model(false);
    config.memory_init_cow(false);
    config.parallel_compilation(false);
    // Unwinding is the host's work, of many units for each.
    config.operator_cost(OperatorCost { Throw: u8::MAX, ThrowRef: u8::MAX, ..OperatorCost::default() });
    config.enable_incremental_compilation(functions)?;
    let mut pool = PoolingAllocationConfig::default();
    pool.total_core_instances(instances)
        // A heap of exceptions takes a slot as a memory does.
        .total_memories(2 * instances)
        .total_tables(instances)
        .total_gc_heaps(instances)
        .max_memories_per_module(1)
        .max_tables_per_module(1)
        .max_core_instance_size(1 << 20)
        .table_elements(60_000)
        .max_memory_size(MAX_MEMORY_BYTES as usize)
        .linear_memory_keep_resident(KEEP_RESIDENT_BYTES)
        .table_keep_resident(1 << 20)
        .pagemap_scan(Enabled::Auto);
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    Engine::new(&config)
}

impl Toolchain {
    /// Loads the compiler at `module` and the files beside it.
    pub(crate) fn load(module: &Path, instances: u32) -> Result<Self, SandboxError> {
        let compiler = Compiler::load(module, instances)?;
        let tree =
            pack::open(&module.with_file_name(TREE)).map_err(|error| SandboxError::Engine { message: format!("{TREE}: {error}") })?;
        let functions = Arc::<Functions>::default();
        let programs = engine(instances, Arc::clone(&functions)).map_err(engine_failed)?;
        let toolchain = Self { compiler, tree: Arc::new(tree), programs, functions, compiled: Mutex::default() };
        toolchain.learn()?;
        Ok(toolchain)
    }

    /// Compiles a program that has what all have, on a thread whose stack is large enough for it.
    fn learn(&self) -> Result<(), SandboxError> {
        let control = Control { cancel: Cancel::by(&Arc::default()), deadline: None };
        let learn = || {
            let standards = [(Standard::Cpp17, true)];
            let wasm = self.compiler.compile(&self.tree, WARM_UP, &standards, &control, &mut Vec::new())?;
            wasm.map_err(|failure| failure.message).and_then(|wasm| self.prepare(&wasm)).map_err(|message| SandboxError::Engine { message })
        };
        let learnt = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(THREAD_STACK_BYTES).spawn_scoped(scope, learn);
            let start = |message: String| SandboxError::Start { message };
            thread
                .map_err(|error| start(error.to_string()))?
                .join()
                .map_err(|_| start("compiling the first program panicked".to_owned()))?
        });
        self.functions.seal();
        learnt.map(drop)
    }

    /// Makes every running execution look at its [`Control`].
    pub(crate) fn tick(&self) {
        self.compiler.tick();
        self.programs.increment_epoch();
    }

    pub(crate) fn execute(&self, request: &Request, control: &Control) -> (Result<Execution, SandboxError>, Spent) {
        let mut spent = Vec::new();
        let result = self.perform(request, control, &mut spent);
        (result, Spent(spent))
    }

    fn perform(&self, request: &Request, control: &Control, spent: &mut Vec<Store<Guest>>) -> Result<Execution, SandboxError> {
        let Job::Run { stdin, .. } = &request.job else {
            return Err(SandboxError::JobUnsupported { language: request.language.name().to_owned() });
        };
        let compiled = self.compiled(request, control, spent)?;
        let program = match &*compiled {
            Ok(program) => program,
            Err(failure) => return Ok(ended(Exit::Uncompilable(failure.clone()))),
        };
        let mut store = store::open(&self.programs, &request.limits, control, Arc::clone(stdin))?;
        // A module may name code of its own that is run by making an instance.
        store::begin(&mut store)?;
        let called = program.instantiate(&mut store).and_then(|instance| {
            let start = instance.get_typed_func::<(), ()>(&mut store, "_start")?;
            start.call(&mut store, ())
        });
        let exit = match called {
            Ok(()) => Exit::Finished,
            // The least that it needs is more than it may have.
            Err(_) if store.data().memory.refused && store.data().memory.peak == 0 => Exit::Exceeded(Limit::Memory),
            Err(error) if error.is::<ThrownException>() => uncaught(store.data()),
            Err(error) => exit_of(&error, &store)?,
        };
        let fuel = fuel_used(&store);
        let guest = store.data_mut();
        let execution = Execution {
            fuel,
            peak_memory_bytes: guest.memory.peak as u64,
            stdout: std::mem::take(&mut guest.wasi.stdout),
            stderr: std::mem::take(&mut guest.wasi.stderr),
            ..ended(exit)
        };
        spent.push(store);
        Ok(execution)
    }

    /// The program of a request, from the cache or compiled now.
    fn compiled(&self, request: &Request, control: &Control, spent: &mut Vec<Store<Guest>>) -> Result<Arc<Compiled>, SandboxError> {
        let key = key(request);
        let known = self.compiled.lock().unwrap_or_else(PoisonError::into_inner).get(&key);
        if let Some(compiled) = known {
            return Ok(compiled);
        }
        let standards = standards(request.language, &request.source);
        let wasm = self.compiler.compile(&self.tree, &request.source, &standards, control, spent)?;
        // The instances of the compiler are large, and not needed any more.
        spent.clear();
        let bytes = wasm.as_ref().map_or(0, Vec::len);
        let compiled = Arc::new(wasm.and_then(|wasm| self.prepare(&wasm).map_err(|why| failure(why, 0))));
        self.compiled.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&compiled), bytes);
        Ok(compiled)
    }

    /// Machine code for what the compiler wrote. Whatever is wrong with it is the program's doing.
    fn prepare(&self, wasm: &[u8]) -> Result<InstancePre<Guest>, String> {
        bounds::check(wasm)?;
        let module = Module::new(&self.programs, wasm).map_err(|error| format!("the engine refuses the compiled program: {error:#}"))?;
        let mut linker = Linker::new(&self.programs);
        preview1::add_to_linker(&mut linker, &module).map_err(|error| error.to_string())?;
        linker.instantiate_pre(&module).map_err(|error| error.to_string())
    }
}

/// How an exception that nothing caught ends a program: as having no memory left, if it was ever refused any, for that is what is thrown then.
fn uncaught(guest: &Guest) -> Exit {
    if guest.memory.refused {
        return Exit::Exceeded(Limit::Memory);
    }
    Exit::Raised(Failure { kind: "exception".to_owned(), message: "nothing caught it".to_owned(), line: 0 })
}

/// Text that changes whenever the same source may become another program.
pub(crate) fn fingerprint() -> String {
    let compiled = Standard::WITH_HEADER.map(|standard| [commands::compile(standard, true), commands::link(standard)].concat().join(" "));
    let runtime = commands::compile_runtime("", "");
    format!("{compiled:?} {:?} {runtime:?}", commands::compile(Standard::C17, false))
}

fn ended(exit: Exit) -> Execution {
    Execution { exit, program_exit: None, fuel: 0, peak_memory_bytes: 0, stdout: Vec::new(), stderr: Vec::new(), value: None }
}

fn key(request: &Request) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(request.language.name().as_bytes()).update(&[0]).update(request.source.as_bytes());
    *hasher.finalize().as_bytes()
}

/// What C++17 does not have. It decides which standard is tried first, and no more.
const SIGNS_OF_CPP20: &[&str] =
    &["<=>", "<bit>", "<concepts>", "<numbers>", "<ranges>", "<span>", "concept ", "consteval ", "ranges::", "requires ", "views::"];

/// In which ways a source is compiled, one after the other until one accepts it, and whether with the precompiled header, which includes the whole library.
///
/// C++ is tried as C++17 and as C++20, the one first that it looks like. A program that does not include everything itself is at last tried without the header, for the names of which it
/// may have uses of its own.
fn standards(language: Language, source: &str) -> Vec<(Standard, bool)> {
    if language == Language::C {
        return vec![(Standard::C17, false)];
    }
    let mut standards = vec![(Standard::Cpp17, true), (Standard::Cpp20, true)];
    if SIGNS_OF_CPP20.iter().any(|sign| source.contains(sign)) {
        standards.swap(0, 1);
    }
    if !source.contains("bits/stdc++.h") {
        standards.push((Standard::Cpp17, false));
    }
    standards
}
