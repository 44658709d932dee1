//! How often and after what delay something is tried again.

use std::time::Duration;

/// When to give up on an item, and how long to wait between tries.
///
/// Before try `n + 1` the client waits a random time between half and all of `base * 2^(n - 1)`, at most `cap`. A server that names a time (`Retry-After`) is
/// not asked again before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often an item is sent before its last failure is reported; at least 1. A refusal (429 or 503) asks to wait and does not count: only the deadline
    /// ends those.
    pub attempts: u32,
    /// Delay after the first failure.
    pub base: Duration,
    /// Longest delay.
    pub cap: Duration,
}

impl Default for Retry {
    /// 5 attempts, 100 ms to 10 s apart.
    fn default() -> Self {
        Self { attempts: 5, base: Duration::from_millis(100), cap: Duration::from_secs(10) }
    }
}

impl Retry {
    /// The delay after the `failures`-th failure in a row, counted from 1.
    pub(crate) fn delay(&self, failures: u32, random: u64) -> Duration {
        let doublings = failures.saturating_sub(1).min(31);
        let full = self.base.saturating_mul(1 << doublings).min(self.cap);
        let share = (random >> 11) as f64 / (1_u64 << 53) as f64;
        full.mul_f64(0.5 + 0.5 * share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_cap() {
        let retry = Retry { attempts: 3, base: Duration::from_millis(100), cap: Duration::from_secs(1) };
        for (failures, full_ms) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (6, 1000), (u32::MAX, 1000)] {
            assert_eq!(retry.delay(failures, 0), Duration::from_millis(full_ms / 2));
            let longest = retry.delay(failures, u64::MAX);
            assert!(longest <= Duration::from_millis(full_ms) && longest > Duration::from_millis(full_ms - 1), "{longest:?}");
        }
        assert_eq!(Retry { base: Duration::ZERO, ..retry }.delay(9, u64::MAX), Duration::ZERO);
    }
}
