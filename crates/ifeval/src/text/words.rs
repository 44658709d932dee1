//! Words as runs of `\w`, punctuation at their edges, and stop words. Tokens of NLTK are [`super::treebank`]'s.

use super::classes::{engine, is_word};
use super::tables::Words;
use std::sync::LazyLock;

/// What NLTK's `RegexpTokenizer(r"\w+")` gives: since 3.10 its `\w` is [`engine::is_word`].
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !engine::is_word(c)).filter(|word| !word.is_empty())
}

/// The matches of `\w+` in Python's own `re`.
pub(crate) fn python_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}

/// How many words [`words`] gives.
pub(crate) fn count(text: &str) -> usize {
    if !text.is_ascii() {
        return words(text).count();
    }
    let (mut count, mut inside) = (0, false);
    for byte in text.bytes() {
        let word = byte.is_ascii_alphanumeric() || byte == b'_';
        count += usize::from(word & !inside);
        inside = word;
    }
    count
}

/// `text.strip(string.punctuation)`: the 32 ASCII marks, no others.
pub(crate) fn strip_punctuation(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_ascii_punctuation())
}

static STOP_WORDS: LazyLock<Words<&'static str>> = LazyLock::new(|| include_str!("tables/stopwords.txt").lines().collect());

/// Whether NLTK's English list has the word; the list is in lower case.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::vectors;

    #[test]
    fn counts_follow_the_vectors() {
        vectors::agree(&vectors::tokens(), |case| count(&case.text), |case| case.nw);
    }

    #[test]
    fn words_are_runs_of_pythons_word_characters() {
        assert_eq!(words("don't x²_1\u{301}b").collect::<Vec<_>>(), ["don", "t", "x", "_1\u{301}b"]);
        assert_eq!(python_words("don't x²_1\u{301}b").collect::<Vec<_>>(), ["don", "t", "x²_1", "b"]);
        assert_eq!(count("a-b  c"), 3);
        assert_eq!(count("é-b  ç"), 3);
    }

    #[test]
    fn only_ascii_punctuation_is_stripped() {
        assert_eq!(strip_punctuation("“(it's)”!"), "“(it's)”");
        assert!(is_stop_word("don't") && !is_stop_word("The"));
    }
}
