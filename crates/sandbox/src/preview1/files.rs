//! What a core module finds beside its streams: arguments, a read-only tree of files, and a scratch tree above it that is gone with the instance.
//!
//! Nothing here touches the system's files. The tree is a pack: one slice of bytes, usually a file that is mapped, and the range of each path in it.

use super::memory::{Errno, Failed};
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

type Answer<T> = Result<T, Failed>;

/// Types of files, as `filestat` numbers them.
pub(super) const CHARACTER_DEVICE: u8 = 2;
const DIRECTORY: u8 = 3;
const REGULAR: u8 = 4;

/// `whence` of a seek.
pub(super) const FROM_HERE: u32 = 1;
const FROM_END: u32 = 2;

/// The folder that is open from the start, which is the root.
const ROOT: u32 = 3;

/// How many files an instance may have open at once, and how many it may write.
const MAX_OPEN: usize = 256;
const MAX_WRITTEN: usize = 256;

/// Files that instances may read, by absolute path without a leading slash.
#[derive(Default)]
pub(crate) struct Tree {
    pack: Option<Box<dyn AsRef<[u8]> + Send + Sync>>,
    files: BTreeMap<String, Range<usize>>,
    folders: BTreeSet<String>,
}

impl Tree {
    /// The files at these ranges of `pack`. A range that is not inside it is an empty file.
    pub(crate) fn new(pack: Box<dyn AsRef<[u8]> + Send + Sync>, files: BTreeMap<String, Range<usize>>) -> Self {
        let folders = files.keys().flat_map(|path| path.match_indices('/').map(|(at, _)| path[..at].to_owned())).collect();
        Self { pack: Some(pack), files, folders }
    }

    fn get(&self, path: &str) -> Option<&[u8]> {
        let range = self.files.get(path)?;
        Some(self.pack.as_ref().and_then(|pack| (**pack).as_ref().get(range.clone())).unwrap_or_default())
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

/// The arguments and files of one instance.
#[derive(Debug, Default)]
pub(crate) struct Files {
    arguments: Vec<String>,
    tree: Arc<Tree>,
    /// What the instance wrote, which hides what the tree has under the same path.
    written: BTreeMap<String, Vec<u8>>,
    /// How many more bytes it may write.
    left: u64,
    /// Whether there is a root to open files below.
    has_root: bool,
    open: Vec<Option<Open>>,
}

#[derive(Debug)]
struct Open {
    path: String,
    at: u64,
    appends: bool,
    writes: bool,
}

/// How a path is opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    creates: bool,
    only_folder: bool,
    only_new: bool,
    truncates: bool,
    writes: bool,
    appends: bool,
}

impl Opening {
    /// From `oflags`, the rights asked for, and `fdflags`.
    pub(super) fn new(how: u32, rights: u64, flags: u32) -> Self {
        const RIGHT_WRITE: u64 = 1 << 6;
        Self {
            creates: how & 1 != 0,
            only_folder: how & 2 != 0,
            only_new: how & 4 != 0,
            truncates: how & 8 != 0,
            writes: rights & RIGHT_WRITE != 0,
            appends: flags & 1 != 0,
        }
    }
}

impl Files {
    /// Arguments, the program's name first, and a tree, above which `scratch_bytes` can be written. Without any of this an instance has no arguments and no files.
    pub(crate) fn new(arguments: Vec<String>, tree: Arc<Tree>, scratch_bytes: u64) -> Self {
        Self { arguments, tree, left: scratch_bytes, has_root: true, ..Self::default() }
    }

    /// Puts a file above the tree, for the instance to read.
    pub(crate) fn put(&mut self, path: &str, content: Vec<u8>) {
        self.written.insert(path.trim_start_matches('/').to_owned(), content);
    }

    /// The content of a file that the instance wrote, which is removed.
    pub(crate) fn take(&mut self, path: &str) -> Option<Vec<u8>> {
        self.written.remove(path.trim_start_matches('/'))
    }

    pub(super) fn arguments(&self) -> &[String] {
        &self.arguments
    }

    pub(super) fn is_preopened(&self, fd: u32) -> bool {
        self.has_root && fd == ROOT
    }

