//! The servers that answer to the same items, and which of them gets the next batch.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use tokio::time::Instant;

/// One server.
#[derive(Debug)]
pub(crate) struct Replica {
    /// Without a slash at the end.
    url: String,
    /// Items sent to it and not yet answered.
    in_flight: AtomicUsize,
    /// It failed or refused, and gets nothing until then.
    rests_until: Mutex<Option<Instant>>,
}

impl Replica {
    pub(crate) fn new(url: String) -> Self {
        Self { url, in_flight: AtomicUsize::new(0), rests_until: Mutex::new(None) }
    }

    fn rests_until(&self, now: Instant) -> Option<Instant> {
        self.rests_until.lock().unwrap_or_else(PoisonError::into_inner).filter(|&until| until > now)
    }
}

/// A share of a replica's load, held while a request is under way.
#[derive(Debug)]
pub(crate) struct Lease<'a> {
    replica: &'a Replica,
    items: usize,
}

impl Lease<'_> {
    pub(crate) fn url(&self) -> &str {
        &self.replica.url
    }

    /// Keeps everyone away from this replica until `until`.
    pub(crate) fn rest(&self, until: Instant) {
        let mut rests_until = self.replica.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        *rests_until = (*rests_until).max(Some(until));
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        self.replica.in_flight.fetch_sub(self.items, Ordering::Relaxed);
    }
}

/// Leases the one with fewer items in flight of two replicas chosen at random among those that do not rest ("the power of two choices", Mitzenmacher,
/// IEEE TPDS 12(10), 2001). Replicas that just failed have little in flight, so that without resting they would attract everything.
///
/// # Errors
/// All of them rest until the instant returned.
///
/// # Panics
/// If there are none.
pub(crate) fn lease(replicas: &[Replica], items: usize, now: Instant, random: u64) -> Result<Lease<'_>, Instant> {
    let awake: Vec<_> = replicas.iter().filter(|replica| replica.rests_until(now).is_none()).collect();
    if awake.is_empty() {
        let first = replicas.iter().map(|replica| replica.rests_until(now).unwrap_or(now)).min();
        return Err(first.expect("a client has at least one replica"));
    }
    let (low, high) = ((random & 0xffff_ffff) as usize, (random >> 32) as usize);
    let one = low % awake.len();
    let other = (one + 1 + high % (awake.len() - 1).max(1)) % awake.len();
    let load = |at: usize| awake[at].in_flight.load(Ordering::Relaxed);
    let replica = awake[if load(other) < load(one) { other } else { one }];
    replica.in_flight.fetch_add(items, Ordering::Relaxed);
    Ok(Lease { replica, items })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use std::time::Duration;

    fn replicas(count: usize) -> Vec<Replica> {
        (0..count).map(|at| Replica::new(at.to_string())).collect()
    }

    #[test]
    fn the_less_loaded_of_two_is_chosen() {
        let (replicas, now, random) = (replicas(2), Instant::now(), Random::new(1));
        let busy = lease(&replicas, 10, now, random.next()).unwrap();
        for _ in 0..20 {
            let other = lease(&replicas, 5, now, random.next()).unwrap();
            assert_ne!(other.url(), busy.url());
        }
        let url = busy.url().to_owned();
        drop(busy);
        let seen: Vec<_> = (0..20).map(|_| lease(&replicas, 5, now, random.next()).unwrap().url().to_owned()).collect();
        assert!(seen.contains(&url), "a lease that ended still counts");
    }

    #[test]
    fn load_spreads_evenly() {
        let (replicas, now, random) = (replicas(8), Instant::now(), Random::new(7));
        let leases: Vec<_> = (0..800).map(|_| lease(&replicas, 1, now, random.next()).unwrap()).collect();
        let loads: Vec<_> = replicas.iter().map(|replica| replica.in_flight.load(Ordering::Relaxed)).collect();
        assert!(loads.iter().all(|&load| load.abs_diff(100) <= 4), "{loads:?}");
        drop(leases);
        assert!(replicas.iter().all(|replica| replica.in_flight.load(Ordering::Relaxed) == 0));
    }

    #[test]
    fn who_rests_gets_nothing() {
        let (replicas, now, random) = (replicas(2), Instant::now(), Random::new(3));
        let (soon, later) = (now + Duration::from_secs(1), now + Duration::from_secs(2));
        let first = lease(&replicas, 1, now, random.next()).unwrap();
        first.rest(later);
        first.rest(soon);
        for _ in 0..20 {
            assert_ne!(lease(&replicas, 1, now, random.next()).unwrap().url(), first.url());
        }
        lease(&replicas, 1, now, random.next()).unwrap().rest(soon);
        assert_eq!(lease(&replicas, 1, now, random.next()).unwrap_err(), soon);
        assert_ne!(lease(&replicas, 1, soon, random.next()).unwrap().url(), first.url());
        assert!(lease(&replicas, 1, later, random.next()).is_ok());
    }
}
