//! Getting files of a package of the npm registry, pinned by version and digest: with npm, which knows of mirrors and proxies.
//!
//! It compares the archive with the digest, which it finds in a lock file that is written here. No script of the package is run.

use super::{Recipe, STEPS, run, write_new};
use crate::guests::recipe::Npm;
use crate::guests::{GuestError, cache_error};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The file that the recipe wants, once the package has been found to be the one that is pinned.
pub(super) fn fetch(recipe: &Recipe, work: &Path) -> Result<Vec<u8>, GuestError> {
    let npm = recipe.manifest().npm.expect("guest.toml is part of this program and a test looks at it");
    Ok(fetch_files(recipe, &npm, &[&npm.file], work)?.concat())
}

/// These files of a package, once it has been found to be the one that is pinned.
pub(super) fn fetch_files(recipe: &Recipe, npm: &Npm, files: &[&str], work: &Path) -> Result<Vec<Vec<u8>>, GuestError> {
    let read = |file: &Path| fs::read(file).map_err(cache_error(file));
    if !answers("npm") {
        let message = "it does not run".to_owned();
        let remedy = "install Node.js, which brings npm, and put it on the PATH";
        return Err(GuestError::MissingTool { guest: recipe.name(), tool: "npm", message, remedy });
    }
    with_npm(recipe, npm, work)?;
    let folder = work.join("node_modules").join(&npm.package);
    files.iter().map(|file| read(&folder.join(file))).collect()
}

fn answers(tool: &str) -> bool {
    Command::new(tool).arg("--version").stdin(Stdio::null()).output().is_ok_and(|output| output.status.success())
}

fn with_npm(recipe: &Recipe, npm: &Npm, work: &Path) -> Result<(), GuestError> {
    let Npm { package, version, integrity, .. } = npm;
    let project = format!(r#"{{"name": "guest", "version": "0.0.0", "private": true, "dependencies": {{"{package}": "{version}"}}}}"#);
    let lock = format!(
        r#"{{"name": "guest", "version": "0.0.0", "lockfileVersion": 3, "requires": true, "packages": {{
  "": {{"name": "guest", "version": "0.0.0", "dependencies": {{"{package}": "{version}"}}}},
  "node_modules/{package}": {{"version": "{version}", "integrity": "{integrity}"}}
}}}}"#
    );
    write_new(&work.join("package.json"), project.as_bytes())?;
    write_new(&work.join("package-lock.json"), lock.as_bytes())?;
    let mut install = Command::new("npm");
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--cache"]).arg(work.join("npm-cache"));
    run(recipe, STEPS[0], install.current_dir(work)).map(drop)
}
