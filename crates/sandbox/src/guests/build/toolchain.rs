//! Making the guest of a compiled language: fetch the compiler and the sources of its runtime, compile the compiler for this machine, and use it, in the sandbox, to
//! compile the runtime and precompile the headers.

use super::{Progress, check_python, compile, npm, restrict, run, write_in_place, write_new};
use crate::guests::recipe::Recipe;
use crate::guests::{GuestError, cache_error};
use crate::toolchain::{self, Builder};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const STEPS: [&str; 4] = [
    "downloading the compiler and the sources of its runtime (130 MB)",
    "compiling the compiler for this machine (three minutes of CPU)",
    "building the runtime library",
    "precompiling headers",
];

const COMPILER: &str = "llvm.wasm";
const COMPILER_IN_PACKAGE: &str = "gen/llvm.core.wasm";

fn at(done: usize) -> Progress {
    Progress { done: done as u32, total: STEPS.len() as u32, step: STEPS.get(done).copied().unwrap_or("") }
}

/// Makes `folder` with the compiler, the files that it reads, and `module` in it.
pub(super) fn build(
    recipe: &Recipe,
    root: &Path,
    folder: &Path,
    module: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), GuestError> {
    let compiler = folder.join(COMPILER);
    // A folder that is whole only lacks a module for this processor or engine.
    if compiler.exists() && folder.join(toolchain::TREE).exists() {
        progress(at(1));
        let bytes = fs::read(&compiler).map_err(cache_error(&compiler))?;
        write_in_place(module, &compile(recipe, &bytes)?)?;
        progress(at(STEPS.len()));
        return Ok(());
    }
    let work = tempfile::Builder::new().prefix(&super::temporary_prefix(recipe)).tempdir_in(root).map_err(cache_error(root))?;
    let new = work.path().join("new");
    fs::create_dir(&new).map_err(cache_error(&new))?;
    progress(at(0));
    fetch(recipe, work.path())?;
    progress(at(1));
    let unpacked = work.path().join("unpacked");
    let compiler = unpacked.join(COMPILER);
    let bytes = fs::read(&compiler).map_err(cache_error(&compiler))?;
    write_new(&new.join(COMPILER), &bytes)?;
    let compiled = new.join(module.file_name().expect("module_name gave it a name"));
    write_new(&compiled, &compile(recipe, &bytes)?)?;
    drop(bytes);
    progress(at(2));
    let mut files = BTreeMap::new();
    read_folder(&unpacked.join("tree"), "", &mut files)?;
    files.insert("usr/include/bits/stdc++.h".to_owned(), driver(recipe, "stdc++.h").as_bytes().to_vec());
    let fail = |step: usize| move |output: String| GuestError::Step { guest: recipe.name(), step: STEPS[step], output };
    let mut builder = Builder::new(&compiled, files).map_err(|error| fail(2)(error.to_string()))?;
    builder.build_runtime().map_err(fail(2))?;
    builder.build_base(driver(recipe, "base.cpp")).map_err(fail(2))?;
    progress(at(3));
    builder.precompile_headers().map_err(fail(3))?;
    write_new(&new.join(toolchain::TREE), &builder.finish())?;
    // A folder of this name that is not whole is none of ours to keep.
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(cache_error(folder))?;
    }
    restrict(&new)?;
    fs::rename(&new, folder).map_err(cache_error(folder))?;
    progress(at(STEPS.len()));
    Ok(())
}

/// Fills `unpacked` in the folder `work`.
fn fetch(recipe: &Recipe, work: &Path) -> Result<(), GuestError> {
    check_python(recipe)?;
    let manifest = recipe.toolchain();
    let [requirements, script, wheels, unpacked, resources] =
        ["runtime.txt", "unpack.py", "wheels", "unpacked", "resources.tar"].map(|name| work.join(name));
    fs::create_dir(&unpacked).map_err(cache_error(&unpacked))?;
    let files = npm::fetch_files(recipe, &manifest.npm, &[COMPILER_IN_PACKAGE, &manifest.npm.file], work)?;
    for (path, content) in [&unpacked.join(COMPILER), &resources].into_iter().zip(&files) {
        write_new(path, content)?;
    }
    write_new(&requirements, manifest.runtime.package.requirement().as_bytes())?;
    write_new(&script, driver(recipe, "unpack.py").as_bytes())?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--require-hashes"]);
    pip.args(["--only-binary", ":all:", "--platform", &manifest.runtime.platform, "--dest"]);
    pip.arg(&wheels).arg("--requirement").arg(requirements);
    run(recipe, STEPS[0], &mut pip)?;
    let wheel = fs::read_dir(&wheels).map_err(cache_error(&wheels))?.flatten().next().map(|entry| entry.path());
    let wheel =
        wheel.ok_or_else(|| GuestError::Step { guest: recipe.name(), step: STEPS[0], output: "pip downloaded nothing".to_owned() })?;
    let mut unpack = Command::new("python3");
    unpack.arg("-I").arg(script).arg(resources).arg(wheel).arg(&unpacked);
    run(recipe, STEPS[0], &mut unpack).map(drop)
}

/// The text of a file of the recipe.
fn driver(recipe: &Recipe, file: &str) -> &'static str {
    recipe.driver().iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text)
}

/// Adds the files below a folder, by their path in it.
fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), GuestError> {
    for entry in fs::read_dir(folder).map_err(cache_error(folder))?.flatten() {
        let (path, name) = (entry.path(), format!("{prefix}{}", entry.file_name().to_string_lossy()));
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(&path).map_err(cache_error(&path))?);
        }
    }
    Ok(())
}
