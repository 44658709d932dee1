//! Making a guest: install the pinned tool, run it on the driver, compile the component, move the result into place.

mod npm;
mod toolchain;

use super::recipe::{self, ENTROPY, Kind, Recipe, Tool};
use super::{GuestError, cache_error};
use crate::{machine, quickjs};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use wasmtime::Module;
use wasmtime::component::Component;

/// Where a build is. A step may have a number of its own steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many steps are done.
    pub done: u32,
    /// How many there are.
    pub total: u32,
    /// What is happening now; empty when all is done.
    pub step: &'static str,
}

const STEPS: [&str; 3] = ["downloading the build tool", "building the guest", "compiling for this machine"];

impl Progress {
    pub(super) fn waiting() -> Self {
        Self { done: 0, total: STEPS.len() as u32, step: "waiting for another process that is building it" }
    }

    fn at(done: usize) -> Self {
        Self { done: done as u32, total: STEPS.len() as u32, step: STEPS.get(done).copied().unwrap_or("") }
    }
}

/// How the names of folders begin in which this recipe is being made.
pub(super) fn temporary_prefix(recipe: &Recipe) -> String {
    format!(".building-{}-", recipe.name())
}

/// Makes `folder` with the component and `module` in it. Everything happens in a folder beside it, which is renamed at the end.
pub(super) fn build(
    recipe: &Recipe,
    root: &Path,
    folder: &Path,
    module: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), GuestError> {
    if recipe.is_toolchain() {
        return toolchain::build(recipe, root, folder, module, progress);
    }
    let work = tempfile::Builder::new().prefix(&temporary_prefix(recipe)).tempdir_in(root).map_err(cache_error(root))?;
    let component = folder.join("component.wasm");
    let new = work.path().join("new");
    fs::create_dir(&new).map_err(cache_error(&new))?;
    // A component that is there only lacks a module for this processor or engine.
    let bytes = if component.exists() {
        fs::read(&component).map_err(cache_error(&component))?
    } else {
        progress(Progress::at(0));
        match recipe.kind() {
            Kind::Component => {
                let (tool, component) = recipe.componentized();
                install_tool(recipe, &tool, work.path())?;
                progress(Progress::at(1));
                componentize(recipe, &component, work.path())?
            }
            Kind::QuickJs => {
                let engine = npm::fetch(recipe, work.path())?;
                progress(Progress::at(1));
                let host = machine::engine(1).map_err(|error| compile_failed(recipe, &error))?;
                quickjs::freeze(&host, &engine, recipe.driver()).map_err(|error| compile_failed(recipe, &error))?
            }
            Kind::Toolchain => unreachable!("this function begins with it"),
        }
    };
    progress(Progress::at(2));
    let compiled = compile(recipe, &bytes)?;
    if component.exists() {
        write_in_place(module, &compiled)?;
    } else {
        write_new(&new.join("component.wasm"), &bytes)?;
        write_new(&new.join(module.file_name().expect("module_name gave it a name")), &compiled)?;
        // A folder of this name without a component is none of ours to keep: it holds nothing that can be loaded.
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(cache_error(folder))?;
        }
        restrict(&new)?;
        fs::rename(&new, folder).map_err(cache_error(folder))?;
    }
    progress(Progress::at(STEPS.len()));
    Ok(())
}

fn install_tool(recipe: &Recipe, tool: &Tool, work: &Path) -> Result<(), GuestError> {
    check_python(recipe)?;
    pip_install(recipe, work, "tool", &tool.requirement())?;
    let libraries: String = recipe.manifest().library.iter().map(|library| library.package.requirement()).collect();
    if libraries.is_empty() { Ok(()) } else { pip_install(recipe, work, "libraries", &libraries) }
}

/// Whether there is a Python with pip.
fn check_python(recipe: &Recipe) -> Result<(), GuestError> {
    let missing = |message: String, remedy| GuestError::MissingTool { guest: recipe.name(), tool: "python3 -m pip", message, remedy };
    let probe = Command::new("python3").args(["-m", "pip", "--version"]).stdin(Stdio::null()).output();
    match probe {
        Err(error) => Err(missing(error.to_string(), "install Python 3 and put it on the PATH")),
        Ok(output) if !output.status.success() => {
            Err(missing(tail(&output.stderr), "install pip, for example with `python3 -m ensurepip` or your system's python3-pip package"))
        }
        Ok(_) => Ok(()),
    }
}

