//! One override, `loss.clip_high = 0.3`: a dotted key and a TOML value.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use toml::{Table, Value};

/// Parts a key may have.
const MAX_PARTS: usize = 8;
/// Bytes an override may have.
const MAX_BYTES: usize = 4096;

/// A key of the configuration and its new value. A value replaces what was there, a table included: nothing is merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Override {
    text: String,
    key: Vec<String>,
    value: Value,
}

/// An override that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` {fault}")]
pub struct OverrideError {
    /// The override; its beginning, if it is long.
    pub text: String,
    /// What is wrong with it.
    pub fault: OverrideFault,
}

/// What is wrong with an override.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OverrideFault {
    /// There is no `=`, or the key has other parts than `a-z A-Z 0-9 _ -` between dots, or more than eight.
    Key,
    /// What follows `=` is no single TOML value.
    Value,
    /// More than 4096 bytes.
    TooLong,
    /// Part of the key names a value that is no table.
    NotATable {
        /// That part, with those before it.
        at: String,
    },
}

impl fmt::Display for OverrideFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("is no override: write `section.key = value`, with up to 8 parts of letters, digits, `_` and `-`"),
            Self::Value => f.write_str("has no single TOML value after `=`; text needs quotes"),
            Self::TooLong => write!(f, "is longer than {MAX_BYTES} bytes"),
            Self::NotATable { at } => write!(f, "goes through `{at}`, which is no table"),
        }
    }
}

impl FromStr for Override {
    type Err = OverrideError;

    fn from_str(text: &str) -> Result<Self, OverrideError> {
        let fails = |fault| OverrideError { text: text.chars().take(80).collect(), fault };
        if text.len() > MAX_BYTES {
            return Err(fails(OverrideFault::TooLong));
        }
        // A bare key holds no `=`, so the first one ends it.
        let (key, value) = text.split_once('=').ok_or_else(|| fails(OverrideFault::Key))?;
        let key: Vec<String> = key.split('.').map(|part| part.trim().to_owned()).collect();
        let bare = |part: &String| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if key.len() > MAX_PARTS || !key.iter().all(bare) {
            return Err(fails(OverrideFault::Key));
        }
        // A line break could begin a second key.
        let mut read: Table = toml::from_str(&format!("value = {value}")).map_err(|_| fails(OverrideFault::Value))?;
        let value = read.remove("value").filter(|_| read.is_empty()).ok_or_else(|| fails(OverrideFault::Value))?;
        Ok(Self { text: text.to_owned(), key, value })
    }
}

impl TryFrom<String> for Override {
    type Error = OverrideError;

    fn try_from(text: String) -> Result<Self, OverrideError> {
        text.parse()
    }
}

impl From<Override> for String {
    fn from(set: Override) -> Self {
        set.text
    }
}

impl Override {
    /// The dotted key.
    pub fn key(&self) -> String {
        self.key.join(".")
    }

    /// The new value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Sets the value in `table`, making the tables on the way that are not there.
    ///
    /// # Errors
    /// If the way goes through something that is no table. `table` may then hold new empty tables.
    pub fn apply(&self, table: &mut Table) -> Result<(), OverrideError> {
        let Some((last, way)) = self.key.split_last() else { return Ok(()) };
        let mut table = table;
        for (depth, part) in way.iter().enumerate() {
            let next = table.entry(part.clone()).or_insert_with(|| Value::Table(Table::new()));
            table = next.as_table_mut().ok_or_else(|| OverrideError {
                text: self.text.clone(),
                fault: OverrideFault::NotATable { at: self.key[..=depth].join(".") },
            })?;
        }
        table.insert(last.clone(), self.value.clone());
        Ok(())
    }
}
