//! `words:last_first`: each sentence begins with the last word of the one before it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:last_first",
    suite: Suite::IfBench,
    prompt: "The last word of each sentence must become the first word of the next sentence.",
    claims: &[Claim::Sentences, Claim::Words],
    example: Example { passes: "It is rain. Rain is wet.", fails: "It is rain. We stay.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let is_mark = |c: char| c.is_ascii_punctuation() || c == ' ';
    let first = |text: &str| split(text.trim_start_matches(is_mark)).next().map(str::to_lowercase);
    let last = |text: &str| split(text.trim_end_matches(is_mark)).next_back().map(str::to_lowercase);
    for pair in c.text.sentences().windows(2) {
        let [before, after] = pair else { continue };
        let (last, first) = (last(before), first(after));
        if last.is_none() || last != first {
            return Evidence::fail().word(after);
        }
    }
    Evidence::pass()
}
