//! Python's strings where `text` has no tool of its own: punctuation, folding of case, patterns.

use crate::text::{classes, pattern, treebank};
use std::ops::{Range, RangeInclusive};

pub(crate) use crate::text::csv::rows as csv;
pub(crate) use crate::text::language::{detect as language, skeleton as language_skeleton};
pub(crate) use crate::text::pattern::Flags;
pub(crate) use crate::text::syllables::count as syllables;

pub(crate) use crate::text::punkt::sentences;
pub(crate) use crate::text::sentences::sentences as regex_sentences;
pub(crate) use crate::text::verbs::starts_with_verb;
pub(crate) use crate::text::words::{count as count_words, is_stop_word, python_words as words, words as engine_words};
pub(crate) use classes::{is_digit as is_decimal, is_lower, is_space, is_upper, is_word, lower, split, strip};
pub(crate) use treebank::{Tokens, sentence_tokens};

/// `text.strip(string.punctuation + ' ')`.
pub(crate) fn strip_ascii_punctuation(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_ascii_punctuation() || c == ' ')
}

/// `text.translate(str.maketrans('', '', string.punctuation))`.
pub(crate) fn without_ascii_punctuation(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_punctuation()).collect()
}

/// Tokens by NLTK's `word_tokenize`.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    treebank::tokens(text).iter().map(str::to_owned).collect()
}

/// One spelling for characters that `re.IGNORECASE` takes for the same: the lower case of one character, and the groups of CPython's
/// `Lib/re/_casefix.py` (PSF licence).
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(fold_char).collect()
}
fn fold_char(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match lower {
        'ı' => 'i',
        'ſ' => 's',
        'µ' => 'μ',
        '\u{345}' | '\u{1fbe}' => 'ι',
        '\u{1fd3}' => '\u{390}',
        '\u{1fe3}' => '\u{3b0}',
        'ϐ' => 'β',
        'ϵ' => 'ε',
        'ϑ' => 'θ',
        'ϰ' => 'κ',
        'ϖ' => 'π',
        'ϱ' => 'ρ',
        'ς' => 'σ',
        'ϕ' => 'φ',
        'ẛ' => 'ṡ',
        'ﬅ' => 'ﬆ',
        lower => lower,
    }
}

/// Python's `str.isdigit` of one character: the decimal digits, and those in circles, brackets or small print.
pub(crate) fn is_digit(c: char) -> bool {
    const OTHERS: [RangeInclusive<char>; 20] = [
        '\u{b2}'..='\u{b3}',
        '\u{b9}'..='\u{b9}',
        '\u{1369}'..='\u{1371}',
        '\u{19da}'..='\u{19da}',
        '\u{2070}'..='\u{2070}',
        '\u{2074}'..='\u{2079}',
        '\u{2080}'..='\u{2089}',
        '\u{2460}'..='\u{2468}',
        '\u{2474}'..='\u{247c}',
        '\u{2488}'..='\u{2490}',
        '\u{24ea}'..='\u{24ea}',
        '\u{24f5}'..='\u{24fd}',
        '\u{24ff}'..='\u{24ff}',
        '\u{2776}'..='\u{277e}',
        '\u{2780}'..='\u{2788}',
        '\u{278a}'..='\u{2792}',
        '\u{10a40}'..='\u{10a43}',
        '\u{10e60}'..='\u{10e68}',
        '\u{11052}'..='\u{1105a}',
        '\u{1f100}'..='\u{1f10a}',
    ];
    classes::is_digit(c) || (!c.is_ascii() && OTHERS.iter().any(|range| range.contains(&c)))
}

/// Whether one character is an emoji.
pub(crate) fn is_emoji(c: char) -> bool {
    !c.is_ascii() && crate::text::emoji::is_emoji(c.encode_utf8(&mut [0; 4]))
}

/// A pattern of the references, as text, with an error for people.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(pattern::Pattern);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Whatever Python finds wrong with it, and what no engine can bound.
    pub(crate) fn new(source: &str, flags: Flags) -> Result<Self, String> {
        pattern::Pattern::new(source, flags).map(Self).map_err(|error| error.to_string())
    }

    /// The bytes of the first match.
    ///
    /// # Errors
    /// If it takes too many steps.
    pub(crate) fn find(&self, text: &str) -> Result<Option<Range<usize>>, String> {
        self.0.find(text).map_err(|error| error.to_string())
    }

    /// How many matches `re.findall` makes.
    ///
    /// # Errors
    /// If it takes too many steps.
    pub(crate) fn count(&self, text: &str) -> Result<u64, String> {
        self.0.count(text).map(|count| count as u64).map_err(|error| error.to_string())
    }
}
