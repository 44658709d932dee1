//! Fenced blocks of a Markdown page, and what their languages mean here.

use std::path::{Component, Path};

/// A fenced block.
#[derive(Debug)]
pub(crate) struct Block {
    page: String,
    /// The line of the opening fence, counted from 1.
    line: usize,
    /// What stands behind the fence, split at commas and spaces; empty when nothing does.
    tags: Vec<String>,
    /// The lines between the fences, without the indentation of the opening one, each ended by a newline.
    pub(crate) text: String,
}

/// What is done with a block.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Language {
    /// Commands with what they print.
    Console,
    /// Commands alone, which have to be complete.
    Shell,
    /// Has to parse.
    Data(fn(&str) -> Result<(), String>),
    /// Nothing is done with it here.
    Shown,
}

impl Language {
    /// The language called `name`. One that is missing is added here, so that a slip of the pen is not a block that nobody checks.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "console" => Self::Console,
            "sh" => Self::Shell,
            "json" => Self::Data(json),
            "jsonl" => Self::Data(jsonl),
            "toml" => Self::Data(toml),
            "c" | "cpp" | "diff" | "haproxy" | "html" | "javascript" | "markdown" | "mermaid" | "nginx" | "promql" | "protobuf"
            | "python" | "rust" | "text" | "tex" | "wit" | "yaml" => Self::Shown,
            _ => return None,
        })
    }

    /// Whether `tag` may stand behind the language.
    fn takes(self, name: &str, tag: &str) -> bool {
        match self {
            Self::Console => tag == "server",
            Self::Shell => matches!(tag, "run" | "server") || file_name(tag).is_some(),
            // rustdoc has tags of its own.
            Self::Shown if name == "rust" => true,
            Self::Data(_) | Self::Shown => file_name(tag).is_some(),
        }
    }
}

/// The name in `file=NAME`, when it lies in the page's folder.
fn file_name(tag: &str) -> Option<&str> {
    let name = tag.strip_prefix("file=")?;
    let is_inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    (!name.is_empty() && is_inside).then_some(name)
}

fn json(text: &str) -> Result<(), String> {
    serde_json::from_str::<serde_json::Value>(text).map(|_| ()).map_err(|error| format!("not JSON: {error}"))
}

fn jsonl(text: &str) -> Result<(), String> {
    let mut numbered = text.lines().zip(1..).filter(|(line, _)| !line.is_empty());
    numbered.try_for_each(|(line, number)| json(line).map_err(|problem| format!("line {number}: {problem}")))
}

fn toml(text: &str) -> Result<(), String> {
    text.parse::<toml::Table>().map(|_| ()).map_err(|error| format!("not TOML: {error}"))
}

impl Block {
    /// What is done with the block.
    ///
    /// # Errors
    /// What is wrong with its tags.
    pub(crate) fn language(&self) -> Result<Language, String> {
        let Some((name, tags)) = self.tags.split_first() else {
            return Err("add a language behind the fence; `text` for plain text".to_owned());
        };
        let language = Language::of(name).ok_or_else(|| format!("unknown language `{name}`; add it to tests/src/docs/block.rs"))?;
        match tags.iter().find(|tag| !language.takes(name, tag)) {
            Some(tag) => Err(format!("a `{name}` block cannot be tagged `{tag}`")),
            None => Ok(language),
        }
    }

    pub(crate) fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().skip(1).any(|other| other == tag)
    }

    /// The file that the block is to be written to.
    pub(crate) fn file(&self) -> Option<&str> {
        self.tags.iter().find_map(|tag| file_name(tag))
    }

    /// Whether the block is run, or written to a file for those that are.
    pub(crate) fn takes_part(&self) -> bool {
        let is_run = match self.language() {
            Ok(Language::Console) => true,
            Ok(Language::Shell) => self.has_tag("run"),
            Ok(Language::Data(_) | Language::Shown) | Err(_) => false,
        };
        is_run || self.file().is_some()
    }

    /// Page and line, for messages.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.page, self.line)
    }
}

