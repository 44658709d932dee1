//! `gavel tasks`.

use crate::args::TasksArgs;
use crate::{setup, terminal};
use anyhow::Result;
use gavel_protocol::{SubTask, Task, TasksResponse};
use std::process::ExitCode;

pub(crate) fn run(args: &TasksArgs) -> Result<ExitCode> {
    let engine = setup::engine(&args.sandbox)?;
    let registry = engine.verifier.registry();
    let tasks: Vec<Task> = registry.tasks().into_iter().map(Task::from).collect();
    if args.json {
        let listing = TasksResponse { tasks, verifier_version: registry.version() };
        terminal::print(&serde_json::to_string_pretty(&listing)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for task in tasks {
        terminal::print(&format!("{:10} {}", task.name, task.summary))?;
        terminal::print(&format!("{:10} example: {}", "", task.example))?;
        for sub in &task.sub_tasks {
            print_sub_task(&task.name, sub)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_sub_task(domain: &str, sub: &SubTask) -> Result<()> {
    terminal::print(&format!("{domain}/{}: {}", sub.name, sub.summary))?;
    let Some(config) = sub.facts.get("config") else {
        terminal::print("    scored only")?;
        return Ok(());
    };
    terminal::print(&format!("    config {config}"))?;
    let attributes = sub.facts.get("curriculum").and_then(|list| list.as_array()).into_iter().flatten();
    for attribute in attributes {
        let name = attribute["name"].as_str().unwrap_or_default();
        terminal::print(&format!("    level  {name} in {}", attribute["levels"]))?;
    }
    Ok(())
}
