//! All puzzles, one file each.

mod boxnet;
mod chain_sum;
mod futoshiki;
mod graph_color;
mod kakurasu;
mod knight_swap;
mod mahjong_puzzle;
mod maze;
mod mini_sudoku;
mod n_queens;
mod spell_backward;
mod sudoku;
mod survo;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &boxnet::Boxnet,
    &chain_sum::ChainSum,
    &futoshiki::Futoshiki,
    &graph_color::GraphColor,
    &kakurasu::Kakurasu,
    &knight_swap::KnightSwap,
    &mahjong_puzzle::MahjongPuzzle,
    &maze::Maze,
    &mini_sudoku::MiniSudoku,
    &n_queens::NQueens,
    &spell_backward::SpellBackward,
    &sudoku::Sudoku,
    &survo::Survo,
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
