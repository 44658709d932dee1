//! Crashes: at every operation on the disk by an injected file system, and of a real process killed at random points.

use super::disk::{Disk, RealDisk};
use super::*;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

/// What happens at the chosen operation.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    /// The process is gone: half a write stays, nothing later happens.
    Killed,
    /// One operation fails for want of space, after half a write; later ones work.
    Full,
}

#[derive(Debug)]
struct Faulty {
    fault: Fault,
    /// Operations left until the fault.
    left: Mutex<usize>,
    /// Whether the fault has happened, for the test to read.
    happened: Arc<Mutex<bool>>,
}

impl Faulty {
    /// Whether the operation is to be done; an error is the fault.
    fn next(&self) -> io::Result<()> {
        let mut left = self.left.lock().unwrap();
        let dead = self.fault == Fault::Killed && *self.happened.lock().unwrap();
        if *left > 0 && !dead {
            *left -= 1;
            return Ok(());
        }
        if !dead {
            *left = usize::MAX;
            *self.happened.lock().unwrap() = true;
        }
        Err(if self.fault == Fault::Full { io::ErrorKind::StorageFull.into() } else { io::Error::other("killed") })
    }
}

impl Disk for Faulty {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.next()?;
        RealDisk.create_dir(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let first = !*self.happened.lock().unwrap();
        if let Err(error) = self.next() {
            if first {
                fs::write(path, &bytes[..bytes.len() / 2])?;
            }
            return Err(error);
        }
        RealDisk.write(path, bytes)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.next()?;
        RealDisk.sync_dir(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.next()?;
        RealDisk.rename(from, to)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        if let Err(error) = self.next() {
            // A removal that is interrupted has removed some of it.
            let first = fs::read_dir(path).ok().and_then(|mut entries| entries.next()).and_then(Result::ok);
            if let Some(entry) = first {
                let _ = fs::remove_file(entry.path());
            }
            return Err(error);
        }
        RealDisk.remove_dir(path)
    }
}

fn keep() -> Keep {
    Keep { last: 2, best: None }
}

fn write(store: &Store, step: u64) -> Result<Written, StoreError> {
    store.write(step, &BTreeMap::new(), |writer| {
        writer.blob("weights", &step.to_le_bytes().repeat(16))?;
        writer.blob("moments", &[7; 64])
    })
}

#[track_caller]
fn newest(store: &Store) -> u64 {
    let latest = store.latest().unwrap();
    assert!(latest.damaged.is_empty(), "{:?}", latest.damaged);
    let checkpoint = latest.checkpoint.unwrap();
    assert_eq!(checkpoint.read("weights").unwrap(), checkpoint.step().to_le_bytes().repeat(16));
    checkpoint.step()
}

/// Writes steps 1 and 2, then step 3 with a fault at each of its operations in turn, until none happens. `after` gets the folder, the store and
/// what the write returned.
fn at_each_operation(fault: Fault, after: impl Fn(&Path, Store, Result<Written, StoreError>)) {
    for operation in 0.. {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), keep()).unwrap();
        (1..=2).for_each(|step| drop(write(&store, step).unwrap()));
        drop(store);
        let happened = Arc::new(Mutex::new(false));
        let disk = Faulty { fault, left: Mutex::new(operation), happened: Arc::clone(&happened) };
        let store = Store::open_on(dir.path(), keep(), Box::new(disk)).unwrap();
        let result = write(&store, 3);
        if !*happened.lock().unwrap() {
            assert!(operation >= 8, "every operation goes through the injected disk");
            return;
        }
        after(dir.path(), store, result);
    }
}

#[test]
fn killed_at_any_operation_the_newest_whole_one_is_found() {
    at_each_operation(Fault::Killed, |dir, store, result| {
        drop(store);
        let store = Store::open(dir, keep()).unwrap();
        let names: BTreeSet<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert!(!names.iter().any(|name| name.starts_with(TEMPORARY)), "{names:?}");
        let newest_step = newest(&store);
        assert!(newest_step == 3 || (newest_step == 2 && result.is_err()), "{newest_step}");
        assert!(store.at_step(2).is_ok());
        if newest_step == 2 {
            write(&store, 3).unwrap();
        }
        write(&store, 4).unwrap();
        assert_eq!(newest(&store), 4);
    });
}

#[test]
fn a_full_disk_at_any_operation_leaves_the_earlier_ones_and_the_run_goes_on() {
    at_each_operation(Fault::Full, |dir, store, result| {
        let failed = match result {
            Err(error) => {
                assert!(matches!(error, StoreError::Full { .. }), "{error}");
                true
            }
            Ok(written) => {
                assert!(matches!(written.not_removed, Some(StoreError::Full { .. })));
                false
            }
        };
        assert!(!failed || !dir.join(format!("{TEMPORARY}{:012}", 3)).exists(), "the temporary folder is removed");
        assert!(newest(&store) >= 2 && store.at_step(2).is_ok());
        write(&store, 4).unwrap();
        assert_eq!(newest(&store), 4);
    });
}

const CHILD_DIR: &str = "GAVEL_TEST_STORE_DIR";

/// Says each operation before it does it, so that the parent can choose when to kill.
#[derive(Debug)]
struct Talking;

impl Talking {
    fn say() -> io::Result<()> {
        io::stderr().write_all(b".")
    }
}

impl Disk for Talking {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        Self::say()?;
        RealDisk.create_dir(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Self::say()?;
        RealDisk.write(path, bytes)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        Self::say()?;
        RealDisk.sync_dir(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Self::say()?;
        RealDisk.rename(from, to)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        Self::say()?;
        RealDisk.remove_dir(path)
    }
}

/// Does nothing unless the test below starts it as a process of its own: then it writes checkpoints, saying `#` after each, until it is killed.
#[test]
#[expect(clippy::disallowed_methods, reason = "tells the child process from the test run")]
fn child_process() {
    // tidy: environment: tells the child process from the test run
    let Some(dir) = std::env::var_os(CHILD_DIR) else { return };
    let store = Store::open_on(Path::new(&dir), keep(), Box::new(Talking)).unwrap();
    let first = store.latest().unwrap().checkpoint.map_or(0, |checkpoint| checkpoint.step());
    for step in first + 1..first + 1000 {
        write(&store, step).unwrap();
        io::stderr().write_all(b"#").unwrap();
    }
}

#[test]
fn a_process_killed_at_random_points_loses_nothing_it_had_written() {
    let dir = tempfile::tempdir().unwrap();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut done = 0;
    for trial in 0..20 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let operations = 12 + (random >> 33) % 40;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::crash::child_process", "--nocapture"])
            .env(CHILD_DIR, dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = Vec::new();
        child.stderr.take().unwrap().take(operations).read_to_end(&mut said).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let sound = said.len() as u64 == operations && said.iter().all(|byte| b".#".contains(byte));
        assert!(sound, "the child failed: {}", String::from_utf8_lossy(&said));
        done += said.iter().filter(|byte| **byte == b'#').count() as u64;
        let store = Store::open(dir.path(), keep()).unwrap();
        let found = newest(&store);
        assert!(found >= done, "trial {trial}: step {found} found, {done} had been written");
        done = found;
    }
}
