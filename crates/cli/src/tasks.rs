//! `gavel tasks`.

use crate::args::TasksArgs;
use crate::{setup, terminal};
use anyhow::Result;
use gavel_protocol::{Task, TasksResponse};
use std::process::ExitCode;

pub(crate) fn run(args: &TasksArgs) -> Result<ExitCode> {
    let engine = setup::engine(&args.sandbox)?;
    let registry = engine.verifier.registry();
    let tasks: Vec<Task> = registry
        .tasks()
        .into_iter()
        .map(|info| Task { name: info.name, summary: info.summary, version: info.version, example: info.example })
        .collect();
    if args.json {
        let listing = TasksResponse { tasks, verifier_version: registry.version() };
        terminal::print(&serde_json::to_string_pretty(&listing)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for task in tasks {
        terminal::print(&format!("{:10} {}", task.name, task.summary))?;
        terminal::print(&format!("{:10} example: {}", "", task.example))?;
    }
    Ok(ExitCode::SUCCESS)
}
