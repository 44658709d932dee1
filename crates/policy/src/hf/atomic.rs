//! Writes a file so that its name never shows half of it: a temporary file in the same folder, flushed to the disk, then renamed.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::PolicyError;

/// Writes what `fill` writes to `path`, which afterwards is either what it was or the whole of the new content. Concurrent writers of the same path are not
/// supported: they share the temporary name.
///
/// # Errors
/// [`PolicyError::Io`], full disk included; the temporary file is removed then.
pub(super) fn write(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<(), std::io::Error>) -> Result<(), PolicyError> {
    let name = path.file_name().expect("the caller joins a file name to a folder").to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.partial"));
    let result = fill_and_rename(&temporary, path, fill);
    result.map_err(|(action, source)| {
        // The first failure is the one to report; the leftover is at worst overwritten by the next attempt.
        let _ = fs::remove_file(&temporary);
        PolicyError::Io { path: path.to_owned(), action, source }
    })
}

fn fill_and_rename(
    temporary: &Path,
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), std::io::Error>,
) -> Result<(), (&'static str, std::io::Error)> {
    let file = File::create(temporary).map_err(|source| ("create the file", source))?;
    let mut writer = BufWriter::with_capacity(1 << 20, file);
    fill(&mut writer).map_err(|source| ("write", source))?;
    let file = writer.into_inner().map_err(|error| ("write", error.into_error()))?;
    file.sync_all().map_err(|source| ("write to the disk", source))?;
    fs::rename(temporary, path).map_err(|source| ("rename the finished file to its name", source))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The rename itself is on the disk once the folder is.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|source| ("write the folder to the disk", source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.safetensors");
        write(&path, |out| out.write_all(b"old")).unwrap();
        let error = write(&path, |out| {
            out.write_all(b"half of the new")?;
            Err(Error::from(ErrorKind::StorageFull))
        })
        .unwrap_err();
        assert!(matches!(&error, PolicyError::Io { action: "write", source, .. } if source.kind() == ErrorKind::StorageFull), "{error:?}");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        write(&path, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(&folder.path().join("none").join("file"), |out| out.write_all(b"x")).unwrap_err();
        assert!(matches!(&error, PolicyError::Io { action: "create the file", path, .. } if path.ends_with("none/file")), "{error:?}");
    }
}
