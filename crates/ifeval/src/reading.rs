//! A response as the constraints read it: every way of cutting it is done at most once and shared.
//!
//! The tools are those of `text`; this file only remembers what they made.

use std::cell::OnceCell;

pub(crate) use crate::python::{
    Flags, Pattern, fold, is_lower, is_space, is_upper, is_word, split, strip, strip_ascii_punctuation, without_ascii_punctuation,
};

/// A response, or one loose variant of it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The text.
    pub raw: &'a str,
    lower: OnceCell<String>,
    folded: OnceCell<String>,
    bare: OnceCell<String>,
    sentences: OnceCell<Vec<&'a str>>,
    regex_sentences: OnceCell<Vec<String>>,
    tokens: OnceCell<Vec<String>>,
    words: OnceCell<u64>,
    language: OnceCell<Option<String>>,
}

impl<'a> Reading<'a> {
    /// A text of which nothing is known yet.
    pub fn new(raw: &'a str) -> Self {
        Self {
            raw,
            lower: OnceCell::new(),
            folded: OnceCell::new(),
            bare: OnceCell::new(),
            sentences: OnceCell::new(),
            regex_sentences: OnceCell::new(),
            tokens: OnceCell::new(),
            words: OnceCell::new(),
            language: OnceCell::new(),
        }
    }

    /// In lower case, as Python's `str.lower`.
    pub fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.raw.to_lowercase())
    }

    /// With the cases of letters made one, as `re.IGNORECASE` compares them.
    pub fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(self.raw))
    }

    /// Without the 32 characters of `string.punctuation`.
    pub fn bare(&self) -> &str {
        self.bare.get_or_init(|| without_ascii_punctuation(self.raw))
    }

    /// Sentences by NLTK's punkt, as IFEval and IFBench count them.
    pub fn sentences(&self) -> &[&'a str] {
        self.sentences.get_or_init(|| crate::python::sentences(self.raw))
    }

    /// Sentences by IFTrain's regular expressions.
    pub fn regex_sentences(&self) -> &[String] {
        self.regex_sentences.get_or_init(|| crate::python::regex_sentences(self.raw))
    }

    /// Tokens by NLTK's `word_tokenize`.
    pub fn tokens(&self) -> &[String] {
        self.tokens.get_or_init(|| crate::python::tokens(self.raw))
    }

    /// How many runs of `\w` there are.
    pub fn words(&self) -> u64 {
        *self.words.get_or_init(|| crate::python::count_words(self.raw) as u64)
    }

    /// The language by `langdetect` with seed 0; none where it finds no features.
    pub fn language(&self) -> Option<&str> {
        self.language.get_or_init(|| crate::python::language(self.raw)).as_deref()
    }

    /// The line, from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: usize) -> usize {
        1 + self.raw.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }
}
