//! Any answer to any puzzle: the first two bytes choose an item of the Python original's vectors, the rest is the answer. A score outside [0, 1], a panic or an answer that takes long is a finding.

#![no_main]

use flate2::read::GzDecoder;
use gavel_logic::{Entry, Mode, PUZZLES, Puzzle};
use libfuzzer_sys::fuzz_target;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::LazyLock;

static ITEMS: LazyLock<Vec<(&dyn Puzzle, Vec<Entry>)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/logic/vectors");
    let items = |puzzle: &&'static dyn Puzzle| {
        let file = File::open(folder.join(format!("{}.jsonl.gz", puzzle.name()))).ok()?;
        let lines = BufReader::new(GzDecoder::new(file)).lines();
        let entries = lines.map(|line| serde_json::from_str(&line.expect("a readable file")).expect("an entry")).collect();
        Some((*puzzle, entries))
    };
    PUZZLES.iter().filter_map(items).collect()
});

fuzz_target!(|data: &[u8]| {
    let [puzzle, item, answer @ ..] = data else { return };
    let (puzzle, entries) = &ITEMS[usize::from(*puzzle) % ITEMS.len()];
    let entry = &entries[usize::from(*item) % entries.len()];
    let answer = String::from_utf8_lossy(answer);
    for mode in [Mode::Strict, Mode::Parity] {
        let grade = puzzle.score(Some(&answer), entry, mode).expect("the vectors' entries are whole");
        assert!((0.0..=1.0).contains(&grade.score), "{}: {grade:?}", puzzle.name());
    }
});
