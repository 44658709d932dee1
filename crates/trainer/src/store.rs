//! Checkpoints on disk: folders of named blobs that are either whole or not there. What the blobs mean is the caller's.
//!
//! A checkpoint is written into a temporary folder beside the others, each file is flushed to the disk, a manifest with sizes and BLAKE3 digests comes last, and one
//! rename makes it visible. Whatever step a crash, a full disk or a failing write interrupts, every earlier checkpoint is as it was. The folder is assumed to
//! be on one local file system with atomic renames; a network file system without locks is not covered.

mod checkpoint;
mod disk;
mod retention;

#[cfg(test)]
mod crash;

pub use checkpoint::{Blob, Checkpoint, Flaw};
pub use retention::{Best, Goal, Keep};

use checkpoint::{MANIFEST, Manifest};
use disk::{Disk, RealDisk};
use rustix::fs::{FlockOperation, flock};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Begins the name of a folder that is being written or removed.
const TEMPORARY: &str = ".tmp-";
const LOCK: &str = ".lock";

/// Why a checkpoint could not be written or read. After an error of [`Store::write`] the earlier checkpoints are intact and a run can go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process holds the folder.
    #[error("`{}` is in use by {}: end it or choose another folder", dir.display(), holder.map_or("another process".to_owned(), |id| format!("process {id}")))]
    Locked {
        /// The folder.
        dir: PathBuf,
        /// The process that holds it, where it said so.
        holder: Option<u32>,
    },
    /// There is a checkpoint of this step.
    #[error("a checkpoint of step {step} exists")]
    Exists {
        /// The step.
        step: u64,
    },
    /// Not a plain file name, or used twice.
    #[error("`{name}` cannot name a blob: a plain file name is needed, used once")]
    InvalidName {
        /// The name.
        name: String,
    },
    /// A checkpoint has no blob of this name.
    #[error("the checkpoint of step {step} has no `{name}`")]
    NoBlob {
        /// The step.
        step: u64,
        /// The name.
        name: String,
    },
    /// A checkpoint is not what was written.
    #[error("the checkpoint `{}` is damaged", path.display())]
    Damaged {
        /// Its folder.
        path: PathBuf,
        /// What is wrong.
        #[source]
        flaw: Flaw,
    },
    /// The disk is full.
    #[error("no space is left for `{}`", path.display())]
    Full {
        /// What was being written.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The system refused.
    #[error("`{}` cannot be written or read", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// Names the file in an error of the system.
fn at(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full { path, source },
        _ => StoreError::Io { path, source },
    }
}

/// A folder of checkpoints, held by one process as long as this lives.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    keep: Keep,
    disk: Box<dyn Disk>,
    _lock: Lock,
}

/// The newest whole checkpoint, and what was passed over to find it.
#[derive(Debug)]
pub struct Latest {
    /// `None` when there is no whole one.
    pub checkpoint: Option<Checkpoint>,
    /// Newer folders that are damaged, newest first, and what is wrong with each.
    pub damaged: Vec<(PathBuf, Flaw)>,
}

/// A checkpoint was written.
#[derive(Debug)]
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// The steps whose checkpoints were removed to make room.
    pub removed: Vec<u64>,
    /// Why removing stopped, where it did: the new checkpoint is whole nevertheless.
    pub not_removed: Option<StoreError>,
}

impl Store {
    /// Opens a folder, makes it where it is missing, and removes what an interrupted process left half written.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process has it open; [`StoreError::Io`].
    pub fn open(dir: &Path, keep: Keep) -> Result<Self, StoreError> {
        Self::open_on(dir, keep, Box::new(RealDisk))
    }

