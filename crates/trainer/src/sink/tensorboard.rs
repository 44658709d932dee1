//! TensorBoard event files: metrics as scalars, notes as text.
//!
//! The format, from TensorFlow's sources (Apache-2.0, v2.16: `core/lib/io/record_writer.h`, `core/util/event.proto`, `core/framework/summary.proto`): a file is a
//! sequence of records, each a length, its checksum, a protobuf message `Event`, its checksum. Only the fields used here are encoded.

mod event;
mod frame;

use super::{Sink, SinkError, at};
use crate::record::Record;
use event::Event;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// An event file of one process. A run that was resumed has several; TensorBoard reads them as one.
#[derive(Debug)]
pub struct TensorBoard {
    file: File,
    path: PathBuf,
    length: u64,
}

impl TensorBoard {
    /// Begins an event file in a folder, which is made where it is missing. `resumed_after` is the step of the checkpoint the run goes on from: TensorBoard
    /// then forgets the scalars of later steps in earlier files, but not their texts (seen with TensorBoard 2.21).
    ///
    /// `wall_time_s` is in seconds since 1970; TensorBoard reads the files of a folder in the order of their names, which begin with it.
    ///
    /// # Errors
    /// When the folder or file cannot be made.
    pub fn open(folder: &Path, wall_time_s: f64, resumed_after: Option<u64>) -> Result<Self, SinkError> {
        fs::create_dir_all(folder).map_err(at(folder))?;
        let (path, file) = new_file(folder, wall_time_s)?;
        let mut sink = Self { file, path, length: 0 };
        sink.append(&Event::Version, wall_time_s, 0)?;
        if let Some(step) = resumed_after {
            // START discards events whose step is this one or later (TensorBoard, `event_accumulator.py`).
            sink.append(&Event::SessionStart, wall_time_s, step.saturating_add(1))?;
        }
        Ok(sink)
    }

    fn append(&mut self, event: &Event<'_>, wall_time_s: f64, step: u64) -> Result<(), SinkError> {
        let bytes = frame::frame(&event.encode(wall_time_s, step));
        if let Err(source) = self.file.write_all(&bytes) {
            // Readers stop at a torn record for good.
            let _ = self.file.set_len(self.length);
            return Err(at(&self.path)(source));
        }
        self.length += bytes.len() as u64;
        Ok(())
    }
}

impl Sink for TensorBoard {
    fn write(&mut self, record: &Record, wall_time_s: f64) -> Result<(), SinkError> {
        self.append(&Event::Summary(record), wall_time_s, record.step())
    }

    fn sync(&mut self) -> Result<(), SinkError> {
        self.file.sync_data().map_err(at(&self.path))
    }
}

/// A file that did not exist, named after the second and, within one second, a number.
fn new_file(folder: &Path, wall_time_s: f64) -> Result<(PathBuf, File), SinkError> {
    let seconds = wall_time_s.max(0.0) as u64;
    for number in 0_u32..10_000 {
        let path = folder.join(format!("events.out.tfevents.{seconds:010}.gavel.{number:04}"));
        match OpenOptions::new().create_new(true).append(true).open(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            file => return file.map(|file| (path.clone(), file)).map_err(at(&path)),
        }
    }
    Err(SinkError::Exists { path: folder.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut record = Record::new(Kind::Train, 300);
        record.set("train/reward/mean", 0.5);
        record.set("train/loss", f64::NAN);
        record.note("reset/reason", "KL rose to 2");
        TensorBoard::open(folder.path(), 1.5e9, None).unwrap().write(&record, 1.5e9 + 1.0).unwrap();
        TensorBoard::open(folder.path(), 1.5e9, Some(200)).unwrap().sync().unwrap();
        let mut files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let events: Vec<_> =
            files.iter().flat_map(|path| frame::read(&fs::read(path).unwrap()).unwrap()).map(|bytes| event::read(&bytes)).collect();
        let show: Vec<String> = events.iter().map(|event| format!("{event:?}")).collect();
        assert_eq!(
            show,
            [
                "1500000000 0 version brain.Event:2",
                "1500000001 300 train/loss NaN, train/reward/mean 0.5, reset/reason `KL rose to 2`",
                "1500000000 0 version brain.Event:2",
                "1500000000 201 start",
            ]
        );
    }
}
