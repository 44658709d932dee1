//! Fresh instances of a guest: made, used once, thrown away.

use crate::quickjs;
use crate::store::{self, Control, Guest, Spent, clipped, engine_failed, exit_of};
use crate::value::{self, Value};
use crate::wasi;
use crate::{Execution, Exit, Failure, Job, Limit, Limits, Request, SandboxError};
use std::cell::RefCell;
use std::sync::Arc;
use wasmtime::component::{HasSelf, Linker};
use wasmtime::{Engine, InstancePre, Store};

/// The world `guest` as Rust types.
pub(crate) mod bindings {
    wasmtime::component::bindgen!({
        path: "../../sandboxes/guest.wit",
        world: "guest",
        imports: { default: trappable },
    });
}

use bindings::gavel::guest::types::Ending;

pub(crate) struct Instance {
    store: Store<Guest>,
    exports: Exports,
    ended: Option<Exit>,
    /// How long an answer of `serve` may be. It becomes a tree of values here, which is some thirty times larger.
    answer_bytes: u64,
}

/// The program ended while tests in another instance were using it.
#[derive(Debug, thiserror::Error)]
#[error("the program ended")]
struct ProgramEnded;

/// A guest of one kind, ready to be instantiated.
pub(crate) enum Loaded {
    /// A component of the world `guest`.
    Component(bindings::GuestPre<Guest>),
    /// A core module: JavaScript's.
    QuickJs(InstancePre<Guest>),
}

impl Loaded {
    fn instantiate(&self, store: &mut Store<Guest>) -> wasmtime::Result<Exports> {
        match self {
            Self::Component(guest) => guest.instantiate(store).map(Exports::Component),
            Self::QuickJs(guest) => {
                let instance = guest.instantiate(&mut *store)?;
                quickjs::Exports::new(store, &instance).map(Exports::QuickJs)
            }
        }
    }
}

/// What an instance of one kind can be asked, which is what the world `guest` exports.
enum Exports {
    Component(bindings::Guest),
    QuickJs(quickjs::Exports),
}

impl Instance {
    fn run(&mut self, source: &str, prelude: bool) -> wasmtime::Result<Ending> {
        match &self.exports {
            Exports::Component(guest) => guest.call_run(&mut self.store, source, prelude),
            Exports::QuickJs(guest) => guest.run(&mut self.store, source),
        }
    }

    fn load(&mut self, source: &str) -> wasmtime::Result<Ending> {
        match &self.exports {
            Exports::Component(guest) => guest.call_load(&mut self.store, source),
            Exports::QuickJs(guest) => guest.load(&mut self.store, source),
        }
    }

    fn serve(&mut self, message: &[u8]) -> wasmtime::Result<Vec<u8>> {
        match &self.exports {
            Exports::Component(guest) => guest.call_serve(&mut self.store, message),
            Exports::QuickJs(guest) => guest.serve(&mut self.store, message),
        }
    }

    fn check(&mut self, tests: &str, entry_point: &str, shared: bool) -> wasmtime::Result<Ending> {
        match &self.exports {
            Exports::Component(guest) => guest.call_check(&mut self.store, tests, entry_point, shared),
            Exports::QuickJs(guest) => guest.check(&mut self.store, tests, entry_point, shared),
        }
    }
}

pub(crate) fn add_to_linker(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    wasi::add_to_linker(linker)?;
    bindings::gavel::guest::candidate::add_to_linker::<Guest, HasSelf<Guest>>(linker, |guest| guest)
}

impl bindings::gavel::guest::types::Host for Guest {}

impl bindings::gavel::guest::candidate::Host for Guest {
    /// Passes a message from tests to the program, and back what has been checked to be data.
    fn request(&mut self, message: Vec<u8>) -> wasmtime::Result<Vec<u8>> {
        let program = self.program.as_mut().ok_or_else(|| wasmtime::Error::msg("no program is loaded beside these tests"))?;
        let answer = match program.serve(&message) {
            Ok(answer) if answer.len() as u64 > program.answer_bytes => {
                program.ended = Some(Exit::Exceeded(Limit::Output));
                return Err(ProgramEnded.into());
            }
            Ok(answer) => answer,
            Err(error) => {
                program.ended = Some(exit_of(&error, &program.store)?);
                return Err(ProgramEnded.into());
            }
        };
        program.ended = match Answer::read(&answer) {
            Some(Answer::Exit(status)) => Some(Exit::Status(status)),
            Some(Answer::Unavailable(module)) => Some(Exit::ModuleUnavailable(clipped(module))),
            Some(Answer::Value { .. } | Answer::Raised(_) | Answer::Missing(_)) => return Ok(answer),
            Some(Answer::TooLong) | None => Some(Exit::Trap("the program's instance sent a malformed answer".to_owned())),
        };
        Err(ProgramEnded.into())
    }
}

