//! Documents: every fenced block says its language, data and shell scripts in them are well formed, and the command that people are told to test with is
//! the one that CI runs. Running commands is left to `docs`.

use super::report;
use crate::docs::{Block, Language, blocks, pages, syntax_problem};
use crate::repository;

/// The command that tests everything, as README.md and `.ci/run` both have it.
const TEST_COMMAND: &str = "cargo test --workspace --locked";

/// What is wrong with a block, if anything.
fn violation(block: &Block) -> Option<String> {
    let what = match block.language() {
        Err(problem) => problem,
        Ok(Language::Data(parse)) => parse(&block.text).err()?,
        Ok(Language::Shell) => syntax_problem(&block.text)?,
        Ok(Language::Console | Language::Shown) => return None,
    };
    Some(format!("{}: {what}", block.place()))
}

#[test]
fn every_block_has_a_language_and_is_well_formed() {
    let mut found = Vec::new();
    for page in pages() {
        match blocks(page, &repository::required_text(page)) {
            Ok(blocks) => found.extend(blocks.iter().filter_map(violation)),
            Err(problem) => found.push(problem),
        }
    }
    report("blocks in the documentation that are not what they say:", &found);
}

#[test]
fn the_documented_test_command_is_the_one_that_ci_runs() {
    let readme = repository::required_text("README.md");
    assert!(readme.lines().any(|line| line.trim() == TEST_COMMAND), "README.md has no line `{TEST_COMMAND}`");
    let script = repository::required_text(".ci/run");
    let last = script.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    assert!(last.ends_with(&format!(" {TEST_COMMAND}")), "the last step of .ci/run is `{last}`, not `{TEST_COMMAND}`");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fence: &str, text: &str, expect: Option<&str>) {
        let page = format!("```{fence}\n{text}\n```\n");
        let found = violation(&blocks("page.md", &page).unwrap()[0]);
        match expect {
            None => assert_eq!(found, None),
            Some(part) => assert!(found.as_ref().is_some_and(|found| found.contains(part)), "{found:?} does not say {part:?}"),
        }
    }

    #[test]
    fn data_is_read() {
        check("json", "{\"a\": [1, 2]}", None);
        check("json", "{\"a\": [1, 2}", Some("page.md:1: not JSON"));
        check("jsonl", "{\"a\": 1}\n{\"a\": 2}", None);
        check("jsonl", "{\"a\": 1}\n{\"a\": 2", Some("line 2"));
        check("toml", "a = 1", None);
        check("toml", "a = ", Some("not TOML"));
    }

    #[test]
    fn shell_scripts_are_complete() {
        check("sh", "exit 1", None);
        check("sh,run", "if true", Some("syntax error"));
        check("sh", "echo 'a", Some("page.md:1: bash: line"));
    }

    #[test]
    fn languages_are_known() {
        check("", "x", Some("add a language"));
        check("consle", "x", Some("`consle`"));
        check("console,sever", "x", Some("`sever`"));
        check("text", "anything [", None);
    }
}
