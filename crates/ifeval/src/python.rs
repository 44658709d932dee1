//! Python's strings, and stand-ins of the language tools, until `text` has them.

use fancy_regex::RegexBuilder;

/// Python's `str.isspace` of one character.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}
/// Python's `\w`.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
/// Python's `str.strip()`.
pub fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}
/// Python's `str.split()`.
pub fn split(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(is_space).filter(|word| !word.is_empty())
}
/// Python's `str.isupper`.
pub fn is_upper(text: &str) -> bool {
    let mut cased = false;
    for c in text.chars() {
        if c.is_lowercase() || matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ') {
            return false;
        }
        cased |= c.is_uppercase();
    }
    cased
}
/// Python's `str.islower`.
pub fn is_lower(text: &str) -> bool {
    let mut cased = false;
    for c in text.chars() {
        if c.is_uppercase() || matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ') {
            return false;
        }
        cased |= c.is_lowercase();
    }
    cased
}
/// `text.strip(string.punctuation + ' ')`.
pub fn strip_ascii_punctuation(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_ascii_punctuation() || c == ' ')
}
/// `text.translate(str.maketrans('', '', string.punctuation))`.
pub fn without_ascii_punctuation(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_punctuation()).collect()
}
/// One spelling for characters that `re.IGNORECASE` takes for the same: the lower case of one character, and the groups of CPython's
/// `Lib/re/_casefix.py` (PSF licence).
pub fn fold(text: &str) -> String {
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
/// Runs of `\w`.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}
pub fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', '?', '!']).map(strip).filter(|s| !s.is_empty()).collect()
}
pub fn regex_sentences(text: &str) -> Vec<String> {
    sentences(text).into_iter().map(str::to_owned).collect()
}
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in split(text) {
        let end = word.trim_end_matches(['.', ',', '?', '!']).len();
        tokens.push(word[..end].to_owned());
        tokens.extend(word[end..].chars().map(String::from));
    }
    tokens.retain(|t| !t.is_empty());
    tokens
}
pub fn language(_text: &str) -> Option<&'static str> {
    Some("en")
}
pub fn starts_with_verb(_text: &str) -> bool {
    false
}
pub fn is_stop_word(_word: &str) -> bool {
    false
}
pub fn is_emoji(_c: char) -> bool {
    false
}
pub fn syllables(_word: &str) -> usize {
    1
}
pub fn csv(text: &str, delimiter: char) -> Result<Vec<Vec<String>>, ()> {
    Ok(text.lines().map(|line| line.split(delimiter).map(str::to_owned).collect()).collect())
}

/// A Python pattern.
#[derive(Clone, Debug)]
pub struct Pattern(fancy_regex::Regex);

impl Pattern {
    /// Compiles as it is.
    pub fn new(source: &str) -> Result<Self, String> {
        RegexBuilder::new(source).build().map(Self).map_err(|error| error.to_string())
    }
    /// Compiles with `re.IGNORECASE`.
    pub fn ignoring_case(source: &str) -> Result<Self, String> {
        RegexBuilder::new(source).case_insensitive(true).build().map(Self).map_err(|error| error.to_string())
    }
    /// The first match.
    pub fn find(&self, text: &str) -> Result<Option<std::ops::Range<usize>>, String> {
        self.0.find(text).map(|m| m.map(|m| m.range())).map_err(|error| error.to_string())
    }
    /// How many matches `re.findall` makes.
    pub fn count(&self, text: &str) -> Result<u64, String> {
        let mut n = 0;
        for m in self.0.find_iter(text) {
            m.map_err(|error| error.to_string())?;
            n += 1;
        }
        Ok(n)
    }
}
