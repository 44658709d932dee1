//! A queue that is fair between batches: it serves them in turn, one job each, however long they are.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Jobs waiting for a thread. Closing it lets the jobs in it be taken, and no more be put in.
pub(crate) struct FairQueue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    /// Batches that have jobs, in the order in which they are served.
    turns: VecDeque<u64>,
    jobs: BTreeMap<u64, VecDeque<T>>,
    length: usize,
    closed: bool,
}

impl<T> FairQueue<T> {
    pub(crate) fn new() -> Self {
        let state = State { turns: VecDeque::new(), jobs: BTreeMap::new(), length: 0, closed: false };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The state, which no panic can leave half-changed: nothing in here calls foreign code.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a job of a batch at the end, or gives it back if the queue is closed.
    pub(crate) fn push(&self, batch: u64, job: T) -> Result<(), T> {
        let mut state = self.lock();
        if state.closed {
            return Err(job);
        }
        let jobs = state.jobs.entry(batch).or_default();
        let is_new = jobs.is_empty();
        jobs.push_back(job);
        if is_new {
            state.turns.push_back(batch);
        }
        state.length += 1;
        drop(state);
        self.changed.notify_one();
        Ok(())
    }

    /// The next job, once there is one; None when the queue is closed and empty.
    pub(crate) fn pop(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.take() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().length
    }
}

impl<T> State<T> {
    fn take(&mut self) -> Option<T> {
        let batch = self.turns.pop_front()?;
        let jobs = self.jobs.get_mut(&batch).expect("a batch with a turn has jobs");
        let job = jobs.pop_front().expect("a batch with a turn has jobs");
        if jobs.is_empty() {
            self.jobs.remove(&batch);
        } else {
            self.turns.push_back(batch);
        }
        self.length -= 1;
        Some(job)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_take_turns() {
        let queue = FairQueue::new();
        for job in 0..3 {
            queue.push(1, ("long", job)).unwrap();
        }
        queue.push(2, ("short", 0)).unwrap();
        let order: Vec<_> = (0..4).map(|_| queue.pop().unwrap()).collect();
        assert_eq!(order, [("long", 0), ("short", 0), ("long", 1), ("long", 2)]);
    }

    #[test]
    fn a_closed_queue_is_emptied_and_takes_no_more() {
        let queue = FairQueue::new();
        queue.push(1, 'a').unwrap();
        queue.close();
        assert_eq!(queue.push(1, 'b'), Err('b'));
        assert_eq!((queue.pop(), queue.pop(), queue.len()), (Some('a'), None, 0));
    }
}
