//! What the constraints need to know about a text: characters, words, sentences, language.
//!
//! Each tool gives what the Python library that a reference checker uses gives, and says in its file which library and version that is. No tool
//! keeps state, reads a clock or fails on a text; each takes time linear in the text.
#![allow(dead_code, reason = "tools come before the constraints that use them")]

pub(crate) mod classes;
pub(crate) mod csv;
pub(crate) mod emoji;
pub(crate) mod language;

pub(crate) mod pattern;
pub(crate) mod punkt;
pub(crate) mod sentences;
pub(crate) mod syllables;
mod tables;
pub(crate) mod timed;
pub(crate) mod treebank;
pub(crate) mod verbs;
pub(crate) mod words;

#[cfg(test)]
mod vectors;
