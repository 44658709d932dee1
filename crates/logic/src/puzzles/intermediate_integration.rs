//! Indefinite integrals by substitution or by parts.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, antiderivative};

pub(crate) struct IntermediateIntegration;

impl Puzzle for IntermediateIntegration {
    fn name(&self) -> &'static str {
        "intermediate_integration"
    }

    fn category(&self) -> Category {
        Category::Algebra
    }

    fn summary(&self) -> &'static str {
        "Find the antiderivative of a product or composition of elementary functions."
    }

    fn deltas(&self) -> &'static [&'static str] {
        antiderivative::DELTAS
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        antiderivative::score(answer, entry, mode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle_with_flaws(&IntermediateIntegration, |entry| entry.gold().is_ok_and(|gold| gold.contains("Integral")));
    }
}
