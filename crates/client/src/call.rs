//! One call of [`verify`](crate::Client::verify): batches that each go on until every item has its result.

use crate::Error;
use crate::client::{Attempts, Shared};
use futures::channel::mpsc::{UnboundedSender, unbounded};
use futures::stream::{self, FuturesUnordered};
use futures::{Stream, StreamExt};
use gavel_protocol::{DetailLevel, ItemResult, Outcome, StreamLine, Times, VerifyRequest};
use gavel_task::{Item, VerifyError};
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use tokio::time::{Instant, timeout_at};

/// Most bytes of items in a batch that has more than one.
const BATCH_BYTES: usize = 16 << 20;

/// The items of a call, and by when they must have results.
#[derive(Debug)]
pub(crate) struct Call {
    shared: Arc<Shared>,
    items: Vec<Sent>,
    /// Results of the items that cannot be sent.
    rejected: Vec<ItemResult>,
    deadline: Instant,
}

/// An item as it is sent.
#[derive(Debug)]
struct Sent {
    /// Its position among the items of the caller.
    index: u32,
    id: String,
    json: Box<RawValue>,
}

fn to_json(item: &Item) -> Result<Box<RawValue>, VerifyError> {
    match item.limits.cpu_seconds {
        // JSON would say null, which asks for the default.
        Some(seconds) if !seconds.is_finite() => {
            Err(VerifyError::InvalidLimits { field: "cpu_seconds", message: format!("{seconds} is not finite") })
        }
        _ => to_raw_value(item).map_err(|error| VerifyError::InvalidItem { message: error.to_string() }),
    }
}

/// Items that go together until each has its result.
struct Batch {
    /// Positions in the call of the items without result, each with the failure that it would have if it were not tried again.
    waiting: BTreeMap<usize, Option<ItemResult>>,
    results: UnboundedSender<ItemResult>,
}

impl Batch {
    fn settle(&mut self, at: usize, result: ItemResult) {
        self.waiting.remove(&at);
        // Fails only when nobody takes results any more, and then this batch is about to be dropped.
        let _ = self.results.unbounded_send(result);
    }
}

impl Call {
    pub(crate) fn new(shared: Arc<Shared>, items: Vec<Item>) -> Self {
        let mut call = Self { deadline: shared.deadline(), shared, items: Vec::with_capacity(items.len()), rejected: Vec::new() };
        for (index, item) in (0_u32..).zip(items) {
            match to_json(&item) {
                Ok(json) => call.items.push(Sent { index, id: item.id, json }),
                Err(error) => call.rejected.push(result(index, &item.id, error)),
            }
        }
        call
    }

    /// One result for each item, as they come. Does nothing unless polled, and spawns nothing, so that dropping it drops the connections.
    pub(crate) fn results(mut self) -> impl Stream<Item = ItemResult> + Send + 'static {
        let rejected = std::mem::take(&mut self.rejected);
        let call = Arc::new(self);
        let (sender, receiver) = unbounded();
        let batches: FuturesUnordered<_> = split(&call.items, call.shared.settings.batch_size)
            .into_iter()
            .map(|range| {
                let batch = Batch { waiting: range.map(|at| (at, None)).collect(), results: sender.clone() };
                Arc::clone(&call).run(batch)
            })
            .collect();
        stream::iter(rejected).chain(stream::select(receiver, batches.filter_map(async |()| None)))
    }

    async fn run(self: Arc<Self>, mut batch: Batch) {
        let in_time = timeout_at(self.deadline, self.try_all(&mut batch)).await.is_ok();
        for (at, failure) in std::mem::take(&mut batch.waiting) {
            let result = match failure {
                Some(failure) if in_time => failure,
                failure => self.late(at, failure),
            };
            batch.settle(at, result);
        }
    }

    /// Returns when no item waits, or those that do are not to be tried again.
    async fn try_all(&self, batch: &mut Batch) {
        let mut attempts = Attempts::new(&self.shared);
        while !batch.waiting.is_empty() {
            let turn = attempts.turn(batch.waiting.len()).await;
            let failure = self.try_once(turn.url(), batch).await.err();
            turn.end(failure.as_ref());
            if let Some(error) = &failure {
                for (&at, known) in &mut batch.waiting {
                    *known = Some(self.failed(at, error));
                }
            }
            if batch.waiting.is_empty() || !attempts.another(failure.as_ref()).await {
                return;
            }
        }
    }

    /// Sends what waits, and settles it except for failures that may pass.
    ///
    /// # Errors
    /// What kept the server from answering for every item.
    async fn try_once(&self, url: &str, batch: &mut Batch) -> Result<(), Error> {
        let sent: Vec<_> = batch.waiting.keys().copied().collect();
        let mut open = vec![true; sent.len()];
        let mut lines = self.shared.transport.verify(url, self.body(&sent).into()).await?;
        while let Some(line) = lines.next().await? {
            let StreamLine::Result(mut result) = line else { continue };
            let place = result.index as usize;
            // What answers to nothing that was asked, or a second time, is not taken for anything.
            let Some(&at) = sent.get(place).filter(|&&at| open[place] && self.items[at].id == result.id) else { continue };
            open[place] = false;
            result.index = self.items[at].index;
            if result.retryable {
                batch.waiting.insert(at, Some(*result));
            } else {
                batch.settle(at, *result);
            }
        }
        if open.contains(&true) { Err(Error::Interrupted { url: url.to_owned() }) } else { Ok(()) }
    }

    fn body(&self, sent: &[usize]) -> Vec<u8> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        let request = VerifyRequest {
            items: sent.iter().map(|&at| self.items[at].json.clone()).collect(),
            deadline_ms: Some(u64::try_from(left.as_millis()).unwrap_or(u64::MAX).max(1)),
            detail: self.shared.settings.detail,
        };
        serde_json::to_vec(&request).expect("a request is JSON")
    }

    /// The result of an item that no server answered for.
    fn failed(&self, at: usize, error: &Error) -> ItemResult {
        let internal = result(self.items[at].index, &self.items[at].id, VerifyError::Internal { message: String::new() });
        ItemResult {
            outcome: Outcome::Error,
            reason: error.code().to_owned(),
            message: error.chain(),
            retryable: error.is_retryable(),
            ..internal
        }
    }

    /// The result of an item that the deadline overtook.
    fn late(&self, at: usize, failure: Option<ItemResult>) -> ItemResult {
        let mut result = result(self.items[at].index, &self.items[at].id, VerifyError::Deadline);
        if let Some(failure) = failure {
            result.message += &format!("; before that: {}", failure.message);
        }
        result
    }
}

fn result(index: u32, id: &str, error: VerifyError) -> ItemResult {
    ItemResult::new(index, id.to_owned(), Err(error), Times::default(), "", DetailLevel::Score)
}

/// Neighbours of at most `size` items and [`BATCH_BYTES`], or single items.
fn split(items: &[Sent], size: usize) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        let grown = bytes + item.json.get().len();
        if at > start && (at - start == size || grown > BATCH_BYTES) {
            batches.push(start..at);
            (start, bytes) = (at, item.json.get().len());
        } else {
            bytes = grown;
        }
    }
    if start < items.len() {
        batches.push(start..items.len());
    }
    batches
}
