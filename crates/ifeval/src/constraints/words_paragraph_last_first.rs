//! `words:paragraph_last_first`: each line ends with its first word; lines of punctuation only are left out.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:paragraph_last_first",
    suite: Suite::IfBench,
    prompt: "Each paragraph must end with the same word it started with, separate paragraphs with a newline.",
    claims: &[Claim::Layout, Claim::Start, Claim::End, Claim::Words],
    example: Example { passes: "Rain is only rain.", fails: "Rain is wet.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    for (index, line) in c.text.lower().split('\n').enumerate() {
        let line = strip(line);
        let bare = strip_ascii_punctuation(line);
        let passes = match (split(bare).next(), split(bare).next_back()) {
            (Some(first), Some(last)) => first == last,
            _ => true,
        };
        if !passes {
            return Evidence::fail().word(line).line(index + 1);
        }
    }
    Evidence::pass()
}
