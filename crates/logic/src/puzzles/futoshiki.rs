//! Filling a Latin square whose neighbouring cells are partly known to be less or greater.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, number_board};

/// What may stand between two cells: less and greater, in a row or a column.
const SIGNS: &[char] = &['<', '>', '∧', '∨', '^', 'v'];

pub(crate) struct Futoshiki;

impl Puzzle for Futoshiki {
    fn name(&self) -> &'static str {
        "futoshiki"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Complete a Latin square with signs of inequality; right numbers in the empty cells earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        number_board::DELTAS
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        number_board::score(answer, entry, mode, SIGNS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Futoshiki);
    }
}
