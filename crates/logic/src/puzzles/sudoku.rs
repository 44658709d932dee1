//! Filling a 9x9 board so that every row, column and 3x3 box has each digit once.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, number_board};

pub(crate) struct Sudoku;

impl Puzzle for Sudoku {
    fn name(&self) -> &'static str {
        "sudoku"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Complete a sudoku; right numbers in the empty cells earn their share."
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
        check::puzzle(&Sudoku);
    }
}
