//! `gavel`: a verification server for reinforcement learning with verifiable rewards.

fn main() -> std::process::ExitCode {
    gavel_cli::main()
}
