//! Random numbers of a generator: a stream that depends on nothing but the dataset, the seed and the index.
//!
//! The stream is BLAKE3 in its extendable mode, keyed by what identifies the item, so different seeds never share items, as they do upstream, where item `i` of seed
//! `s` is item `i + 1` of seed `s - 1`. How numbers are drawn from it is fixed here and not left to a library, whose next version might draw others.

use blake3::{Hasher, OutputReader};

/// The random numbers of one item.
pub(crate) struct Rng {
    stream: OutputReader,
    buffer: [u8; 256],
    used: usize,
}

impl Rng {
    /// The stream of item `index` of `dataset` under `seed`, for this version of the generators.
    pub(crate) fn new(dataset: &str, version: u32, seed: u64, index: u64) -> Self {
        let mut hasher = Hasher::new_derive_key("gavel logic item");
        hasher.update(&version.to_le_bytes()).update(&seed.to_le_bytes()).update(&index.to_le_bytes()).update(dataset.as_bytes());
        Self { stream: hasher.finalize_xof(), buffer: [0; 256], used: 256 }
    }

    fn next_u64(&mut self) -> u64 {
        if self.used == self.buffer.len() {
            self.stream.fill(&mut self.buffer);
            self.used = 0;
        }
        let bytes = self.buffer[self.used..self.used + 8].try_into().expect("eight bytes, as the buffer's length is a multiple");
        self.used += 8;
        u64::from_le_bytes(bytes)
    }

    /// Uniform in `0..n`.
    ///
    /// # Panics
    /// If `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "nothing to draw from");
        let n = n as u64;
        // Rejecting the last partial run of `n` leaves every value equally often.
        let limit = u64::MAX - u64::MAX % n;
        loop {
            let draw = self.next_u64();
            if draw < limit {
                return (draw % n) as usize;
            }
        }
    }

    /// Uniform in `low..=high`, as Python's `randint`.
    ///
    /// # Panics
    /// If `high < low`, or the range has more than 2^63 values.
    pub(crate) fn int(&mut self, low: i64, high: i64) -> i64 {
        let span = high.checked_sub(low).filter(|span| *span >= 0).expect("a range that is not empty and not too wide");
        low + self.below(span as usize + 1) as i64
    }

    /// As [`int`](Self::int), for sizes.
    pub(crate) fn size(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.checked_sub(low).expect("a range that is not empty") + 1)
    }

    /// Uniform in [0, 1), with 53 random bits.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of them.
    ///
    /// # Panics
    /// If there are none.
    pub(crate) fn choose<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// The index of a weight, each as likely as its share of the sum.
    ///
    /// # Panics
    /// If the weights do not sum to a positive number.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        assert!(total > 0.0, "weights that sum to a positive number");
        let mut at = self.unit() * total;
        for (index, weight) in weights.iter().enumerate() {
            if at < *weight {
                return index;
            }
            at -= weight;
        }
        weights.iter().rposition(|weight| *weight > 0.0).expect("one weight is positive")
    }

    /// Brings them into random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// `count` different ones of them, in random order.
    ///
    /// # Panics
    /// If there are fewer.
    pub(crate) fn sample<T: Clone>(&mut self, from: &[T], count: usize) -> Vec<T> {
        assert!(count <= from.len(), "fewer than {count} to draw from");
        let mut indices: Vec<usize> = (0..from.len()).collect();
        for at in 0..count {
            let other = at + self.below(from.len() - at);
            indices.swap(at, other);
        }
        indices[..count].iter().map(|&index| from[index].clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_fixed() {
        let mut rng = Rng::new("chain_sum", 1, 42, 0);
        let drawn: Vec<i64> = (0..5).map(|_| rng.int(0, 999)).collect();
        assert_eq!(drawn, DRAWN, "every generated item changes with these numbers: bump the generators' version instead");
    }

    const DRAWN: [i64; 5] = [367, 651, 99, 651, 742];

    #[test]
    fn neighbours_share_nothing() {
        let first = |seed, index| Rng::new("d", 1, seed, index).next_u64();
        assert_ne!(first(42, 1), first(43, 0));
        assert_ne!(first(42, 1), first(42, 2));
    }

    #[test]
    fn draws_cover_their_range() {
        let mut rng = Rng::new("d", 1, 0, 0);
        let mut seen = [0_u32; 7];
        for _ in 0..7000 {
            seen[rng.below(7)] += 1;
        }
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
        let mut sample = rng.sample(&[1, 2, 3, 4], 4);
        sample.sort_unstable();
        assert_eq!(sample, [1, 2, 3, 4]);
        assert_eq!(rng.weighted(&[0.0, 1.0, 0.0]), 1);
    }
}
