//! All puzzles, one file each.

mod arc_1d;
mod arc_agi;
mod bf;
mod chain_sum;
mod codeio;
mod color_cube_rotation;
mod composite;
mod emoji_mystery;
mod figlet_font;
mod graph_color;
mod modulo_grid;
mod needle_haystack;
mod number_sequence;
mod rearc;
mod rectangle_count;
mod rubiks_cube;
mod sentence_reordering;
mod spell_backward;
mod word_ladder;
mod word_sequence_reversal;

use crate::Puzzle;

/// Every puzzle, by name.
pub const PUZZLES: &[&dyn Puzzle] = &[
    &arc_1d::Arc1d,
    &arc_agi::ArcAgi,
    &bf::Bf,
    &chain_sum::ChainSum,
    &codeio::CodeIo,
    &color_cube_rotation::ColorCubeRotation,
    &composite::Composite,
    &emoji_mystery::EmojiMystery,
    &figlet_font::FigletFont,
    &graph_color::GraphColor,
    &modulo_grid::ModuloGrid,
    &needle_haystack::NeedleHaystack,
    &number_sequence::NumberSequence,
    &rearc::Rearc,
    &rectangle_count::RectangleCount,
    &rubiks_cube::RubiksCube,
    &sentence_reordering::SentenceReordering,
    &spell_backward::SpellBackward,
    &word_ladder::WordLadder,
    &word_sequence_reversal::WordSequenceReversal,
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
