//! clang and its linker, which are one WebAssembly module: each run in an instance of its own, under limits of its own, on files in memory.

use super::commands::{self, OBJECT, PROGRAM, Standard};
use super::diagnostics::{failure, first_error};
use crate::preview1::{self, Files, Tree};
use crate::store::{self, Control, Guest, engine_failed, exit_of};
use crate::{Exit, Failure, Limit, Limits, SandboxError, machine};
use std::path::Path;
use std::sync::Arc;
use wasmtime::{Engine, InstancePre, Linker, Store};

/// What compiling a program may use, in all its runs together, and in memory each. These do not depend on the item: whether a program compiles is a fact about the program.
pub(super) const FUEL: u64 = 20_000_000_000;
const MEMORY_BYTES: u64 = 1 << 30;
/// What a compiler may say.
const OUTPUT_BYTES: u64 = 1 << 20;
/// What it may write: object files, and precompiled headers.
pub(super) const SCRATCH_BYTES: u64 = 256 << 20;

/// The compiler, loaded.
pub(super) struct Compiler {
    engine: Engine,
    llvm: InstancePre<Guest>,
}

/// What a run left.
pub(super) struct Run {
    pub(super) exit: Exit,
    pub(super) said: Vec<u8>,
    pub(super) files: Files,
    fuel_left: u64,
}

impl Compiler {
    /// Loads what [`Guests`](crate::Guests) compiled. `instances` is how many runs there can be at once.
    pub(super) fn load(module: &Path, instances: u32) -> Result<Self, SandboxError> {
        let engine = machine::engine(instances).map_err(engine_failed)?;
        let module = machine::load_module(&engine, module).map_err(engine_failed)?;
        let mut linker = Linker::new(&engine);
        preview1::add_to_linker(&mut linker, &module).map_err(engine_failed)?;
        let llvm = linker.instantiate_pre(&module).map_err(engine_failed)?;
        Ok(Self { engine, llvm })
    }

    pub(super) fn tick(&self) {
        self.engine.increment_epoch();
    }

    /// One run with these arguments on these files.
    pub(super) fn run(
        &self,
        files: Files,
        stdin: Arc<[u8]>,
        fuel: u64,
        control: &Control,
        spent: &mut Vec<Store<Guest>>,
    ) -> Result<Run, SandboxError> {
        let wall = Limits::wall_for(fuel);
        let limits = Limits { fuel, memory_bytes: MEMORY_BYTES, output_bytes: OUTPUT_BYTES, wall };
        let mut store = store::open(&self.engine, &limits, control, stdin)?;
        store.data_mut().files = files;
        let instance = self.llvm.instantiate(&mut store).map_err(engine_failed)?;
        store::begin(&mut store)?;
        let start = instance.get_typed_func::<(), ()>(&mut store, "_start").map_err(engine_failed)?;
        let exit = match start.call(&mut store, ()) {
            Ok(()) => Exit::Finished,
            Err(error) => exit_of(&error, &store)?,
        };
        let fuel_left = store.get_fuel().unwrap_or(0);
        let guest = store.data_mut();
        let run = Run { fuel_left, exit, said: std::mem::take(&mut guest.wasi.stderr), files: std::mem::take(&mut guest.files) };
        spent.push(store);
        Ok(run)
    }

    /// The WebAssembly of a program, or why there is none.
    pub(super) fn compile(
        &self,
        tree: &Arc<Tree>,
        source: &str,
        standards: &[(Standard, bool)],
        control: &Control,
        spent: &mut Vec<Store<Guest>>,
    ) -> Result<Result<Vec<u8>, Failure>, SandboxError> {
        let (mut first, mut fuel) = (None, FUEL);
        for (standard, with_header) in standards {
            let files = Files::new(commands::compile(*standard, *with_header), Arc::clone(tree), SCRATCH_BYTES);
            let mut run = self.run(files, source.as_bytes().into(), fuel, control, spent)?;
            fuel = run.fuel_left;
            match (written(&mut run, OBJECT), &run.exit) {
                (Ok(object), _) => {
                    let mut files = Files::new(commands::link(*standard), Arc::clone(tree), SCRATCH_BYTES);
                    files.put(OBJECT, object);
                    let mut run = self.run(files, Arc::default(), fuel, control, spent)?;
                    return Ok(written(&mut run, PROGRAM));
                }
                // What no standard accepts is reported as the first one puts it.
                (Err(why), Exit::Status(1)) => drop(first.get_or_insert(why)),
                // A bound that was reached, or a crash, is not worth a second time.
                (Err(why), _) => return Ok(Err(why)),
            }
        }
        Ok(Err(first.unwrap_or_else(|| failure("there is no standard for it".to_owned(), 0))))
    }
}

/// The file that a run was to write, or why it did not.
fn written(run: &mut Run, path: &str) -> Result<Vec<u8>, Failure> {
    match &run.exit {
        Exit::Finished | Exit::Status(0) => run.files.take(path).ok_or_else(|| failure("the compiler wrote nothing".to_owned(), 0)),
        Exit::Exceeded(Limit::Fuel) => Err(failure("compiling it takes too long".to_owned(), 0)),
        Exit::Exceeded(Limit::Memory) => Err(failure("compiling it takes too much memory".to_owned(), 0)),
        Exit::Exceeded(Limit::Output) => Err(failure("compiling it gives too many messages".to_owned(), 0)),
        Exit::Status(_) => Err(first_error(&run.said)),
        _ => Err(failure("the compiler crashes on it".to_owned(), 0)),
    }
}
