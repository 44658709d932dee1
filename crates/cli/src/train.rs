//! `gavel train`, `gavel train sft` and `gavel init-model`: supervised training and reinforcement learning, with a verifier in this process or elsewhere.

use crate::args::{InitModelArgs, RunArgs, SandboxArgs, TrainArgs, TrainCommand};
use crate::setup::{self, Engine};
use crate::{serve, terminal};
use anyhow::{Context, Result, bail};
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
    let verifier = verifier(&args.verifier, &args.sandbox, &config, &runtime)?;
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signal(&runtime, Arc::clone(&stop))?;
    let setup = Setup { table, output: output.clone(), resume: args.resume, verifier, stop, view: Box::new(Live::new(terminal::colour())) };
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

/// Makes the model that a run would make for itself.
pub(crate) fn init_model(args: &InitModelArgs) -> Result<ExitCode> {
    let config = RunConfig::open(&file(args.config.as_deref(), &args.set)?).with_context(|| named(args.config.as_deref()))?;
    if args.output.join("config.json").exists() {
        bail!("{} has a model in it; choose another --output", args.output.display());
    }
    let runtime = serve::runtime()?;
    let verifier = verifier(&args.verifier, &args.sandbox, &config, &runtime)?;
    let made = gavel_trainer::make_model(&config, &args.output, &*verifier)?;
    let weights: usize = made.config().weights().iter().map(|weight| weight.shape.iter().product::<usize>()).sum();
    terminal::say(&format!("{} has a model of {weights} weights and {} tokens", args.output.display(), made.config().vocab_size));
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
    match begun {
        None => file(args.config.as_deref(), &args.set),
        Some(table) => changed(table, &args.set),
    }
}

/// A run's file, or the demonstration.
fn file(path: Option<&Path>, changes: &[String]) -> Result<toml::Table> {
    let text = match path {
        None => DEMO.to_owned(),
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?,
    };
    changed(text.parse().with_context(|| named(path))?, changes)
}

fn changed(mut table: toml::Table, changes: &[String]) -> Result<toml::Table> {
    for change in changes {
        let change: Override = change.parse().with_context(|| format!("--set {change}"))?;
        change.apply(&mut table)?;
    }
    Ok(table)
}

fn named(path: Option<&Path>) -> String {
    path.map_or_else(|| "the demonstration".to_owned(), |path| path.display().to_string())
}

/// The servers that are named here or in the configuration, or one in this process.
fn verifier(named: &[String], sandbox: &SandboxArgs, config: &RunConfig, runtime: &Runtime) -> Result<Arc<Servers>> {
    let urls = if named.is_empty() { config.verifier.urls.clone() } else { named.to_vec() };
    let urls = if urls.is_empty() { vec![start_server(sandbox, config, runtime)?] } else { urls };
    let retry = Retry { attempts: config.verifier.attempts, ..Retry::default() };
    let deadline = Duration::from_secs_f64(config.verifier.deadline_seconds);
    let client = Client::builder().urls(urls).retry(retry).deadline(deadline).seed(config.seed).build().context("--verifier")?;
    Ok(Arc::new(Servers::new(client).context("the thread that asks for rewards does not start")?))
}

/// A server in this process. Sandboxes are started only if there may be programs to run.
fn start_server(sandbox: &SandboxArgs, config: &RunConfig, runtime: &Runtime) -> Result<String> {
    let sources = config.train.iter().chain(&config.validation.sources);
    let runs_programs = sources.clone().any(|source| source.task.as_ref().is_none_or(|task| task.domain() == "code"));
    let bind = Config { bind: SocketAddr::from(([127, 0, 0, 1], 0)), ..Config::default() };
    let server = if runs_programs {
        let engine: Engine = setup::engine(sandbox)?;
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
