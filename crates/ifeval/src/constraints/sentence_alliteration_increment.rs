//! `sentence:alliteration_increment`: each sentence has more alliterating words than the one before it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "sentence:alliteration_increment",
    suite: Suite::IfBench,
    prompt: "Each sentence must have a longer sequence of consecutive alliterative words than the previous one.",
    claims: &[Claim::Sentences, Claim::Words, Claim::Language],
    example: Example { passes: "Birds sing. Big birds sing. Big brown birds sing.", fails: "Big birds sing. Birds fly.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let mut before: Option<usize> = None;
    for sentence in c.text.sentences() {
        let count = alliterating(sentence);
        if before.is_some_and(|before| count <= before) {
            return Evidence::fail().found(count).word(sentence);
        }
        before = Some(count);
    }
    Evidence::pass()
}

/// How many words stand in runs of two or more with the same first letter.
fn alliterating(sentence: &str) -> usize {
    let lower = sentence.to_lowercase();
    let bare = |word: &str| word.trim_start_matches(|c: char| c.is_ascii_punctuation() || c == ' ').chars().next();
    let (mut count, mut before, mut in_run) = (0, None, false);
    for letter in split(&lower).filter_map(bare) {
        let same = before == Some(letter);
        count += if same { if in_run { 1 } else { 2 } } else { 0 };
        in_run = same;
        before = Some(letter);
    }
    count
}