    /// The normal form of a path below the folder that `fd` is: no `.`, no `..`, no slash at an end. What goes above the root stays at it.
    pub(super) fn resolve(&self, fd: u32, path: &str) -> Answer<String> {
        let base = if self.is_preopened(fd) { "" } else { &self.descriptor(fd)?.path };
        let mut parts: Vec<&str> = Vec::new();
        for part in base.split('/').chain(path.split('/')) {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        Ok(parts.join("/"))
    }

    /// Type and size of what is at a path in normal form.
    pub(super) fn status(&self, path: &str) -> Answer<(u8, u64)> {
        match self.content(path) {
            Some(content) => Ok((REGULAR, content.len() as u64)),
            None if self.is_folder(path) => Ok((DIRECTORY, 0)),
            None => Err(Errno::NOENT.into()),
        }
    }

    /// Opens a path in normal form: its number.
    pub(super) fn open(&mut self, path: String, how: Opening) -> Answer<u32> {
        let is_folder = self.is_folder(&path);
        let exists = self.content(&path).is_some();
        if how.only_new && how.creates && (exists || is_folder) {
            return Err(Errno::EXIST.into());
        }
        if is_folder && (how.creates || how.truncates) {
            return Err(Errno::ISDIR.into());
        }
        if exists && how.only_folder {
            return Err(Errno::NOTDIR.into());
        }
        if !exists && !is_folder && !how.creates {
            return Err(Errno::NOENT.into());
        }
        let slot = self.open.iter().position(Option::is_none).unwrap_or(self.open.len());
        if slot >= MAX_OPEN {
            return Err(Errno::MFILE.into());
        }
        if !is_folder && (how.truncates || !exists) {
            self.replace(&path, Vec::new())?;
        }
        let opened = Some(Open { path, at: 0, appends: how.appends, writes: how.writes || how.creates });
        if slot == self.open.len() {
            self.open.push(opened);
        } else if let Some(free) = self.open.get_mut(slot) {
            *free = opened;
        }
        Ok(slot as u32 + ROOT + 1)
    }

    pub(super) fn close(&mut self, fd: u32) -> Answer<()> {
        if self.is_preopened(fd) {
            return Ok(());
        }
        self.descriptor(fd)?;
        self.open.get_mut((fd - ROOT - 1) as usize).and_then(Option::take).map(drop).ok_or(Errno::BADF.into())
    }

    /// The normal form of the path of an open file.
    pub(super) fn path(&self, fd: u32) -> Answer<&str> {
        if self.is_preopened(fd) { Ok("") } else { Ok(&self.descriptor(fd)?.path) }
    }

    pub(super) fn kind(&self, fd: u32) -> Answer<u8> {
        if self.is_preopened(fd) {
            return Ok(DIRECTORY);
        }
        Ok(self.status(&self.descriptor(fd)?.path)?.0)
    }

    pub(super) fn size(&self, fd: u32) -> Answer<u64> {
        if self.is_preopened(fd) {
            return Ok(0);
        }
        Ok(self.status(&self.descriptor(fd)?.path)?.1)
    }

    pub(super) fn read(&mut self, fd: u32, most: u32) -> Answer<Vec<u8>> {
        let at = self.descriptor(fd)?.at;
        let bytes = self.read_at(fd, at, most)?;
        self.descriptor_mut(fd)?.at += bytes.len() as u64;
        Ok(bytes)
    }

    pub(super) fn read_at(&self, fd: u32, at: u64, most: u32) -> Answer<Vec<u8>> {
        let content = self.content(&self.descriptor(fd)?.path).ok_or(Errno::ISDIR)?;
        let start = usize::try_from(at).unwrap_or(usize::MAX).min(content.len());
        let rest = content.get(start..).unwrap_or_default();
        Ok(rest[..rest.len().min(most as usize)].to_vec())
    }

    pub(super) fn write(&mut self, fd: u32, bytes: &[u8]) -> Answer<()> {
        let open = self.descriptor(fd)?;
        let at = if open.appends { self.size(fd)? } else { open.at };
        self.write_at(fd, at, bytes)?;
        self.descriptor_mut(fd)?.at = at + bytes.len() as u64;
        Ok(())
    }

    pub(super) fn write_at(&mut self, fd: u32, at: u64, bytes: &[u8]) -> Answer<()> {
        let end = at.checked_add(bytes.len() as u64).ok_or(Errno::INVAL)?;
        if end > self.size(fd)? {
            self.resize(fd, end)?;
        }
        let start = at as usize;
        let content = self.written_by(fd)?;
        content.get_mut(start..start + bytes.len()).ok_or(Errno::INVAL)?.copy_from_slice(bytes);
        Ok(())
    }

    pub(super) fn resize(&mut self, fd: u32, size: u64) -> Answer<()> {
        let old = self.written_by(fd)?.len() as u64;
        self.left = self.left.checked_sub(size.saturating_sub(old)).ok_or(Errno::NOSPC)?;
        let size = usize::try_from(size).map_err(|_| Errno::NOSPC)?;
        self.written_by(fd)?.resize(size, 0);
        Ok(())
    }

    /// Moves a descriptor: where it is then.
    pub(super) fn seek(&mut self, fd: u32, offset: i64, whence: u32) -> Answer<u64> {
        let size = self.size(fd)?;
        let open = self.descriptor_mut(fd)?;
        let from = match whence {
            FROM_HERE => open.at,
            FROM_END => size,
            _ => 0,
        };
        open.at = from.checked_add_signed(offset).ok_or(Errno::INVAL)?;
        Ok(open.at)
    }

    /// Entries of a folder from number `cookie`, as `dirent` and name one after the other, cut off at `most` bytes.
    pub(super) fn entries(&self, fd: u32, cookie: u64, most: u32) -> Answer<Vec<u8>> {
        let folder = if self.is_preopened(fd) { "" } else { &self.descriptor(fd)?.path };
        if !self.is_folder(folder) {
            return Err(Errno::NOTDIR.into());
        }
        let mut names: BTreeMap<&str, u8> = BTreeMap::new();
        let written = self.written.keys().map(|path| (path, REGULAR));
        let files = self.tree.files.keys().map(|path| (path, REGULAR));
        for (path, kind) in self.tree.folders.iter().map(|path| (path, DIRECTORY)).chain(files).chain(written) {
            let below =
                if folder.is_empty() { Some(path.as_str()) } else { path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) };
            if let Some(name) = below.filter(|name| !name.contains('/')) {
                names.insert(name, kind);
            }
        }
        let mut out = Vec::new();
        for (index, (name, kind)) in names.iter().enumerate().skip(usize::try_from(cookie).unwrap_or(usize::MAX)) {
            if out.len() >= most as usize {
                break;
            }
            out.extend((index as u64 + 1).to_le_bytes());
            out.extend(inode(name).to_le_bytes());
            out.extend((name.len() as u32).to_le_bytes());
            out.extend([*kind, 0, 0, 0]);
            out.extend(name.as_bytes());
        }
        out.truncate(most as usize);
        Ok(out)
    }

