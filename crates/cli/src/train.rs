//! `gavel train` and `gavel init-model`.

use crate::args::TrainArgs;
use crate::setup::{self, Engine};
use crate::{serve, terminal};
use anyhow::{Context, Result};
use gavel_client::{Client, Retry};
use gavel_server::Config;
use gavel_trainer::config::RunConfig;
use gavel_trainer::stages::Override;
use gavel_trainer::{Ending, Servers, Setup, Trainer, View};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

/// The run of `gavel train` without a file.
const DEMO: &str = include_str!("../../trainer/runs/demo.toml");

pub(crate) fn run(args: &TrainArgs) -> Result<ExitCode> {
    let table = table(args.config.as_deref(), &args.set)?;
    let config = RunConfig::open(&table).with_context(|| named(args.config.as_deref()))?;
    let name = args.config.as_deref().and_then(Path::file_stem).map_or_else(|| "demo".into(), |stem| stem.to_string_lossy().into_owned());
    let output = args.output.clone().unwrap_or_else(|| PathBuf::from("runs").join(name));
    let runtime = serve::runtime()?;
    let urls = if args.verifier.is_empty() { config.verifier.urls.clone() } else { args.verifier.clone() };
    let urls = if urls.is_empty() { vec![start_server(args, &config, &runtime)?] } else { urls };
    let retry = Retry { attempts: config.verifier.attempts, ..Retry::default() };
    let deadline = Duration::from_secs_f64(config.verifier.deadline_seconds);
    let client = Client::builder().urls(urls).retry(retry).deadline(deadline).seed(config.seed).build().context("--verifier")?;
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signal(&runtime, Arc::clone(&stop))?;
    let verifier = Arc::new(Servers::new(client).context("the thread that asks for rewards does not start")?);
    let setup = Setup { table, output: output.clone(), resume: args.resume, verifier, stop, view: Box::new(Lines) };
    match Trainer::start(setup)?.run()? {
        Ending::Finished => terminal::say(&format!("done; see {}", output.display())),
        Ending::Stopped { step } => terminal::say(&format!("stopped after step {step}; go on with --resume")),
    }
    Ok(ExitCode::SUCCESS)
}

/// What is to be done, with the changes of the command line.
fn table(path: Option<&Path>, changes: &[String]) -> Result<toml::Table> {
    let text = match path {
        None => DEMO.to_owned(),
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?,
    };
    let mut table: toml::Table = text.parse().with_context(|| named(path))?;
    for change in changes {
        let change: Override = change.parse().with_context(|| format!("--set {change}"))?;
        change.apply(&mut table)?;
    }
    Ok(table)
}

fn named(path: Option<&Path>) -> String {
    path.map_or_else(|| "the demonstration".to_owned(), |path| path.display().to_string())
}

/// A server in this process. Sandboxes are started only if there may be programs to run.
fn start_server(args: &TrainArgs, config: &RunConfig, runtime: &Runtime) -> Result<String> {
    let sources = config.train.iter().chain(&config.validation.sources);
    let runs_programs = sources.clone().any(|source| source.task.as_ref().is_none_or(|task| task.domain() == "code"));
    let bind = Config { bind: SocketAddr::from(([127, 0, 0, 1], 0)), ..Config::default() };
    let server = if runs_programs {
        let engine: Engine = setup::engine(&args.sandbox)?;
        runtime.block_on(serve::bind(&bind, engine))?
    } else {
        runtime.block_on(serve::bind_without_sandbox(&bind))?
    };
    let url = format!("http://{}", server.local_addr()?);
    terminal::say(&format!("verifier listening on {url}"));
    runtime.spawn(server.serve(std::future::pending()));
    Ok(url)
}

/// The first signal ends the run after its step; the second ends the process.
fn stop_on_signal(runtime: &Runtime, stop: Arc<AtomicBool>) -> Result<()> {
    let _guard = runtime.enter();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    runtime.spawn(async move {
        loop {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            if stop.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
            terminal::say("stopping; a checkpoint is written first (again to stop at once)");
        }
    });
    Ok(())
}

struct Lines;

impl View for Lines {
    fn line(&mut self, line: &str) {
        terminal::say(line);
    }

    fn phase(&mut self, _: &'static str) {}
}
