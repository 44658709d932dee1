//! What the constraints need to know about a text: characters, words, sentences, language.
//!
//! Each tool gives what the Python library that a reference checker uses gives, and says in its file which library and version that is. No tool
//! keeps state, reads a clock or fails on a text; each takes time linear in the text.
#![cfg_attr(not(test), expect(dead_code, reason = "the constraints that use a tool are added after it"))]

pub(crate) mod classes;
pub(crate) mod punkt;
pub(crate) mod sentences;
pub(crate) mod treebank;
pub(crate) mod words;

#[cfg(test)]
mod vectors;
