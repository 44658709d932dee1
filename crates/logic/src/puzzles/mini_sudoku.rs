//! Sudoku on a 4x4 board.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, number_board};

pub(crate) struct MiniSudoku;

impl Puzzle for MiniSudoku {
    fn name(&self) -> &'static str {
        "mini_sudoku"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Complete a 4x4 sudoku; right numbers in the empty cells earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        number_board::DELTAS
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        number_board::score(answer, entry, mode, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&MiniSudoku);
    }
}
