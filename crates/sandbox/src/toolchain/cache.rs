//! Compiled programs that were needed last, so that the tests of a program compile it once.

use std::collections::VecDeque;
use std::sync::Arc;

/// What identifies a program: the digest of its language and source.
pub(super) type Key = [u8; 32];

/// How many programs are kept, and how many bytes of WebAssembly they may have together: machine code is some five times as large.
const MOST: usize = 16;
const MOST_BYTES: usize = 8 << 20;

/// The last used at the front.
pub(super) struct Cache<T> {
    entries: VecDeque<(Key, Arc<T>, usize)>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self { entries: VecDeque::new() }
    }
}

impl<T> Cache<T> {
    pub(super) fn get(&mut self, key: &Key) -> Option<Arc<T>> {
        let at = self.entries.iter().position(|(known, ..)| known == key)?;
        let entry = self.entries.remove(at)?;
        let value = Arc::clone(&entry.1);
        self.entries.push_front(entry);
        Some(value)
    }

    pub(super) fn insert(&mut self, key: Key, value: Arc<T>, bytes: usize) {
        self.entries.push_front((key, value, bytes));
        // The newest stays, however large it is.
        while self.entries.len() > 1
            && (self.entries.len() > MOST || self.entries.iter().map(|(_, _, bytes)| bytes).sum::<usize>() > MOST_BYTES)
        {
            self.entries.pop_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_needed_goes() {
        let mut cache = Cache::default();
        let key = |number: usize| [number as u8; 32];
        for number in 0..=MOST {
            cache.insert(key(number), Arc::new(number), 1);
            assert_eq!(cache.get(&key(1)).is_some(), number >= 1);
        }
        assert_eq!(cache.get(&key(0)), None);
        assert_eq!(cache.get(&key(2)), Some(Arc::new(2)));
        cache.insert(key(100), Arc::new(100), MOST_BYTES + 1);
        assert_eq!((cache.get(&key(2)), cache.get(&key(100))), (None, Some(Arc::new(100))));
    }
}
