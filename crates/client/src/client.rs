//! The client and its settings.

use crate::call::Call;
use crate::random::Random;
use crate::replica::{Lease, Replica, lease};
use crate::transport::Transport;
use crate::{Error, Retry};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use gavel_protocol::{DetailLevel, ErrorBody, ExecuteRequest, ExecuteResponse, GenerateRequest, ItemResult, TasksResponse};
use gavel_task::Item;
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

/// Sends items to one or more servers. Clones share connections, the limit on requests and what is known about the servers.
///
/// Needs a tokio runtime with time and I/O.
#[derive(Clone, Debug)]
pub struct Client(Arc<Shared>);

/// What all calls of a client have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) settings: Builder,
    pub(crate) transport: Transport,
    replicas: Vec<Replica>,
    permits: Semaphore,
    random: Random,
}

/// The settings of a [`Client`].
#[derive(Clone, Debug)]
pub struct Builder {
    urls: Vec<String>,
    pub(crate) batch_size: usize,
    max_in_flight: usize,
    pub(crate) retry: Retry,
    deadline: Duration,
    pub(crate) detail: DetailLevel,
    seed: u64,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            urls: Vec::new(),
            batch_size: 32,
            max_in_flight: 32,
            retry: Retry::default(),
            deadline: Duration::from_secs(600),
            detail: DetailLevel::default(),
            seed: 0,
        }
    }
}

impl Builder {
    /// The servers, such as `http://127.0.0.1:8080`. They must answer alike: an item goes to any of them.
    #[must_use]
    pub fn urls<U: Into<String>>(mut self, urls: impl IntoIterator<Item = U>) -> Self {
        self.urls.extend(urls.into_iter().map(Into::into));
        self
    }

    /// Most items in a request; 32 if not set. Batches are also cut at 16 MiB, except for a single item that is larger.
    #[must_use]
    pub fn batch_size(mut self, items: usize) -> Self {
        self.batch_size = items;
        self
    }

    /// Most requests at once, over all servers and calls; 32 if not set.
    #[must_use]
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = requests;
        self
    }

    /// How often and after what delay a failure is tried again.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// How long a call may take, waiting and retries included; 10 minutes if not set.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How much evidence results carry.
    #[must_use]
    pub fn detail(mut self, detail: DetailLevel) -> Self {
        self.detail = detail;
        self
    }

    /// What the delays between tries and the choices between servers derive from; 0 if not set. Give each process another seed, so that they do not all come
    /// back at the same moment.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The client. Connects to nothing yet.
    ///
    /// # Errors
    /// A setting that cannot be followed.
    pub fn build(self) -> Result<Client, Error> {
        let at_least_one =
            [("batch_size", self.batch_size), ("max_in_flight", self.max_in_flight), ("retry.attempts", self.retry.attempts as usize)];
        if let Some((setting, _)) = at_least_one.into_iter().find(|&(_, value)| value == 0) {
            return Err(Error::ZeroSetting { setting });
        }
        if self.urls.is_empty() {
            return Err(Error::NoUrl);
        }
        let replicas = self.urls.iter().map(|url| replica(url)).collect::<Result<_, _>>()?;
        Ok(Client(Arc::new(Shared {
            transport: Transport::new()?,
            replicas,
            permits: Semaphore::new(self.max_in_flight.min(Semaphore::MAX_PERMITS)),
            random: Random::new(self.seed),
            settings: self,
        })))
    }
}

fn replica(url: &str) -> Result<Replica, Error> {
    let is_server =
        |parsed: &Url| parsed.scheme() == "http" && parsed.has_host() && parsed.query().is_none() && parsed.fragment().is_none();
    match Url::parse(url) {
        Ok(parsed) if is_server(&parsed) => Ok(Replica::new(parsed.as_str().trim_end_matches('/').to_owned())),
        _ => Err(Error::InvalidUrl { url: url.to_owned() }),
    }
}

impl Client {
    /// The settings, to be changed and [built](Builder::build).
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Judges items: exactly one result each, in their order, by the deadline.
    ///
    /// A result's `index` is the item's position in `items`. Results that no server gave, because none could be reached or the deadline passed, have an empty
    /// `verifier_version`. Dropping the future cancels the work.
    pub async fn verify(&self, items: Vec<Item>) -> Vec<ItemResult> {
        let mut results: Vec<_> = self.verify_stream(items).collect().await;
        results.sort_unstable_by_key(|result| result.index);
        results
    }

