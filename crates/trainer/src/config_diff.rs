//! Where two configurations differ, key by key, so that a run that is resumed with another one can say which settings were changed. It compares
//! documents and does not know what a key means or whether a change would be harmless.

use serde_json::{Map, Value};
use std::fmt;

/// Why a document could not be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigDiffError {
    /// Not TOML.
    #[error("the configuration is not TOML")]
    Toml(#[from] toml::de::Error),
    /// Not JSON.
    #[error("the configuration is not JSON")]
    Json(#[from] serde_json::Error),
}

/// Reads a TOML document.
///
/// # Errors
/// When it is not TOML.
pub fn from_toml(text: &str) -> Result<Value, ConfigDiffError> {
    Ok(toml::from_str(text)?)
}

/// Reads a JSON document; more than 128 levels are refused.
///
/// # Errors
/// When it is not JSON.
pub fn from_json(text: &str) -> Result<Value, ConfigDiffError> {
    Ok(serde_json::from_str(text)?)
}

/// One key whose value differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The dotted key, such as `stages[1].algorithm.clip_high`; empty for the whole document.
    pub key: String,
    /// The value in the first document; `None` where it has no such key.
    pub before: Option<Value>,
    /// The value in the second document.
    pub after: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |value: &Option<Value>| value.as_ref().map_or_else(|| "not set".to_owned(), Value::to_string);
        write!(f, "{}: {} -> {}", self.key, show(&self.before), show(&self.after))
    }
}

/// Every difference, in the order of the keys. Numbers are equal when their values are: `1` and `1.0` mean the same setting.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut key = String::new();
    compare(Some(before), Some(after), &mut key, &mut found);
    found
}

/// Descends as deep as the shallower document; both parsers cap the depth. `key` is the path so far, restored on return.
fn compare(before: Option<&Value>, after: Option<&Value>, key: &mut String, found: &mut Vec<Difference>) {
    let length = key.len();
    match (before, after) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            for name in names(before, after) {
                push_name(key, name);
                compare(before.get(name), after.get(name), key, found);
                key.truncate(length);
            }
        }
        (Some(Value::Array(before)), Some(Value::Array(after))) => {
            for index in 0..before.len().max(after.len()) {
                *key += &format!("[{index}]");
                compare(before.get(index), after.get(index), key, found);
                key.truncate(length);
            }
        }
        (before, after) if !same(before, after) => {
            found.push(Difference { key: key.clone(), before: before.cloned(), after: after.cloned() });
        }
        _ => {}
    }
}

/// The keys of both, sorted, each once.
fn names<'a>(before: &'a Map<String, Value>, after: &'a Map<String, Value>) -> Vec<&'a str> {
    let mut names: Vec<&str> = before.keys().chain(after.keys()).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Appends a part of a dotted key, in quotes where TOML needs them.
fn push_name(key: &mut String, name: &str) {
    if !key.is_empty() {
        key.push('.');
    }
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { key.push_str(name) } else { *key += &Value::from(name).to_string() }
}

fn same(before: Option<&Value>, after: Option<&Value>) -> bool {
    match (before, after) {
        (Some(Value::Number(a)), Some(Value::Number(b))) if a.is_f64() || b.is_f64() => a.as_f64() == b.as_f64(),
        (before, after) => before == after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, expect: &[&str]) {
        let found = differences(&from_toml(before).unwrap(), &from_toml(after).unwrap());
        assert_eq!(found.iter().map(Difference::to_string).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn names_each_key_with_both_values() {
        check("a = 1\n[b]\nc = 'x'", "a = 1.0\n[b]\nc = 'x'", &[]);
        check("a = 1", "a = 2\nb = true", &["a: 1 -> 2", "b: not set -> true"]);
        check("[b]\nc = [1, 2]\nd.e = 0.5", "[b]\nc = [1]\nd.e = 0.25", &["b.c[1]: 2 -> not set", "b.d.e: 0.5 -> 0.25"]);
        check("[[s]]\nlr = 1e-3\n[[s]]\nlr = 1e-4", "[[s]]\nlr = 1e-3\n[[s]]\nlr = 2e-4", &["s[1].lr: 0.0001 -> 0.0002"]);
        check("'a.b' = 1", "a.b = 1", &[r#"a: not set -> {"b":1}"#, r#""a.b": 1 -> not set"#]);
    }

    #[test]
    fn large_integers_differ_by_one() {
        check("seed = 9007199254740993", "seed = 9007199254740992", &["seed: 9007199254740993 -> 9007199254740992"]);
    }

    #[test]
    fn json_and_toml_of_the_same_settings_are_equal() {
        assert_eq!(differences(&from_json(r#"{"a":{"b":[1,"x"]}}"#).unwrap(), &from_toml("a.b = [1, 'x']").unwrap()), []);
        assert_eq!(differences(&Value::from(1), &Value::Null).first().map(|d| d.key.clone()), Some(String::new()));
        assert!(matches!(from_toml("a ="), Err(ConfigDiffError::Toml(_))));
        assert!(matches!(from_json(&"[".repeat(100_000)), Err(ConfigDiffError::Json(_))));
    }
}
