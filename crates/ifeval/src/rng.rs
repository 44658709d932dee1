//! Random numbers of a generator: a stream that depends on nothing but the seed and the index.

use blake3::{Hasher, OutputReader};

/// The random numbers of one item.
pub(crate) struct Rng(OutputReader);

impl Rng {
    /// The stream of item `index` under `seed`, for this version of the generator.
    pub(crate) fn new(version: u32, seed: u64, index: u64) -> Self {
        let mut hasher = Hasher::new_derive_key("gavel ifeval item");
        hasher.update(&version.to_le_bytes()).update(&seed.to_le_bytes()).update(&index.to_le_bytes());
        Self(hasher.finalize_xof())
    }

    /// Uniform in `low..=high`.
    ///
    /// # Panics
    /// If `high < low`.
    pub(crate) fn size(&mut self, low: usize, high: usize) -> usize {
        let n = (high.checked_sub(low).expect("a range that is not empty") + 1) as u64;
        // Rejecting the last partial run of `n` leaves every value equally often.
        let limit = u64::MAX - u64::MAX % n;
        loop {
            let mut bytes = [0; 8];
            self.0.fill(&mut bytes);
            let draw = u64::from_le_bytes(bytes);
            if draw < limit {
                return low + (draw % n) as usize;
            }
        }
    }

    /// One of `choices`.
    ///
    /// # Panics
    /// If there are none.
    pub(crate) fn choice<'c, T>(&mut self, choices: &'c [T]) -> &'c T {
        choices.get(self.size(0, choices.len() - 1)).expect("drawn within the length")
    }
}
