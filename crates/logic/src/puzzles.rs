//! All puzzles, one file each.

mod chain_sum;
mod course_schedule;
mod family_relationships;
mod graph_color;
mod largest_island;
mod path_star;
mod quantum_lock;
mod rush_hour;
mod shortest_path;
mod sokoban;
mod spell_backward;
mod tower_of_hanoi;
mod tsumego;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &chain_sum::ChainSum,
    &course_schedule::CourseSchedule,
    &family_relationships::FamilyRelationships,
    &graph_color::GraphColor,
    &largest_island::LargestIsland,
    &path_star::PathStar,
    &quantum_lock::QuantumLock,
    &rush_hour::RushHour,
    &shortest_path::ShortestPath,
    &sokoban::Sokoban,
    &spell_backward::SpellBackward,
    &tower_of_hanoi::TowerOfHanoi,
    &tsumego::Tsumego,
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