/// The opening fence of a line: its indentation, the run of fence characters, and what stands behind.
fn fence(line: &str) -> Option<(usize, &str, &str)> {
    let body = line.trim_start();
    let mark = body.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = body.len() - body.trim_start_matches(mark).len();
    let (run, behind) = body.split_at(length);
    let is_inline_code = mark == '`' && behind.contains('`');
    (length >= 3 && !is_inline_code).then(|| (line.len() - body.len(), run, behind.trim()))
}

/// The fenced blocks of a page.
///
/// # Errors
/// When a fence is not closed: where it was opened.
pub(crate) fn blocks(page: &str, text: &str) -> Result<Vec<Block>, String> {
    let mut found = Vec::new();
    let mut lines = text.lines().zip(1..);
    while let Some((opening, line)) = lines.next() {
        let Some((indentation, run, behind)) = fence(opening) else { continue };
        let tags = behind.split([',', ' ']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
        let mut block = Block { page: page.to_owned(), line, tags, text: String::new() };
        loop {
            let Some((inner, _)) = lines.next() else { return Err(format!("{}: this fence is not closed", block.place())) };
            if fence(inner).is_some_and(|(_, closing, behind)| closing.starts_with(run) && behind.is_empty()) {
                break;
            }
            let indented = inner.len() - inner.trim_start().len();
            block.text.push_str(&inner[indented.min(indentation)..]);
            block.text.push('\n');
        }
        found.push(block);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each block as `line tags text`.
    #[track_caller]
    fn check(page: &str, expect: &[(usize, &[&str], &str)]) {
        let found = blocks("page.md", page).unwrap();
        assert_eq!(found.len(), expect.len(), "{found:?}");
        for (block, (line, tags, text)) in found.iter().zip(expect) {
            assert_eq!(
                (block.line, block.tags.as_slice(), block.text.as_str()),
                (*line, &tags.iter().map(|&tag| tag.into()).collect::<Vec<String>>()[..], *text)
            );
        }
    }

    #[test]
    fn fences() {
        check("a\n```sh\nls\n```\nb\n", &[(2, &["sh"], "ls\n")]);
        check("```\n```\n~~~ json\n{}\n~~~\n", &[(1, &[], ""), (3, &["json"], "{}\n")]);
        check("```console,server\n$ x\n\ny\n```\n", &[(1, &["console", "server"], "$ x\n\ny\n")]);
        check("a ```sh``` b\n```sh``` b\n", &[]);
        check("````text\n```sh\n```\n````\n", &[(1, &["text"], "```sh\n```\n")]);
        check("- item\n\n  ```text\n  a\n    b\n\n  ```\n", &[(3, &["text"], "a\n  b\n\n")]);
    }

    #[test]
    fn an_open_fence_is_found() {
        assert_eq!(blocks("page.md", "a\n\n```sh\nls\n").unwrap_err(), "page.md:3: this fence is not closed");
    }

    #[test]
    fn tags() {
        let tagged = |behind: &str| blocks("page.md", &format!("```{behind}\n```\n")).unwrap().remove(0);
        assert_eq!(tagged("jsonl,file=items.jsonl").file(), Some("items.jsonl"));
        assert_eq!(tagged("text").file(), None);
        assert!(tagged("console,server").has_tag("server"));
        assert!(!tagged("console").has_tag("console"), "the language is no tag");
        for wrong in ["json,server", "json,file=", "json,file=../x", "toml,file=/x", "sh,serve"] {
            let tag = wrong.split_once(',').unwrap().1;
            assert!(tagged(wrong).language().unwrap_err().ends_with(&format!("cannot be tagged `{tag}`")), "{wrong}");
        }
        assert!(tagged("rust,no_run").language().is_ok());
    }
}
