//! Files of items and of results, one JSON object a line.

use anyhow::{Context, Result};
use gavel_protocol::{ItemResult, read_item};
use gavel_task::{Item, VerifyError};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

/// A line of the input.
pub(crate) struct Record {
    /// Its position among the lines that are not blank, from 0.
    pub(crate) index: u32,
    /// The item, or its id and what is wrong with it.
    pub(crate) item: Result<Item, (String, VerifyError)>,
}

impl Record {
    pub(crate) fn id(&self) -> &str {
        match &self.item {
            Ok(item) => &item.id,
            Err((id, _)) => id,
        }
    }
}

/// Reads the items of a file, or of standard input if it is `-`.
pub(crate) fn read(path: &Path) -> Result<impl Iterator<Item = Result<Record>> + use<>> {
    let reader: Box<dyn BufRead + Send> = if path == Path::new("-") {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).with_context(|| format!("cannot open {}", path.display()))?))
    };
    let shown = path.display().to_string();
    let lines = reader.split(b'\n').enumerate().map(|(number, line)| (number + 1, line));
    let mut index = 0;
    Ok(lines.filter_map(move |(number, line)| {
        let line = match line.with_context(|| format!("cannot read {shown}, line {number}")) {
            Ok(line) if line.iter().all(u8::is_ascii_whitespace) => return None,
            Ok(line) => line,
            Err(error) => return Some(Err(error)),
        };
        let item = parse(line).map_err(|(id, error)| {
            let what = if let VerifyError::InvalidItem { message } = error { message } else { error.to_string() };
            (id, VerifyError::InvalidItem { message: format!("line {number}: {what}") })
        });
        let record = Record { index, item };
        index += 1;
        Some(Ok(record))
    }))
}

fn parse(line: Vec<u8>) -> Result<Item, (String, VerifyError)> {
    let invalid = |message: String| (String::new(), VerifyError::InvalidItem { message });
    let text = String::from_utf8(line).map_err(|error| invalid(format!("not UTF-8 (at byte {})", error.utf8_error().valid_up_to())))?;
    let raw = RawValue::from_string(text.trim().to_owned()).map_err(|error| invalid(format!("not JSON: {error}")))?;
    read_item(&raw)
}

/// The file that results are appended to.
pub(crate) struct Results {
    file: File,
    done: BTreeSet<(u32, String)>,
    /// Of the results that were there already.
    pub(crate) earlier: Vec<ItemResult>,
}

impl Results {
    /// Opens a file of results and reads what is in it. Results that another try could improve do not count, nor does a last line that was not written to
    /// its end: both are removed.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let says = || format!("cannot use {}", path.display());
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).with_context(says)?;
        let mut kept = Vec::new();
        let mut earlier = Vec::new();
        let mut dropped = false;
        for line in BufReader::new(&file).split(b'\n') {
            let line = line.with_context(says)?;
            match serde_json::from_slice::<ItemResult>(&line) {
                Ok(result) if !result.retryable => {
                    kept.extend(&line);
                    kept.push(b'\n');
                    earlier.push(result);
                }
                Ok(_) => dropped = true,
                Err(_) if line.starts_with(b"{\"index\":") || line.is_empty() => dropped = true,
                Err(_) => anyhow::bail!("{} holds something other than results: name another file, or remove it", path.display()),
            }
        }
        let whole = file.seek(SeekFrom::End(0)).with_context(says)? == kept.len() as u64;
        if dropped || !whole {
            replace(path, &kept).with_context(says)?;
            file = OpenOptions::new().append(true).open(path).with_context(says)?;
        }
        let done = earlier.iter().map(|result| (result.index, result.id.clone())).collect();
        Ok(Self { file, done, earlier })
    }

    /// Whether this record has a result.
    pub(crate) fn has(&self, record: &Record) -> bool {
        self.done.contains(&(record.index, record.id().to_owned()))
    }

    /// Appends a result as one write, so that an interrupt leaves whole lines or one cut-off line at the end.
    pub(crate) fn append(&mut self, line: &str) -> std::io::Result<()> {
        self.file.write_all(format!("{line}\n").as_bytes())
    }
}

/// Puts a file in the place of another in one step.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, bytes)?;
    std::fs::rename(&beside, path)
}