fn pip_install(recipe: &Recipe, work: &Path, target: &str, requirements: &str) -> Result<(), GuestError> {
    let file = work.join(format!("{target}.txt"));
    write_new(&file, requirements.as_bytes())?;
    let mut pip = Command::new("python3");
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-compile",
        "--require-hashes",
    ]);
    pip.args(["--only-binary", ":all:", "--target"]).arg(work.join(target)).arg("--requirement").arg(file);
    run(recipe, STEPS[0], &mut pip).map(drop)
}

fn componentize(recipe: &Recipe, component: &recipe::Component, work: &Path) -> Result<Vec<u8>, GuestError> {
    let manifest = recipe.manifest();
    let (world, driver, entropy, output) = (work.join("wit"), work.join("driver"), work.join("entropy.so"), work.join("component.wasm"));
    for folder in [&world, &driver] {
        fs::create_dir(folder).map_err(cache_error(folder))?;
    }
    write_new(&world.join("guest.wit"), recipe.world().as_bytes())?;
    for (name, text) in recipe.driver() {
        write_new(&driver.join(name), text.as_bytes())?;
    }
    let stubs = manifest.stubs.iter();
    let stubbed: String = stubs
        .clone()
        .map(|(name, source)| {
            format!("sys.modules[{name:?}] = types.ModuleType({name:?})\nexec({source:?}, vars(sys.modules[{name:?}]))\n")
        })
        .collect();
    let unstubbed: String = stubs.map(|(name, _)| format!("del sys.modules[{name:?}]\n")).collect();
    let imports: String = manifest.library.iter().map(recipe::Library::statements).collect();
    let needs = if stubbed.is_empty() { "" } else { "import sys\nimport types\n\n" };
    let libraries = format!("\"\"\"Imports the packages named in guest.toml.\"\"\"\n\n{needs}{stubbed}{imports}{unstubbed}");
    write_new(&driver.join("libraries.py"), libraries.as_bytes())?;
    write_new(&entropy, ENTROPY)?;
    let mut tool = Command::new("python3");
    tool.args(["-c", "import sys, componentize_py; sys.exit(componentize_py.script())"]);
    tool.arg("--quiet").arg("--wit-path").arg(&world).args(["--world", &component.world, "componentize", "--python-path"]).arg(&driver);
    if !manifest.library.is_empty() {
        tool.arg("--python-path").arg(work.join("libraries"));
    }
    tool.arg(&component.app).arg("--output").arg(&output).current_dir(work);
    // A fixed hash seed and no virtual environment, so that nothing of this machine's Python reaches the component.
    tool.env("PYTHONPATH", work.join("tool")).env("PYTHONHASHSEED", "0").env_remove("VIRTUAL_ENV").env_remove("PYTHONHOME");
    if !ENTROPY.is_empty() {
        tool.env("LD_PRELOAD", &entropy);
    }
    run(recipe, STEPS[1], &mut tool)?;
    fs::read(&output).map_err(cache_error(&output))
}

fn compile(recipe: &Recipe, wasm: &[u8]) -> Result<Vec<u8>, GuestError> {
    let engine = machine::engine(1).map_err(|error| compile_failed(recipe, &error))?;
    match recipe.kind() {
        Kind::Component => Component::new(&engine, wasm).and_then(|component| component.serialize()),
        Kind::QuickJs | Kind::Toolchain => Module::new(&engine, wasm).and_then(|module| module.serialize()),
    }
    .map_err(|error| compile_failed(recipe, &error))
}

fn compile_failed(recipe: &Recipe, error: &wasmtime::Error) -> GuestError {
    GuestError::Compile { guest: recipe.name(), message: format!("{error:#}") }
}

fn run(recipe: &Recipe, step: &'static str, command: &mut Command) -> Result<Vec<u8>, GuestError> {
    let output = command.stdin(Stdio::null()).output();
    let failed = |output| GuestError::Step { guest: recipe.name(), step, output };
    let output = output.map_err(|error| failed(error.to_string()))?;
    if output.status.success() { Ok(output.stdout) } else { Err(failed(tail(&[output.stdout, output.stderr].concat()))) }
}

/// The last lines of what a command printed, which is where commands say what went wrong.
fn tail(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), GuestError> {
    let write = || {
        let mut file = fs::File::create_new(path)?;
        file.write_all(bytes)?;
        restrict_file(&file)?;
        file.sync_all()
    };
    write().map_err(cache_error(path))
}

/// Puts a whole file where readers may look for it at any time.
fn write_in_place(path: &Path, bytes: &[u8]) -> Result<(), GuestError> {
    let beside = path.with_extension("new");
    let _ = fs::remove_file(&beside);
    write_new(&beside, bytes)?;
    fs::rename(&beside, path).map_err(cache_error(path))
}

fn restrict_file(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

fn restrict(folder: &Path) -> Result<(), GuestError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(cache_error(folder))
}
