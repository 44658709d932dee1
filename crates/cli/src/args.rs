//! The arguments of every command.

use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Verifies what language models write: runs programs in sandboxes, grades answers, and says why.
#[derive(Debug, Parser)]
#[command(name = "gavel", version, propagate_version = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// What to log to standard error, as in `info` or `gavel_server=debug`.
    #[arg(long, global = true, value_name = "FILTER", env = "GAVEL_LOG")]
    pub(crate) log: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve verification over HTTP and gRPC.
    Serve(ServeArgs),
    /// Grade the items of a JSON Lines file.
    Verify(VerifyArgs),
    /// Make items of tasks that can be generated, such as puzzles.
    Generate(GenerateArgs),
    /// List the tasks that can be verified.
    Tasks(TasksArgs),
    /// Train a language model by reinforcement learning against a verifier.
    #[cfg(feature = "train")]
    Train(TrainArgs),
    /// Make a small model with random weights and a tokenizer, as `gavel train` does for a run with `[model.init]`.
    #[cfg(feature = "train")]
    InitModel(InitModelArgs),
    /// Build or list the language runtimes of the sandbox.
    Guests(GuestsArgs),
    /// Measure this machine's speed.
    Bench(BenchArgs),
    /// Run as a sandbox worker process.
    #[command(hide = true)]
    SandboxWorker { guest: String, module: PathBuf },
}

/// What every command that runs programs takes.
#[derive(Clone, Debug, Args)]
pub(crate) struct SandboxArgs {
    /// Sandbox worker processes; by default one for each core.
    #[arg(long, value_name = "N")]
    pub(crate) workers: Option<usize>,
    /// Where compiled guests are kept; by default in the user's cache folder.
    #[arg(long, value_name = "DIR", env = "GAVEL_CACHE_DIR")]
    pub(crate) cache_dir: Option<PathBuf>,
    /// Run programs only behind every wall that Gavel knows (docs/sandbox-security.md): where this system lacks one, name it and stop.
    #[arg(long)]
    pub(crate) require_walls: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Address to listen on. Anything but loopback lets others run programs here: put authentication in front.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8300")]
    pub(crate) listen: SocketAddr,
    /// Largest request body in MiB, after decompression.
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub(crate) max_body_mib: usize,
    /// Most items waiting or running at once; beyond it requests get 503 with Retry-After.
    #[arg(long, value_name = "N", default_value_t = 65_536)]
    pub(crate) max_pending_items: usize,
    /// Most MiB of request bodies held at once; beyond it requests get 503 with Retry-After.
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub(crate) max_pending_mib: usize,
    /// Seconds that admitted work may take after SIGTERM or Ctrl-C.
    #[arg(long, value_name = "S", default_value_t = 30)]
    pub(crate) drain_seconds: u64,
    #[command(flatten)]
    pub(crate) sandbox: SandboxArgs,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The items, one JSON object a line; `-` is standard input.
    #[arg(value_name = "FILE.jsonl")]
    pub(crate) input: PathBuf,
    /// Where results go, one JSON object a line. Items that have a result there are not graded again. Without it they go to standard output.
    #[arg(short, long, value_name = "OUT.jsonl")]
    pub(crate) output: Option<PathBuf>,
    /// Grade by this server instead of in this process; may be given several times.
    #[arg(long, value_name = "URL", conflicts_with = "serve")]
    pub(crate) server: Vec<String>,
    /// Start a server in this process, on a free loopback port, and grade through it.
    #[arg(long)]
    pub(crate) serve: bool,
    /// How much evidence results carry.
    #[arg(long, value_name = "LEVEL", default_value = "tests", value_parser = ["score", "summary", "tests", "full"])]
    pub(crate) detail: String,
    /// Print a line for each item instead of results, when no output file is given.
    #[arg(long, conflicts_with = "output")]
    pub(crate) table: bool,
    #[command(flatten)]
    pub(crate) sandbox: SandboxArgs,
}