    fn open_on(dir: &Path, keep: Keep, disk: Box<dyn Disk>) -> Result<Self, StoreError> {
        fs::create_dir_all(dir).map_err(at(dir))?;
        let lock = lock(dir)?;
        let store = Self { dir: dir.to_owned(), keep, disk, _lock: lock };
        for entry in fs::read_dir(dir).map_err(at(dir))? {
            let entry = entry.map_err(at(dir))?;
            if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                store.disk.remove_dir(&entry.path()).map_err(at(&entry.path()))?;
            }
        }
        Ok(store)
    }

    /// As [`Store::write`], and takes the place of a whole checkpoint of the same step; a crash while it does so can leave only the checkpoints of other steps.
    ///
    /// # Errors
    /// As [`Store::write`], but for [`StoreError::Exists`].
    pub fn replace(
        &self,
        step: u64,
        metrics: &BTreeMap<String, f64>,
        blobs: impl FnOnce(&mut Writer<'_>) -> Result<(), StoreError>,
    ) -> Result<Written, StoreError> {
        let path = self.dir.join(checkpoint::folder_name(step));
        self.put(path, step, metrics, blobs)
    }

    /// Writes the checkpoint after `step`: `blobs` is called once to hand over the named blobs. `metrics` is what [`Keep::best`] chooses by; values that are
    /// not finite are left out. A damaged checkpoint of the same step is replaced.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Io`], [`StoreError::Exists`], [`StoreError::InvalidName`], or what `blobs` returns. The earlier checkpoints are
    /// then intact and the temporary folder is removed, at the latest when the store is next opened.
    pub fn write(
        &self,
        step: u64,
        metrics: &BTreeMap<String, f64>,
        blobs: impl FnOnce(&mut Writer<'_>) -> Result<(), StoreError>,
    ) -> Result<Written, StoreError> {
        let path = self.dir.join(checkpoint::folder_name(step));
        if checkpoint::open(&path, step).is_ok_and(|found| found.verify().is_ok()) {
            return Err(StoreError::Exists { step });
        }
        self.put(path, step, metrics, blobs)
    }

    fn put(
        &self,
        path: PathBuf,
        step: u64,
        metrics: &BTreeMap<String, f64>,
        blobs: impl FnOnce(&mut Writer<'_>) -> Result<(), StoreError>,
    ) -> Result<Written, StoreError> {
        let folder = self.dir.join(format!("{TEMPORARY}{step:012}"));
        let result = self.fill(&folder, step, metrics, blobs).and_then(|()| self.publish(&folder, &path, step));
        if let Err(error) = result {
            // Best effort: opening the store removes what is left.
            let _ = self.disk.remove_dir(&folder);
            return Err(error);
        }
        let mut removed = Vec::new();
        let not_removed = self.prune(&mut removed).err();
        Ok(Written { path, removed, not_removed })
    }

    /// Writes every file of a checkpoint and flushes it.
    fn fill(
        &self,
        folder: &Path,
        step: u64,
        metrics: &BTreeMap<String, f64>,
        blobs: impl FnOnce(&mut Writer<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if folder.exists() {
            self.disk.remove_dir(folder).map_err(at(folder))?;
        }
        self.disk.create_dir(folder).map_err(at(folder))?;
        let mut writer = Writer { folder, disk: &*self.disk, blobs: Vec::new() };
        blobs(&mut writer)?;
        let metrics = metrics.iter().filter(|(_, value)| value.is_finite()).map(|(name, value)| (name.clone(), *value)).collect();
        let manifest = Manifest { step, metrics, blobs: writer.blobs };
        let path = folder.join(MANIFEST);
        self.disk.write(&path, &manifest.encode()).map_err(at(&path))?;
        self.disk.sync_dir(folder).map_err(at(folder))
    }

    /// Makes a filled folder visible under its name.
    fn publish(&self, folder: &Path, path: &Path, step: u64) -> Result<(), StoreError> {
        if path.exists() {
            self.set_aside(path, step)?;
        }
        self.disk.rename(folder, path).map_err(at(path))?;
        self.disk.sync_dir(&self.dir).map_err(at(&self.dir))
    }

    /// Takes a checkpoint out of sight with one rename, so that a half removed one is never seen, and removes it.
    fn set_aside(&self, path: &Path, step: u64) -> Result<(), StoreError> {
        let aside = self.dir.join(format!("{TEMPORARY}removed-{step:012}"));
        if aside.exists() {
            self.disk.remove_dir(&aside).map_err(at(&aside))?;
        }
        self.disk.rename(path, &aside).map_err(at(path))?;
        self.disk.remove_dir(&aside).map_err(at(&aside))
    }

    /// Removes what [`Keep`] does not keep. Folders whose manifest cannot be read are left for people to look at.
    fn prune(&self, removed: &mut Vec<u64>) -> Result<(), StoreError> {
        let mut found = Vec::new();
        for (step, path) in self.folders()? {
            found.extend(checkpoint::open(&path, step));
        }
        for step in self.keep.superfluous(&found) {
            self.set_aside(&self.dir.join(checkpoint::folder_name(step)), step)?;
            removed.push(step);
        }
        Ok(())
    }

    /// The newest checkpoint whose every byte is as written.
    ///
    /// # Errors
    /// Only when the folder itself cannot be read: a damaged checkpoint is passed over and reported.
    pub fn latest(&self) -> Result<Latest, StoreError> {
        let mut damaged = Vec::new();
        for (step, path) in self.folders()?.into_iter().rev() {
            match checkpoint::open(&path, step).and_then(|found| found.verify().map(|()| found)) {
                Ok(checkpoint) => return Ok(Latest { checkpoint: Some(checkpoint), damaged }),
                Err(flaw) => damaged.push((path, flaw)),
            }
        }
        Ok(Latest { checkpoint: None, damaged })
    }

    /// The checkpoint after a step.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not there or not whole.
    pub fn at_step(&self, step: u64) -> Result<Checkpoint, StoreError> {
        let path = self.dir.join(checkpoint::folder_name(step));
        let found = checkpoint::open(&path, step).and_then(|found| found.verify().map(|()| found));
        found.map_err(|flaw| StoreError::Damaged { path, flaw })
    }

    /// Removes every checkpoint later than `step`, for a run that goes on from an earlier one.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn remove_after(&self, step: u64) -> Result<(), StoreError> {
        for (later, path) in self.folders()?.into_iter().rev().filter(|(later, _)| *later > step) {
            self.set_aside(&path, later)?;
        }
        Ok(())
    }

    /// The steps that have a checkpoint folder, whole or not, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn steps(&self) -> Result<Vec<u64>, StoreError> {
        Ok(self.folders()?.into_iter().map(|(step, _)| step).collect())
    }

    fn folders(&self) -> Result<Vec<(u64, PathBuf)>, StoreError> {
        let mut folders = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(at(&self.dir))? {
            let entry = entry.map_err(at(&self.dir))?;
            folders.extend(checkpoint::step_of(&entry.file_name().to_string_lossy()).map(|step| (step, entry.path())));
        }
        folders.sort_unstable();
        Ok(folders)
    }
}

/// Takes the blobs of one checkpoint.
#[derive(Debug)]
pub struct Writer<'a> {
    folder: &'a Path,
    disk: &'a dyn Disk,
    blobs: Vec<Blob>,
}

