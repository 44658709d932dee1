//! The command line: arguments, the environment, and what is printed. Everything else is in the crates below.

mod args;
mod bench;
mod executor;
mod generate;
mod grade;
mod guests;
mod paths;
mod records;
mod serve;
mod setup;
mod tasks;
mod terminal;
#[cfg(feature = "train")]
mod train;
mod verify;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// Runs the command named by the process's arguments, and says how the process is to exit: 0 done, 1 done but not all items could be graded, 2 not done.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    terminal::start_log(cli.log.as_deref());
    let done = match cli.command {
        Command::Serve(args) => serve::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Tasks(args) => tasks::run(&args),
        #[cfg(feature = "train")]
        Command::Train(args) => train::run(&args),
        #[cfg(feature = "train")]
        Command::InitModel(args) => train::init_model(&args),
        Command::Guests(args) => guests::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::SandboxWorker { guest, module } => {
            gavel_sandbox::serve_worker(&guest, &module).map(|()| ExitCode::SUCCESS).map_err(anyhow::Error::from)
        }
    };
    done.unwrap_or_else(|error| {
        terminal::say(&format!("gavel: {error:#}"));
        ExitCode::from(2)
    })
}
