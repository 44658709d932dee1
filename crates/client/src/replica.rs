//! The servers that answer to the same items, and which of them gets the next batch.

use crate::Retry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// One server.
#[derive(Debug)]
pub(crate) struct Replica {
    /// Without a slash at the end.
    url: String,
    /// Items sent to it and not yet answered.
    in_flight: AtomicUsize,
    health: Mutex<Health>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Health {
    /// Failures since the last success. Requests that were under way together count once.
    failures: u32,
    /// It gets nothing before.
    rests_until: Option<Instant>,
}

impl Replica {
    pub(crate) fn new(url: String) -> Self {
        Self { url, in_flight: AtomicUsize::new(0), health: Mutex::default() }
    }

    fn load(&self) -> usize {
        self.in_flight.load(Ordering::Relaxed)
    }

    fn health(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lease(&self, items: usize) -> Lease<'_> {
        self.in_flight.fetch_add(items, Ordering::Relaxed);
        Lease { replica: self, items, failures: self.health().failures }
    }
}

/// A share of a replica's load, held while a request is under way.
#[derive(Debug)]
pub(crate) struct Lease<'a> {
    replica: &'a Replica,
    items: usize,
    /// Of the replica, when the request began.
    failures: u32,
}

impl Lease<'_> {
    pub(crate) fn url(&self) -> &str {
        &self.replica.url
    }

    /// The replica answered.
    pub(crate) fn succeeded(&self) {
        self.replica.health().failures = 0;
    }

    /// The replica failed, and rests for as long as it asked for or longer: the more often it failed in a row.
    pub(crate) fn failed(&self, now: Instant, asked: Option<Duration>, retry: &Retry, random: u64) {
        let mut health = self.replica.health();
        health.failures = health.failures.max(self.failures.saturating_add(1));
        let rest = retry.delay(health.failures, random).max(asked.unwrap_or_default());
        health.rests_until = health.rests_until.max(Some(now + rest));
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        self.replica.in_flight.fetch_sub(self.items, Ordering::Relaxed);
    }
}

/// Leases the one with fewer items in flight of two replicas chosen at random ("the power of two choices", Mitzenmacher, IEEE TPDS 12(10), 2001).
///
/// A replica that fails at once has little in flight and would attract everything. So one that failed rests, and then gets a single request, and no `retry`,
/// until it succeeds; unless no other is left.
///
/// # Errors
/// All of them rest until the instant returned.
///
/// # Panics
/// If there are none.
pub(crate) fn lease(replicas: &[Replica], items: usize, retry: bool, now: Instant, random: u64) -> Result<Lease<'_>, Instant> {
    let mut first_awake = None;
    let (mut awake, mut trusted) = (Vec::new(), Vec::new());
    for replica in replicas {
        let Health { failures, rests_until } = *replica.health();
        if let Some(until) = rests_until.filter(|&until| until > now) {
            first_awake = Some(first_awake.map_or(until, |first: Instant| first.min(until)));
            continue;
        }
        awake.push(replica);
        if failures == 0 || (!retry && replica.load() == 0) {
            trusted.push(replica);
        }
    }
    let choices = if trusted.is_empty() { awake } else { trusted };
    if choices.is_empty() {
        return Err(first_awake.expect("a client has at least one replica"));
    }
    let (low, high) = ((random & 0xffff_ffff) as usize, (random >> 32) as usize);
    let one = low % choices.len();
    let other = (one + 1 + high % (choices.len() - 1).max(1)) % choices.len();
    let chosen = if choices[other].load() < choices[one].load() { other } else { one };
    Ok(choices[chosen].lease(items))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const RETRY: Retry = Retry { attempts: 3, base: Duration::from_secs(1), cap: Duration::from_secs(100) };

    fn replicas(count: usize) -> Vec<Replica> {
        (0..count).map(|at| Replica::new(at.to_string())).collect()
    }

    #[test]
    fn the_less_loaded_of_two_is_chosen() {
        let (replicas, now, random) = (replicas(2), Instant::now(), Random::new(1));
        let busy = replicas[0].lease(10);
        for _ in 0..20 {
            assert_eq!(lease(&replicas, 5, false, now, random.next()).unwrap().url(), "1");
        }
        drop(busy);
        let seen: Vec<_> = (0..20).map(|_| lease(&replicas, 5, false, now, random.next()).unwrap().url().to_owned()).collect();
        assert!(seen.iter().any(|url| url == "0"), "a lease that ended still counts");
    }

    #[test]
    fn load_spreads_evenly() {
        let (replicas, now, random) = (replicas(8), Instant::now(), Random::new(7));
        let leases: Vec<_> = (0..800).map(|_| lease(&replicas, 1, false, now, random.next()).unwrap()).collect();
        let loads: Vec<_> = replicas.iter().map(Replica::load).collect();
        assert!(loads.iter().all(|&load| load.abs_diff(100) <= 4), "{loads:?}");
        drop(leases);
        assert!(replicas.iter().all(|replica| replica.load() == 0));
    }

    #[test]
    fn who_rests_gets_nothing() {
        let (replicas, now) = (replicas(2), Instant::now());
        let [soon, later] = [10, 20].map(Duration::from_secs);
        let broken = replicas[0].lease(1);
        broken.failed(now, Some(later), &RETRY, 0);
        broken.failed(now, Some(soon), &RETRY, 0);
        assert_eq!(lease(&replicas, 1, false, now, 0).unwrap().url(), "1");
        replicas[1].lease(1).failed(now, Some(soon), &RETRY, 0);
        assert_eq!(lease(&replicas, 1, false, now, 0).unwrap_err(), now + soon);
        assert_eq!(lease(&replicas, 1, false, now + soon, 0).unwrap().url(), "1");
    }

    #[test]
    fn who_failed_gets_one_request_until_it_succeeds() {
        let (replicas, random) = (replicas(2), Random::new(9));
        let now = Instant::now();
        let busy = replicas[1].lease(100);
        replicas[0].lease(1).failed(now, None, &RETRY, 0);
        let rested = now + Duration::from_secs(1);
        assert_eq!(lease(&replicas, 1, true, rested, random.next()).unwrap().url(), "1");
        let probe = lease(&replicas, 1, false, rested, random.next()).unwrap();
        assert_eq!(probe.url(), "0");
        assert_eq!(lease(&replicas, 1, false, rested, random.next()).unwrap().url(), "1");
        probe.succeeded();
        assert_eq!(lease(&replicas, 1, true, rested, random.next()).unwrap().url(), "0");
        busy.failed(rested, None, &RETRY, 0);
        replicas[0].lease(1).failed(rested, None, &RETRY, 0);
        let two: Vec<_> = [true, false].map(|retry| lease(&replicas, 1, retry, rested + RETRY.cap, random.next()).unwrap()).into();
        assert_eq!(two.len(), 2, "with no better choice, those that failed are asked");
    }

    #[test]
    fn failures_together_count_once() {
        let (replicas, now) = (replicas(1), Instant::now());
        let together: Vec<_> = (0..30).map(|_| replicas[0].lease(1)).collect();
        for lease in &together {
            lease.failed(now, None, &RETRY, 0);
        }
        assert_eq!(replicas[0].health().failures, 1);
        replicas[0].lease(1).failed(now, None, &RETRY, 0);
        assert_eq!(replicas[0].health().failures, 2);
    }
}
