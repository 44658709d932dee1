//! How much work may wait: permits for items and for the bytes of their requests.

use crate::failure::Failure;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts what has been admitted and not yet answered.
#[derive(Debug)]
pub(crate) struct Admission {
    most: Load,
    now: Mutex<Load>,
}

/// Items and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) items: usize,
    pub(crate) bytes: usize,
}

/// Leave to hold this much; given back when dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    admission: Arc<Admission>,
    load: Load,
}

impl Admission {
    pub(crate) fn new(most: Load) -> Arc<Self> {
        Arc::new(Self { most, now: Mutex::default() })
    }

    /// Admits a request of so many bytes, whose items are not known yet. Whatever its size, it is admitted if nothing else is there: the size of a single
    /// request has a limit of its own.
    pub(crate) fn bytes(self: &Arc<Self>, bytes: usize) -> Result<Permit, Failure> {
        self.admit(Load { items: 0, bytes })
    }

    fn admit(self: &Arc<Self>, load: Load) -> Result<Permit, Failure> {
        let mut permit = Permit { admission: Arc::clone(self), load: Load::default() };
        permit.grow(load)?;
        Ok(permit)
    }

    pub(crate) fn now(&self) -> Load {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit {
    /// Makes this permit one for so many more.
    pub(crate) fn grow(&mut self, more: Load) -> Result<(), Failure> {
        let mut now = self.admission.now.lock().unwrap_or_else(PoisonError::into_inner);
        let others = Load { items: now.items - self.load.items, bytes: now.bytes - self.load.bytes };
        let after = Load { items: now.items + more.items, bytes: now.bytes + more.bytes };
        let most = self.admission.most;
        if (after.items > most.items && others.items > 0) || (after.bytes > most.bytes && others.bytes > 0) {
            return Err(Failure::Overloaded { items: now.items });
        }
        *now = after;
        self.load = Load { items: self.load.items + more.items, bytes: self.load.bytes + more.bytes };
        Ok(())
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut now = self.admission.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.items -= self.load.items;
        now.bytes -= self.load.bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permits_are_counted_and_given_back() {
        let admission = Admission::new(Load { items: 10, bytes: 100 });
        let mut first = admission.bytes(60).unwrap();
        first.grow(Load { items: 6, bytes: 0 }).unwrap();
        assert!(admission.bytes(60).is_err());
        let mut second = admission.bytes(40).unwrap();
        assert!(second.grow(Load { items: 5, bytes: 0 }).is_err());
        second.grow(Load { items: 4, bytes: 0 }).unwrap();
        drop(first);
        assert_eq!(admission.now(), Load { items: 4, bytes: 40 });
        drop(second);
        assert_eq!(admission.now(), Load::default());
    }

    #[test]
    fn an_empty_server_admits_any_one_request() {
        let admission = Admission::new(Load { items: 1, bytes: 1 });
        let mut permit = admission.bytes(1000).unwrap();
        permit.grow(Load { items: 1000, bytes: 0 }).unwrap();
        assert!(admission.bytes(1).is_err());
    }
}
