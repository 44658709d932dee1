//! A run that is killed, not asked to stop, again and again, and gone on with each time.

use super::{Letters, RUN, outcome, setup};
use crate::record::Record;
use crate::{Setup, Trainer, View};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Tells the child process its folder.
const CHILD_FOLDER: &str = "GAVEL_TEST_RUN_FOLDER";

/// A byte on standard error whenever there would be something to see.
struct Dots;

impl Dots {
    fn say() {
        std::io::stderr().write_all(b".").unwrap();
    }
}

impl View for Dots {
    fn line(&mut self, _: &str) {
        Self::say();
    }

    fn phase(&mut self, _: &'static str) {
        Self::say();
    }

    fn record(&mut self, _: &Record, _: u64) {
        Self::say();
    }
}

fn often_saved() -> toml::Table {
    RUN.replace("every = 5", "every = 2\n    warm_up_every = 2").parse().unwrap()
}

/// Does nothing unless the test below starts it as a process of its own: then it goes on with a run until it is killed or done.
#[test]
#[expect(clippy::disallowed_methods, reason = "tells the child process from the test run")]
fn child_process() {
    // tidy: environment: tells the child process from the test run
    let Some(folder) = std::env::var_os(CHILD_FOLDER) else { return };
    let setup = setup(Path::new(&folder), Arc::new(Letters::default()));
    Trainer::start(Setup { table: often_saved(), resume: true, view: Box::new(Dots), ..setup }).unwrap().run().unwrap();
}

#[test]
fn a_run_killed_at_random_points_ends_as_if_it_had_not_been() {
    let whole = tempfile::tempdir().unwrap();
    let whole_setup = Setup { table: often_saved(), ..setup(whole.path(), Arc::new(Letters::default())) };
    Trainer::start(whole_setup).unwrap().run().unwrap();
    let expected = outcome(whole.path());
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut kills = 0;
    while kills < 20 {
        let folder = tempfile::tempdir().unwrap();
        loop {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Enough to come at least to the next checkpoint, every few times.
            let dots = 1 + (random >> 33) % 30;
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "tests::killed::child_process", "--nocapture"])
                .env(CHILD_FOLDER, folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut said = Vec::new();
            child.stderr.take().unwrap().take(dots).read_to_end(&mut said).unwrap();
            assert!(said.iter().all(|byte| *byte == b'.'), "the child failed: {}", String::from_utf8_lossy(&said));
            if (said.len() as u64) < dots {
                assert!(child.wait().unwrap().success(), "the child failed");
                break;
            }
            child.kill().unwrap();
            // It may have been done by then.
            kills += u64::from(!child.wait().unwrap().success());
        }
        let found = outcome(folder.path());
        assert_eq!(found.len(), expected.len());
        for ((name, found), (_, expected)) in found.iter().zip(&expected) {
            assert!(found == expected, "{name} differs: {} {}", String::from_utf8_lossy(found), String::from_utf8_lossy(expected));
        }
    }
}
