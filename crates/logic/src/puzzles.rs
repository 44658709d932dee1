//! All puzzles, one file each.

mod ab;
mod acre;
mod advanced_geometry;
mod aiw;
mod arc_1d;
mod arc_agi;
mod base_conversion;
mod basic_arithmetic;
mod bf;
mod binary_alternation;
mod binary_matrix;
mod bitwise_arithmetic;
mod boxnet;
mod caesar_cipher;
mod calendar_arithmetic;
mod chain_sum;
mod circuit_logic;
mod codeio;
mod coin_flip;
mod color_cube_rotation;
mod complex_arithmetic;
mod composite;
mod count_bits;
mod count_primes;
mod countdown;
mod course_schedule;
mod cryptarithm;
mod decimal_arithmetic;
mod decimal_chain_sum;
mod dice;
mod emoji_mystery;
mod family_relationships;
mod figlet_font;
mod fraction_simplification;
mod futoshiki;
mod game_of_life;
mod game_of_life_halting;
mod gcd;
mod graph_color;
mod group_anagrams;
mod gsm_symbolic;
mod intermediate_integration;
mod isomorphic_strings;
mod jugs;
mod kakurasu;
mod knight_swap;
mod knights_knaves;
mod largest_island;
mod lcm;
mod leg_counting;
mod letter_counting;
mod letter_jumble;
mod list_functions;
mod mahjong_puzzle;
mod manipulate_matrix;
mod maze;
mod mini_sudoku;
mod modulo_grid;
mod n_queens;
mod needle_haystack;
mod number_filtering;
mod number_format;
mod number_sequence;
mod number_sorting;
mod palindrome_generation;
mod palindrome_partitioning;
mod path_star;
mod polynomial_equations;
mod polynomial_multiplication;
mod pool_matrix;
mod power_function;
mod prime_factorization;
mod products;
mod propositional_logic;
mod puzzle24;
mod quantum_lock;
mod ransom_note;
mod rearc;
mod rectangle_count;
mod rotate_matrix;
mod rotten_oranges;
mod rubiks_cube;
mod rush_hour;
mod self_reference;
mod sentence_reordering;
mod shortest_path;
mod simple_equations;
mod simple_geometry;
mod simple_integration;
mod sokoban;
mod spell_backward;
mod spiral_matrix;
mod string_insertion;
mod string_manipulation;
mod string_splitting;
mod string_synthesis;
mod sudoku;
mod survo;
mod syllogism;
mod time_intervals;
mod tower_of_hanoi;
mod tsumego;
mod word_ladder;
mod word_sequence_reversal;
mod word_sorting;
mod zebra_puzzles;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &ab::Ab,
    &acre::Acre,
    &advanced_geometry::AdvancedGeometry,
    &aiw::Aiw,
    &arc_1d::Arc1d,
    &arc_agi::ArcAgi,
    &base_conversion::BaseConversion,
    &basic_arithmetic::BasicArithmetic,
    &bf::Bf,
    &binary_alternation::BinaryAlternation,
    &binary_matrix::BinaryMatrix,
    &bitwise_arithmetic::BitwiseArithmetic,
    &boxnet::Boxnet,
    &caesar_cipher::CaesarCipher,
    &calendar_arithmetic::CalendarArithmetic,
    &chain_sum::ChainSum,
    &circuit_logic::CircuitLogic,
    &codeio::CodeIo,
    &coin_flip::CoinFlip,
    &color_cube_rotation::ColorCubeRotation,
    &complex_arithmetic::ComplexArithmetic,
    &composite::Composite,
    &count_bits::CountBits,
    &count_primes::CountPrimes,
    &countdown::Countdown,
    &course_schedule::CourseSchedule,
    &cryptarithm::Cryptarithm,
    &decimal_arithmetic::DecimalArithmetic,
    &decimal_chain_sum::DecimalChainSum,
    &dice::Dice,
    &emoji_mystery::EmojiMystery,
    &family_relationships::FamilyRelationships,
    &figlet_font::FigletFont,
    &fraction_simplification::FractionSimplification,
    &futoshiki::Futoshiki,
    &game_of_life::GameOfLife,
    &game_of_life_halting::GameOfLifeHalting,
    &gcd::Gcd,
    &graph_color::GraphColor,
    &group_anagrams::GroupAnagrams,
    &gsm_symbolic::GsmSymbolic,
    &intermediate_integration::IntermediateIntegration,
    &isomorphic_strings::IsomorphicStrings,
    &jugs::Jugs,
    &kakurasu::Kakurasu,
    &knight_swap::KnightSwap,
    &knights_knaves::KnightsKnaves,
    &largest_island::LargestIsland,
    &lcm::Lcm,
    &leg_counting::LegCounting,
    &letter_counting::LetterCounting,
    &letter_jumble::LetterJumble,
    &list_functions::ListFunctions,
    &mahjong_puzzle::MahjongPuzzle,
    &manipulate_matrix::ManipulateMatrix,
    &maze::Maze,
    &mini_sudoku::MiniSudoku,
    &modulo_grid::ModuloGrid,
    &n_queens::NQueens,
    &needle_haystack::NeedleHaystack,
    &number_filtering::NumberFiltering,
    &number_format::NumberFormat,
    &number_sequence::NumberSequence,
    &number_sorting::NumberSorting,
    &palindrome_generation::PalindromeGeneration,
    &palindrome_partitioning::PalindromePartitioning,
    &path_star::PathStar,
    &polynomial_equations::PolynomialEquations,
    &polynomial_multiplication::PolynomialMultiplication,
    &pool_matrix::PoolMatrix,
    &power_function::PowerFunction,
    &prime_factorization::PrimeFactorization,
    &products::Products,
    &propositional_logic::PropositionalLogic,
    &puzzle24::Puzzle24,
    &quantum_lock::QuantumLock,
    &ransom_note::RansomNote,
    &rearc::Rearc,
    &rectangle_count::RectangleCount,
    &rotate_matrix::RotateMatrix,
    &rotten_oranges::RottenOranges,
    &rubiks_cube::RubiksCube,
    &rush_hour::RushHour,
    &self_reference::SelfReference,
    &sentence_reordering::SentenceReordering,
    &shortest_path::ShortestPath,
    &simple_equations::SimpleEquations,
    &simple_geometry::SimpleGeometry,
    &simple_integration::SimpleIntegration,
    &sokoban::Sokoban,
    &spell_backward::SpellBackward,
    &spiral_matrix::SpiralMatrix,
    &string_insertion::StringInsertion,
    &string_manipulation::StringManipulation,
    &string_splitting::StringSplitting,
    &string_synthesis::StringSynthesis,
    &sudoku::Sudoku,
    &survo::Survo,
    &syllogism::Syllogism,
    &time_intervals::TimeIntervals,
    &tower_of_hanoi::TowerOfHanoi,
    &tsumego::Tsumego,
    &word_ladder::WordLadder,
    &word_sequence_reversal::WordSequenceReversal,
    &word_sorting::WordSorting,
    &zebra_puzzles::ZebraPuzzles,
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
