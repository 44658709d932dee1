//! All puzzles, one file each.

mod acre;
mod aiw;
mod chain_sum;
mod circuit_logic;
mod coin_flip;
mod graph_color;
mod knights_knaves;
mod list_functions;
mod propositional_logic;
mod self_reference;
mod spell_backward;
mod syllogism;
mod zebra_puzzles;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &acre::Acre,
    &aiw::Aiw,
    &chain_sum::ChainSum,
    &circuit_logic::CircuitLogic,
    &coin_flip::CoinFlip,
    &graph_color::GraphColor,
    &knights_knaves::KnightsKnaves,
    &list_functions::ListFunctions,
    &propositional_logic::PropositionalLogic,
    &self_reference::SelfReference,
    &spell_backward::SpellBackward,
    &syllogism::Syllogism,
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
