//! Keeps the pages that programs write to mapped from one instance to the next.
//!
//! A fresh Python writes to about 400 pages of its 30 MiB memory image before a program's first line has run. Each costs a copy-on-write fault, together half of the
//! time of a small program. When wasmtime frees an instance it copies the original content back into dirty pages and keeps them, but it looks at no more than 32 runs of
//! them (`MAX_REGIONS` in its `pagemap.rs`, wasmtime 48) and drops all pages behind; Python's are in some 250 runs.
//!
//! So a worker process restores the image itself: it asks the kernel which pages are dirty (`PAGEMAP_SCAN`, Linux 6.7), copies their original content back from the file of
//! the compiled guest, and moves the page tables aside while wasmtime frees the instance, which then finds nothing to do. Whatever does not go as planned leaves the
//! work to wasmtime.
//!
//! This is only for processes that run one guest on one thread: a mapping that is moved aside must not be in use.

use crate::store::Spent;
use rustix::ioctl::{Ioctl, IoctlOutput, Opcode, ioctl, opcode};
use rustix::mm::{Advice, MapFlags, MremapFlags, ProtFlags, madvise, mmap, mmap_anonymous, mremap_fixed};
use std::ffi::c_void;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::ptr;

/// More dirty pages than this are left to wasmtime, which drops them: what is kept is copied after each execution, needed again or not.
const MAX_PAGES: usize = 1024;
const PAGE_BYTES: usize = 4096;

/// How many executions may pass before the mappings are taken as known: by then the slots that instances use have their images.
pub(crate) const LEARNING_RUNS: u32 = 4;

/// The memory images of one guest in this process.
#[derive(Debug)]
pub(crate) struct Residency {
    guest: PathBuf,
    /// None where the kernel or the page size does not allow any of this.
    pagemap: Option<File>,
    images: Vec<Image>,
    most_instances: usize,
    runs: u32,
    dirty: Vec<Region>,
}

impl Residency {
    /// For the guest whose compiled module is this file.
    pub(crate) fn new(guest: &Path) -> Self {
        let pagemap = File::open("/proc/self/pagemap").ok().filter(|_| rustix::param::page_size() == PAGE_BYTES);
        Self { guest: guest.to_owned(), pagemap, images: Vec::new(), most_instances: 0, runs: 0, dirty: vec![Region::default(); MAX_PAGES] }
    }

    /// For guests whose memory images are not kept.
    pub(crate) fn none() -> Self {
        Self { guest: PathBuf::new(), pagemap: None, images: Vec::new(), most_instances: 0, runs: 0, dirty: Vec::new() }
    }

    /// Frees instances, keeping their dirty pages where that can be done.
    pub(crate) fn recycle(&mut self, spent: Spent) {
        self.find_images(spent.len());
        let Some(pagemap) = &self.pagemap else { return };
        let aside: Vec<&Image> = self.images.iter().filter(|image| image.restore(pagemap, &mut self.dirty) && image.move_aside()).collect();
        drop(spent);
        aside.into_iter().for_each(Image::move_back);
    }

    /// Ends the search for images: from now on nothing is opened. Forgets the pages that are kept, so that a slot which no program uses costs nothing.
    pub(crate) fn seal(&mut self) {
        self.images.iter().for_each(Image::forget);
        self.runs = u32::MAX;
        self.most_instances = usize::MAX;
    }

    /// Looks for images while new ones can appear: in the first executions, and when more instances than ever existed at once.
    ///
    /// wasmtime gives an instance the slot that had the same image before, and there are more slots than images, so a slot never changes its image.
    fn find_images(&mut self, instances: usize) {
        self.runs = self.runs.saturating_add(1);
        if self.pagemap.is_none() || self.runs > LEARNING_RUNS && instances <= self.most_instances {
            return;
        }
        self.most_instances = self.most_instances.max(instances);
        // What a move leaves behind is a mapping of the same kind.
        let known = |at: &Mapping| self.images.iter().any(|image| image.mapping.start == at.start || image.aside.addr() == at.start);
        let found: io::Result<Vec<Image>> =
            mappings(&self.guest).and_then(|all| all.into_iter().filter(|at| !known(at)).map(|at| Image::new(at, &self.guest)).collect());
        match found {
            Ok(found) => self.images.extend(found),
            Err(_) => self.pagemap = None,
        }
    }
}

/// A writable private mapping of the compiled guest.
#[derive(Clone, Copy, Debug)]
struct Mapping {
    start: usize,
    len: usize,
    offset: u64,
}

/// The writable mappings of this file in this process.
fn mappings(file: &Path) -> io::Result<Vec<Mapping>> {
    let inode = fs::metadata(file)?.ino().to_string();
    let text = fs::read_to_string("/proc/self/maps")?;
    // Such as: 7f0000-7f1000 rw-p 00002000 fe:00 1234 /path
    let read = |line: &str| -> Option<Mapping> {
        let mut fields = line.split_whitespace();
        let (start, end) = fields.next()?.split_once('-')?;
        let (permissions, offset, _device, its_inode) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let start = usize::from_str_radix(start, 16).ok()?;
        let len = usize::from_str_radix(end, 16).ok()? - start;
        let offset = u64::from_str_radix(offset, 16).ok()?;
        (permissions == "rw-p" && its_inode == inode).then_some(Mapping { start, len, offset })
    };
    Ok(text.lines().filter_map(read).collect())
}

