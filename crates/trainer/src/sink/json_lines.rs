//! The log of a run as JSON Lines: one record a line, appended. It holds no wall time, so that a resumed run's log equals an uninterrupted one's as far
//! as its metrics do.

use super::{Sink, SinkError, at};
use crate::record::Record;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// An append-only log.
#[derive(Debug)]
pub struct JsonLines {
    file: File,
    path: PathBuf,
    /// Bytes of whole records; what lies behind them is the rest of a write that failed.
    length: u64,
}

impl JsonLines {
    /// Begins the log of a new run.
    ///
    /// # Errors
    /// [`SinkError::Exists`] when there is a log already; [`SinkError::Io`].
    pub fn create(path: &Path) -> Result<Self, SinkError> {
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(at(path))?;
        if file.metadata().map_err(at(path))?.len() > 0 {
            return Err(SinkError::Exists { path: path.to_owned() });
        }
        Ok(Self { file, path: path.to_owned(), length: 0 })
    }

    /// Continues the log of a run from its checkpoint after `step`: records of later steps are cut off, and so is a torn last line. `None` cuts off all.
    ///
    /// The records of a step must have been written before its checkpoint was.
    ///
    /// # Errors
    /// [`SinkError::Malformed`] when a whole line is no record: the file is then left as it is. [`SinkError::Io`].
    pub fn resume(path: &Path, step: Option<u64>) -> Result<Self, SinkError> {
        let length = step.map_or(Ok(0), |step| length_up_to(path, step))?;
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(at(path))?;
        file.set_len(length).map_err(at(path))?;
        Ok(Self { file, path: path.to_owned(), length })
    }

    /// Every whole record of a log; a torn last line is left out.
    ///
    /// # Errors
    /// [`SinkError::Malformed`] and [`SinkError::Io`].
    pub fn read(path: &Path) -> Result<Vec<Record>, SinkError> {
        let mut records = Vec::new();
        scan(path, |record, _| {
            records.push(record);
            true
        })?;
        Ok(records)
    }
}

impl Sink for JsonLines {
    fn write(&mut self, record: &Record, _wall_time_s: f64) -> Result<(), SinkError> {
        let mut line = serde_json::to_vec(record).expect("a record holds only finite numbers and text");
        line.push(b'\n');
        if let Err(source) = self.file.write_all(&line) {
            // Half a line would swallow the next record. When this fails too, opening the log again cuts it.
            let _ = self.file.set_len(self.length);
            return Err(at(&self.path)(source));
        }
        self.length += line.len() as u64;
        Ok(())
    }

    fn sync(&mut self) -> Result<(), SinkError> {
        self.file.sync_data().map_err(at(&self.path))
    }
}

/// Bytes of the records up to `step`.
fn length_up_to(path: &Path, step: u64) -> Result<u64, SinkError> {
    let mut length = 0;
    scan(path, |record, end| {
        let keep = record.step() <= step;
        if keep {
            length = end;
        }
        keep
    })?;
    Ok(length)
}

/// Calls `visit(record, end)` for each whole line until it says no; `end` is the byte after the line. A file that is not there is empty.
fn scan(path: &Path, mut visit: impl FnMut(Record, u64) -> bool) -> Result<(), SinkError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        file => file.map_err(at(path))?,
    };
    let mut reader = BufReader::new(file);
    let (mut line, mut end) = (Vec::new(), 0);
    for number in 1.. {
        line.clear();
        end += reader.read_until(b'\n', &mut line).map_err(at(path))? as u64;
        if line.last() != Some(&b'\n') {
            break;
        }
        let malformed = |source| SinkError::Malformed { path: path.to_owned(), line: number, source };
        match serde_json::from_slice(&line) {
            Ok(record) => {
                if !visit(record, end) {
                    break;
                }
            }
            // A power failure can leave a last line whose end reached the disk without its middle.
            Err(_) if reader.fill_buf().map_err(at(path))?.is_empty() => break,
            Err(source) => return Err(malformed(source)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;
    use std::fs;

    fn record(step: u64) -> Record {
        let mut record = Record::new(Kind::Train, step);
        record.set("train/reward/mean", step as f64 / 8.0);
        record
    }

    fn write(sink: &mut JsonLines, steps: std::ops::RangeInclusive<u64>) {
        for step in steps {
            sink.write(&record(step), 0.0).unwrap();
        }
    }

    #[test]
    fn a_resumed_log_equals_an_uninterrupted_one_wherever_it_was_cut() {
        let dir = tempfile::tempdir().unwrap();
        let whole = dir.path().join("whole.jsonl");
        write(&mut JsonLines::create(&whole).unwrap(), 1..=9);
        let whole = fs::read(whole).unwrap();
        let path = dir.path().join("log.jsonl");
        let four = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(3).unwrap().0 + 1;
        for cut in four..=whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            write(&mut JsonLines::resume(&path, Some(4)).unwrap(), 5..=9);
            assert_eq!(fs::read(&path).unwrap(), whole, "cut at {cut}");
        }
    }

    #[test]
    fn a_line_that_is_no_record_is_named_and_left() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log.jsonl");
        write(&mut JsonLines::create(&path).unwrap(), 1..=1);
        let mut text = fs::read_to_string(&path).unwrap();
        text = format!("{text}not a record\n{text}");
        fs::write(&path, &text).unwrap();
        let error = JsonLines::resume(&path, Some(5)).unwrap_err();
        assert!(matches!(error, SinkError::Malformed { line: 2, .. }), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn a_new_run_does_not_write_into_an_old_log() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log.jsonl");
        write(&mut JsonLines::create(&path).unwrap(), 1..=2);
        assert!(matches!(JsonLines::create(&path), Err(SinkError::Exists { .. })));
        assert_eq!(JsonLines::read(&path).unwrap(), [record(1), record(2)]);
        assert_eq!(JsonLines::read(&dir.path().join("none")).unwrap(), []);
    }
}
