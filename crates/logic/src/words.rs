//! English words and sentences for the puzzles that are about text. Where they come from: `data/README.md`.

use crate::rng::Rng;
use std::sync::LazyLock;

/// Lower-case words of ASCII letters, two and more, sorted.
pub(crate) static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../data/words.txt").lines().collect());

/// Sentences of 3 to 35 words.
pub(crate) static SENTENCES: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../data/sentences.txt").lines().collect());

/// The words of all sentences that consist of letters, in the order of the text.
pub(crate) static TEXT: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let words =
        SENTENCES.iter().flat_map(|sentence| sentence.split(' ')).map(|word| word.trim_matches(|char: char| char.is_ascii_punctuation()));
    words.filter(|word| !word.is_empty() && word.chars().all(|char| char.is_ascii_alphabetic())).collect()
});

/// So many words that follow one another in the text, or all of it if it has fewer.
pub(crate) fn span(count: usize, rng: &mut Rng) -> Vec<&'static str> {
    let count = count.min(TEXT.len());
    let start = rng.below(TEXT.len() - count + 1);
    TEXT[start..start + count].to_vec()
}

/// The words of these lengths.
pub(crate) fn words_of(lengths: std::ops::RangeInclusive<usize>) -> Vec<&'static str> {
    WORDS.iter().copied().filter(|word| lengths.contains(&word.len())).collect()
}

/// The sentences with so many words.
pub(crate) fn sentences_of(counts: std::ops::RangeInclusive<usize>) -> Vec<&'static str> {
    SENTENCES.iter().copied().filter(|sentence| counts.contains(&sentence.split(' ').count())).collect()
}