/// Where a slot's image is mapped, its original content, and a place to move the page tables to.
#[derive(Debug)]
struct Image {
    mapping: Mapping,
    /// The same part of the file, read-only and shared with every process.
    original: *const u8,
    /// Reserved for this image alone.
    aside: *mut c_void,
}

// SAFETY: the addresses are of mappings that live as long as the process, and only one thread has the `Residency`.
#[expect(unsafe_code, reason = "raw addresses of mappings")]
unsafe impl Send for Image {}

#[expect(unsafe_code, reason = "system calls on mappings; each says why it is sound")]
impl Image {
    fn new(mapping: Mapping, guest: &Path) -> io::Result<Self> {
        let file = File::open(guest)?;
        // Page tables move whole, and not entry by entry, between places that are equal within 2 MiB.
        const ALIGN: usize = 2 << 20;
        // SAFETY: new mappings at addresses that the kernel chooses touch nothing.
        let (original, reserved) = unsafe {
            (
                mmap(ptr::null_mut(), mapping.len, ProtFlags::READ, MapFlags::PRIVATE, &file, mapping.offset)?,
                mmap_anonymous(ptr::null_mut(), mapping.len + 2 * ALIGN, ProtFlags::empty(), MapFlags::PRIVATE | MapFlags::NORESERVE)?,
            )
        };
        let aside = reserved.addr().next_multiple_of(ALIGN) + mapping.start % ALIGN;
        Ok(Self { mapping, original: original.cast(), aside: reserved.with_addr(aside) })
    }

    fn start(&self) -> *mut u8 {
        ptr::with_exposed_provenance_mut(self.mapping.start)
    }

    /// Copies the original content into dirty pages. False if that was not done, which leaves them dirty.
    fn restore(&self, pagemap: &File, dirty: &mut [Region]) -> bool {
        let scan = Scan::new(&self.mapping, dirty);
        // SAFETY: `Scan` describes a buffer of its own length.
        let Ok((count, true)) = (unsafe { ioctl(pagemap, scan) }) else { return false };
        for region in &dirty[..count] {
            let offset = region.start as usize - self.mapping.start;
            // SAFETY: the kernel reports pages within the range that was asked for, which is mapped readable and writable, as long as `original`, and used by nobody
            // now: its instance has ended and waits to be dropped.
            unsafe { ptr::copy_nonoverlapping(self.original.add(offset), self.start().add(offset), (region.end - region.start) as usize) };
        }
        true
    }

    /// Moves the pages away, and leaves the mapping with none: all its content is the file's again.
    fn move_aside(&self) -> bool {
        // SAFETY: the target is reserved for this, and the source is in use by nobody.
        unsafe { self.shift(self.start().cast(), self.aside) }.is_ok()
    }

    /// Gives the pages back to the system: all content is the file's again.
    fn forget(&self) {
        // If this fails, they are kept.
        // SAFETY: the mapping is private and of the file, which has what its pages must hold; no instance uses it now.
        let _ = unsafe { madvise(self.start().cast(), self.mapping.len, Advice::LinuxDontNeed) };
    }

    fn move_back(&self) {
        // If this fails the slot has the file's content without resident pages, which is right and only slower.
        // SAFETY: the target is the mapping that the pages came from. wasmtime has not used it since, as only this thread makes instances.
        let _ = unsafe { self.shift(self.aside, self.start().cast()) };
    }

    unsafe fn shift(&self, from: *mut c_void, to: *mut c_void) -> rustix::io::Result<*mut c_void> {
        let len = self.mapping.len;
        // SAFETY: the caller's. `DONTUNMAP` leaves a mapping behind, so that no other thread's allocation takes the place.
        unsafe { mremap_fixed(from, len, len, MremapFlags::MAYMOVE | MremapFlags::DONTUNMAP, to) }
    }
}

/// A run of dirty pages: `struct page_region` of Linux.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
struct Region {
    start: u64,
    end: u64,
    categories: u64,
}

/// `struct pm_scan_arg` of Linux: finds pages by their state.
#[repr(C)]
struct Scan {
    size: u64,
    flags: u64,
    start: u64,
    end: u64,
    walk_end: u64,
    vec: u64,
    vec_len: u64,
    max_pages: u64,
    category_inverted: u64,
    category_mask: u64,
    category_anyof_mask: u64,
    return_mask: u64,
}

const WRITTEN: u64 = 1 << 1;
const FILE: u64 = 1 << 2;
const PRESENT: u64 = 1 << 3;
const SWAPPED: u64 = 1 << 4;

const SCAN_OPCODE: Opcode = opcode::read_write::<Scan>(b'f', 16);

/// The request of ioctl(2) that asks which pages are dirty; wasmtime makes the same one.
pub(crate) const PAGEMAP_SCAN: u64 = SCAN_OPCODE as u64;

