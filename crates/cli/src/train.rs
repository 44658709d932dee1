//! `gavel train` and `gavel train sft`: supervised training and reinforcement learning, with a verifier in this process or elsewhere.

use crate::args::{RunArgs, TrainArgs, TrainCommand};
use crate::setup::{self, Engine};
use crate::{serve, terminal};
use anyhow::{Context, Result};
use gavel_client::{Client, Retry};
use gavel_server::Config;
use gavel_trainer::config::RunConfig;
use gavel_trainer::stages::Override;
use gavel_trainer::terminal::Live;
use gavel_trainer::{Ending, Servers, Setup, Trainer};
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
    let (only_warm_up, args) = match &args.command {
        Some(TrainCommand::Sft(sft)) => (true, sft),
        None => (false, &args.run),
    };
    let table = table(args)?;
    let config = RunConfig::open(&table).with_context(|| named(args.config.as_deref()))?;
    let output = output(args);
    let runtime = serve::runtime()?;
    let urls = if args.verifier.is_empty() { config.verifier.urls.clone() } else { args.verifier.clone() };
    let urls = if urls.is_empty() { vec![start_server(args, &config, &runtime)?] } else { urls };
    let retry = Retry { attempts: config.verifier.attempts, ..Retry::default() };
    let deadline = Duration::from_secs_f64(config.verifier.deadline_seconds);
    let client = Client::builder().urls(urls).retry(retry).deadline(deadline).seed(config.seed).build().context("--verifier")?;
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signal(&runtime, Arc::clone(&stop))?;
    let verifier = Arc::new(Servers::new(client).context("the thread that asks for rewards does not start")?);
    let setup = Setup { table, output: output.clone(), resume: args.resume, verifier, stop, view: Box::new(Live::new()) };
    let mut trainer = Trainer::start(setup)?;
    let ending = if only_warm_up { trainer.run_warm_up()? } else { trainer.run()? };
    drop(trainer);
    match ending {
        Ending::Finished => terminal::say(&format!("done; see {}", output.display())),
        Ending::Stopped { step } => terminal::say(&format!(
            "stopped after step {step}; go on with: gavel train {}--resume -o {}",
            if only_warm_up { "sft " } else { "" },
            output.display()
        )),
    }
    Ok(ExitCode::SUCCESS)
}

/// Where a run goes: by default runs/ and the name of its file.
fn output(args: &RunArgs) -> PathBuf {
    args.output.clone().unwrap_or_else(|| {
        let name = args.config.as_deref().and_then(Path::file_stem);
        PathBuf::from("runs").join(name.map_or_else(|| "demo".into(), |stem| stem.to_string_lossy().into_owned()))
    })
}

/// What is to be done, with the changes of the command line. A run that goes on without a file does what it was begun with.
fn table(args: &RunArgs) -> Result<toml::Table> {
    let begun = if args.resume && args.config.is_none() { gavel_trainer::begun_with(&output(args))? } else { None };
    let mut table = match (begun, args.config.as_deref()) {
        (Some(table), _) => table,
        (None, None) => DEMO.parse().context("the demonstration")?,
        (None, Some(path)) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
            text.parse().with_context(|| named(Some(path)))?
        }
    };
    for change in &args.set {
        let change: Override = change.parse().with_context(|| format!("--set {change}"))?;
        change.apply(&mut table)?;
    }
    Ok(table)
}

fn named(path: Option<&Path>) -> String {
    path.map_or_else(|| "the demonstration".to_owned(), |path| path.display().to_string())
}

/// A server in this process. Sandboxes are started only if there may be programs to run.
fn start_server(args: &RunArgs, config: &RunConfig, runtime: &Runtime) -> Result<String> {
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
