//! `gavel serve`.

use crate::args::ServeArgs;
use crate::executor::SandboxExecutor;
use crate::setup::{self, Engine};
use crate::terminal;
use anyhow::{Context, Result};
use gavel_server::{Config, Server};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

pub(crate) fn run(args: &ServeArgs) -> Result<ExitCode> {
    let engine = setup::engine(&args.sandbox)?;
    terminal::say(&format!("walls around sandbox workers: {}", engine.sandbox.walls()?));
    let config = Config {
        bind: args.listen,
        max_body_bytes: args.max_body_mib << 20,
        max_pending_items: args.max_pending_items,
        max_pending_bytes: args.max_pending_mib << 20,
        drain: Duration::from_secs(args.drain_seconds),
    };
    let runtime = runtime()?;
    runtime.block_on(async {
        let server = bind(&config, engine).await?;
        terminal::say(&format!("listening on http://{}", server.local_addr()?));
        if !args.listen.ip().is_loopback() {
            terminal::say("this address is not loopback: whoever reaches it can run programs in the sandbox");
        }
        server.serve(stop_signal()?).await.context("the server failed")
    })?;
    terminal::say("stopped");
    Ok(ExitCode::SUCCESS)
}

/// A runtime for a server: what it does is to wait and to copy.
pub(crate) fn runtime() -> Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("the async runtime does not start")
}

/// A server over this engine.
pub(crate) async fn bind(config: &Config, Engine { verifier, sandbox }: Engine) -> Result<Server> {
    let executor = Arc::new(SandboxExecutor(sandbox));
    Server::bind(config, verifier, Some(executor)).await.with_context(|| format!("cannot listen on {}", config.bind))
}

/// A server that judges what needs no program to be run.
#[cfg(feature = "train")]
pub(crate) async fn bind_without_sandbox(config: &Config) -> Result<Server> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let verifier = gavel_verifier::Verifier::new(setup::without_sandbox(), threads);
    Server::bind(config, verifier, None).await.with_context(|| format!("cannot listen on {}", config.bind))
}

/// Ready when the process is asked to stop.
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        terminal::say("stopping: finishing what was admitted");
    })
}
