//! The languages that programs are written in, by every name that people and datasets call them.

use crate::{FUEL_PER_CPU_SECOND, FUEL_PER_CPU_SECOND_COMPILED};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A language that programs may be written in. Which guest runs it is [`Recipe::of`](crate::Recipe::of)'s to say.
///
/// ```
/// use gavel_sandbox::Language;
/// assert_eq!(Language::named("Node.js"), Some(Language::JavaScript));
/// assert_eq!(Language::named("c++17"), Some(Language::Cpp));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Python 3.
    #[default]
    Python,
    /// JavaScript.
    JavaScript,
    /// C.
    C,
    /// C++.
    Cpp,
}

/// Every language with its names in lower case, the one it is written with first.
const NAMES: &[(Language, &[&str])] = &[
    (Language::Python, &["python", "python3", "py", "py3", "cpython", "pypy", "pypy3"]),
    (Language::JavaScript, &["javascript", "js", "node", "nodejs", "node.js", "mjs", "cjs", "ecmascript"]),
    (Language::C, &["c", "c11", "c17", "c99", "gnu11", "gnu17"]),
    (Language::Cpp, &["cpp", "c++", "c++17", "c++20", "c++14", "c++11", "cpp17", "cpp20", "cpp14", "cpp11", "cxx", "cc", "g++"]),
];

impl Language {
    /// Every language, in the order of their definition.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(language, _)| *language)
    }

    /// The language that `name` means, whatever its case; None if it means none.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name))).map(|(language, _)| *language)
    }

    /// Units of fuel that stand for a second of a native implementation; see [`FUEL_PER_CPU_SECOND`](crate::FUEL_PER_CPU_SECOND).
    pub fn fuel_per_cpu_second(self) -> u64 {
        match self {
            Self::Python | Self::JavaScript => FUEL_PER_CPU_SECOND,
            Self::C | Self::Cpp => FUEL_PER_CPU_SECOND_COMPILED,
        }
    }

    /// The name it is written with.
    pub fn name(self) -> &'static str {
        self.names().first().copied().unwrap_or("")
    }

    /// All its names in lower case, which are also the tags of fenced blocks that hold it.
    pub fn names(self) -> &'static [&'static str] {
        NAMES.iter().find(|(language, _)| *language == self).map_or(&[], |(_, names)| names)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl serde::de::Visitor<'_> for Name {
            type Value = Language;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a language")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Language, E> {
                Language::named(name).ok_or_else(|| {
                    let known: Vec<&str> = Language::all().map(Language::name).collect();
                    E::custom(format!("there is no language `{name}`; there are {}", known.join(", ")))
                })
            }
        }
        deserializer.deserialize_str(Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_language() {
        for language in Language::all() {
            assert_eq!(Language::named(language.name()), Some(language));
            assert!(language.names().iter().all(|name| Language::named(name) == Some(language) && name.to_lowercase() == *name));
        }
        let bytes = postcard::to_allocvec(&Language::Cpp).unwrap();
        assert_eq!(postcard::from_bytes::<Language>(&bytes), Ok(Language::Cpp));
        assert_eq!(Language::named("PYTHON3"), Some(Language::Python));
        assert_eq!(Language::named("cobol"), None);
    }
}
