//! Which items a run trains on, in which order.

use crate::hash;
use crate::{RewardSource, Source, SourceConfig, TrainError};
use gavel_task::Item;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// An item drawn from a mixture.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The name of its source.
    pub source: Arc<str>,
    /// The item.
    pub item: Arc<Item>,
}

/// Where a sampler is: all that is kept of it in a checkpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// Items drawn so far.
    pub draws: u64,
    /// The next index of each source, by name.
    pub next: BTreeMap<String, u64>,
    /// Items that were passed over because validation has them.
    pub skipped: u64,
}

/// Draws items from weighted sources.
///
/// Which source comes next depends on the seed and the number of the draw, which item on how often that source was drawn from; so another mixture, set in the
/// middle of a run, goes on where each source was.
#[derive(Debug)]
pub struct Sampler {
    sources: Vec<(Source, f64)>,
    seed: u64,
    cursor: Cursor,
    held_out: HashSet<[u8; 32]>,
}

/// How many items in a row may be held out before a source counts as exhausted.
const MOST_SKIPPED: u32 = 10_000;

/// What an item asks, as a key.
pub fn fingerprint(item: &Item) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(item.task.to_string().as_bytes());
    hasher.update(&[0]);
    hasher.update(item.prompt.as_deref().unwrap_or("").as_bytes());
    *hasher.finalize().as_bytes()
}

/// The seed of a purpose's items, so that training and validation ask for different ones.
pub(crate) fn seed_for(seed: u64, purpose: &str) -> u64 {
    hash::number(seed, purpose, &[]) >> 1
}

impl Sampler {
    /// A sampler that never yields an item with a fingerprint in `held_out`.
    ///
    /// # Errors
    /// If there is no source, two have one name, a weight is not positive, or a source cannot be opened.
    pub fn new(configs: &[SourceConfig], seed: u64, held_out: HashSet<[u8; 32]>) -> Result<Self, TrainError> {
        let mut sampler = Self { sources: Vec::new(), seed, cursor: Cursor::default(), held_out };
        sampler.mix(configs)?;
        Ok(sampler)
    }

    /// Draws from these sources from now on.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn mix(&mut self, configs: &[SourceConfig]) -> Result<(), TrainError> {
        let mut sources: Vec<(Source, f64)> = Vec::new();
        for config in configs {
            let fault = |message: &str| TrainError::Source { name: config.name(), message: message.to_owned() };
            if !(config.weight.is_finite() && config.weight > 0.0) {
                return Err(fault("`weight` must be a finite number above 0; leave the source out instead"));
            }
            if sources.iter().any(|(source, _)| source.name() == config.name()) {
                return Err(fault("two sources have this name: give one of them another `name`"));
            }
            sources.push((Source::open(config, self.seed)?, config.weight));
        }
        if sources.is_empty() {
            return Err(TrainError::Source { name: "train".to_owned(), message: "there is no source to train on".to_owned() });
        }
        self.sources = sources;
        Ok(())
    }

    /// Where it is.
    pub fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// Goes on from there.
    pub fn restore(&mut self, cursor: Cursor) {
        self.cursor = cursor;
    }

    /// The next item.
    ///
    /// # Errors
    /// If it cannot be made, or a source has nothing but what is held out.
    pub fn draw(&mut self, verifier: &dyn RewardSource) -> Result<Drawn, TrainError> {
        let total: f64 = self.sources.iter().map(|(_, weight)| weight).sum();
        let mut at = hash::unit(self.seed, "source", &[self.cursor.draws]) * total;
        let last = self.sources.len() - 1;
        let chosen = self.sources.iter().position(|(_, weight)| {
            at -= weight;
            at < 0.0
        });
        let source = &mut self.sources[chosen.unwrap_or(last)].0;
        for _ in 0..MOST_SKIPPED {
            let next = self.cursor.next.entry(source.name().to_owned()).or_default();
            let item = source.item(*next, verifier)?;
            *next += 1;
            if self.held_out.contains(&fingerprint(&item)) {
                self.cursor.skipped += 1;
                continue;
            }
            self.cursor.draws += 1;
            return Ok(Drawn { source: source.name().into(), item });
        }
        let message = format!("{MOST_SKIPPED} items in a row are in the validation set: it has too few different items to train on");
        Err(TrainError::Source { name: source.name().to_owned(), message })
    }
}