    pub(super) fn remove(&mut self, path: &str) -> Answer<()> {
        match self.written.remove(path) {
            Some(content) => {
                self.left += content.len() as u64;
                Ok(())
            }
            None if self.content(path).is_some() => Err(Errno::ROFS.into()),
            None => Err(Errno::NOENT.into()),
        }
    }

    pub(super) fn rename(&mut self, from: &str, to: String) -> Answer<()> {
        if self.is_folder(&to) {
            return Err(Errno::ISDIR.into());
        }
        let content = self.written.remove(from).ok_or(if self.content(from).is_some() { Errno::ROFS } else { Errno::NOENT })?;
        for open in self.open.iter_mut().flatten().filter(|open| open.path == from) {
            open.path.clone_from(&to);
        }
        self.written.insert(to, content);
        Ok(())
    }

    fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.tree.folders.contains(path)
    }

    fn content(&self, path: &str) -> Option<&[u8]> {
        self.written.get(path).map(Vec::as_slice).or_else(|| self.tree.get(path))
    }

    /// Writes whole content at a path whose folder exists.
    fn replace(&mut self, path: &str, content: Vec<u8>) -> Answer<()> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !self.is_folder(folder) {
            return Err(Errno::NOENT.into());
        }
        let written = self.written.len();
        match self.written.entry(path.to_owned()) {
            Entry::Vacant(_) if written >= MAX_WRITTEN => return Err(Errno::NOSPC.into()),
            Entry::Vacant(vacant) => drop(vacant.insert(content)),
            Entry::Occupied(mut occupied) => self.left += occupied.insert(content).len() as u64,
        }
        Ok(())
    }

    /// The content of an open file that may be written.
    fn written_by(&mut self, fd: u32) -> Answer<&mut Vec<u8>> {
        let open = self.descriptor(fd)?;
        let (path, writes) = (open.path.clone(), open.writes);
        if !writes {
            return Err(Errno::BADF.into());
        }
        self.written.get_mut(&path).ok_or(Errno::ROFS.into())
    }

    fn descriptor(&self, fd: u32) -> Answer<&Open> {
        fd.checked_sub(ROOT + 1).and_then(|at| self.open.get(at as usize)).and_then(Option::as_ref).ok_or(Errno::BADF.into())
    }

    fn descriptor_mut(&mut self, fd: u32) -> Answer<&mut Open> {
        fd.checked_sub(ROOT + 1).and_then(|at| self.open.get_mut(at as usize)).and_then(Option::as_mut).ok_or(Errno::BADF.into())
    }
}

