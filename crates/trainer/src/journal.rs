//! What a run says while it runs: figures into files, and lines or a live view for people.

use crate::TrainError;
use crate::evaluate::Measured;
use crate::record::Record;
use crate::warm_up::WarmUpStep;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where people see a run.
pub trait View: Send {
    /// A line that stays.
    fn line(&mut self, line: &str);
    /// What the run is doing now.
    fn phase(&mut self, phase: &'static str);
}

/// The files of a run and its view.
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    view: Box<dyn View>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Journal {
    /// Goes on with the figures in this folder.
    pub(crate) fn open(folder: &Path, view: Box<dyn View>) -> Result<Self, TrainError> {
        let path = folder.join("log.jsonl");
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let file = file.map_err(|source| TrainError::Write { path: path.clone(), source })?;
        Ok(Self { path, file, view })
    }

    fn write(&mut self, record: &Record) -> Result<(), TrainError> {
        let line = serde_json::to_string(record).expect("figures are JSON") + "\n";
        self.file.write_all(line.as_bytes()).map_err(|source| TrainError::Write { path: self.path.clone(), source })
    }

    pub(crate) fn phase(&mut self, phase: &'static str) {
        self.view.phase(phase);
    }

    pub(crate) fn say(&mut self, line: &str) -> Result<(), TrainError> {
        self.view.line(line);
        Ok(())
    }

    pub(crate) fn warm_up(&mut self, step: &WarmUpStep, steps: u64, time: Duration) -> Result<(), TrainError> {
        if step.step.is_multiple_of(50) || step.step == steps {
            let speed = step.tokens as f64 / time.as_secs_f64();
            self.view.line(&format!("warm-up {}/{steps}  loss {:.3}  {speed:.0} tokens/s", step.step, step.loss));
        }
        Ok(())
    }

    pub(crate) fn step(&mut self, record: &Record, steps: u64) -> Result<(), TrainError> {
        let show = |name: &str| record.get(name).map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
        self.view.line(&format!(
            "step {}/{steps}  score {}  entropy {}  kl {}  gradient {}  {} s",
            record.step(),
            show("train/score/mean"),
            show("train/entropy"),
            show("train/kl_to_reference/k3"),
            show("train/gradient_norm"),
            show("time/step_s"),
        ));
        self.write(record)
    }

    pub(crate) fn validation(&mut self, record: &Record, measured: &Measured) -> Result<(), TrainError> {
        for (source, summary) in &measured.sources {
            let passes: Vec<String> = summary.pass_at.iter().map(|(k, value)| format!("pass@{k} {:.3}", value.mean)).collect();
            self.view.line(&format!("validation {}  {source}: {}", record.step(), passes.join("  ")));
        }
        self.write(record)
    }

    pub(crate) fn event(&mut self, record: &Record, line: &str) -> Result<(), TrainError> {
        self.view.line(line);
        self.write(record)
    }

    pub(crate) fn flush(&mut self) -> Result<(), TrainError> {
        self.file.sync_data().map_err(|source| TrainError::Write { path: self.path.clone(), source })
    }
}
