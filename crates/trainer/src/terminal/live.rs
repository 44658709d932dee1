//! A run on the terminal: lines that stay above a progress bar and sparklines, or plain lines where there is no terminal.

use super::{PlainLines, Screen, Series, State, stderr_width};
use crate::View;
use crate::record::Record;
use std::io::{Stderr, Write};
use std::time::Instant;

/// What is shown of a record, and what it is called.
const SHOWN: [(&str, &str); 7] = [
    ("warm_up/loss", "loss"),
    ("warm_up/tokens_per_second", "tokens/s"),
    ("train/score/mean", "score"),
    ("validation/pass@1", "pass@1"),
    ("train/entropy", "entropy"),
    ("train/kl_to_reference/k3", "KL"),
    ("train/tokens_per_second", "tokens/s"),
];
/// Seconds between two plain lines.
const EVERY_S: f64 = 10.0;

enum Out {
    Terminal(Screen<Stderr>),
    Plain(PlainLines<Stderr>),
}

/// The view of a run on standard error.
pub struct Live {
    out: Out,
    state: State,
    /// When the part of the run that is shown began, and at which step.
    began: Option<(Instant, u64)>,
    started: Instant,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").field("state", &self.state).finish_non_exhaustive()
    }
}

impl Live {
    /// Redraws a few lines if standard error is a terminal, in colour if told so; writes plain lines otherwise.
    pub fn new(colour: bool) -> Self {
        let terminal = stderr_width().is_some();
        let out =
            if terminal { Out::Terminal(Screen::new(std::io::stderr())) } else { Out::Plain(PlainLines::new(std::io::stderr(), EVERY_S)) };
        Self { out, state: State { colour: terminal && colour, ..State::default() }, began: None, started: Instant::now() }
    }

    /// Nothing can be done for people when their terminal is gone; the run goes on.
    fn draw(&mut self) {
        if self.state.steps == 0 {
            return;
        }
        let _ = match &mut self.out {
            Out::Terminal(screen) => screen.draw(&self.state, stderr_width().unwrap_or(80)),
            Out::Plain(lines) => lines.draw(&self.state, self.started.elapsed().as_secs_f64()),
        };
    }

    /// The part of a run that a record is of begins with empty series.
    fn begin(&mut self, record: &Record, steps: u64) {
        self.state.steps = steps;
        self.state.series.clear();
        self.began = Some((Instant::now(), record.step()));
    }
}

impl View for Live {
    fn line(&mut self, line: &str) {
        if let Out::Terminal(screen) = &mut self.out {
            let _ = screen.clear(stderr_width().unwrap_or(80));
        }
        let _ = writeln!(std::io::stderr(), "{line}");
        if matches!(self.out, Out::Terminal(_)) {
            self.draw();
        }
    }

    fn phase(&mut self, phase: &'static str) {
        self.state.phase.clear();
        self.state.phase.push_str(phase);
        if matches!(self.out, Out::Terminal(_)) {
            self.draw();
        }
    }

    fn record(&mut self, record: &Record, steps: u64) {
        if self.state.steps != steps || record.step() < self.state.step {
            self.begin(record, steps);
        }
        let done = record.step();
        if done > self.state.step || self.state.step > steps {
            self.state.left_s = self.began.and_then(|(since, from)| {
                let made = done.checked_sub(from).filter(|made| *made > 0)?;
                Some(since.elapsed().as_secs_f64() / made as f64 * steps.saturating_sub(done) as f64)
            });
        }
        self.state.step = done;
        for (name, label) in SHOWN {
            let Some(value) = record.get(name) else { continue };
            let at = self.state.series.iter().position(|series| series.label == label).unwrap_or_else(|| {
                self.state.series.push(Series::new(label));
                self.state.series.len() - 1
            });
            self.state.series[at].push(value);
        }
        self.draw();
    }
}
