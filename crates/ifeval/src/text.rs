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
pub(crate) mod treebank;
pub(crate) mod words;

/// The text of a table that `examples/text_tables.rs` deflated; it lives as long as the program.
fn unpack(table: &[u8]) -> &'static str {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::ZlibDecoder::new(table), &mut text).expect("the table is packed UTF-8");
    text.leak()
}

#[cfg(test)]
mod vectors;