/// A number for a path: readers take files with equal numbers for one file.
pub(super) fn inode(path: &str) -> u64 {
    u64::from_le_bytes(blake3::hash(path.as_bytes()).as_bytes()[..8].try_into().expect("a digest has 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        let ranges = [("include/a.h", 0..3), ("include/sub/b.h", 3..5)].map(|(path, range)| (path.to_owned(), range));
        let tree = Tree::new(Box::new(b"abcde".to_vec()), ranges.into());
        Files::new(vec!["program".to_owned()], Arc::new(tree), 10)
    }

    const READ: Opening = Opening { creates: false, only_folder: false, only_new: false, truncates: false, writes: false, appends: false };
    const CREATE: Opening = Opening { creates: true, writes: true, ..READ };

    #[track_caller]
    fn errno<T: fmt::Debug>(answer: Answer<T>) -> i32 {
        match answer {
            Err(Failed::Says(errno)) => errno.0,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_tree_is_read_and_never_written() {
        let mut files = files();
        let path = files.resolve(ROOT, "/include/../include/./sub//b.h").unwrap();
        let fd = files.open(path, READ).unwrap();
        assert_eq!(files.read(fd, 100).unwrap(), b"de");
        assert_eq!(files.read(fd, 100).unwrap(), b"");
        assert_eq!(files.seek(fd, -1, FROM_END).unwrap(), 1);
        assert_eq!(files.read(fd, 100).unwrap(), b"e");
        assert_eq!(errno(files.write(fd, b"x")), Errno::BADF.0);
        let writable = files.open("include/a.h".to_owned(), Opening { writes: true, ..READ }).unwrap();
        assert_eq!(errno(files.write(writable, b"x")), Errno::ROFS.0);
        assert_eq!(errno(files.open("include/none.h".to_owned(), READ)), Errno::NOENT.0);
        assert_eq!(files.resolve(ROOT, "../../../etc/passwd").unwrap(), "etc/passwd");
        assert_eq!(errno(files.remove("include/a.h")), Errno::ROFS.0);
    }

    #[test]
    fn what_is_written_can_be_taken_and_is_bounded() {
        let mut files = files();
        let fd = files.open("out.tmp".to_owned(), CREATE).unwrap();
        files.write(fd, b"12345").unwrap();
        files.write_at(fd, 0, b"0").unwrap();
        assert_eq!(errno(files.write(fd, b"123456")), Errno::NOSPC.0);
        assert_eq!(errno(files.write_at(fd, u64::MAX, b"1")), Errno::INVAL.0);
        assert_eq!(errno(files.write_at(fd, 1 << 40, b"1")), Errno::NOSPC.0);
        files.close(fd).unwrap();
        files.rename("out.tmp", "out".to_owned()).unwrap();
        assert_eq!(files.take("/out").as_deref(), Some(b"02345".as_slice()));
        assert_eq!(errno(files.open("no/folder".to_owned(), CREATE)), Errno::NOENT.0);
        assert_eq!(errno(files.close(fd)), Errno::BADF.0);
        assert_eq!(errno(files.read(u32::MAX, 1)), Errno::BADF.0);
    }

    #[test]
    fn folders_list_what_is_in_them() {
        let files = files();
        let bytes = files.entries(ROOT, 0, 4096).unwrap();
        assert_eq!(bytes.len(), 24 + "include".len());
        assert!(bytes.ends_with(b"include"));
        assert!(files.entries(ROOT, 1, 4096).unwrap().is_empty());
        assert_eq!(files.entries(ROOT, 0, 7).unwrap().len(), 7);
        assert_eq!(Files::default().entries(ROOT, 0, 7).map_err(|_| ()), Err(()));
    }
}
