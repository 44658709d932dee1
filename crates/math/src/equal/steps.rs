//! What a comparison may cost.

use super::Why;

/// A budget of steps. A step is about the work of one operation on 64 bits: some nanoseconds. The same comparison always takes the same steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    left: u64,
}

impl Steps {
    /// What one answer may take by default: an answer that needs them all takes some milliseconds.
    pub const ANSWER: u64 = 500_000;

    /// So many steps.
    pub const fn new(steps: u64) -> Self {
        Self { left: steps }
    }

    /// What is left.
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// Takes some.
    ///
    /// # Errors
    /// [`Why::Budget`] if fewer are left; then none are.
    pub(super) fn spend(&mut self, steps: u64) -> Result<(), Why> {
        let left = self.left.checked_sub(steps);
        self.left = left.unwrap_or(0);
        left.map(|_| ()).ok_or(Why::Budget)
    }

    /// Does something for at most so many, and pays what it took.
    pub(super) fn within<T>(&mut self, limit: u64, work: impl FnOnce(&mut Self) -> T) -> T {
        let given = self.left.min(limit);
        let mut part = Self::new(given);
        let result = work(&mut part);
        self.left -= given - part.left;
        result
    }
}

impl Default for Steps {
    fn default() -> Self {
        Self::new(Self::ANSWER)
    }
}
