//! The two ways in which `gavel verify` has items judged: in this process, or by servers.

use crate::setup::Engine;
use anyhow::{Context, Result};
use futures::StreamExt;
use gavel_client::{Client, Retry};
use gavel_protocol::{DetailLevel, ItemResult, Times};
use gavel_task::Item;
use std::collections::BTreeMap;
use std::sync::mpsc;
use tokio::runtime::Runtime;

/// Judges items.
pub(crate) enum Grader {
    Here(Engine),
    Servers { client: Client, runtime: Runtime },
}

/// How many tries an item gets before its error stands.
const ATTEMPTS: u32 = 3;

impl Grader {
    /// A grader that asks these servers.
    pub(crate) fn servers(urls: &[String], level: DetailLevel, runtime: Runtime) -> Result<Self> {
        let retry = Retry { attempts: ATTEMPTS, ..Retry::default() };
        let client = Client::builder().urls(urls.iter().cloned()).detail(level).retry(retry).build().context("--server")?;
        Ok(Self::Servers { client, runtime })
    }

    /// Judges items, giving each result to `each` as soon as it is there. An index is the position in `items`.
    pub(crate) fn grade(&self, items: Vec<Item>, level: DetailLevel, mut each: impl FnMut(ItemResult) -> Result<()>) -> Result<()> {
        match self {
            Self::Here(engine) => {
                let mut pending: BTreeMap<u32, Item> = (0..).zip(items).collect();
                for attempt in 1..=ATTEMPTS {
                    let results = grade_here(engine, &pending, level);
                    for result in results {
                        if result.retryable && attempt < ATTEMPTS {
                            continue;
                        }
                        pending.remove(&result.index);
                        each(result)?;
                    }
                    if pending.is_empty() {
                        break;
                    }
                }
                Ok(())
            }
            Self::Servers { client, runtime } => runtime.block_on(async {
                let mut results = std::pin::pin!(client.verify_stream(items));
                while let Some(result) = results.next().await {
                    each(result)?;
                }
                Ok(())
            }),
        }
    }
}

/// The results of items, in the order in which they are done.
fn grade_here(engine: &Engine, items: &BTreeMap<u32, Item>, level: DetailLevel) -> impl Iterator<Item = ItemResult> + use<> {
    let version = engine.verifier.registry().version();
    let (sender, receiver) = mpsc::channel();
    let batch = engine.verifier.batch(None);
    for (&index, item) in items {
        let (sender, id, version) = (sender.clone(), item.id.clone(), version.clone());
        engine.verifier.submit(item.clone(), &batch, move |graded| {
            let times = Times { queue: graded.timing.queue, run: graded.timing.run };
            // Nobody listens any more only when writing results has failed, which has been reported.
            let _ = sender.send(ItemResult::new(index, id, graded.result, times, &version, level));
        });
    }
    let count = items.len();
    receiver.into_iter().take(count)
}
