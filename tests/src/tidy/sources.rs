//! What tracked sources may not contain. Each rule is a row of [`RULES`]: what it says when broken, where it applies, and the lines that break it.

use super::crates::{SYNCHRONOUS, owned, owners};
use super::report;
use crate::repository;

/// One file, with its path relative to the root.
struct Source<'a> {
    path: &'a str,
    text: &'a str,
}

struct Rule {
    /// What to do about a finding.
    says: &'static str,
    applies: fn(&Source<'_>) -> bool,
    /// Numbers of the offending lines, counted from 1.
    finds: fn(&Source<'_>) -> Vec<usize>,
}

const RULES: &[Rule] = &[
    Rule {
        says: "wasmtime is named only in crates/sandbox, candle only in crates/policy and crates/trainer",
        applies: in_crates,
        finds: owned_names,
    },
    Rule { says: "below the server nothing is async: return, and let `server` bridge", applies: in_synchronous_crate, finds: asynchrony },
    Rule {
        says: "only crates/cli reads the environment: take the setting as an argument; a test says why in the line before: `// tidy: environment: <reason>`",
        applies: may_not_read_environment,
        finds: environment,
    },
    Rule {
        says: "the date is read only where the line before says why: `// tidy: clock: <reason>`",
        applies: is_written_rust,
        finds: unexplained_clock,
    },
    Rule {
        says: "finish it or leave it out: no ignored tests, no unfinished code, no notes to self",
        applies: is_source,
        finds: unfinished,
    },
    Rule { says: "begin the file with `//!`: its job, and what it does not do", applies: is_written_rust, finds: missing_header },
    Rule { says: "over 1000 lines: split it where its parts meet, or add it to LONG with the reason", applies: is_source, finds: too_long },
    Rule {
        says: "name the file for the thing inside, and `foo.rs` + `foo/` instead of `foo/mod.rs`",
        applies: is_source,
        finds: vague_name,
    },
    Rule { says: "a path of one machine: make it relative, or take it as an argument", applies: is_prose_or_source, finds: machine_paths },
    Rule {
        says: "the host of a package registry: name the package, and let the client find its registry",
        applies: is_prose_or_source,
        finds: registry_hosts,
    },
];

const MAX_LINES: usize = 1000;

/// Files that may be longer than [`MAX_LINES`], each with the reason.
const LONG: &[(&str, &str)] = &[];

/// Folders of programs that models could have written, which name paths because attacks and tasks do.
const PROGRAMS: &[&str] = &["sandboxes/hostile/", "tests/programs/"];

const TASK_WORDS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
const UNFINISHED_CODE: [&str; 3] = [concat!("#[", "ignore"), concat!("to", "do!("), concat!("unimple", "mented!(")];
const ASYNC: [&str; 4] = [concat!("async ", "fn"), concat!("async ", "move"), concat!("async ", "{"), concat!(".aw", "ait")];
const CLOCK: &str = concat!("SystemTime", "::now");
const CLOCK_REASON: &str = "// tidy: clock";
const ENVIRONMENT_REASON: &str = "// tidy: environment";
const ENVIRONMENT: &str = concat!("env", "::var");
const MACHINE_FOLDERS: [&str; 3] = [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/wo", "rk/")];
const REGISTRIES: [&str; 6] = [
    concat!("https://", "crates.io"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("pypi", ".org"),
    concat!("files.python", "hosted.org"),
    concat!("registry.", "npmjs.org"),
];

fn extension<'a>(source: &Source<'a>) -> &'a str {
    source.path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The crate a file belongs to, by its folder's name.
fn crate_of<'a>(source: &Source<'a>) -> Option<&'a str> {
    source.path.strip_prefix("crates/")?.split('/').next()
}

/// Written by a program, which says so at the top, as prost and tonic do.
fn is_generated(source: &Source<'_>) -> bool {
    source.text.lines().take(10).any(|line| line.contains("@generated"))
}

fn is_written_rust(source: &Source<'_>) -> bool {
    extension(source) == "rs" && !is_generated(source)
}

fn in_crates(source: &Source<'_>) -> bool {
    is_written_rust(source) && crate_of(source).is_some()
}

fn in_synchronous_crate(source: &Source<'_>) -> bool {
    is_written_rust(source) && crate_of(source).is_some_and(|name| SYNCHRONOUS.contains(&name))
}

/// Build scripts learn from the environment where to write.
fn may_not_read_environment(source: &Source<'_>) -> bool {
    is_written_rust(source) && crate_of(source) != Some("cli") && !source.path.ends_with("build.rs")
}

fn is_source(source: &Source<'_>) -> bool {
    let is_code = matches!(extension(source), "rs" | "py" | "js" | "c" | "cpp" | "sh" | "wit" | "proto" | "toml" | "html" | "css");
    (is_code || source.path == ".ci/run") && !is_generated(source)
}

/// Everything but records of data sets, which quote what others wrote.
fn is_prose_or_source(source: &Source<'_>) -> bool {
    !matches!(extension(source), "jsonl") && !PROGRAMS.iter().any(|folder| source.path.starts_with(folder))
}

/// The part of a line of Rust before its comment. A `//` counts as one at the start of a line or after a space, so that URLs in strings stay.
fn code(line: &str) -> &str {
    let line = line.trim_start();
    if line.starts_with("//") { "" } else { line.split_once(" // ").map_or(line, |(code, _)| code) }
}

/// The numbers of the lines for which `is_bad` holds.
fn lines(text: &str, is_bad: impl Fn(&str) -> bool) -> Vec<usize> {
    text.lines().enumerate().filter(|(_, line)| is_bad(line)).map(|(index, _)| index + 1).collect()
}

/// Whether `name` begins somewhere in `text` where no longer name is under way.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}

/// Whether `word` stands in `text` by itself.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

fn owned_names(source: &Source<'_>) -> Vec<usize> {
    let own = crate_of(source).unwrap_or_default();
    let may_name = |name: &str| owners(name).is_some_and(|owners| owners.contains(&own));
    lines(source.text, |line| owned().any(|name| !may_name(name) && names(code(line), name)))
}

fn asynchrony(source: &Source<'_>) -> Vec<usize> {
    lines(source.text, |line| ASYNC.iter().any(|needle| code(line).contains(needle)) || names(code(line), "tokio"))
}

fn environment(source: &Source<'_>) -> Vec<usize> {
    let found = lines(source.text, |line| names(code(line), ENVIRONMENT));
    found.into_iter().filter(|&number| !is_explained(source, number, ENVIRONMENT_REASON)).collect()
}

fn unexplained_clock(source: &Source<'_>) -> Vec<usize> {
    let found = lines(source.text, |line| code(line).contains(CLOCK));
    found.into_iter().filter(|&number| !is_explained(source, number, CLOCK_REASON)).collect()
}

/// Whether the line before one is a comment that begins so and gives a reason.
fn is_explained(source: &Source<'_>, number: usize, prefix: &str) -> bool {
    let before = number.checked_sub(2).and_then(|index| source.text.lines().nth(index)).unwrap_or_default();
    let reason = before.trim_start().strip_prefix(prefix).unwrap_or_default();
    reason.chars().filter(|c| c.is_alphabetic()).count() >= 10
}

fn unfinished(source: &Source<'_>) -> Vec<usize> {
    lines(source.text, |line| {
        TASK_WORDS.iter().any(|word| has_word(line, word)) || UNFINISHED_CODE.iter().any(|needle| line.contains(needle))
    })
}

fn missing_header(source: &Source<'_>) -> Vec<usize> {
    if source.text.starts_with("//!") { vec![] } else { vec![1] }
}

fn too_long(source: &Source<'_>) -> Vec<usize> {
    let is_allowed = LONG.iter().any(|(path, _)| *path == source.path);
    if source.text.lines().count() > MAX_LINES && !is_allowed { vec![MAX_LINES + 1] } else { vec![] }
}

fn vague_name(source: &Source<'_>) -> Vec<usize> {
    let name = source.path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let is_vague = matches!(stem, "util" | "utils" | "common" | "helper" | "helpers" | "manager" | "misc" | "mod");
    if is_vague { vec![1] } else { vec![] }
}

fn machine_paths(source: &Source<'_>) -> Vec<usize> {
    let continues_a_path = |before: char| before.is_ascii_alphanumeric() || "_-.~}/*$".contains(before);
    let has_path = |line: &str, folder: &str| line.match_indices(folder).any(|(at, _)| !line[..at].ends_with(continues_a_path));
    lines(source.text, |line| MACHINE_FOLDERS.iter().any(|folder| has_path(line, folder)))
}

fn registry_hosts(source: &Source<'_>) -> Vec<usize> {
    lines(source.text, |line| REGISTRIES.iter().any(|host| line.contains(host)))
}

/// One line a finding: where, and what to do.
fn findings(source: &Source<'_>) -> Vec<String> {
    let broken = RULES.iter().filter(|rule| (rule.applies)(source));
    broken.flat_map(|rule| (rule.finds)(source).into_iter().map(|line| format!("{}:{line}: {}", source.path, rule.says))).collect()
}

#[test]
fn sources_keep_the_rules() {
    let found: Vec<String> = repository::files()
        .iter()
        .filter(|path| !path.ends_with(".jsonl"))
        .filter_map(|path| Some((path, repository::text(path)?)))
        .flat_map(|(path, text)| findings(&Source { path, text: &text }))
        .collect();
    report("the rules for sources in tests/src/tidy/sources.rs are not kept:", &found);
}

#[test]
fn exceptions_from_the_length_rule_are_still_needed() {
    let is_stale = |path: &str| !repository::root().join(path).exists() || repository::required_text(path).lines().count() <= MAX_LINES;
    let stale: Vec<String> = LONG.iter().filter(|(path, _)| is_stale(path)).map(|(path, _)| (*path).to_owned()).collect();
    report("remove from LONG in tests/src/tidy/sources.rs, these are short or gone:", &stale);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that exactly one finding, whose text contains `expect`, is at each of `at`.
    #[track_caller]
    fn check(path: &str, text: &str, at: &[usize], expect: &str) {
        let found = findings(&Source { path, text });
        assert_eq!(found.len(), at.len(), "{found:?}");
        for (found, line) in found.iter().zip(at) {
            assert!(found.starts_with(&format!("{path}:{line}: ")) && found.contains(expect), "{found:?} is not about {expect:?}");
        }
    }

    #[test]
    fn wasmtime_and_candle_have_owners() {
        check("crates/sandbox/src/a.rs", "//! A.\nuse wasmtime::Engine;\n", &[], "");
        check("crates/server/src/a.rs", "//! About wasmtime.\n// wasmtime\nuse wasmtime_wasi::p2;\n", &[3], "only in crates/sandbox");
        check("crates/cli/src/a.rs", "//! A.\nlet x = my_candle;\nuse candle_core::Tensor;\n", &[3], "only in crates/policy");
        check("crates/trainer/src/a.rs", "//! A.\nuse candle_core::Tensor;\n", &[], "");
    }

    #[test]
    fn asynchrony_below_the_server() {
        let text = format!("//! A.\n{} f() {{}}\nuse tokio::net;\nlet tokio_like = 1; // tokio\n", ASYNC[0]);
        check("crates/verifier/src/a.rs", &text, &[2, 3, 4], "below the server");
        check("crates/server/src/a.rs", &text, &[], "");
        check("crates/protocol/src/a.rs", &format!("// This file is @generated by prost-build.\n{text}"), &[], "");
    }

    #[test]
    fn environment_and_clock() {
        let text = format!("//! A.\nlet x = std::{ENVIRONMENT}(\"X\");\n");
        check("crates/server/src/a.rs", &text, &[2], "take the setting as an argument");
        check("crates/cli/src/a.rs", &text, &[], "");
        check("crates/protocol/build.rs", &text, &[], "");
        let text = format!("//! A.\n{ENVIRONMENT_REASON}: tells a child process its folder\nlet x = std::{ENVIRONMENT}(\"X\");\n");
        check("crates/server/src/a.rs", &text, &[], "");
        let text = format!("//! A.\n{CLOCK}();\n{CLOCK_REASON}\n{CLOCK}();\n{CLOCK_REASON}: shown to people in logs\n{CLOCK}();\n");
        check("crates/cli/src/a.rs", &text, &[2, 4], "says why");
    }

    #[test]
    fn unfinished_work() {
        for needle in TASK_WORDS.iter().chain(&UNFINISHED_CODE) {
            check("crates/math/src/a.rs", &format!("//! A.\n// {needle}: later\n"), &[2], "finish it");
        }
        check("sandboxes/python/driver/a.py", &format!("# {}\n", TASK_WORDS[0]), &[1], "finish it");
        check("crates/math/src/a.rs", &format!("//! A.\nconst {}S: u8 = 1;\n", TASK_WORDS[0]), &[], "");
    }

    #[test]
    fn headers_lengths_and_names() {
        check("crates/math/src/a.rs", "\n//! A.\n", &[1], "begin the file");
        check("crates/math/src/a.rs", &format!("//! A.\n{}", "x;\n".repeat(MAX_LINES)), &[MAX_LINES + 1], "over 1000 lines");
        check("crates/math/src/a.rs", &format!("//! A.\n{}", "x;\n".repeat(MAX_LINES - 1)), &[], "");
        check("crates/math/src/a/mod.rs", "//! A.\n", &[1], "name the file");
        check("python/gavel/utils.py", "", &[1], "name the file");
        check("crates/math/src/module.rs", "//! A.\n", &[], "");
    }

    #[test]
    fn places_outside_the_repository() {
        let [folder, ..] = MACHINE_FOLDERS;
        check("docs/a.md", &format!("see {folder}x\n(`{folder}x`)\n"), &[1, 2], "a path of one machine");
        check("docs/a.md", &format!("see https://example.org{folder}x and crates{folder}x\n"), &[], "");
        check("tests/programs/a.py", &format!("open('{folder}x')\n"), &[], "");
        for host in REGISTRIES {
            check("sandboxes/python/guest.toml", &format!("url = 'https://{}/x'\n", host.trim_start_matches("https://")), &[1], "registry");
        }
    }
}