/// What `serve` answers; see `sandboxes/python/driver/program.py`.
enum Answer {
    Value {
        result: Value,
    },
    Raised(Failure),
    Exit(i32),
    Missing(String),
    Unavailable(String),
    /// More bytes than may be read.
    TooLong,
}

impl Answer {
    fn read(bytes: &[u8]) -> Option<Self> {
        let Value::Tuple(parts) = value::decode(bytes).ok()? else { return None };
        let Value::Str(tag) = parts.first()? else { return None };
        Some(match (tag.as_str(), &parts[1..]) {
            ("value", [Value::Bytes(result)]) => Self::Value { result: value::decode_crossing(result).ok()? },
            ("value", [Value::Bytes(result), Value::Bytes(arguments)]) => {
                value::decode_crossing(arguments).ok()?;
                Self::Value { result: value::decode_crossing(result).ok()? }
            }
            ("raise", [Value::Str(kind), Value::Str(message), Value::Int(line)]) => Self::Raised(Failure {
                kind: clipped(kind.clone()),
                message: clipped(message.clone()),
                line: u32::try_from(*line).unwrap_or(0),
            }),
            ("exit", [Value::Int(status)]) => Self::Exit(i32::try_from(*status).unwrap_or(1)),
            ("missing", [Value::Str(name)]) => Self::Missing(name.clone()),
            ("unavailable", [Value::Str(module)]) => Self::Unavailable(module.clone()),
            _ => return None,
        })
    }
}

/// Makes the instances that a request needs and uses them.
pub(crate) fn execute(engine: &Engine, guest: &Loaded, request: &Request, control: &Control) -> (Result<Execution, SandboxError>, Spent) {
    let maker = Maker { engine, guest, limits: &request.limits, control, spent: RefCell::default() };
    let result = perform(&maker, request);
    (result, Spent(maker.spent.into_inner()))
}

fn perform(maker: &Maker<'_>, request: &Request) -> Result<Execution, SandboxError> {
    match &request.job {
        Job::Run { stdin, prelude } => {
            let mut instance = maker.make(Arc::clone(stdin))?;
            let exit = instance.end(|it| it.run(&request.source, *prelude))?;
            Ok(instance.into_execution(maker, exit, None))
        }
        Job::Call { function, forms } => call(maker, &request.source, function, forms),
        Job::Check { tests, entry_point, shared: true } => {
            let mut instance = maker.make(Arc::default())?;
            let loaded = instance.end(|it| it.load(&request.source))?;
            if loaded != Exit::Finished {
                return Ok(instance.into_execution(maker, loaded.clone(), Some(loaded)));
            }
            let exit = instance.end(|it| it.check(tests, entry_point, true))?;
            Ok(instance.into_execution(maker, exit, None))
        }
        Job::Check { tests, entry_point, shared: false } => check_apart(maker, &request.source, tests, entry_point),
    }
}

fn call(maker: &Maker<'_>, source: &str, function: &str, forms: &[Vec<Value>]) -> Result<Execution, SandboxError> {
    let mut instance = maker.make(Arc::default())?;
    let loaded = instance.end(|it| it.load(source))?;
    if loaded != Exit::Finished {
        return Ok(instance.into_execution(maker, loaded.clone(), Some(loaded)));
    }
    let forms = forms.iter().map(|form| Value::Tuple(form.clone())).collect();
    let message = Value::Tuple(vec![Value::Str("entry".to_owned()), Value::Str(function.to_owned()), Value::Tuple(forms)]);
    let answer = instance.serve(&value::encode(&message));
    let (exit, value) =
        match answer.map(|bytes| if bytes.len() as u64 > instance.answer_bytes { Some(Answer::TooLong) } else { Answer::read(&bytes) }) {
            Ok(Some(Answer::TooLong)) => (Exit::Exceeded(Limit::Output), None),
            Ok(Some(Answer::Value { result })) => (Exit::Finished, Some(result)),
            Ok(Some(Answer::Raised(failure))) => (instance.raised(failure), None),
            Ok(Some(Answer::Exit(status))) => (Exit::Status(status), None),
            Ok(Some(Answer::Missing(name))) => (Exit::Missing(clipped(name)), None),
            Ok(Some(Answer::Unavailable(module))) => (Exit::ModuleUnavailable(clipped(module)), None),
            // What text or nesting the host cannot represent equals nothing that a reference can hold.
            Ok(None) => (Exit::Finished, Some(Value::Opaque)),
            Err(error) => (exit_of(&error, &instance.store)?, None),
        };
    Ok(Execution { value, ..instance.into_execution(maker, exit, None) })
}

