//! From requests to the verifier's threads and back.

use crate::admission::{Admission, Load, Permit};
use crate::failure::Failure;
use crate::metrics::Metrics;
use gavel_protocol::{DetailLevel, ExecuteRequest, ExecuteResponse, ItemResult, Stats, Times};
use gavel_task::{CancelToken, Item, VerifyError};
use gavel_verifier::{Graded, Verifier};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};

/// Runs programs without judging them. Blocking.
pub trait Executor: Send + Sync + 'static {
    /// Runs one.
    ///
    /// # Errors
    /// Whatever kept it from being run.
    fn execute(&self, request: ExecuteRequest, cancel: CancelToken) -> Result<ExecuteResponse, VerifyError>;
}

/// What handlers share.
pub(crate) struct App {
    pub(crate) verifier: Verifier,
    pub(crate) executor: Option<Arc<dyn Executor>>,
    pub(crate) admission: Arc<Admission>,
    pub(crate) metrics: Metrics,
    pub(crate) version: String,
    pub(crate) max_body_bytes: usize,
    /// Whether no more work is taken.
    pub(crate) draining: watch::Sender<bool>,
    /// Whether work that was taken is given up.
    pub(crate) giving_up: watch::Sender<bool>,
}

/// An item, or why there is none, with the id to answer to.
pub(crate) type Entry = Result<Item, (String, VerifyError)>;

/// Cancels what it holds unless the work is done.
struct CancelOnDrop(CancelToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Where the result of one item goes.
struct Reply {
    index: u32,
    id: String,
    domain: String,
    level: DetailLevel,
    sender: mpsc::UnboundedSender<ItemResult>,
}

/// Items on their way. Dropping it cancels those that are not done.
pub(crate) struct Running {
    results: mpsc::UnboundedReceiver<ItemResult>,
    left: usize,
    started: Instant,
    stats: Stats,
    deadline: Option<tokio::time::Instant>,
    giving_up: watch::Receiver<bool>,
    cancel: CancelOnDrop,
    _permit: Permit,
}

impl App {
    pub(crate) fn is_draining(&self) -> bool {
        *self.draining.borrow()
    }

    /// Starts on a request's items.
    pub(crate) fn start(
        self: &Arc<Self>,
        entries: Vec<Entry>,
        deadline: Option<Duration>,
        level: DetailLevel,
        mut permit: Permit,
    ) -> Result<Running, Failure> {
        permit.grow(Load { items: entries.len(), bytes: 0 })?;
        let started = Instant::now();
        // A deadline beyond what the clock can express is none.
        let until = deadline.and_then(|after| started.checked_add(after));
        let batch = self.verifier.batch(until);
        let (sender, results) = mpsc::unbounded_channel();
        let left = entries.len();
        for (index, entry) in entries.into_iter().enumerate() {
            let app = Arc::clone(self);
            let mut reply = Reply { index: index as u32, id: String::new(), domain: String::new(), level, sender: sender.clone() };
            match entry {
                Ok(item) => {
                    reply.id.clone_from(&item.id);
                    item.task.domain().clone_into(&mut reply.domain);
                    self.verifier.submit(item, &batch, move |graded| app.finish(reply, graded));
                }
                Err((id, error)) => {
                    let graded = Graded { result: Err(error), timing: gavel_verifier::Timing::default() };
                    app.finish(Reply { id, ..reply }, graded);
                }
            }
        }
        Ok(Running {
            results,
            left,
            started,
            stats: Stats::default(),
            deadline: until.map(tokio::time::Instant::from_std),
            giving_up: self.giving_up.subscribe(),
            cancel: CancelOnDrop(batch.cancel),
            _permit: permit,
        })
    }

    fn finish(&self, to: Reply, graded: Graded) {
        let times = Times { queue: graded.timing.queue, run: graded.timing.run };
        let result = ItemResult::new(to.index, to.id, graded.result, times, &self.version, to.level);
        // Names that clients make up must not become label values.
        let domain = if self.verifier.registry().knows(&to.domain) { to.domain.as_str() } else { "unknown" };
        self.metrics.item(domain, &result, times);
        // Whoever asked may be gone.
        let _ = to.sender.send(result);
    }

    /// Runs a program.
    pub(crate) async fn execute(self: &Arc<Self>, request: ExecuteRequest, mut permit: Permit) -> Result<ExecuteResponse, Failure> {
        let executor = self.executor.clone().ok_or(Failure::NoExecutor)?;
        permit.grow(Load { items: 1, bytes: 0 })?;
        let cancel = CancelOnDrop(CancelToken::default());
        let token = cancel.0.clone();
        let mut running = tokio::task::spawn_blocking(move || executor.execute(request, token));
        let mut giving_up = self.giving_up.subscribe();
        let executed = loop {
            tokio::select! {
                executed = &mut running => break executed,
                _ = giving_up.wait_for(|&now| now), if !cancel.0.is_cancelled() => cancel.0.cancel(),
            }
        };
        drop(permit);
        let message = |error: tokio::task::JoinError| VerifyError::Internal { message: error.to_string() };
        Ok(executed.map_err(message)??)
    }
}

impl Running {
    /// The next result in the order in which they are done; None after the last.
    pub(crate) async fn next(&mut self) -> Option<ItemResult> {
        if self.left == 0 {
            self.stats.elapsed_ms = self.started.elapsed().as_micros() as f64 / 1000.0;
            return None;
        }
        let result = loop {
            let deadline = async {
                match self.deadline {
                    Some(deadline) => tokio::time::sleep_until(deadline).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                result = self.results.recv() => break result?,
                () = deadline => {
                    self.cancel.0.cancel();
                    self.deadline = None;
                }
                _ = self.giving_up.wait_for(|&now| now), if !self.cancel.0.is_cancelled() => self.cancel.0.cancel(),
            }
        };
        self.left -= 1;
        self.stats.add(&result);
        Some(result)
    }

    /// All results in the order of the items.
    pub(crate) async fn all(mut self) -> (Vec<ItemResult>, Stats) {
        let mut results = Vec::with_capacity(self.left);
        while let Some(result) = self.next().await {
            results.push(result);
        }
        results.sort_by_key(|result| result.index);
        (results, self.stats)
    }

    /// About the results so far.
    pub(crate) fn stats(&self) -> Stats {
        self.stats
    }
}
