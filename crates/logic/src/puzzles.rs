//! All puzzles, one file each.

mod binary_matrix;
mod chain_sum;
mod game_of_life;
mod game_of_life_halting;
mod graph_color;
mod jugs;
mod manipulate_matrix;
mod palindrome_partitioning;
mod pool_matrix;
mod rotate_matrix;
mod rotten_oranges;
mod spell_backward;
mod spiral_matrix;
mod string_insertion;
mod string_manipulation;
mod string_splitting;
mod string_synthesis;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &binary_matrix::BinaryMatrix,
    &chain_sum::ChainSum,
    &game_of_life::GameOfLife,
    &game_of_life_halting::GameOfLifeHalting,
    &graph_color::GraphColor,
    &jugs::Jugs,
    &manipulate_matrix::ManipulateMatrix,
    &palindrome_partitioning::PalindromePartitioning,
    &pool_matrix::PoolMatrix,
    &rotate_matrix::RotateMatrix,
    &rotten_oranges::RottenOranges,
    &spell_backward::SpellBackward,
    &spiral_matrix::SpiralMatrix,
    &string_insertion::StringInsertion,
    &string_manipulation::StringManipulation,
    &string_splitting::StringSplitting,
    &string_synthesis::StringSynthesis,
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
