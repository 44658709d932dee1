//! The operations that change the disk, so that tests can stop or fail each of them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// What the store does to a file system; every change goes through here.
pub(super) trait Disk: std::fmt::Debug + Send {
    /// Makes a folder that does not exist.
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// Makes a file that does not exist, with this content, flushed to the disk.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Flushes the names of a folder to the disk.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Gives a folder another name on the same file system.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a folder and what is in it.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;
}

/// The file system as it is.
#[derive(Debug)]
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}
