//! `console` blocks: which lines are commands, which are what they print, and whether something else printed matches.

use std::io::Write;
use std::process::{Command, Stdio};

/// A command and what it prints.
#[derive(Debug, PartialEq)]
pub(super) struct Step {
    pub(super) command: String,
    pub(super) expected: String,
}

const PROMPT: &str = "$ ";
const ANY_LINES: &str = "...";
const ANY_CHARACTERS: char = '…';

/// The steps of a block.
///
/// # Errors
/// When something stands before the first command.
pub(super) fn steps(text: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix(PROMPT) else {
            return Err(format!("expected a line `{PROMPT}command`, found `{line}`"));
        };
        let mut command = first.to_owned();
        while is_incomplete(&command) {
            let Some(next) = lines.next() else { break };
            command.push('\n');
            command.push_str(next);
        }
        let mut expected = String::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with(PROMPT)) {
            expected.push_str(line);
            expected.push('\n');
        }
        steps.push(Step { command, expected });
    }
    Ok(steps)
}

/// Whether bash would ask for another line.
fn is_incomplete(command: &str) -> bool {
    let is_continued = command.len() - command.trim_end_matches('\\').len();
    let complaint = syntax_problem(command).unwrap_or_default();
    is_continued % 2 == 1 || ["unexpected EOF", "unexpected end of file", "here-document"].iter().any(|sign| complaint.contains(sign))
}

/// What `bash -n` says about a script, `None` when it says nothing.
pub(crate) fn syntax_problem(script: &str) -> Option<String> {
    let mut bash = Command::new("bash");
    bash.arg("-n").env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = bash.spawn().expect("bash runs");
    let mut input = child.stdin.take().expect("stdin is a pipe");
    // A script that bash gave up on breaks the pipe, and bash has said why.
    input.write_all(script.as_bytes()).and_then(|()| input.write_all(b"\n")).ok();
    drop(input);
    let output = child.wait_with_output().expect("bash ends");
    let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    (!complaint.is_empty()).then_some(complaint)
}

/// Whether `actual` is what `expected` describes. White space at the end of lines and empty lines at the end do not count.
pub(super) fn matches(expected: &str, actual: &str) -> bool {
    let (expected, actual) = (lines(expected), lines(actual));
    let groups: Vec<&[&str]> = expected.split(|line| line.trim() == ANY_LINES).collect();
    in_order(&groups, &actual, |group, lines| group.len() == lines.len() && group.iter().zip(lines).all(|(e, a)| line_matches(e, a)))
}

fn lines(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

fn line_matches(expected: &str, actual: &str) -> bool {
    let actual: Vec<char> = actual.chars().collect();
    let parts: Vec<Vec<char>> = expected.split(ANY_CHARACTERS).map(|part| part.chars().collect()).collect();
    in_order(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>(), &actual, |part, actual| part == actual)
}

/// Whether `actual` is `parts` with anything between them: begins with the first, ends with the last, and has the others in order, without overlap.
fn in_order<T>(parts: &[&[T]], actual: &[T], is_equal: impl Fn(&[T], &[T]) -> bool) -> bool {
    let [first, middle @ .., last] = parts else {
        return parts.iter().all(|only| is_equal(only, actual));
    };
    let Some(between) = actual.len().checked_sub(last.len()).and_then(|end| actual.get(first.len()..end)) else { return false };
    if !is_equal(first, &actual[..first.len()]) || !is_equal(last, &actual[actual.len() - last.len()..]) {
        return false;
    }
    let mut rest = between;
    middle.iter().all(|part| {
        let found = (0..=rest.len()).find(|&at| rest.get(at..at + part.len()).is_some_and(|window| is_equal(part, window)));
        rest = found.map_or(&[], |at| &rest[at + part.len()..]);
        found.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_steps(text: &str, expect: &[(&str, &str)]) {
        let expect: Vec<Step> =
            expect.iter().map(|&(command, expected)| Step { command: command.into(), expected: expected.into() }).collect();
        assert_eq!(steps(text), Ok(expect));
    }

    #[test]
    fn commands_and_what_they_print() {
        check_steps("$ ls\na\nb\n$ true\n", &[("ls", "a\nb\n"), ("true", "")]);
        check_steps("", &[]);
        assert_eq!(steps("a\n").unwrap_err(), "expected a line `$ command`, found `a`");
    }

    #[test]
    fn commands_of_several_lines() {
        check_steps("$ echo a \\\n  b\na b\n", &[("echo a \\\n  b", "a b\n")]);
        check_steps("$ curl -d '{\n  \"a\": 1\n}'\nx\n", &[("curl -d '{\n  \"a\": 1\n}'", "x\n")]);
        check_steps("$ cat <<'E' > f\na\n$ b\nE\n$ cat f\n", &[("cat <<'E' > f\na\n$ b\nE", ""), ("cat f", "")]);
        check_steps("$ for x in 1 2; do\n  echo $x\ndone\n1\n2\n", &[("for x in 1 2; do\n  echo $x\ndone", "1\n2\n")]);
        check_steps("$ echo 'a\\\\'\na\n", &[("echo 'a\\\\'", "a\n")]);
    }

    #[test]
    fn syntax() {
        assert_eq!(syntax_problem("ls | wc\n"), None);
        assert!(syntax_problem("ls | | wc\n").unwrap().contains("syntax error"));
    }

    #[track_caller]
    fn check(expected: &str, actual: &str, expect: bool) {
        assert_eq!(matches(expected, actual), expect, "{expected:?} against {actual:?}");
    }

    #[test]
    fn plain_lines() {
        check("a\nb\n", "a\nb\n", true);
        check("a\nb\n", "a  \nb\n\n", true);
        check("a\n", "a\nb\n", false);
        check("a\nb\n", "a\n", false);
        check("", "", true);
        check("", "a\n", false);
        check(" a\n", "a\n", false);
        check("a\n\nb\n", "a\nb\n", false);
    }

    #[test]
    fn any_lines() {
        check("...\n", "", true);
        check("...\n", "a\nb\n", true);
        check("a\n...\n", "a\nb\n", true);
        check("a\n...\n", "b\na\n", false);
        check("...\nb\n", "a\nb\n", true);
        check("a\n...\na\n", "a\n", false);
        check("a\n...\nb\n...\nc\n", "a\nx\nb\nc\n", true);
        check("a\n...\nb\n...\nc\n", "a\nx\nc\n", false);
        check("a\n...\nc…\nd\n...\nz\n", "a\nc1\nc2\nd\nz\n", true);
    }

    #[test]
    fn any_characters() {
        check("took … ms\n", "took 12 ms\n", true);
        check("took … ms\n", "took 12 s\n", false);
        check("a…\n", "a\n", true);
        check("a…a\n", "a\n", false);
        check("{\"a\": …, \"b\": …}\n", "{\"a\": 1, \"b\": 2}\n", true);
        check("…é…\n", "aéb\n", true);
    }
}
