//! Where rewards and generated items come from: a verification server, or whatever stands in for one in a test.
//!
//! A verification that failed has no score, and stays apart from a response that was judged wrong all the way to the loss.

use crate::TrainError;
use gavel_client::Client;
use gavel_protocol::{GenerateRequest, ItemResult, Outcome};
use gavel_task::Item;
use std::sync::mpsc::{Receiver, sync_channel};
use tokio::runtime::Runtime;

/// What came of one response.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What it is worth, from 0 to 1; `None` if it could not be judged.
    pub score: Option<f64>,
    /// Why: a stable word for machines.
    pub reason: String,
}

/// Judgements that are on their way.
#[derive(Debug)]
pub struct Pending {
    receiver: Receiver<Vec<Judgement>>,
    count: usize,
}

impl Pending {
    /// Judgements of `count` responses that will come through the channel.
    pub fn new(count: usize, receiver: Receiver<Vec<Judgement>>) -> Self {
        Self { receiver, count }
    }

    /// Judgements that are there.
    pub fn ready(judgements: Vec<Judgement>) -> Self {
        let (sender, receiver) = sync_channel(1);
        let count = judgements.len();
        sender.send(judgements).expect("the receiver is there and the channel has room");
        Self::new(count, receiver)
    }

    /// Waits for them: one for each response, in order. A source that went away leaves its responses unjudged.
    pub fn wait(self) -> Vec<Judgement> {
        let lost = || vec![Judgement { score: None, reason: "reward_source_gone".to_owned() }; self.count];
        self.receiver.recv().ok().filter(|judgements| judgements.len() == self.count).unwrap_or_else(lost)
    }
}

/// Judges responses and makes items.
pub trait RewardSource: Send + Sync {
    /// Sends responses to be judged, and returns at once.
    fn submit(&self, items: Vec<Item>) -> Pending;

    /// Makes items.
    ///
    /// # Errors
    /// Why they could not be made.
    fn generate(&self, request: &GenerateRequest) -> Result<Vec<Item>, TrainError>;
}

/// One or more verification servers.
#[derive(Debug)]
pub struct Servers {
    client: Client,
    runtime: Runtime,
}

impl Servers {
    /// Servers behind this client, asked from a thread of their own.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn new(client: Client) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).thread_name("rewards").enable_all().build()?;
        Ok(Self { client, runtime })
    }
}

impl RewardSource for Servers {
    fn submit(&self, items: Vec<Item>) -> Pending {
        let (sender, receiver) = sync_channel(1);
        let (client, count) = (self.client.clone(), items.len());
        self.runtime.spawn(async move {
            let results = client.verify(items).await;
            // Nobody waits any more when training was stopped.
            let _ = sender.send(results.into_iter().map(judgement).collect());
        });
        Pending::new(count, receiver)
    }

    fn generate(&self, request: &GenerateRequest) -> Result<Vec<Item>, TrainError> {
        let items = self.runtime.block_on(self.client.generate(request));
        items.map_err(|source| TrainError::Items { task: request.task.clone(), source: Box::new(source) })
    }
}

fn judgement(result: ItemResult) -> Judgement {
    let score = if result.outcome == Outcome::Graded { result.score } else { None };
    Judgement { score, reason: result.reason }
}
