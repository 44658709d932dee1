//! `gavel generate`.

use crate::args::GenerateArgs;
use crate::{setup, terminal};
use anyhow::{Context, Result};
use gavel_protocol::GenerateRequest;
use gavel_task::TaskName;
use gavel_verifier::Registry;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

pub(crate) fn run(args: &GenerateArgs) -> Result<ExitCode> {
    let registry = setup::without_sandbox();
    let config = args.config.as_deref().map(serde_json::from_str).transpose().context("`--config` is no JSON object")?;
    let requests = tasks(args, &registry)?.into_iter().map(|task| GenerateRequest {
        task,
        level: args.level,
        config: config.clone(),
        seed: args.seed,
        start: args.start,
        count: args.count,
    });
    // Everything that can be refused is, before the file is there.
    let made: Vec<_> = requests.map(|request| Ok((registry.generate(&request.order()?)?, request.count))).collect::<Result<_>>()?;
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(BufWriter::new(File::create(path).with_context(|| format!("cannot create {}", path.display()))?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let mut count = 0;
    for (items, wanted) in made {
        for item in items.take(usize::try_from(wanted)?) {
            serde_json::to_writer(&mut out, &item?).context("cannot write an item")?;
            out.write_all(b"\n").context("cannot write an item")?;
            count += 1;
        }
    }
    out.flush().context("cannot write the items")?;
    if let Some(path) = &args.output {
        terminal::say(&format!("{count} items in {}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The tasks asked for, by their whole names.
fn tasks(args: &GenerateArgs, registry: &Registry) -> Result<Vec<TaskName>> {
    let names = if args.all { registry.generated() } else { args.tasks.clone() };
    let whole = |name: String| if name.contains('/') { name } else { format!("logic/{name}") };
    names.into_iter().map(|name| Ok(whole(name).parse()?)).collect()
}