impl Writer<'_> {
    /// Writes a blob and flushes it to the disk. The name is a plain file name of letters, digits, `.`, `-` and `_` that begins with a letter or digit.
    ///
    /// # Errors
    /// [`StoreError::InvalidName`], [`StoreError::Full`], [`StoreError::Io`].
    pub fn blob(&mut self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'_');
        let valid = name.len() <= 200 && name.bytes().all(plain) && name.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
        if !valid || name == MANIFEST || self.blobs.iter().any(|blob| blob.name == name) {
            return Err(StoreError::InvalidName { name: name.to_owned() });
        }
        let path = self.folder.join(name);
        self.disk.write(&path, bytes).map_err(at(&path))?;
        self.blobs.push(Blob { name: name.to_owned(), size_bytes: bytes.len() as u64, blake3: blake3::hash(bytes).to_hex().to_string() });
        Ok(())
    }
}

/// A locked file; the system unlocks it when the process ends, however it ends.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a child process that is just being started may still share the open file.
        let _ = flock(&self.0, FlockOperation::Unlock);
    }
}

/// Locks a folder.
fn lock(dir: &Path) -> Result<Lock, StoreError> {
    let path = dir.join(LOCK);
    let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path).map_err(at(&path))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => {}
        Err(rustix::io::Errno::WOULDBLOCK) => {
            let mut holder = String::new();
            let _ = file.take(32).read_to_string(&mut holder);
            return Err(StoreError::Locked { dir: dir.to_owned(), holder: holder.trim().parse().ok() });
        }
        Err(error) => return Err(at(&path)(error.into())),
    }
    // For the message above only, so a full disk does not matter.
    let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
    Ok(Lock(file))
}

#[cfg(test)]
mod tests;
