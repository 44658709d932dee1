//! Machine code of functions that every program has: those of the libraries. It is learnt from one program, when the worker starts, and never from programs that
//! are judged, so that none leaves anything to those after it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use wasmtime::CacheStore;

/// Machine code by what it was made from, as Cranelift's incremental cache has it.
#[derive(Debug, Default)]
pub(super) struct Functions {
    sealed: AtomicBool,
    known: Mutex<HashMap<Vec<u8>, Vec<u8>>>,
}

impl Functions {
    /// From now on nothing is learnt.
    pub(super) fn seal(&self) {
        self.sealed.store(true, Ordering::Release);
    }
}

impl CacheStore for Functions {
    fn get(&self, key: &[u8]) -> Option<Cow<'_, [u8]>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned().map(Cow::Owned)
    }

    fn insert(&self, key: &[u8], value: Vec<u8>) -> bool {
        if self.sealed.load(Ordering::Acquire) {
            return false;
        }
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_vec(), value);
        true
    }
}
