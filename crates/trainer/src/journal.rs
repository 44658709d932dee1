//! What a run says while it runs: records into files, and lines or a live view for people.
//!
//! A log that cannot be written, as on a full disk, does not end a run: people are told once, and the records of that time are missing in the log.

use crate::evaluate::Measured;
use crate::record::Record;
use crate::sink::{JsonLines, Sink, SinkError, TensorBoard};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Where people see a run.
pub trait View: Send {
    /// A line that stays.
    fn line(&mut self, line: &str);

    /// What the run is doing now.
    fn phase(&mut self, _phase: &'static str) {}

    /// What was measured. `steps` is how many steps or updates the record's part of the run has.
    fn record(&mut self, _record: &Record, _steps: u64) {}
}

/// The records of one part of a run: the warm-up, or reinforcement learning.
struct Logs {
    lines: JsonLines,
    board: TensorBoard,
}

impl Logs {
    /// Logs in `<folder>/<name>.jsonl` and `<folder>/tensorboard/<name>`. `from` is `None` for a new run, else the step up to which records are kept.
    fn open(folder: &Path, name: &str, from: Option<Option<u64>>) -> Result<Self, SinkError> {
        let path = folder.join(format!("{name}.jsonl"));
        let lines = match from {
            None => JsonLines::create(&path)?,
            Some(step) => JsonLines::resume(&path, step)?,
        };
        Ok(Self { lines, board: TensorBoard::open(&folder.join("tensorboard").join(name), now_s(), from.flatten())? })
    }
}

/// Where the log of a resumed run goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From {
    /// Updates of the warm-up whose records are kept.
    pub(crate) warm_up: u64,
    /// The step whose records are the last that are kept; `None` keeps none.
    pub(crate) step: Option<u64>,
}

/// The files of a run and its view.
pub(crate) struct Journal {
    train: Logs,
    warm_up: Option<Logs>,
    view: Box<dyn View>,
    /// Whether the last record could not be written, which has been said.
    failing: bool,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("train", &self.train.lines).finish_non_exhaustive()
    }
}

impl Journal {
    /// The logs in this folder: of a new run without `from`.
    ///
    /// # Errors
    /// If there is a log of another run, or a file cannot be made or read.
    pub(crate) fn open(folder: &Path, from: Option<From>, warm_up: bool, view: Box<dyn View>) -> Result<Self, SinkError> {
        let train = Logs::open(folder, "log", from.map(|from| from.step))?;
        let warm_up = warm_up.then(|| Logs::open(folder, "warm_up", from.map(|from| Some(from.warm_up)))).transpose()?;
        Ok(Self { train, warm_up, view, failing: false })
    }

    pub(crate) fn phase(&mut self, phase: &'static str) {
        self.view.phase(phase);
    }

    pub(crate) fn say(&mut self, line: &str) {
        self.view.line(line);
    }

    /// An update of the warm-up.
    pub(crate) fn warm_up(&mut self, record: &Record, steps: u64) {
        self.view.record(record, steps);
        let written = self.warm_up.as_mut().map_or(Ok(()), |logs| write(logs, record));
        self.report(written);
    }

    /// A step.
    pub(crate) fn step(&mut self, record: &Record, steps: u64) {
        self.view.record(record, steps);
        self.write(record);
    }

    /// A validation.
    pub(crate) fn validation(&mut self, record: &Record, steps: u64, measured: &Measured) {
        for (source, summary) in &measured.sources {
            let passes: Vec<String> = summary.pass_at.iter().map(|(k, value)| format!("pass@{k} {:.3}", value.mean)).collect();
            self.view.line(&format!("validation after step {}  {source}: {}", record.step(), passes.join("  ")));
        }
        self.view.record(record, steps);
        self.write(record);
    }

    /// Something that happened between two steps, and the line that says so.
    pub(crate) fn event(&mut self, record: &Record, line: &str) {
        self.view.line(line);
        self.write(record);
    }

    /// Everything is on the disk.
    pub(crate) fn sync(&mut self) {
        let mut synced = self.train.lines.sync().and_then(|()| self.train.board.sync());
        if let Some(logs) = &mut self.warm_up {
            synced = synced.and_then(|()| logs.lines.sync()).and_then(|()| logs.board.sync());
        }
        self.report(synced);
    }

    fn write(&mut self, record: &Record) {
        let written = write(&mut self.train, record);
        self.report(written);
    }

    fn report(&mut self, written: Result<(), SinkError>) {
        match written {
            Ok(()) => self.failing = false,
            Err(error) if !self.failing => {
                self.failing = true;
                self.view.line(&format!("{}; training goes on without it", crate::error::with_causes(&error)));
            }
            Err(_) => {}
        }
    }
}

fn write(logs: &mut Logs, record: &Record) -> Result<(), SinkError> {
    let now = now_s();
    logs.lines.write(record, now)?;
    logs.board.write(record, now)
}

/// Seconds since 1970, for people only.
#[expect(clippy::disallowed_methods, reason = "TensorBoard shows when a record was written; nothing is decided by it")]
fn now_s() -> f64 {
    // tidy: clock: shown to people by TensorBoard
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64())
}
