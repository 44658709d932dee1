//! A mixture of other datasets: each item is scored by the puzzle that it comes from.

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, find};
use serde::Deserialize;

pub(crate) struct Composite;

impl Puzzle for Composite {
    fn name(&self) -> &'static str {
        "composite"
    }

    fn category(&self) -> Category {
        Category::Composite
    }

    fn summary(&self) -> &'static str {
        "Items of several datasets, each scored by the dataset that `metadata.source_dataset` names."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["those of the dataset that the item comes from"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Source { source_dataset } = entry.metadata()?;
        // An item never comes from a mixture itself: without this an entry could send the scorer round in circles.
        let puzzle = find(&source_dataset).filter(|puzzle| puzzle.category() != Category::Composite);
        let unknown = || InvalidEntry::new("metadata.source_dataset", format!("`{source_dataset}` is no dataset that items come from"));
        puzzle.ok_or_else(unknown)?.score(answer, entry, mode)
    }
}

#[derive(Deserialize)]
struct Source {
    source_dataset: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::{json, value::to_raw_value};

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Composite);
    }

    #[test]
    fn the_source_decides() {
        for (source, answer, parity, strict) in
            [("chain_sum", "7.0", 1.0, 1.0), ("chain_sum", "7 apples", 1.0 / 8.0, 0.0), ("bf", "7.0", 1.0 / 3.0, 0.0)]
        {
            check::score(&Composite, answer, "7", json!({"source_dataset": source}), [parity, strict]);
        }
    }

    #[test]
    fn an_unknown_source_is_the_items_fault() {
        for source in ["composite", "no_such_puzzle"] {
            let metadata = to_raw_value(&json!({"source_dataset": source})).unwrap();
            let entry = Entry { question: String::new(), answer: None, metadata };
            assert_eq!(Composite.score(Some("7"), &entry, Mode::Strict).unwrap_err().field, "metadata.source_dataset");
        }
    }
}
