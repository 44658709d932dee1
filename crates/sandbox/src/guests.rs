//! Guests on disk: made on first use, kept in a cache folder, found by the digest of what they are made from.
//!
//! A guest's folder appears whole or not at all: it is made under another name, while a lock keeps other processes from making the same one, and renamed.

mod build;
mod recipe;
mod shelf;

pub use build::Progress;
pub(crate) use recipe::Kind;
pub use recipe::Recipe;
pub(crate) use shelf::Shelf;

use crate::machine;
use rustix::fs::{FlockOperation, flock};
use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

/// The cache folder in which guests are kept.
#[derive(Clone, Debug)]
pub struct Guests {
    root: PathBuf,
}

/// A guest compiled for this machine, ready to be loaded.
#[derive(Clone, Debug)]
pub struct GuestModule {
    module: PathBuf,
    digest: String,
    recipe: &'static Recipe,
    /// The cache folder that it is in.
    cache: PathBuf,
}

/// Why there is no guest.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GuestError {
    /// A program that the build needs is missing.
    #[error("`{tool}` is needed to build the {guest} guest and cannot be run ({message}); {remedy}")]
    MissingTool {
        /// The guest.
        guest: &'static str,
        /// The program.
        tool: &'static str,
        /// What running it said.
        message: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A step of the build failed.
    #[error("building the {guest} guest failed at `{step}`:\n{output}")]
    Step {
        /// The guest.
        guest: &'static str,
        /// The step.
        step: &'static str,
        /// The end of what it printed.
        output: String,
    },
    /// The cache folder cannot be used.
    #[error("the guest cache `{path}` cannot be used")]
    Cache {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Others could put machine code into the cache folder.
    #[error(
        "the guest cache `{path}` belongs to another user or can be written by others; compiled guests are machine code, so make it yours alone (chmod go-w) or choose another folder"
    )]
    Unsafe {
        /// The folder or file.
        path: PathBuf,
    },
    /// The engine cannot compile the component.
    #[error("compiling the {guest} guest failed: {message}")]
    Compile {
        /// The guest.
        guest: &'static str,
        /// The engine's words.
        message: String,
    },
}

impl GuestModule {
    /// The compiled module's path.
    pub fn path(&self) -> &Path {
        &self.module
    }

    /// What it was made from.
    pub fn recipe(&self) -> &'static Recipe {
        self.recipe
    }

    /// Changes whenever the guest may behave differently: part of the verifier's version.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// Where a guest is, for people.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its name.
    pub name: &'static str,
    /// The language and its version.
    pub language: String,
    /// The digest of what it is made from.
    pub digest: String,
    /// Its folder, if it has been built.
    pub folder: Option<PathBuf>,
    /// Bytes on disk, if it has been built.
    pub bytes: u64,
}

impl Guests {
    /// Guests kept below `root`, which is made when first needed.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The guest of this recipe, built if it is not there yet; `progress` hears of each step.
    ///
    /// Safe to call from several processes at once: one builds, the others wait for it.
    ///
    /// # Errors
    /// See [`GuestError`]. After an error, or an interrupt, the cache is as it was.
    pub fn get(&self, recipe: &'static Recipe, progress: &mut dyn FnMut(Progress)) -> Result<GuestModule, GuestError> {
        let folder = self.folder(recipe);
        let module = folder.join(module_name());
        if !module.exists() {
            self.make_private(&self.root)?;
            let lock = self.root.join(format!("{}.lock", recipe.name()));
            let lock_file = File::create(&lock).map_err(cache_error(&lock))?;
            if flock(&lock_file, FlockOperation::NonBlockingLockExclusive).is_err() {
                progress(Progress::waiting());
                flock(&lock_file, FlockOperation::LockExclusive).map_err(|error| cache_error(&lock)(error.into()))?;
            }
            if !module.exists() {
                self.remove_leftovers(recipe)?;
                build::build(recipe, &self.root, &folder, &module, progress)?;
            }
        }
        for path in [&self.root, &folder, &module] {
            check_private(path)?;
        }
        Ok(GuestModule { module, digest: recipe.digest(), recipe, cache: self.root.clone() })
    }

    /// Whether [`get`](Self::get) would find the guest without building it.
    pub fn is_built(&self, recipe: &Recipe) -> bool {
        self.folder(recipe).join(module_name()).exists()
    }

    /// Every known guest and where it is.
    pub fn list(&self) -> Vec<Listed> {
        recipe::ALL
            .iter()
            .map(|recipe| {
                let folder = self.folder(recipe);
                let built = folder.join(module_name()).exists();
                let bytes =
                    fs::read_dir(&folder).into_iter().flatten().flatten().filter_map(|entry| entry.metadata().ok()).map(|m| m.len()).sum();
                Listed { name: recipe.name(), language: recipe.language(), digest: recipe.digest(), folder: built.then_some(folder), bytes }
            })
            .collect()
    }

    fn folder(&self, recipe: &Recipe) -> PathBuf {
        self.root.join(format!("{}-{}", recipe.name(), recipe.digest()))
    }

    fn make_private(&self, path: &Path) -> Result<(), GuestError> {
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(cache_error(path))?;
        check_private(path)
    }

    /// Removes what interrupted builds left; the caller holds the lock, so nobody is at work there.
    fn remove_leftovers(&self, recipe: &Recipe) -> Result<(), GuestError> {
        for entry in fs::read_dir(&self.root).map_err(cache_error(&self.root))?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(&build::temporary_prefix(recipe)) {
                fs::remove_dir_all(entry.path()).map_err(cache_error(&entry.path()))?;
            }
        }
        Ok(())
    }
}

/// The compiled module's file name: engine settings and processor features are part of it, so that a cache shared between machines holds one for each.
fn module_name() -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    match machine::engine(1) {
        Ok(engine) => engine.precompile_compatibility_hash().hash(&mut hasher),
        Err(_) => 0.hash(&mut hasher),
    }
    format!("module-{:016x}.bin", hasher.finish())
}

fn cache_error(path: &Path) -> impl FnOnce(io::Error) -> GuestError {
    let path = path.to_owned();
    move |source| GuestError::Cache { path, source }
}

/// Refuses a path that anyone but this user could have written.
fn check_private(path: &Path) -> Result<(), GuestError> {
    let metadata = fs::symlink_metadata(path).map_err(cache_error(path))?;
    let owned = metadata.uid() == rustix::process::geteuid().as_raw();
    if owned && metadata.mode() & 0o022 == 0 && !metadata.is_symlink() { Ok(()) } else { Err(GuestError::Unsafe { path: path.to_owned() }) }
}
