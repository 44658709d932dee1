//! The command `gavel` once more, so that the integration tests of this package can start it.

fn main() -> std::process::ExitCode {
    gavel_cli::main()
}
