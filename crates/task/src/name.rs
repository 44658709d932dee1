//! Names of tasks: `domain` or `domain/sub`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a task: a domain (`code`, `math`), or a domain and a sub-task (`logic/chain_sum`, `pack/sql`).
///
/// ```
/// use gavel_task::TaskName;
/// let name: TaskName = "logic/chain_sum".parse()?;
/// assert_eq!((name.domain(), name.sub()), ("logic", Some("chain_sum")));
/// assert!("Logic/".parse::<TaskName>().is_err());
/// # Ok::<(), gavel_task::InvalidTaskName>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskName(Box<str>);

/// A text that is no [`TaskName`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no task name: write `domain` or `domain/sub` in lower-case letters, digits, `_`, `-` and `.`, at most 128 bytes")]
pub struct InvalidTaskName(String);

const MAX_BYTES: usize = 128;

impl TaskName {
    /// The part before the slash: what selects the [`Domain`](crate::Domain).
    pub fn domain(&self) -> &str {
        self.0.split_once('/').map_or(&*self.0, |(domain, _)| domain)
    }

    /// The part after the slash, which the domain interprets.
    pub fn sub(&self) -> Option<&str> {
        self.0.split_once('/').map(|(_, sub)| sub)
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_part(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'.'))
}

impl TryFrom<String> for TaskName {
    type Error = InvalidTaskName;

    fn try_from(text: String) -> Result<Self, InvalidTaskName> {
        let valid = match text.split_once('/') {
            Some((domain, sub)) => is_part(domain) && is_part(sub),
            None => is_part(&text),
        };
        if valid && text.len() <= MAX_BYTES {
            return Ok(Self(text.into()));
        }
        let mut shown = text;
        let cut = (0..=MAX_BYTES.min(shown.len())).rev().find(|&at| shown.is_char_boundary(at)).unwrap_or(0);
        shown.truncate(cut);
        Err(InvalidTaskName(shown))
    }
}

impl std::str::FromStr for TaskName {
    type Err = InvalidTaskName;

    fn from_str(text: &str) -> Result<Self, InvalidTaskName> {
        Self::try_from(text.to_owned())
    }
}

impl From<TaskName> for String {
    fn from(name: TaskName) -> Self {
        name.0.into()
    }
}

impl fmt::Display for TaskName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, valid: bool) {
        assert_eq!(text.parse::<TaskName>().is_ok(), valid, "{text:?}");
    }

    #[test]
    fn accepts_domains_and_sub_tasks_only() {
        for (text, valid) in [
            ("code", true),
            ("logic/chain_sum", true),
            ("pack/my-task.v2", true),
            ("", false),
            ("/", false),
            ("code/", false),
            ("/code", false),
            ("a/b/c", false),
            ("Code", false),
            ("co de", false),
            ("codé", false),
        ] {
            check(text, valid);
        }
        check(&"a".repeat(128), true);
        check(&"é".repeat(100), false);
    }
}
