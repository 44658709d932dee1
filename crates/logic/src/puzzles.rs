//! All puzzles, one file each.

mod advanced_geometry;
mod chain_sum;
mod complex_arithmetic;
mod countdown;
mod graph_color;
mod intermediate_integration;
mod polynomial_equations;
mod polynomial_multiplication;
mod puzzle24;
mod simple_equations;
mod simple_geometry;
mod simple_integration;
mod spell_backward;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &advanced_geometry::AdvancedGeometry,
    &chain_sum::ChainSum,
    &complex_arithmetic::ComplexArithmetic,
    &countdown::Countdown,
    &graph_color::GraphColor,
    &intermediate_integration::IntermediateIntegration,
    &polynomial_equations::PolynomialEquations,
    &polynomial_multiplication::PolynomialMultiplication,
    &puzzle24::Puzzle24,
    &simple_equations::SimpleEquations,
    &simple_geometry::SimpleGeometry,
    &simple_integration::SimpleIntegration,
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
