//! Counts for Prometheus. Labels have few values: a domain, an outcome, a reason.

use gavel_protocol::{ItemResult, Outcome, Times};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ItemLabels {
    task: String,
    outcome: &'static str,
    reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TaskLabel {
    task: String,
}

type Histograms = Family<TaskLabel, Histogram, fn() -> Histogram>;

/// What is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    items: Family<ItemLabels, Counter>,
    fuel: Counter,
    queue_seconds: Histograms,
    run_seconds: Histograms,
    pending_items: Gauge,
    pending_bytes: Gauge,
    queue_depth: Gauge,
}

/// From 0.1 ms to about 100 s.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.0001, 4.0, 11))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let metrics = Self {
            registry: Registry::default(),
            items: Family::default(),
            fuel: Counter::default(),
            queue_seconds: Family::new_with_constructor(seconds),
            run_seconds: Family::new_with_constructor(seconds),
            pending_items: Gauge::default(),
            pending_bytes: Gauge::default(),
            queue_depth: Gauge::default(),
        };
        let mut registry = Registry::with_prefix("gavel");
        registry.register("items", "Results given, by domain, outcome and reason", metrics.items.clone());
        registry.register("fuel", "Fuel used by programs under test", metrics.fuel.clone());
        registry.register("queue_seconds", "Time that items waited for a thread", metrics.queue_seconds.clone());
        registry.register("run_seconds", "Time that items took on a thread", metrics.run_seconds.clone());
        registry.register("pending_items", "Items admitted and not answered", metrics.pending_items.clone());
        registry.register("pending_bytes", "Bytes of request bodies held", metrics.pending_bytes.clone());
        registry.register("queue_depth", "Items waiting for a thread", metrics.queue_depth.clone());
        Self { registry, ..metrics }
    }

    /// Counts a result. What an item that was not graded is at fault for is worth a label; what a client wrote into it is not.
    pub(crate) fn item(&self, domain: &str, result: &ItemResult, times: Times) {
        let outcome = match result.outcome {
            Outcome::Graded => "graded",
            Outcome::RejectedItem => "rejected_item",
            Outcome::Error => "error",
            Outcome::Deadline => "deadline",
            Outcome::Cancelled => "cancelled",
        };
        let task = domain.to_owned();
        self.items.get_or_create(&ItemLabels { task: task.clone(), outcome, reason: result.reason.clone() }).inc();
        if let Some(detail) = &result.detail {
            self.fuel.inc_by(detail.tests.iter().map(|test| test.fuel).sum());
        }
        let label = TaskLabel { task };
        self.queue_seconds.get_or_create(&label).observe(times.queue.as_secs_f64());
        self.run_seconds.get_or_create(&label).observe(times.run.as_secs_f64());
    }

    /// The text that Prometheus reads.
    pub(crate) fn render(&self, pending: crate::admission::Load, waiting: usize) -> String {
        self.pending_items.set(pending.items as i64);
        self.pending_bytes.set(pending.bytes as i64);
        self.queue_depth.set(waiting as i64);
        let mut out = String::new();
        text::encode(&mut out, &self.registry).expect("writing to a string cannot fail");
        out
    }
}
