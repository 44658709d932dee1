//! The files that compilers read, as one file that every worker maps: the length of an index, the index, the contents one after the other.

use crate::preview1::Tree;
use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::ptr::NonNull;

/// Path and length of each file, in the order of the contents.
type Index = Vec<(String, u64)>;

/// The bytes of a pack of these files.
pub(super) fn pack(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let index: Index = files.iter().map(|(path, content)| (path.clone(), content.len() as u64)).collect();
    let index = postcard::to_allocvec(&index).expect("text and numbers have an encoding");
    let mut out = (index.len() as u64).to_le_bytes().to_vec();
    out.extend(index);
    files.values().for_each(|content| out.extend(content));
    out
}

/// The files of a pack on disk, mapped.
///
/// # Errors
/// If the file cannot be mapped, or is no pack.
pub(super) fn open(path: &Path) -> io::Result<Tree> {
    tree(Box::new(Mapped::new(&File::open(path)?)?))
}

/// The files of a pack in memory.
///
/// # Errors
/// If it is no pack.
pub(super) fn tree(bytes: Box<dyn AsRef<[u8]> + Send + Sync>) -> io::Result<Tree> {
    let broken = || io::Error::other("it is no pack of files");
    let all = (*bytes).as_ref();
    let (length, rest) = all.split_first_chunk().ok_or_else(broken)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| broken())?;
    let index: Index = postcard::from_bytes(rest.get(..length).ok_or_else(broken)?).map_err(|_| broken())?;
    let mut at = 8 + length;
    let mut files = BTreeMap::new();
    for (path, length) in index {
        let end = usize::try_from(length).ok().and_then(|length| at.checked_add(length)).filter(|end| *end <= all.len());
        let end = end.ok_or_else(broken)?;
        files.insert(path, at..end);
        at = end;
    }
    Ok(Tree::new(bytes, files))
}

/// A whole file, mapped read-only for as long as this lives.
struct Mapped {
    start: NonNull<u8>,
    length: usize,
}

#[expect(unsafe_code, reason = "the standard library maps no files")]
impl Mapped {
    fn new(file: &File) -> io::Result<Self> {
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        // SAFETY: a new mapping at an address that the system chooses; nothing else refers to it.
        let start = unsafe { mmap(std::ptr::null_mut(), length, ProtFlags::READ, MapFlags::PRIVATE, file, 0) }?;
        let start = NonNull::new(start.cast()).ok_or_else(|| io::Error::other("a mapping at address zero"))?;
        Ok(Self { start, length })
    }
}

#[expect(unsafe_code, reason = "the standard library maps no files")]
impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: mapped until drop, and readable. Nobody shortens or writes the file: it is in a folder that only this user can write to, is made under another
        // name, and is never changed where it is.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.length) }
    }
}

// SAFETY: read-only memory that any thread may read and any one may unmap.
#[expect(unsafe_code, reason = "a pointer in a type makes it neither")]
unsafe impl Send for Mapped {}
// SAFETY: as above.
#[expect(unsafe_code, reason = "a pointer in a type makes it neither")]
unsafe impl Sync for Mapped {}

#[expect(unsafe_code, reason = "the standard library maps no files")]
impl Drop for Mapped {
    fn drop(&mut self) {
        // SAFETY: the mapping that `new` made; nothing borrows it any more. If this fails it stays, which is no harm.
        let _ = unsafe { munmap(self.start.as_ptr().cast(), self.length) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_read_back_from_a_file() {
        let files = BTreeMap::from([("a/b".to_owned(), b"one".to_vec()), ("c".to_owned(), Vec::new())]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pack");
        std::fs::write(&path, pack(&files)).unwrap();
        assert_eq!(format!("{:?}", open(&path).unwrap()), "Tree { files: 2, .. }");
    }

    #[test]
    fn what_is_no_pack_is_refused() {
        for bytes in [&b""[..], b"1234567", &[255; 40], &[0; 9][..8]] {
            assert!(tree(Box::new(bytes.to_vec())).is_err(), "{bytes:?}");
        }
        let mut cut = pack(&BTreeMap::from([("a".to_owned(), b"content".to_vec())]));
        cut.pop();
        assert!(tree(Box::new(cut)).is_err());
    }
}
