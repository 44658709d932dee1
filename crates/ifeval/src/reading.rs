//! A response as the constraints read it: every way of cutting it is done at most once and shared, also between the variants of a response.
//!
//! The tools are those of `text`; this file only remembers what they made.

use crate::python::{self, Tokens};
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

pub(crate) use crate::python::{
    Flags, Pattern, fold, is_lower, is_space, is_upper, is_word, split, strip, strip_ascii_punctuation, without_ascii_punctuation,
};

/// What one variant of a response finds out and others can use: most sentences of one are sentences of the next.
#[derive(Debug, Default)]
pub(crate) struct Shared<'a> {
    tokens: RefCell<HashMap<&'a str, Rc<Tokens>>>,
    languages: RefCell<HashMap<String, Option<String>>>,
}

/// A response, or one loose variant of it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The text.
    pub raw: &'a str,
    shared: Option<Rc<Shared<'a>>>,
    lower: OnceCell<Cow<'a, str>>,
    folded: OnceCell<String>,
    bare: OnceCell<String>,
    sentences: OnceCell<Vec<&'a str>>,
    regex_sentences: OnceCell<Vec<String>>,
    tokens: OnceCell<Vec<OnceCell<Rc<Tokens>>>>,
    words: OnceCell<u64>,
    language: OnceCell<Option<String>>,
}

impl<'a> Reading<'a> {
    /// A text of which nothing is known yet.
    pub fn new(raw: &'a str) -> Self {
        Self {
            raw,
            shared: None,
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

    /// As [`new`](Self::new), for one of several variants.
    pub(crate) fn of_variant(raw: &'a str, shared: &Rc<Shared<'a>>) -> Self {
        Self { shared: Some(Rc::clone(shared)), ..Self::new(raw) }
    }

    /// In lower case, as Python's `str.lower`.
    pub fn lower(&self) -> &str {
        self.lower.get_or_init(|| python::lower(self.raw))
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
        self.sentences.get_or_init(|| python::sentences(self.raw))
    }

    /// Sentences by IFTrain's regular expressions.
    pub fn regex_sentences(&self) -> &[String] {
        self.regex_sentences.get_or_init(|| python::regex_sentences(self.raw))
    }

    /// Tokens by NLTK's `word_tokenize`; sentences are cut as far as tokens are asked for, from either end.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = &str> {
        let cells = self.tokens.get_or_init(|| self.sentences().iter().map(|_| OnceCell::new()).collect());
        let cut = |(sentence, cell)| Self::cut(self.shared.as_deref(), sentence, cell).iter();
        self.sentences().iter().copied().zip(cells).flat_map(cut)
    }

    fn cut<'c>(shared: Option<&Shared<'a>>, sentence: &'a str, cell: &'c OnceCell<Rc<Tokens>>) -> &'c Tokens {
        cell.get_or_init(|| match shared {
            Some(shared) => {
                Rc::clone(shared.tokens.borrow_mut().entry(sentence).or_insert_with(|| Rc::new(python::sentence_tokens(sentence))))
            }
            None => Rc::new(python::sentence_tokens(sentence)),
        })
    }

    /// How many runs of `\w` there are.
    pub fn words(&self) -> u64 {
        *self.words.get_or_init(|| python::count_words(self.raw) as u64)
    }

    /// The language by `langdetect` with seed 0; none where it finds no features.
    pub fn language(&self) -> Option<&str> {
        self.language
            .get_or_init(|| match self.shared.as_ref().and_then(|shared| Some((shared, python::language_skeleton(self.raw)?))) {
                Some((shared, skeleton)) => {
                    shared.languages.borrow_mut().entry(skeleton).or_insert_with(|| python::language(self.raw)).clone()
                }
                None => python::language(self.raw),
            })
            .as_deref()
    }

    /// The line, from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: usize) -> usize {
        1 + self.raw.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }
}
