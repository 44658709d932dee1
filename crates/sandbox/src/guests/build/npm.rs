//! Getting one file of a package of the npm registry, pinned by version and digest.
//!
//! npm itself compares the archive with the digest, which stands in a lock file that is written here. No script of the package is run.

use super::{Recipe, STEPS, run, tail, write_new};
use crate::guests::{GuestError, cache_error};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The file that the recipe wants, once npm has found the package to be the one that is pinned.
pub(super) fn fetch(recipe: &Recipe, work: &Path) -> Result<Vec<u8>, GuestError> {
    let missing = |message: String| GuestError::MissingTool {
        guest: recipe.name(),
        tool: "npm",
        message,
        remedy: "install Node.js, which brings npm, and put it on the PATH",
    };
    match Command::new("npm").arg("--version").stdin(Stdio::null()).output() {
        Err(error) => return Err(missing(error.to_string())),
        Ok(output) if !output.status.success() => return Err(missing(tail(&output.stderr))),
        Ok(_) => {}
    }
    let npm = recipe.manifest().npm.expect("guest.toml is part of this program and a test looks at it");
    let (package, version, integrity) = (&npm.package, &npm.version, &npm.integrity);
    let base = package.rsplit('/').next().unwrap_or(package);
    let project = format!(r#"{{"name": "guest", "version": "0.0.0", "private": true, "dependencies": {{"{package}": "{version}"}}}}"#);
    let lock = format!(
        r#"{{"name": "guest", "version": "0.0.0", "lockfileVersion": 3, "requires": true, "packages": {{
  "": {{"name": "guest", "version": "0.0.0", "dependencies": {{"{package}": "{version}"}}}},
  "node_modules/{package}": {{"version": "{version}", "resolved": "https://registry.npmjs.org/{package}/-/{base}-{version}.tgz", "integrity": "{integrity}"}}
}}}}"#
    );
    write_new(&work.join("package.json"), project.as_bytes())?;
    write_new(&work.join("package-lock.json"), lock.as_bytes())?;
    let mut install = Command::new("npm");
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--cache"]).arg(work.join("npm-cache"));
    run(recipe, STEPS[0], install.current_dir(work))?;
    let file = work.join("node_modules").join(package).join(&npm.file);
    fs::read(&file).map_err(cache_error(&file))
}
