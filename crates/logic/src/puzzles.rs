//! All puzzles, one file each.

mod basic_arithmetic;
mod bitwise_arithmetic;
mod calendar_arithmetic;
mod chain_sum;
mod count_bits;
mod decimal_arithmetic;
mod decimal_chain_sum;
mod dice;
mod fraction_simplification;
mod gcd;
mod graph_color;
mod gsm_symbolic;
mod lcm;
mod leg_counting;
mod number_format;
mod power_function;
mod prime_factorization;
mod products;
mod spell_backward;
mod time_intervals;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &basic_arithmetic::BasicArithmetic,
    &bitwise_arithmetic::BitwiseArithmetic,
    &calendar_arithmetic::CalendarArithmetic,
    &chain_sum::ChainSum,
    &count_bits::CountBits,
    &decimal_arithmetic::DecimalArithmetic,
    &decimal_chain_sum::DecimalChainSum,
    &dice::Dice,
    &fraction_simplification::FractionSimplification,
    &gcd::Gcd,
    &graph_color::GraphColor,
    &gsm_symbolic::GsmSymbolic,
    &lcm::Lcm,
    &leg_counting::LegCounting,
    &number_format::NumberFormat,
    &power_function::PowerFunction,
    &prime_factorization::PrimeFactorization,
    &products::Products,
    &spell_backward::SpellBackward,
    &time_intervals::TimeIntervals,
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