fn check_apart(maker: &Maker<'_>, source: &str, tests: &str, entry_point: &str) -> Result<Execution, SandboxError> {
    let mut program = maker.make(Arc::default())?;
    let loaded = program.end(|it| it.load(source))?;
    if loaded != Exit::Finished {
        return Ok(program.into_execution(maker, loaded.clone(), Some(loaded)));
    }
    let mut tester = maker.make(Arc::default())?;
    // Tests may print what the program returns, which must not make them look broken.
    tester.store.data_mut().wasi.drop_output();
    tester.store.data_mut().program = Some(Box::new(program));
    let ended = tester.check(tests, entry_point, false);
    let program = tester.store.data_mut().program.take().expect("the program was put there above and nothing takes it");
    let (exit, program_exit) = match (ended, program.ended.clone()) {
        (_, Some(exit)) => (exit.clone(), Some(exit)),
        (Ok(ending), None) => (tester.ending(ending), None),
        (Err(error), None) => (exit_of(&error, &tester.store)?, None),
    };
    let tests = tester.into_execution(maker, exit, program_exit);
    let program = program.into_execution(maker, Exit::Finished, None);
    Ok(Execution {
        fuel: tests.fuel + program.fuel,
        peak_memory_bytes: tests.peak_memory_bytes.max(program.peak_memory_bytes),
        stdout: program.stdout,
        stderr: if program.stderr.is_empty() { tests.stderr } else { program.stderr },
        ..tests
    })
}

/// Makes instances that share bounds.
struct Maker<'a> {
    engine: &'a Engine,
    guest: &'a Loaded,
    limits: &'a Limits,
    control: &'a Control,
    spent: RefCell<Vec<Store<Guest>>>,
}

impl Maker<'_> {
    fn make(&self, stdin: Arc<[u8]>) -> Result<Instance, SandboxError> {
        let mut store = store::open(self.engine, self.limits, self.control, stdin)?;
        let exports = self.guest.instantiate(&mut store).map_err(engine_failed)?;
        store::begin(&mut store)?;
        Ok(Instance { store, exports, ended: None, answer_bytes: self.limits.output_bytes })
    }
}

impl Instance {
    fn end(&mut self, run: impl FnOnce(&mut Self) -> wasmtime::Result<Ending>) -> Result<Exit, SandboxError> {
        match run(self) {
            Ok(ending) => Ok(self.ending(ending)),
            Err(error) => exit_of(&error, &self.store),
        }
    }

    fn ending(&self, ending: Ending) -> Exit {
        match ending {
            Ending::Finished => Exit::Finished,
            Ending::Exited(status) => Exit::Status(status),
            Ending::Failed(failure) => self.raised(Failure::from(failure)),
            Ending::Uncompilable(failure) => Exit::Uncompilable(failure.into()),
            Ending::ModuleUnavailable(module) => Exit::ModuleUnavailable(clipped(module)),
            Ending::CannotCross(what) => Exit::CannotCross(clipped(what)),
            Ending::Missing(name) => Exit::Missing(clipped(name)),
        }
    }

    /// An exception that nothing caught. Running out of memory is one, and means the limit where the limit was what refused more.
    fn raised(&self, failure: Failure) -> Exit {
        if failure.kind == "MemoryError" && self.store.data().memory.refused {
            Exit::Exceeded(Limit::Memory)
        } else {
            Exit::Raised(failure)
        }
    }

    fn into_execution(mut self, maker: &Maker<'_>, exit: Exit, program_exit: Option<Exit>) -> Execution {
        let fuel = store::fuel_used(&self.store);
        let guest = self.store.data_mut();
        let execution = Execution {
            exit,
            program_exit,
            fuel,
            peak_memory_bytes: guest.memory.peak as u64,
            stdout: std::mem::take(&mut guest.wasi.stdout),
            stderr: std::mem::take(&mut guest.wasi.stderr),
            value: None,
        };
        maker.spent.borrow_mut().push(self.store);
        execution
    }
}

impl From<bindings::gavel::guest::types::Failure> for Failure {
    fn from(failure: bindings::gavel::guest::types::Failure) -> Self {
        Self { kind: clipped(failure.kind), message: clipped(failure.message), line: failure.line }
    }
}
