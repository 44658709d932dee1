//! Finds the program in a response: the rules by which text becomes the source that is run.
//!
//! 1. Only what follows the last `</think>` counts. A `<think>` after it, or one that is never closed, means that the response ended while thinking:
//!    there is no program ([`after_think`]).
//! 2. The last fenced block tagged with the language counts; without one, the last untagged block. A block tagged with anything else (`bash`, `text`,
//!    `json`, `cpp`, `output`) never counts, and neither does a blank block.
//! 3. A fence that is still open at the end, as in a response that was cut off, holds everything to the end.
//! 4. Without any fence, the whole text counts if at least one of its lines reads like the language. Python: an import, `def`, `class`, `for … in …:`, `while …:`,
//!    `if …:`, `with …:`, `try:`, a decorator, `print(`, an assignment to names, an indented `return`, or `input()` anywhere. JavaScript: a declaration with
//!    `const`, `let`, `var`, `function` or `class`, `require(`, `console.`, `process.`, `=>`, an `import … from`. C and C++: `#include`, `main(`, `using namespace`.
//!    Blank lines around the text and `<answer>` tags are removed. This only tells "no program" from "a program that does not compile"; prose taken for code fails as such.
//!
//! Fences are CommonMark's (section 4.5 of version 0.31: backticks or tildes, at least three, closed by at least as many of the same alone on a line;
//! a shorter fence inside a longer one is content), with these differences, all of them things that models write:
//! - A fence may be indented by any amount, as in lists. The content loses the indentation of the fence, or that of its first line if that is less. A
//!   closing fence may be indented at most three columns deeper than the opening one.
//! - A tag may stand before an opening fence (`` <answer>``` ``) and anything that begins with `<` after a closing one (`` ```</answer> ``, `` ```<|im_end|> ``).
//! - The language is the first word of the info string whatever its case, also in `python3 title=x`, `python:main.py`, `{.python}` and `{python}`.
//!
//! Line ends are `\n` or `\r\n`, and are handed on as they are. A closing fence inside a Python string cannot be told from the end of the block, in
//! CommonMark or here: such a program needs a longer fence around it, or an indentation of four columns inside the string. Fences inside block quotes
//! and on the line of a list marker are not recognised.
//!
//! Time is linear in the response, and nothing is copied except the content of an indented fence.

mod looks;

use gavel_sandbox::Language;
use std::borrow::Cow;

/// A program found in a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted<'a> {
    /// The program's source.
    pub source: Cow<'a, str>,
    /// Where it was.
    pub how: How,
}

/// Where in a response a program was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// In a closed block tagged with the language.
    TaggedFence,
    /// In a closed block without a tag.
    PlainFence,
    /// In a block, tagged or not, that the response does not close.
    UnclosedFence,
    /// The response has no block and reads like a program.
    Bare,
}

/// What a response says after thinking: the text after the last `</think>`, or all of it if that tag is absent; `None` if it never stopped thinking.
///
/// ```
/// use gavel_code::extract::after_think;
/// assert_eq!(after_think("<think>hm</think>\n4"), Some("\n4"));
/// assert_eq!(after_think("4"), Some("4"));
/// assert_eq!(after_think("<think>hm"), None);
/// ```
pub fn after_think(response: &str) -> Option<&str> {
    let answer = response.rfind("</think>").map_or(response, |at| &response[at + "</think>".len()..]);
    (!answer.contains("<think>")).then_some(answer)
}

/// The program in `response`, or `None` if there is none. The info strings of its language are [the names of the language](Language::names).
///
/// ```
/// use gavel_code::{Language, extract::{How, program}};
/// let found = program("Run it:\n```python\nprint(1)\n```\nIt prints\n```text\n1\n```\n", Language::Python).unwrap();
/// assert_eq!((&*found.source, found.how), ("print(1)\n", How::TaggedFence));
/// ```
pub fn program(response: &str, language: Language) -> Option<Extracted<'_>> {
    let answer = after_think(response)?;
    let (mut tagged, mut plain, mut any) = (None, None, false);
    for block in Blocks::new(answer) {
        any = true;
        if block.content.trim().is_empty() {
            continue;
        }
        if language.names().iter().any(|tag| tag.eq_ignore_ascii_case(block.tag)) {
            tagged = Some(block);
        } else if block.tag.is_empty() {
            plain = Some(block);
        }
    }
    if !any {
        return bare(answer, language);
    }
    let (block, closed) = match (tagged, plain) {
        (Some(block), _) => (block, How::TaggedFence),
        (None, Some(block)) => (block, How::PlainFence),
        (None, None) => return None,
    };
    Some(Extracted { source: dedent(block.content, block.indent), how: if block.closed { closed } else { How::UnclosedFence } })
}