#[derive(Debug, Args)]
pub(crate) struct GenerateArgs {
    /// Which tasks: `logic/chain_sum`, or `chain_sum` for short; `gavel tasks` lists them.
    #[arg(value_name = "TASK", required_unless_present = "all")]
    pub(crate) tasks: Vec<String>,
    /// Every task that makes items.
    #[arg(long, conflicts_with = "tasks")]
    pub(crate) all: bool,
    /// How many items of each task.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) count: u64,
    /// Items of different seeds have nothing in common.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// The index of the first item.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) start: u64,
    /// How often to raise every attribute of a task's curriculum; without it and `--config`, the task's default configuration.
    #[arg(long, value_name = "N", conflicts_with = "config")]
    pub(crate) level: Option<u32>,
    /// Fields of the configuration that differ from the defaults, as a JSON object.
    #[arg(long, value_name = "JSON")]
    pub(crate) config: Option<String>,
    /// Where items go, one JSON object a line; by default to standard output.
    #[arg(short, long, value_name = "OUT.jsonl")]
    pub(crate) output: Option<PathBuf>,
}

/// What `gavel train` takes.
#[cfg(feature = "train")]
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct TrainArgs {
    #[command(subcommand)]
    pub(crate) command: Option<TrainCommand>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[cfg(feature = "train")]
#[derive(Debug, Subcommand)]
pub(crate) enum TrainCommand {
    /// Only the supervised part of a run, its `[warm_up]`. The last checkpoint is a model to begin another run with.
    Sft(RunArgs),
}

/// What a run takes.
#[cfg(feature = "train")]
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// What is to be done: a TOML file as those in crates/trainer/runs. Without it, the demonstration: a small model learns puzzles in some minutes.
    #[arg(value_name = "RUN.toml")]
    pub(crate) config: Option<PathBuf>,
    /// Where checkpoints, logs and the report go; by default runs/ and the name of the file.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Go on from the latest checkpoint in the output folder. Without RUN.toml the run does what it was begun with.
    #[arg(long)]
    pub(crate) resume: bool,
    /// Change a key of the file: `--set steps=10 --set loss.clip_high=0.3`. Values are TOML; what is no TOML is a string.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Have responses judged by this server instead of one in this process; may be given several times.
    #[arg(long, value_name = "URL")]
    pub(crate) verifier: Vec<String>,
    #[command(flatten)]
    pub(crate) sandbox: SandboxArgs,
}

/// What `gavel init-model` takes.
#[cfg(feature = "train")]
#[derive(Debug, Args)]
pub(crate) struct InitModelArgs {
    /// The run whose `[model.init]` says how large it is, and whose sources have the texts for the tokenizer; the demonstration without it.
    #[arg(value_name = "RUN.toml")]
    pub(crate) config: Option<PathBuf>,
    /// Where the model goes.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// Change a key of the file, such as `--set model.init.hidden_size=64`.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Have items made by this server instead of one in this process.
    #[arg(long, value_name = "URL")]
    pub(crate) verifier: Vec<String>,
    #[command(flatten)]
    pub(crate) sandbox: SandboxArgs,
}

#[derive(Debug, Args)]
pub(crate) struct TasksArgs {
    /// Print them as JSON, as `GET /v1/tasks` does.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) sandbox: SandboxArgs,
}

#[derive(Debug, Args)]
pub(crate) struct GuestsArgs {
    #[command(subcommand)]
    pub(crate) command: GuestsCommand,
    /// Where compiled guests are kept; by default in the user's cache folder.
    #[arg(long, global = true, value_name = "DIR", env = "GAVEL_CACHE_DIR")]
    pub(crate) cache_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GuestsCommand {
    /// Build a guest if it is not there yet. Other commands do so by themselves.
    Build {
        /// Which one.
        #[arg(default_value = "python")]
        name: String,
    },
    /// List all guests and where they are.
    List,
}

#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// Programs per measurement.
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub(crate) count: usize,
    #[command(flatten)]
    pub(crate) sandbox: SandboxArgs,
}
