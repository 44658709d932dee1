//! All puzzles, one file each.

mod ab;
mod base_conversion;
mod binary_alternation;
mod caesar_cipher;
mod chain_sum;
mod count_primes;
mod graph_color;
mod letter_counting;
mod number_filtering;
mod number_sorting;
mod palindrome_generation;
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
    &graph_color::GraphColor,
    &letter_counting::LetterCounting,
    &number_filtering::NumberFiltering,
    &number_sorting::NumberSorting,
    &palindrome_generation::PalindromeGeneration,
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
