//! Python's strings where `text` has no tool of its own: punctuation, folding of case, patterns.

use crate::text::{classes, treebank};
use fancy_regex::RegexBuilder;
use langdetect::{DetectorFactory, Seed};
use std::sync::LazyLock;

pub(crate) use classes::{is_lower, is_space, is_upper, is_word, strip};
pub(crate) use crate::text::punkt::sentences;
pub(crate) use crate::text::sentences::sentences as regex_sentences;
pub(crate) use crate::text::words::{count as count_words, is_stop_word, python_words as words, words as engine_words};

/// Python's `str.split()`.
pub(crate) fn split(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(is_space).filter(|word| !word.is_empty())
}

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

/// The language by `langdetect` with seed 0; none where it finds no features.
pub(crate) fn language(text: &str) -> Option<String> {
    static FACTORY: LazyLock<DetectorFactory> = LazyLock::new(|| {
        let mut factory = DetectorFactory::builtin().clone();
        factory.seed = Seed::Int(0);
        factory
    });
    FACTORY.detect(text).ok()
}

/// Whether NLTK tags the first token as a verb. Without its model: whether it is one of the commonest verbs at the start of a response.
pub(crate) fn starts_with_verb(text: &str) -> bool {
    const VERBS: &[&str] = &["add", "ask", "be", "begin", "choose", "consider", "create", "do", "find", "get", "give", "go", "have", "imagine", "is", "keep", "let", "make", "remember", "say", "see", "start", "take", "tell", "think", "try", "use", "write"];
    treebank::tokens(text).iter().next().is_some_and(|token| VERBS.contains(&token.to_lowercase().as_str()))
}

/// Whether a character is an emoji: the blocks of pictographs.
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{231a}'..='\u{231b}')
}

/// Groups of vowels, a silent `e` at the end left out.
pub(crate) fn syllables(word: &str) -> usize {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups = word.split(|c| !is_vowel(c)).filter(|group| !group.is_empty()).count();
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(silent)).max(1)
}

/// A row of `csv.reader` is longer than its limit, or a line break stands where none can.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InvalidCsv;

/// The longest field that `csv.reader` takes, in characters.
const LONGEST_FIELD: usize = 131_072;

/// Rows as Python's `csv.reader` gives them, in the dialect `excel` with another delimiter.
pub(crate) fn csv(text: &str, delimiter: char) -> Result<Vec<Vec<String>>, InvalidCsv> {
    #[derive(PartialEq)]
    enum At {
        RowStart,
        FieldStart,
        Field,
        Quoted,
        QuoteInQuoted,
        LineEnd,
    }
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let (mut field, mut length) = (String::new(), 0);
    let mut at = At::RowStart;
    let mut chars = text.chars().peekable();
    loop {
        let c = chars.next();
        // A line ends for the reader after its line feed, or where the text does.
        let ends_line = c.is_none_or(|c| c == '\n' || c == '\r');
        match at {
            At::Quoted => match c {
                Some('"') => at = At::QuoteInQuoted,
                Some(c) => {
                    field.push(c);
                    length += 1;
                }
                None => {
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                    return Ok(rows);
                }
            },
            At::LineEnd if c == Some('\r') => {}
            At::LineEnd if c.is_some_and(|c| c != '\n') => return Err(InvalidCsv),
            At::LineEnd => at = At::RowStart,
            At::RowStart if ends_line => {
                // A blank line is a row without fields.
                if c.is_some() {
                    rows.push(Vec::new());
                    if c == Some('\r') {
                        at = At::LineEnd;
                    }
                }
            }
            _ if ends_line => {
                row.push(std::mem::take(&mut field));
                length = 0;
                rows.push(std::mem::take(&mut row));
                at = if c == Some('\r') { At::LineEnd } else { At::RowStart };
            }
            _ if c == Some(delimiter) => {
                row.push(std::mem::take(&mut field));
                length = 0;
                at = At::FieldStart;
            }
            At::RowStart | At::FieldStart if c == Some('"') => at = At::Quoted,
            _ => {
                // A quotation mark doubled inside quotes is one; after any other character the field goes on without quotes.
                at = if at == At::QuoteInQuoted && c == Some('"') { At::Quoted } else { At::Field };
                field.extend(c);
                length += 1;
            }
        }
        if length > LONGEST_FIELD {
            return Err(InvalidCsv);
        }
        if c.is_none() {
            return Ok(rows);
        }
    }
}

/// A Python pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(fancy_regex::Regex);

impl Pattern {
    /// Compiles as it is.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        RegexBuilder::new(source).build().map(Self).map_err(|error| error.to_string())
    }
    /// Compiles with `re.IGNORECASE`.
    pub(crate) fn ignoring_case(source: &str) -> Result<Self, String> {
        RegexBuilder::new(source).case_insensitive(true).build().map(Self).map_err(|error| error.to_string())
    }
    /// The first match.
    pub(crate) fn find(&self, text: &str) -> Result<Option<std::ops::Range<usize>>, String> {
        self.0.find(text).map(|m| m.map(|m| m.range())).map_err(|error| error.to_string())
    }
    /// How many matches `re.findall` makes.
    pub(crate) fn count(&self, text: &str) -> Result<u64, String> {
        let mut n = 0;
        for m in self.0.find_iter(text) {
            m.map_err(|error| error.to_string())?;
            n += 1;
        }
        Ok(n)
    }
}
