//! Any answer: a panic while it is read, printed or read again is a finding.

#![no_main]

use gavel_math::print::{Style, print};
use gavel_math::read::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    if let Ok(answer) = read(source) {
        let _ = read(&print(&answer, &Style::default()));
    }
});
