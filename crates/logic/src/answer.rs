//! Finds the answer in a response.

use serde::Serialize;

/// Where the answer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Extraction {
    /// Between the last `<answer>` and `</answer>`.
    AnswerTag,
    /// In the last `\boxed{}`.
    Boxed,
    /// All that follows the thinking.
    AfterThinking,
    /// The whole response: there was no thinking.
    Whole,
}

/// An answer and where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extracted<'a> {
    /// The answer, without white space around it.
    pub text: &'a str,
    /// Which rule found it.
    pub by: Extraction,
}

/// The answer of a response: what the last `<answer>` pair holds, else the last `\boxed{}`, else all the text, in each case after the last `</think>`.
/// `None` if thinking began and never ended, as such a response has not answered yet.
///
/// ```
/// use gavel_logic::{Extraction, extract};
/// let found = extract("<think>5? no</think> So <answer> 6 </answer>.").unwrap();
/// assert_eq!((found.text, found.by), ("6", Extraction::AnswerTag));
/// assert_eq!(extract(r"It is \boxed{\frac{1}{2}}").unwrap().text, r"\frac{1}{2}");
/// assert_eq!(extract("<think>still <answer>6</answer>"), None);
/// ```
pub fn extract(response: &str) -> Option<Extracted<'_>> {
    let (rest, otherwise) = match response.rsplit_once("</think>") {
        Some((_, rest)) => (rest, Extraction::AfterThinking),
        None if response.contains("<think>") => return None,
        None => (response, Extraction::Whole),
    };
    let (text, by) = if let Some(text) = last_tag(rest) {
        (text, Extraction::AnswerTag)
    } else if let Some(text) = last_boxed(rest) {
        (text, Extraction::Boxed)
    } else {
        (rest, otherwise)
    };
    Some(Extracted { text: text.trim(), by })
}

fn last_tag(text: &str) -> Option<&str> {
    let (mut rest, mut last) = (text, None);
    while let Some((_, after)) = rest.split_once("<answer>")
        && let Some((inside, after)) = after.split_once("</answer>")
    {
        (rest, last) = (after, Some(inside));
    }
    last
}

fn last_boxed(text: &str) -> Option<&str> {
    const OPEN: &str = r"\boxed{";
    let start = text.rfind(OPEN)? + OPEN.len();
    let mut depth = 1_usize;
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(&text[start..at]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(response: &str, text: &str, by: Extraction) {
        assert_eq!(extract(response), Some(Extracted { text, by }));
    }

    #[test]
    fn the_last_marked_answer_counts() {
        check("<answer>1</answer> or <answer>2</answer>", "2", Extraction::AnswerTag);
        check("<answer>1</answer></answer>", "1", Extraction::AnswerTag);
        check(r"<answer>1</answer> \boxed{2}", "1", Extraction::AnswerTag);
        check(r"\boxed{1} then \boxed{a{b}c}", "a{b}c", Extraction::Boxed);
        check(r"\boxed{1", r"\boxed{1", Extraction::Whole);
        check("<think>a <answer>1</answer></think> 2", "2", Extraction::AfterThinking);
        check("a</think>b</think> c ", "c", Extraction::AfterThinking);
        check("<answer>a <answer> b</answer>", "a <answer> b", Extraction::AnswerTag);
        check("", "", Extraction::Whole);
    }
}
