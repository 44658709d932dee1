//! Putting the parts together: sandbox, domains, verifier.

use crate::args::SandboxArgs;
use crate::{paths, terminal};
use anyhow::{Context, Result};
use gavel_code::Code;
use gavel_ifeval::IfEval;
use gavel_logic::Logic;
use gavel_math::domain::Math;
use gavel_sandbox::{Guests, Recipe, Sandbox, WorkerCommand};
use gavel_verifier::{Registry, Verifier};
use std::sync::Arc;

/// A verifier with every domain there is, and the sandbox it uses.
pub(crate) struct Engine {
    pub(crate) verifier: Verifier,
    pub(crate) sandbox: Arc<Sandbox>,
}

/// Starts sandbox workers, building the guest first if it has to be.
pub(crate) fn sandbox(args: &SandboxArgs) -> Result<Sandbox> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let sandbox = sandbox_of(args, args.workers.unwrap_or(cores))?;
    if args.require_walls {
        sandbox.walls()?;
    }
    Ok(sandbox)
}

/// As [`sandbox`], with this many workers, and without waiting for them.
pub(crate) fn sandbox_of(args: &SandboxArgs, workers: usize) -> Result<Sandbox> {
    let guest = Guests::new(paths::guests(args.cache_dir.as_ref())?).get(&Recipe::PYTHON, &mut terminal::guest_progress("python"))?;
    let program = std::env::current_exe().context("cannot find this program's own file, which sandbox workers run")?;
    let command = WorkerCommand { program, args: vec!["sandbox-worker".into()], require_walls: args.require_walls };
    Ok(Sandbox::with_workers(&guest, workers, &command)?)
}

/// Everything that verifies.
pub(crate) fn engine(args: &SandboxArgs) -> Result<Engine> {
    let sandbox = Arc::new(sandbox(args)?);
    Ok(Engine { verifier: verifier(&sandbox), sandbox })
}

/// A verifier over this sandbox. Threads mostly wait for workers, so there are more of them.
pub(crate) fn verifier(sandbox: &Arc<Sandbox>) -> Verifier {
    Verifier::new(without_sandbox().with(Code::new(Arc::clone(sandbox))), 2 * sandbox.width())
}

/// The domains that run no programs.
pub(crate) fn without_sandbox() -> Registry {
    Registry::new().with(Logic).with(Math).with(IfEval)
}
