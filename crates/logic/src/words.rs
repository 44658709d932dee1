//! English words and sentences for the puzzles that are about text. Where they come from: `data/README.md`.

use std::sync::LazyLock;

/// Lower-case words of ASCII letters, two and more, sorted.
pub(crate) static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../data/words.txt").lines().collect());

/// Sentences of 3 to 35 words.
pub(crate) static SENTENCES: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../data/sentences.txt").lines().collect());

/// The words of each sentence as they stand there, without the punctuation around them. Numbers and words with signs inside, such as `to-day`, are left out.
pub(crate) static SENTENCE_WORDS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let words = |sentence: &'static str| sentence.split(' ').map(|word| word.trim_matches(|char: char| !char.is_ascii_alphabetic()));
    let plain = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    SENTENCES.iter().map(|sentence| words(sentence).filter(plain).collect()).collect()
});

/// The words of these lengths.
pub(crate) fn words_of(lengths: std::ops::RangeInclusive<usize>) -> Vec<&'static str> {
    WORDS.iter().copied().filter(|word| lengths.contains(&word.len())).collect()
}

/// The sentences with so many words.
pub(crate) fn sentences_of(counts: std::ops::RangeInclusive<usize>) -> Vec<&'static str> {
    SENTENCES.iter().copied().filter(|sentence| counts.contains(&sentence.split(' ').count())).collect()
}