impl Scan {
    /// Looks for pages, in memory or swapped out, that are no longer the file's.
    fn new(mapping: &Mapping, found: &mut [Region]) -> Self {
        Self {
            size: size_of::<Self>() as u64,
            flags: 0,
            start: mapping.start as u64,
            end: (mapping.start + mapping.len) as u64,
            walk_end: 0,
            vec: found.as_mut_ptr().expose_provenance() as u64,
            vec_len: found.len() as u64,
            max_pages: found.len() as u64,
            category_inverted: FILE,
            category_mask: WRITTEN | FILE,
            category_anyof_mask: PRESENT | SWAPPED,
            return_mask: 0,
        }
    }
}

// SAFETY: the opcode and the layout are those of `PAGEMAP_SCAN` in Linux's `include/uapi/linux/fs.h`. The kernel writes `walk_end`, and up to `vec_len` regions at `vec`.
#[expect(unsafe_code, reason = "an ioctl that rustix does not have")]
unsafe impl Ioctl for Scan {
    /// How many regions were found, and whether that is all of them.
    type Output = (usize, bool);
    const IS_MUTATING: bool = true;

    fn opcode(&self) -> Opcode {
        SCAN_OPCODE
    }

    fn as_ptr(&mut self) -> *mut c_void {
        ptr::from_mut(self).cast()
    }

    unsafe fn output_from_ptr(count: IoctlOutput, scan: *mut c_void) -> rustix::io::Result<(usize, bool)> {
        // SAFETY: rustix passes what `as_ptr` gave.
        let scan = unsafe { &*scan.cast::<Self>() };
        Ok((usize::try_from(count).unwrap_or(0), scan.walk_end == scan.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Machine, THREAD_STACK_BYTES};
    use crate::sandbox::Cancel;
    use crate::store::Control;
    use crate::{Guests, Job, Limits, Recipe, Request};

    const PROGRAMS: [&str; 5] = [
        "print(1)",
        "import decimal, collections\nx = [str(i) for i in range(20_000)]\nprint(len(x))",
        "import sys\nsys.setrecursionlimit(10**6)\ndef f(n): return n and 1 + f(n - 1)\nprint(f(50_000))",
        "x = bytearray(50_000_000)",
        "while True: pass",
    ];

    #[expect(unsafe_code, reason = "compares two mappings")]
    fn is_original(image: &Image) -> bool {
        // SAFETY: both mappings are this long, live as long as the process, and nothing runs in them now.
        unsafe {
            std::slice::from_raw_parts(image.start(), image.mapping.len) == std::slice::from_raw_parts(image.original, image.mapping.len)
        }
    }

    fn leaves_no_trace() {
        let cache = std::env::home_dir().expect("a home folder").join(".cache/gavel/guests");
        let guest = Guests::new(cache).get(&Recipe::PYTHON, &mut |_| {}).unwrap();
        let machine = Machine::load(guest.recipe(), guest.path(), 2).unwrap();
        let mut residency = Residency::new(guest.path());
        let control = Control { cancel: Cancel::by(&Default::default()), deadline: None };
        let limits = Limits { fuel: 3_000_000_000, ..Limits::default() };
        let mut kept = 0;
        for (number, source) in PROGRAMS.iter().cycle().take(40).enumerate() {
            let job = match number % 3 {
                0 => Job::Check { tests: "assert candidate(1) == 2".into(), entry_point: "f".into(), shared: false },
                _ => Job::Run { stdin: b""[..].into(), prelude: true },
            };
            let source = format!("def f(n): return n + 1\n{source}");
            let (result, spent) = machine.execute(&Request { language: machine.language(), source: source.into(), job, limits }, &control);
            result.unwrap();
            residency.recycle(spent);
            if number == 20 {
                residency.seal();
            }
            assert!(residency.images.iter().all(is_original), "program {number} left a trace");
            kept += residency.images.iter().filter(|image| image.dirty_pages(residency.pagemap.as_ref()) > 0).count();
        }
        if residency.pagemap.is_some() {
            assert_eq!(residency.images.len(), 2, "one image for each instance of a request");
            assert!(kept > 0, "no page was kept");
        }
    }

    impl Image {
        fn dirty_pages(&self, pagemap: Option<&File>) -> usize {
            let mut dirty = vec![Region::default(); MAX_PAGES];
            let scan = Scan::new(&self.mapping, &mut dirty);
            #[expect(unsafe_code, reason = "as in `restore`")]
            // SAFETY: `Scan` describes a buffer of its own length.
            let found = pagemap.and_then(|pagemap| unsafe { ioctl(pagemap, scan) }.ok());
            found.map_or(0, |(count, _)| dirty[..count].iter().map(|region| (region.end - region.start) as usize / PAGE_BYTES).sum())
        }
    }

    #[test]
    fn recycled_images_are_the_files_again() {
        let thread = std::thread::Builder::new().stack_size(THREAD_STACK_BYTES).spawn(leaves_no_trace).unwrap();
        thread.join().unwrap();
    }
}
