//! What punkt learnt from English newspapers: abbreviations, collocations, sentence starters and how words are capitalised.

use crate::text::tables::{Table, Words, unpack};
use std::sync::LazyLock;

/// Four blocks of sorted lines, made by `examples/text_tables.rs` from NLTK's `punkt_tab/english`.
static PACKED: &[u8] = include_bytes!("../tables/punkt.z");

/// The parameters, unpacked at first use.
pub(super) static ENGLISH: LazyLock<Params> = LazyLock::new(Params::unpack);

/// The contexts a word was seen in, as NLTK's bits.
pub(super) mod ortho {
    /// With upper case in the middle of a sentence.
    pub(in crate::text::punkt) const MIDDLE_UPPER: u8 = 1 << 2;
    /// With upper case anywhere.
    pub(in crate::text::punkt) const UPPER: u8 = 1 << 1 | 1 << 2 | 1 << 3;
    /// With lower case at the beginning of a sentence.
    pub(in crate::text::punkt) const BEGIN_LOWER: u8 = 1 << 4;
    /// With lower case anywhere.
    pub(in crate::text::punkt) const LOWER: u8 = 1 << 4 | 1 << 5 | 1 << 6;
}

pub(super) struct Params {
    abbreviations: Words<&'static str>,
    collocations: Words<(&'static str, &'static str)>,
    starters: Words<&'static str>,
    contexts: Table<&'static str, u8>,
}

impl Params {
    fn unpack() -> Self {
        let mut blocks = unpack(PACKED).split("\n\n").map(str::lines);
        let mut block = || blocks.next().expect("the table has four blocks");
        Self {
            abbreviations: block().collect(),
            collocations: block().filter_map(|line| line.split_once('\t')).collect(),
            starters: block().collect(),
            contexts: block()
                .filter_map(|line| line.split_once('\t'))
                .filter_map(|(word, bits)| Some((word, bits.parse().ok()?)))
                .collect(),
        }
    }

    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(word)
    }

    pub(super) fn is_collocation(&self, first: &str, second: &str) -> bool {
        self.collocations.contains(&(first, second))
    }

    pub(super) fn is_starter(&self, word: &str) -> bool {
        self.starters.contains(word)
    }

    /// The bits of [`ortho`]; none for an unknown word.
    pub(super) fn contexts(&self, word: &str) -> u8 {
        self.contexts.get(word).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_published_sizes() {
        let sizes = [ENGLISH.abbreviations.len(), ENGLISH.collocations.len(), ENGLISH.starters.len(), ENGLISH.contexts.len()];
        assert_eq!(sizes, [156, 37, 39, 20_366]);
    }
}
