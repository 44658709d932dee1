//! The part of a response that the instructions are about.

use crate::reading::strip;

/// What stands after the reasoning: after the last `</think>`, and without the `<answer>` tags around it.
///
/// Reasoning that is not closed has no answer after it. Tags are taken off only as a pair around the whole rest, so that text which merely mentions
/// them is left as it is.
pub(crate) fn answer(response: &str) -> &str {
    let text = match response.rsplit_once("</think>") {
        Some((_, after)) => after,
        None if strip(response).starts_with("<think>") => "",
        None => return unwrapped(response),
    };
    // The blanks after the tag belong to the chat template.
    strip(unwrapped(text))
}

fn unwrapped(text: &str) -> &str {
    let inner = strip(text).strip_prefix("<answer>").and_then(|text| text.strip_suffix("</answer>"));
    inner.map_or(text, strip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_what_follows_the_reasoning() {
        let cases = [
            ("Hello.\n", "Hello.\n"),
            ("<think>why</think>\n\nHello.", "Hello."),
            ("why</think>Hello.", "Hello."),
            ("<think>why", ""),
            ("<think>a</think><answer>\nHello.\n</answer>", "Hello."),
            ("<answer>Hello.</answer>", "Hello."),
            ("Put it in <answer> tags.", "Put it in <answer> tags."),
            ("<think></think>", ""),
        ];
        for (response, expect) in cases {
            assert_eq!(answer(response), expect, "{response:?}");
        }
    }
}
