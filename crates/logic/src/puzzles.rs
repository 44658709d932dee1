//! All puzzles, one file each.

mod ab;
mod base_conversion;
mod binary_alternation;
mod caesar_cipher;
mod chain_sum;
mod count_primes;
mod cryptarithm;
mod graph_color;
mod group_anagrams;
mod isomorphic_strings;
mod letter_counting;
mod letter_jumble;
mod number_filtering;
mod number_sorting;
mod palindrome_generation;
mod ransom_note;
mod spell_backward;
mod word_sorting;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &ab::Ab,
    &base_conversion::BaseConversion,
    &binary_alternation::BinaryAlternation,
    &caesar_cipher::CaesarCipher,
    &chain_sum::ChainSum,
    &count_primes::CountPrimes,
    &cryptarithm::Cryptarithm,
    &graph_color::GraphColor,
    &group_anagrams::GroupAnagrams,
    &isomorphic_strings::IsomorphicStrings,
    &letter_counting::LetterCounting,
    &letter_jumble::LetterJumble,
    &number_filtering::NumberFiltering,
    &number_sorting::NumberSorting,
    &palindrome_generation::PalindromeGeneration,
    &ransom_note::RansomNote,
    &spell_backward::SpellBackward,
    &word_sorting::WordSorting,
];

/// The puzzle of this name.
pub fn find(name: &str) -> Option<&'static dyn Puzzle> {
    PUZZLES.binary_search_by_key(&name, |puzzle| puzzle.name()).ok().map(|at| PUZZLES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_has_no_name_twice() {
        let names: Vec<&str> = PUZZLES.iter().map(|puzzle| puzzle.name()).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        assert!(names.iter().all(|name| find(name).is_some_and(|puzzle| puzzle.name() == *name)));
    }
}
