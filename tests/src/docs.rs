//! Runs the documentation: what a page says its commands print is what they print.
//!
//! The first word behind a fence is the block's language; further words, after commas, say how it is run. [`Language::of`] is the list. A page's blocks run in
//! order, in one temporary folder that holds a link to the repository's `tasks/`; `gavel` is the command line under test.
//!
//! - `console`: lines `$ command`, each followed by what it prints to a terminal. A command goes on over lines as long as bash finds it incomplete. In what is
//!   expected, a line `...` stands for any number of lines and `…` within a line for any characters. A command that fails on purpose says so, as in
//!   `$ gavel verify wrong.jsonl; echo "status $?"`. Variables and `cd` last until the end of the block.
//! - `console,server`: the same beside a running `gavel serve`, whose address the page writes as [`ADDRESS`].
//! - `sh`: only its syntax is checked (by `tidy`), for commands that cannot run within a test. `sh,run` (and `sh,run,server`) has to succeed.
//! - `json`, `jsonl`, `toml`: has to parse (`tidy` checks it). With `file=NAME`, as in `jsonl,file=items.jsonl`, the block, of whatever language that is not
//!   run, is written to that file of the page's folder, for the commands after it.
//!
//! [`ADDRESS`]: run::ADDRESS

mod block;
mod expectation;
mod run;

pub(crate) use block::{Block, Language, blocks};
pub(crate) use expectation::syntax_problem;

use crate::repository;
use crate::support;
use run::{Context, run_block};

/// The documents that people read, in the order in which they would.
pub(crate) fn pages() -> impl Iterator<Item = &'static str> {
    let files = || repository::files().iter().map(String::as_str).filter(|path| path.ends_with(".md"));
    let at_the_root = files().filter(|path| !path.contains('/'));
    at_the_root.chain(files().filter(|path| path.starts_with("docs/")))
}

/// Runs a page's blocks.
fn failures(page: &str) -> Vec<String> {
    let blocks = match blocks(page, &repository::required_text(page)) {
        Ok(blocks) => blocks,
        Err(problem) => return vec![problem],
    };
    let mut context = None;
    let mut failures = Vec::new();
    for block in blocks.iter().filter(|block| block.takes_part()) {
        let context = context.get_or_insert_with(|| Context::new(support::gavel()));
        if let Err(failure) = run_block(block, context) {
            failures.push(format!("{}: {failure}", block.place()));
        }
    }
    failures
}

#[test]
fn commands_in_the_documentation_do_what_it_says() {
    let failures: Vec<String> = pages().flat_map(failures).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
