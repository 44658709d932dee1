//! One checkpoint folder: its manifest, and whether its files are those that were written.

use super::{StoreError, at};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub(super) const MANIFEST: &str = "manifest.json";
const PREFIX: &str = "step-";

/// What is wrong with a checkpoint folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// A file is missing or cannot be read.
    #[error("`{name}` cannot be read")]
    Unreadable {
        /// The file.
        name: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The manifest is not one, or not the one that was written.
    #[error("the manifest is damaged")]
    Manifest,
    /// A file has another content than was written.
    #[error("`{name}` has changed")]
    Changed {
        /// The file.
        name: String,
    },
}

/// One file of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// Its file name.
    pub name: String,
    /// Its size.
    pub size_bytes: u64,
    /// The BLAKE3 digest of its content, in hexadecimal.
    pub blake3: String,
}

/// What the manifest says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) step: u64,
    pub(super) metrics: BTreeMap<String, f64>,
    pub(super) blobs: Vec<Blob>,
}

impl Manifest {
    /// The manifest as JSON on one line and its own digest on the next.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut text = serde_json::to_string(self).expect("finite numbers and text");
        text = format!("{text}\n{}\n", blake3::hash(text.as_bytes()).to_hex());
        text.into_bytes()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (json, digest) = text.strip_suffix('\n')?.split_once('\n')?;
        let whole = blake3::hash(json.as_bytes()).to_hex().as_str() == digest;
        if whole { serde_json::from_str(json).ok() } else { None }
    }
}

/// A whole checkpoint.
#[derive(Debug)]
pub struct Checkpoint {
    path: PathBuf,
    manifest: Manifest,
}

impl Checkpoint {
    /// The step after which it was written.
    pub fn step(&self) -> u64 {
        self.manifest.step
    }

    /// Its folder, for tools that read files by path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The metrics it was written with.
    pub fn metrics(&self) -> &BTreeMap<String, f64> {
        &self.manifest.metrics
    }

    /// Its files.
    pub fn blobs(&self) -> &[Blob] {
        &self.manifest.blobs
    }

    /// The content of a blob, checked against its digest.
    ///
    /// # Errors
    /// [`StoreError::NoBlob`], [`StoreError::Damaged`], [`StoreError::Io`].
    pub fn read(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let blob = self.manifest.blobs.iter().find(|blob| blob.name == name);
        let blob = blob.ok_or_else(|| StoreError::NoBlob { step: self.step(), name: name.to_owned() })?;
        let path = self.path.join(name);
        let bytes = fs::read(&path).map_err(at(&path))?;
        if blake3::hash(&bytes).to_hex().as_str() != blob.blake3 {
            return Err(StoreError::Damaged { path: self.path.clone(), flaw: Flaw::Changed { name: name.to_owned() } });
        }
        Ok(bytes)
    }

    /// Reads every file and compares its digest.
    pub(super) fn verify(&self) -> Result<(), Flaw> {
        for blob in &self.manifest.blobs {
            let unreadable = |source| Flaw::Unreadable { name: blob.name.clone(), source };
            let mut file = File::open(self.path.join(&blob.name)).map_err(unreadable)?;
            let changed = || Flaw::Changed { name: blob.name.clone() };
            if file.metadata().map_err(unreadable)?.len() != blob.size_bytes {
                return Err(changed());
            }
            let mut hasher = blake3::Hasher::new();
            io::copy(&mut file, &mut hasher).map_err(unreadable)?;
            if hasher.finalize().to_hex().as_str() != blob.blake3 {
                return Err(changed());
            }
        }
        Ok(())
    }
}

/// The name of a step's folder; names sort like steps.
pub(super) fn folder_name(step: u64) -> String {
    format!("{PREFIX}{step:012}")
}

/// The step of a folder's name; `None` where it is not the name of a checkpoint.
pub(super) fn step_of(name: &str) -> Option<u64> {
    let step = name.strip_prefix(PREFIX)?.parse().ok()?;
    (folder_name(step) == name).then_some(step)
}

/// Reads the manifest of a step's folder; the other files are not looked at.
pub(super) fn open(path: &Path, step: u64) -> Result<Checkpoint, Flaw> {
    let bytes = fs::read(path.join(MANIFEST)).map_err(|source| Flaw::Unreadable { name: MANIFEST.to_owned(), source })?;
    let manifest = Manifest::decode(&bytes).filter(|manifest| manifest.step == step).ok_or(Flaw::Manifest)?;
    Ok(Checkpoint { path: path.to_owned(), manifest })
}
