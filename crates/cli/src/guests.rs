//! `gavel guests`.

use crate::args::{GuestsArgs, GuestsCommand};
use crate::{paths, terminal};
use anyhow::{Context, Result};
use gavel_sandbox::{Guests, Recipe};
use std::process::ExitCode;

pub(crate) fn run(args: &GuestsArgs) -> Result<ExitCode> {
    let guests = Guests::new(paths::guests(args.cache_dir.as_ref())?);
    match &args.command {
        GuestsCommand::Build { name } => {
            let recipe = Recipe::find(name).with_context(|| format!("there is no guest `{name}`; see `gavel guests list`"))?;
            let guest = guests.get(recipe, &mut terminal::guest_progress(recipe.name()))?;
            terminal::print(&format!("{}", guest.path().display()))?;
        }
        GuestsCommand::List => {
            for guest in guests.list() {
                let place = guest
                    .folder
                    .map_or_else(|| "not built".to_owned(), |folder| format!("{} ({} MiB)", folder.display(), guest.bytes >> 20));
                terminal::print(&format!("{:10} {:14} {}  {place}", guest.name, guest.language, guest.digest))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
