//! Where things are kept.

use anyhow::{Context, Result};
use std::path::PathBuf;

/// The folder of compiled guests: the one asked for, or `gavel/guests` in the user's cache folder.
pub(crate) fn guests(asked: Option<&PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = asked {
        return Ok(folder.join("guests"));
    }
    let dirs = directories::BaseDirs::new().context("this user has no home folder: say with --cache-dir where to keep compiled guests")?;
    Ok(dirs.cache_dir().join("gavel").join("guests"))
}
