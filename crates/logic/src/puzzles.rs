//! All puzzles, one file each.

mod chain_sum;
mod count_bits;
mod dice;
mod fraction_simplification;
mod gcd;
mod graph_color;
mod lcm;
mod leg_counting;
mod prime_factorization;
mod products;
mod spell_backward;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &chain_sum::ChainSum,
    &count_bits::CountBits,
    &dice::Dice,
    &fraction_simplification::FractionSimplification,
    &gcd::Gcd,
    &graph_color::GraphColor,
    &lcm::Lcm,
    &leg_counting::LegCounting,
    &prime_factorization::PrimeFactorization,
    &products::Products,
    &spell_backward::SpellBackward,
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
