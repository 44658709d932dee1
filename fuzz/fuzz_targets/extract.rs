//! Any response, by every preset: a panic, or an answer that does not stand where it is said to, is a finding.

#![no_main]

use gavel_math::extract::{Preset, Rules, extract};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|response: &str| {
    for preset in [Preset::Boxed, Preset::Marked, Preset::Lenient] {
        if let Ok(found) = extract(response, &Rules::new(preset)) {
            assert!(found.parts.iter().all(|part| response.get(part.clone()).is_some()), "{found:?}");
            let _ = found.read();
        }
    }
});