/// A fenced block.
#[derive(Debug)]
struct Block<'a> {
    /// The whitespace before the opening fence.
    indent: &'a str,
    /// First word of the info string; empty if there is none.
    tag: &'a str,
    /// All lines between the fences, with their ends.
    content: &'a str,
    closed: bool,
}

/// The line that opens a block.
struct Fence<'a> {
    indent: &'a str,
    mark: u8,
    length: usize,
    tag: &'a str,
}

impl<'a> Fence<'a> {
    fn open(line: &'a str) -> Option<Self> {
        let mut rest = line.trim_start_matches([' ', '\t']);
        let indent = &line[..line.len() - rest.len()];
        if rest.starts_with('<') {
            rest = rest.split_once('>')?.1.trim_start_matches([' ', '\t']);
        }
        let mark = *rest.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
        let length = run_length(rest, mark);
        let info = rest[length..].trim();
        // A backtick in the info string makes it a code span within a line: "```print(1)```".
        if length < 3 || (mark == b'`' && info.contains('`')) {
            return None;
        }
        let word = info.trim_start_matches(['{', '.', ' ']);
        let end = word.find(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | ':')).unwrap_or(word.len());
        Some(Self { indent, mark, length, tag: &word[..end] })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let rest = line.trim_start_matches([' ', '\t']);
        let length = run_length(rest, self.mark);
        if length < self.length || line.len() - rest.len() > self.indent.len() + 3 {
            return false;
        }
        let after = rest[length..].trim();
        after.is_empty() || after.starts_with('<')
    }
}

fn run_length(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|&b| b == byte).count()
}

/// The fenced blocks of a text, first to last.
struct Blocks<'a> {
    text: &'a str,
    /// Where the next line starts.
    at: usize,
}

impl<'a> Blocks<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next line without its end, and where it starts.
    fn line(&mut self) -> Option<(usize, &'a str)> {
        let start = self.at;
        if start == self.text.len() {
            return None;
        }
        let rest = &self.text[start..];
        let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
        self.at = (start + line.len() + 1).min(self.text.len());
        Some((start, line.strip_suffix('\r').unwrap_or(line)))
    }
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        let fence = loop {
            if let Some(fence) = Fence::open(self.line()?.1) {
                break fence;
            }
        };
        let start = self.at;
        while let Some((end, line)) = self.line() {
            if fence.is_closed_by(line) {
                return Some(Block { indent: fence.indent, tag: fence.tag, content: &self.text[start..end], closed: true });
            }
        }
        Some(Block { indent: fence.indent, tag: fence.tag, content: &self.text[start..], closed: false })
    }
}

/// `content` without the indentation that the fence and the first line that is not blank have in common; a line that has less of it loses what it has.
fn dedent<'a>(content: &'a str, fence_indent: &str) -> Cow<'a, str> {
    let first = content.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let indent = &fence_indent[..common_prefix(fence_indent, first)];
    if indent.is_empty() {
        return Cow::Borrowed(content);
    }
    Cow::Owned(content.split_inclusive('\n').map(|line| &line[common_prefix(indent, line)..]).collect())
}

/// Length of what `indent`, which is ASCII, and `line` begin with alike.
fn common_prefix(indent: &str, line: &str) -> usize {
    indent.bytes().zip(line.bytes()).take_while(|(a, b)| a == b).count()
}

