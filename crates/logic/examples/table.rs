//! Writes the table of datasets at the end of `docs/puzzles.md`: `cargo run -p gavel-logic --example table`. Its test compares what is committed.

use gavel_logic::PUZZLES;
use std::path::{Path, PathBuf};

const MARK: &str = "<!-- The table is written by `cargo run -p gavel-logic --example table`. -->\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = std::fs::read_to_string(path())?;
    std::fs::write(path(), with_table(&page).ok_or("the page has no mark")?)?;
    Ok(())
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/puzzles.md")
}

fn with_table(page: &str) -> Option<String> {
    let (before, _) = page.split_once(MARK)?;
    let mut text = format!("{before}{MARK}\n| dataset | made | what it is | strict scoring |\n|---|---|---|---|\n");
    for puzzle in PUZZLES {
        let made = if puzzle.generator().is_some() { "yes" } else { "" };
        let deltas = puzzle.deltas().join("; ").replace('|', "\\|");
        text += &format!("| {} | {made} | {} | {deltas} |\n", puzzle.name(), puzzle.summary().replace('|', "\\|"));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_has_the_table() {
        let page = std::fs::read_to_string(super::path()).unwrap();
        assert!(super::with_table(&page).as_ref() == Some(&page), "run `cargo run -p gavel-logic --example table`");
    }
}
