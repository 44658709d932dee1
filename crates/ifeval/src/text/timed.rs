//! The door through which `benches/text.rs` reaches the tools; nothing else uses it.

use super::{language, pattern, punkt, sentences, treebank, words};

/// A tool's name, and the tool as a function from a text to a number.
pub type TimedTool = (&'static str, fn(&str) -> usize);

/// Each tool that is timed.
pub const TIMED_TOOLS: [TimedTool; 6] = [
    ("words", words::count),
    ("punkt", |text| punkt::sentences(text).len()),
    ("treebank", |text| treebank::tokens(text).iter().count()),
    ("sentences", |text| sentences::sentences(text).len()),
    ("language", |text| language::detect(text).map_or(0, |code| code.len())),
    ("pattern", |text| {
        let flags = pattern::Flags { ignore_case: true, ..pattern::Flags::default() };
        pattern::Pattern::new(r"\bdata\b", flags).and_then(|found| found.count(text)).unwrap_or(0)
    }),
];