fn bare(text: &str, language: Language) -> Option<Extracted<'_>> {
    let mut source = text.trim_end();
    source = source.strip_suffix("</answer>").unwrap_or(source).trim_end();
    source = source.trim_start().strip_prefix("<answer>").unwrap_or(source);
    // The first line keeps its indentation: the response may continue a function that the prompt began.
    let first = source.len() - source.trim_start().len();
    source = &source[source[..first].rfind('\n').map_or(0, |newline| newline + 1)..];
    source.lines().any(|line| looks::like(language, line)).then_some(Extracted { source: Cow::Borrowed(source), how: How::Bare })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PYTHON: Language = Language::Python;

    #[track_caller]
    fn check(response: &str, expect: Option<(&str, How)>) {
        let found = program(response, PYTHON);
        assert_eq!(found.as_ref().map(|found| (&*found.source, found.how)), expect, "{response:?}");
    }

    #[track_caller]
    fn check_tagged(response: &str, source: &str) {
        check(response, Some((source, How::TaggedFence)));
    }

    #[test]
    fn only_text_after_thinking_counts() {
        check_tagged("<think>```python\nbad\n```</think>\n```python\ngood\n```", "good\n");
        check_tagged("a</think>b</think>\n```python\ngood\n```", "good\n");
        check("```python\ndraft\n```\n</think>The answer is 4.", None);
        check("<think>\n```python\ndraft\n```", None);
        check("<think>a</think>\n```python\ngood\n```\n<think>\nwait", None);
    }

    #[test]
    fn the_last_tagged_block_counts() {
        check_tagged("```python\na\n```\n```python3\nb\n```\nDone.", "b\n");
        check_tagged("```py\na\n```\nIt prints:\n```\n1\n```\n```text\n2\n```", "a\n");
        check("```\na\n```\n```\nb\n```", Some(("b\n", How::PlainFence)));
    }

    #[test]
    fn blocks_of_other_languages_never_count() {
        for tag in ["bash", "text", "json", "cpp", "output", "pycon", "python-repl", "c++", "jsx"] {
            check(&format!("```{tag}\nprint(1)\n```"), None);
            check(&format!("```{tag}\nprint(1)"), None);
        }
        check("import os\n```bash\nls\n```", None);
    }

    #[test]
    fn blank_blocks_do_not_count() {
        check_tagged("```python\na\n```\n```python\n \n```", "a\n");
        check("```\na\n```\n```", Some(("a\n", How::PlainFence)));
        check("```python\n```", None);
        check("```python", None);
    }

    #[test]
    fn an_open_fence_holds_everything_to_the_end() {
        check("```python\na\n```\n```python\nb = 1\nc", Some(("b = 1\nc", How::UnclosedFence)));
        check("```\nb", Some(("b", How::UnclosedFence)));
        check_tagged("```python\na\n```\n```\nb", "a\n");
        check("````python\na\n```\n", Some(("a\n```\n", How::UnclosedFence)));
    }

    #[test]
    fn fences_follow_commonmark() {
        check_tagged("~~~python\na\n~~~", "a\n");
        check_tagged("~~~python\na\n```\n~~~~  \n", "a\n```\n");
        check_tagged("````python\n```python\na\n```\n`````", "```python\na\n```\n");
        check_tagged("````md\n```python\nbad\n```\n````\n```python\ngood\n```", "good\n");
        check_tagged("```python\na\n``` b\nc\n```", "a\n``` b\nc\n");
        check_tagged("```python\n'''\n    ```\n'''\n```", "'''\n    ```\n'''\n");
        check_tagged("``` python\na\n   ```", "a\n");
        check("``python\na\n``", None);
        check("say ```print(1)``` please", None);
    }

    #[test]
    fn the_language_is_the_first_word() {
        for info in [
            "python",
            "Python",
            "PYTHON3",
            " py ",
            "python title=x",
            "python3 {1,3}",
            "{.python}",
            "{.python .lines}",
            "{python}",
            "python:a.py",
        ] {
            check_tagged(&format!("```{info}\na\n```"), "a\n");
        }
    }

    #[test]
    fn indented_fences_dedent() {
        check_tagged("1. So:\n   ```python\n   if a:\n       b\n\n   c\n   ```", "if a:\n    b\n\nc\n");
        check_tagged("\t```python\n\ta\n\t\tb\n\t```", "a\n\tb\n");
        check_tagged("    ```python\ndef f():\n    return 1\n    ```", "def f():\n    return 1\n");
        check_tagged("  ```python\n  a = '''\nb\n'''\n  ```", "a = '''\nb\n'''\n");
        check("  ```python\n  a", Some(("a", How::UnclosedFence)));
    }

    #[test]
    fn windows_line_ends_are_kept() {
        check_tagged("Hi\r\n```python\r\na\r\nb\r\n```\r\n", "a\r\nb\r\n");
        check_tagged("  ```python\r\n  a\r\n  ```\r\n", "a\r\n");
    }

    #[test]
    fn tags_around_a_fence_are_harmless() {
        check_tagged("<answer>\n```python\na\n```\n</answer>", "a\n");
        check_tagged("<answer>```python\na\n```</answer>", "a\n");
        check_tagged("```python\na\n```<|im_end|>", "a\n");
        check("<answer>\nprint(1)\n</answer>", Some(("print(1)", How::Bare)));
        check(" <answer>print(1)</answer>\n", Some(("print(1)", How::Bare)));
    }

    #[test]
    fn bare_code_counts() {
        for code in [
            "import sys",
            "import os.path as p, re",
            "from math import gcd",
            "def f(x):\n    return x",
            "class A:\n    pass",
            "async def f(): ...",
            "for i in range(3): pass",
            "while True:\n    pass",
            "if 1: pass",
            "@cache\n",
            "print(1)",
            "n = 3",
            "a, b = 1, 2",
            "a[-1] += 1",
            "x: int = 1",
            "n, m = map(int, input().split())",
            "(print)(input())",
            "    return a + b",
            "    n = 1\n    return n",
            "Here it is:\nprint(1)",
        ] {
            check(code, Some((code.trim_end(), How::Bare)));
            check(&format!("<think>hm</think>\n \n{code}\n\n"), Some((code.trim_end(), How::Bare)));
        }
    }

    #[test]
    fn each_language_has_its_own_blocks() {
        let text = "```js\na\n```\n```python\nb\n```\n```c++\nc\n```\n```c\nd\n```";
        for (language, source) in [(Language::JavaScript, "a\n"), (PYTHON, "b\n"), (Language::Cpp, "c\n"), (Language::C, "d\n")] {
            assert_eq!(program(text, language).map(|found| found.source.into_owned()).as_deref(), Some(source));
        }
        for (language, code, prose) in [
            (Language::JavaScript, "const n = 1;", "let us see what a function is"),
            (Language::JavaScript, "console.log(1)", "We class them."),
            (Language::JavaScript, "x => x + 1", "a >= b"),
            (Language::Cpp, "#include <iostream>", "include the header"),
            (Language::C, "int main(void) {", "the main idea"),
        ] {
            assert_eq!(program(code, language).map(|found| found.how), Some(How::Bare), "{code}");
            assert_eq!(program(prose, language), None, "{prose}");
        }
    }

    #[test]
    fn prose_is_no_program() {
        for prose in [
            "",
            " \n\t",
            "42",
            "The answer is 42.",
            "from the first we get the second",
            "import the module first",
            "return the sum",
            "So the total = 4",
            "a == b holds",
            "f(n) = 2",
            "for example: this",
            "We print the result; defer it, classify it.",
            "me@example.org",
        ] {
            check(prose, None);
        }
    }

    #[test]
    fn hostile_responses_take_linear_time() {
        let megabyte = 1 << 20;
        for hostile in [
            "`".repeat(megabyte),
            "`\n".repeat(megabyte / 2),
            "```\n".repeat(megabyte / 4),
            "```a`\n".repeat(megabyte / 6),
            "```x\n".repeat(megabyte / 5),
            "<".repeat(megabyte),
            "<think>".repeat(megabyte / 7),
            "</think>".repeat(megabyte / 8),
            " ".repeat(megabyte),
            "a,".repeat(megabyte / 2),
            (3..1000).map(|length| "`".repeat(length) + "x\n").collect(),
        ] {
            assert_eq!(program(&hostile, PYTHON), None);
        }
    }

    fn response() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            "[ \t]{0,5}[`~]{2,5}(python|text|py x|\\{.python\\})?[ \t]?",
            "[ \t]{0,5}(<answer>|</answer>|<think>|</think>)?(```)?",
            "[ \t]{0,6}[a-z=(): é]{0,12}",
            any::<String>(),
        ];
        proptest::collection::vec((line, prop_oneof![Just("\n"), Just("\r\n")]), 0..20)
            .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
    }

    proptest! {
        #[test]
        fn a_program_is_part_of_the_response(response in response()) {
            let Some(found) = program(&response, PYTHON) else { return Ok(()) };
            prop_assert!(!found.source.trim().is_empty());
            match found.source {
                Cow::Borrowed(source) => prop_assert!(response.as_bytes().as_ptr_range().contains(&source.as_ptr())),
                Cow::Owned(source) => {
                    let mut lines = response.split_inclusive('\n');
                    for line in source.split_inclusive('\n') {
                        prop_assert!(
                            lines.any(|whole| whole.strip_suffix(line).is_some_and(|cut| cut.trim().is_empty())),
                            "{line:?} is no line of {response:?}"
                        );
                    }
                }
            }
        }

        #[test]
        fn what_is_fenced_comes_back(source in "([a-z \t`]{0,8}\n){0,5}[a-z]\n", indent in "[ \t]{0,6}", before in "[a-z \n]{0,20}") {
            let fence = "`".repeat(9);
            let indented: String = source.split_inclusive('\n').map(|line| format!("{indent}{line}")).collect();
            let response = format!("{before}\n{indent}{fence}python\n{indented}{indent}{fence}\n");
            let found = program(&response, PYTHON);
            prop_assert_eq!(found, Some(Extracted { source: source.into(), how: How::TaggedFence }));
        }

        #[test]
        fn thinking_leaves_a_suffix(response in response()) {
            if let Some(answer) = after_think(&response) {
                prop_assert!(response.ends_with(answer));
                prop_assert!(!answer.contains("<think>") && !answer.contains("</think>"));
            }
        }
    }
}
