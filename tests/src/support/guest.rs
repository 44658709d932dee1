//! The Python guest, built once, and sandboxes for tests.

use gavel_code::Code;
use gavel_sandbox::{Execution, GuestModule, Guests, Job, Language, Limits, Recipe, Request, Sandbox, SandboxError, WorkerCommand};
use gavel_verifier::{Registry, Verifier};
use std::sync::{Arc, OnceLock};

/// The guest in the user's cache, which is built on the first use of any test.
pub(crate) fn python() -> &'static GuestModule {
    static GUEST: OnceLock<GuestModule> = OnceLock::new();
    GUEST.get_or_init(|| guests().get(&Recipe::PYTHON, &mut |_| {}).unwrap_or_else(|error| panic!("{error}")))
}

/// Whether a guest that nothing builds unasked is there.
pub(crate) fn built(recipe: &Recipe) -> bool {
    guests().is_built(recipe)
}

fn guests() -> Guests {
    let dirs = directories::BaseDirs::new().expect("a home folder");
    Guests::new(dirs.cache_dir().join("gavel").join("guests"))
}

/// A sandbox in this process, shared by all tests.
pub(crate) fn sandbox() -> &'static Sandbox {
    static SANDBOX: OnceLock<Sandbox> = OnceLock::new();
    SANDBOX.get_or_init(|| Sandbox::in_process(python(), 2).expect("the guest loads"))
}

/// A sandbox of its own worker processes.
pub(crate) fn workers(count: usize) -> Sandbox {
    let command = WorkerCommand { program: super::gavel().to_owned(), args: vec!["sandbox-worker".into()], require_walls: false };
    Sandbox::with_workers(python(), count, &command).expect("threads start")
}

/// A request to run a script.
pub(crate) fn script(source: &str, stdin: &str, limits: Limits) -> Request {
    Request { language: Language::Python, source: source.into(), job: Job::Run { stdin: stdin.as_bytes().into(), prelude: true }, limits }
}

/// Runs a script in the shared sandbox.
pub(crate) fn run(source: &str, stdin: &str) -> Result<Execution, SandboxError> {
    sandbox().execute(script(source, stdin, Limits::default()))
}

/// A verifier over the shared sandbox.
pub(crate) fn verifier() -> &'static Verifier {
    static VERIFIER: OnceLock<Verifier> = OnceLock::new();
    VERIFIER.get_or_init(|| {
        let sandbox = Sandbox::in_process(python(), 2).expect("the guest loads");
        Verifier::new(Registry::new().with(Code::new(Arc::new(sandbox))), 4)
    })
}