    /// As [`verify`](Self::verify), with each result as soon as it is there. The deadline counts from this call. Dropping the stream cancels the work.
    pub fn verify_stream(&self, items: Vec<Item>) -> impl Stream<Item = ItemResult> + Send + 'static {
        Call::new(Arc::clone(&self.0), items).results()
    }

    /// The tasks that the servers know.
    ///
    /// # Errors
    /// Why no server answered.
    pub async fn tasks(&self) -> Result<TasksResponse, Error> {
        self.0.ask(Method::GET, "/v1/tasks", None, json).await
    }

    /// Runs a program without judging it.
    ///
    /// # Errors
    /// Why no server answered. That the program failed is an answer.
    pub async fn execute(&self, request: &ExecuteRequest) -> Result<ExecuteResponse, Error> {
        let body = serde_json::to_vec(request).expect("a request is JSON");
        self.0.ask(Method::POST, "/v1/execute", Some(body.into()), json).await
    }

    /// Makes items: as many as asked for, in the order of their indices. All servers make the same ones.
    ///
    /// # Errors
    /// Why no server made them all.
    pub async fn generate(&self, request: &GenerateRequest) -> Result<Vec<Item>, Error> {
        let body = serde_json::to_vec(request).expect("a request is JSON");
        self.0.ask(Method::POST, "/v1/generate", Some(body.into()), |url, body| items(url, body, request.count)).await
    }
}

/// A reply that is one JSON value.
fn json<T: DeserializeOwned>(url: &str, body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|source| Error::Malformed { url: url.to_owned(), source })
}

/// A reply of one item a line, the last of which may say why there are no more.
fn items(url: &str, body: &[u8], count: u64) -> Result<Vec<Item>, Error> {
    let lines = body.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let items = lines.map(|line| match serde_json::from_slice::<ErrorBody>(line) {
        Ok(body) => Err(Error::Generation { url: url.to_owned(), message: body.error.message }),
        Err(_) => json(url, line),
    });
    let items = items.collect::<Result<Vec<_>, _>>()?;
    if items.len() as u64 == count { Ok(items) } else { Err(Error::Interrupted { url: url.to_owned() }) }
}

/// The right to send one request to one server.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    shared: &'a Shared,
    lease: Lease<'a>,
    _permit: SemaphorePermit<'a>,
}

impl Turn<'_> {
    pub(crate) fn url(&self) -> &str {
        self.lease.url()
    }

    /// Ends the turn with what came of it.
    pub(crate) fn end(self, failure: Option<&Error>) {
        match failure {
            Some(error) if error.is_retryable() => {
                self.lease.failed(Instant::now(), error.retry_after(), &self.shared.settings.retry, self.shared.random.next());
            }
            _ => self.lease.succeeded(),
        }
    }
}

impl Shared {
    /// When a call that starts now must be over.
    pub(crate) fn deadline(&self) -> Instant {
        let now = Instant::now();
        // A duration that is too long for the clock means never.
        now.checked_add(self.settings.deadline).unwrap_or_else(|| now + Duration::from_secs(30 * 365 * 86_400))
    }

    async fn ask<T>(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
        read: impl Fn(&str, &[u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let tries = async {
            let mut attempts = Attempts::new(self);
            loop {
                let turn = attempts.turn(1).await;
                let answer = self.transport.whole(method.clone(), turn.url(), path, body.clone()).await;
                let answer = answer.and_then(|body| read(turn.url(), &body));
                turn.end(answer.as_ref().err());
                match answer {
                    Err(error) if attempts.another(Some(&error)).await => {}
                    answer => return answer,
                }
            }
        };
        timeout_at(self.deadline(), tries).await.unwrap_or(Err(Error::Deadline))
    }
}

/// Counts the tries of one request, and paces them.
#[derive(Debug)]
pub(crate) struct Attempts<'a> {
    shared: &'a Shared,
    /// Tries that failed, which lengthen the delay.
    tries: u32,
    /// Those of them that were not refusals, which are limited.
    failures: u32,
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(shared: &'a Shared) -> Self {
        Self { shared, tries: 0, failures: 0 }
    }

    /// Waits until a request with this many items may go out, and says where.
    pub(crate) async fn turn(&self, items: usize) -> Turn<'a> {
        let shared = self.shared;
        loop {
            let permit = shared.permits.acquire().await.expect("the semaphore is never closed");
            match lease(&shared.replicas, items, self.tries > 0, Instant::now(), shared.random.next()) {
                Ok(lease) => return Turn { shared, lease, _permit: permit },
                Err(until) => {
                    drop(permit);
                    sleep_until(until).await;
                }
            }
        }
    }

    /// Counts a try that failed, by this error or, if `None`, in some of its items. Says whether there may be another, after waiting until then.
    pub(crate) async fn another(&mut self, failure: Option<&Error>) -> bool {
        self.tries = self.tries.saturating_add(1);
        match failure {
            Some(Error::Refused { .. }) => {}
            Some(error) if !error.is_retryable() => return false,
            _ => self.failures += 1,
        }
        let retry = &self.shared.settings.retry;
        if self.failures >= retry.attempts {
            return false;
        }
        sleep(retry.delay(self.tries, self.shared.random.next())).await;
        true
    }
}
