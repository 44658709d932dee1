//! An item as Reasoning Gym writes it.

use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// One item: what was asked, an answer if the dataset gives one, and what a scorer needs.
///
/// `metadata` stays raw until a scorer reads the few fields that it uses. It may also be a string that holds JSON, as tables of text columns have it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The question as the model saw it.
    #[serde(default)]
    pub question: String,
    /// The solution, where the dataset stores one.
    #[serde(default)]
    pub answer: Option<String>,
    /// The dataset's own record.
    #[serde(default = "empty_object", deserialize_with = "object_or_text")]
    pub metadata: Box<RawValue>,
}

/// What an item lacks to be scored. It says nothing about the response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {message}")]
pub struct InvalidEntry {
    /// The field, as a path: `answer`, `metadata.numbers`.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl InvalidEntry {
    /// Says what is wrong with `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl Entry {
    /// The stored solution.
    ///
    /// # Errors
    /// If the item has none, for scorers that compare with it.
    pub fn gold(&self) -> Result<&str, InvalidEntry> {
        self.answer.as_deref().ok_or_else(|| InvalidEntry::new("answer", "missing; this puzzle is scored against it"))
    }

    /// The fields of `metadata` that a scorer names in `T`.
    ///
    /// # Errors
    /// If one is missing or has another type; the error names it.
    pub fn metadata<T: DeserializeOwned>(&self) -> Result<T, InvalidEntry> {
        let mut deserializer = serde_json::Deserializer::from_str(self.metadata.get());
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            let field = if path == "." { "metadata".to_owned() } else { format!("metadata.{path}") };
            InvalidEntry::new(field, error.into_inner().to_string())
        })
    }
}

fn empty_object() -> Box<RawValue> {
    RawValue::from_string("{}".to_owned()).expect("{} is JSON")
}

fn object_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<RawValue>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    if !raw.get().starts_with('"') {
        return Ok(raw);
    }
    let text: String = serde_json::from_str(raw.get()).map_err(D::Error::custom)?;
    RawValue::from_string(text).map_err(|error| D::Error::custom(format!("`metadata` is a string that holds no JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_may_be_text_and_errors_name_the_field() {
        #[derive(Debug, Deserialize)]
        struct Meta {
            n: u32,
        }
        let entry: Entry = serde_json::from_str(r#"{"question": "q", "answer": "3", "metadata": "{\"n\": 3}"}"#).unwrap();
        assert_eq!(entry.metadata::<Meta>().unwrap().n, 3);
        let entry: Entry = serde_json::from_str(r#"{"metadata": {"n": "x"}}"#).unwrap();
        assert_eq!(entry.metadata::<Meta>().unwrap_err().field, "metadata.n");
        assert_eq!(entry.gold().unwrap_err().field, "answer");
    }
}
