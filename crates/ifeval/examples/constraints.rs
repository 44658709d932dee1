//! Writes the table of constraints at the end of `docs/grading-ifeval.md`: `cargo run -p gavel-ifeval --example constraints`. Its test compares what
//! is committed.

use gavel_ifeval::CONSTRAINTS;
use std::path::{Path, PathBuf};

const MARK: &str = "<!-- The table is written by `cargo run -p gavel-ifeval --example constraints`. -->\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = std::fs::read_to_string(path())?;
    std::fs::write(path(), with_table(&page).ok_or("the page has no mark")?)?;
    Ok(())
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/grading-ifeval.md")
}

fn with_table(page: &str) -> Option<String> {
    let (before, _) = page.split_once(MARK)?;
    let mut text = format!("{before}{MARK}\n| suite | id | arguments | asked as | strict rules |\n|---|---|---|---|---|\n");
    for constraint in CONSTRAINTS {
        let names: Vec<String> = constraint.fields.iter().map(|field| format!("`{}`", field.name)).collect();
        let cell = |text: &str| text.replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*").replace('\n', " ");
        let (prompt, deltas) = (cell(constraint.prompt), cell(&constraint.deltas.join(" ")));
        text += &format!("| {} | {} | {} | {prompt} | {deltas} |\n", constraint.suite.name(), constraint.id, names.join(", "));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_has_the_table() {
        let page = std::fs::read_to_string(super::path()).unwrap();
        assert!(super::with_table(&page).as_ref() == Some(&page), "run `cargo run -p gavel-ifeval --example constraints`");
    }
}
