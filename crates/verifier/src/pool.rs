//! The threads that judge.

use crate::queue::FairQueue;
use crate::registry::Registry;
use gavel_task::{CancelToken, Item, Verdict, VerifyError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What came of an item.
#[derive(Debug)]
pub struct Graded {
    /// The verdict, or why there is none.
    pub result: Result<Verdict, VerifyError>,
    /// How long it took.
    pub timing: Timing,
}

/// How long an item waited and ran, by the wall clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// From submission to start.
    pub queue: Duration,
    /// From start to end.
    pub run: Duration,
}

/// Judges items on a pool of threads. Dropping it judges what was submitted first.
pub struct Verifier {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    registry: Registry,
    queue: FairQueue<Job>,
    batches: AtomicU64,
}

struct Job {
    item: Item,
    batch: Batch,
    submitted: Instant,
    on_done: Box<dyn FnOnce(Graded) + Send>,
}

/// Items that take their turn together and are stopped together. Clones are the same batch.
#[derive(Clone, Debug)]
pub struct Batch {
    number: u64,
    /// Stops everything in the batch.
    pub cancel: CancelToken,
    /// When it is too late. Whoever made the batch cancels it then; its items say that they missed the deadline.
    pub deadline: Option<Instant>,
}

impl Batch {
    /// Why an item of this batch should not run any further, if it should not.
    fn stopped(&self) -> Option<VerifyError> {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Some(VerifyError::Deadline);
        }
        self.cancel.is_cancelled().then_some(VerifyError::Cancelled)
    }
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier").field("registry", &self.shared.registry).field("threads", &self.threads.len()).finish()
    }
}

impl Verifier {
    /// A verifier of `threads` threads.
    ///
    /// # Panics
    /// If the system refuses to start a thread.
    pub fn new(registry: Registry, threads: usize) -> Self {
        let shared = Arc::new(Shared { registry, queue: FairQueue::new(), batches: AtomicU64::new(0) });
        let threads = (0..threads.max(1))
            .map(|number| {
                let shared = Arc::clone(&shared);
                let thread = std::thread::Builder::new().name(format!("verifier-{number}"));
                thread.spawn(move || shared.work()).expect("the system starts a few threads")
            })
            .collect();
        Self { shared, threads }
    }

    /// The domains.
    pub fn registry(&self) -> &Registry {
        &self.shared.registry
    }

    /// Items submitted and not started.
    pub fn waiting(&self) -> usize {
        self.shared.queue.len()
    }

    /// A new batch.
    pub fn batch(&self, deadline: Option<Instant>) -> Batch {
        Batch { number: self.shared.batches.fetch_add(1, Ordering::Relaxed), cancel: CancelToken::default(), deadline }
    }

    /// Queues an item. `on_done` is called exactly once, on a thread of the pool, and should be brief.
    pub fn submit(&self, item: Item, batch: &Batch, on_done: impl FnOnce(Graded) + Send + 'static) {
        let job = Job { item, batch: batch.clone(), submitted: Instant::now(), on_done: Box::new(on_done) };
        if let Err(job) = self.shared.queue.push(batch.number, job) {
            (job.on_done)(Graded { result: Err(VerifyError::Cancelled), timing: Timing::default() });
        }
    }

    /// Judges items and waits for them; results are in the order of the items.
    pub fn verify(&self, items: Vec<Item>) -> Vec<Graded> {
        let batch = self.batch(None);
        let (sender, receiver) = std::sync::mpsc::channel();
        let count = items.len();
        for (index, item) in items.into_iter().enumerate() {
            let sender = sender.clone();
            self.submit(item, &batch, move |graded| {
                // The receiver below outlives all of these.
                let _ = sender.send((index, graded));
            });
        }
        let mut graded: Vec<(usize, Graded)> = receiver.iter().take(count).collect();
        graded.sort_by_key(|(index, _)| *index);
        graded.into_iter().map(|(_, graded)| graded).collect()
    }
}

impl Drop for Verifier {
    fn drop(&mut self) {
        self.shared.queue.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn work(&self) {
        while let Some(Job { item, batch, submitted, on_done }) = self.queue.pop() {
            let started = Instant::now();
            let result = match batch.stopped() {
                Some(error) => Err(error),
                None => self.judge(&item, &batch),
            };
            let timing = Timing { queue: started - submitted, run: started.elapsed() };
            // A panic in there must not cost the pool a thread; whoever passed it has lost the result.
            let _ = catch_unwind(AssertUnwindSafe(|| on_done(Graded { result, timing })));
        }
    }

    fn judge(&self, item: &Item, batch: &Batch) -> Result<Verdict, VerifyError> {
        let judged = catch_unwind(AssertUnwindSafe(|| self.registry.judge(item, &batch.cancel)));
        let result = judged.unwrap_or_else(|panic| {
            let message = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let message = message.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned());
            Err(VerifyError::Internal { message: format!("the domain `{}` panicked: {message}", item.task.domain()) })
        });
        // Cancelling is how a deadline is enforced, so it is what the domain will have noticed.
        match result {
            Err(VerifyError::Cancelled) => Err(batch.stopped().unwrap_or(VerifyError::Cancelled)),
            other => other,
        }
    }
}
