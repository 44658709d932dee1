//! Syllables of an English word, as PyPI `syllapy` 0.8.0 (MIT) counts them: a table, else the runs of vowels.

use super::classes::{is_digit, lower, strip};
use super::tables::Table;
use super::words::strip_punctuation;
use std::sync::LazyLock;

static PACKED: &[u8] = include_bytes!("tables/syllables.z");
static KNOWN: LazyLock<Table<&'static str, usize>> = LazyLock::new(|| {
    let lines = super::tables::unpack(PACKED).lines();
    lines.filter_map(|line| line.rsplit_once(',')).filter_map(|(word, count)| Some((word, count.parse().ok()?))).collect()
});

/// The syllables of one word; 0 where it is only marks or holds a digit.
pub(crate) fn count(word: &str) -> usize {
    let lowered = lower(strip(word));
    let mut rest: &str = &lowered;
    let mut total = 0;
    if rest.chars().any(is_digit) {
        return 0;
    }
    loop {
        // The parts of a compound are counted by the same rules as the whole, its tail as a whole again.
        rest = strip_punctuation(strip(rest));
        if rest.is_empty() {
            return 0;
        }
        if let Some(known) = known(rest) {
            return total + known;
        }
        let Some((head, tail)) =
            rest.split_once('-').filter(|(head, tail)| !head.is_empty() && !tail.is_empty() && !tail.starts_with('\n'))
        else {
            return total + by_vowels(rest);
        };
        let head = strip_punctuation(strip(head));
        let syllables = known(head).unwrap_or_else(|| if head.is_empty() { 0 } else { by_vowels(head) });
        if syllables == 0 {
            return 0;
        }
        total += syllables;
        rest = tail.split('\n').next().unwrap_or("");
    }
}

/// The table's count; hashing what is longer than any entry would cost time that grows with the square of the text.
fn known(word: &str) -> Option<usize> {
    const LONGEST: usize = 64;
    (word.len() <= LONGEST).then(|| KNOWN.get(word).copied()).flatten()
}

fn by_vowels(word: &str) -> usize {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let (mut count, mut inside) = (0_usize, false);
    for c in word.chars() {
        count += usize::from(vowel(c) && !inside);
        inside = vowel(c);
    }
    let silent = usize::from(word.ends_with('e'));
    let syllabic = word.strip_suffix("le").and_then(|stem| stem.chars().next_back()).is_some_and(|c| !vowel(c));
    (count + usize::from(syllabic)).saturating_sub(silent).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_table_and_others() {
        let cases =
            [("Hello!", 2), ("zzzle", 1), ("self-care", 2), ("x9", 0), ("...", 0), ("e", 1), ("blorptable-y", 4), ("quizzaciously", 4)];
        for (word, expect) in cases {
            assert_eq!(count(word), expect, "{word}");
        }
    }
}
