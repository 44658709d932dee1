//! `count:unique_word_count`: different words, without the punctuation around them, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:unique_word_count",
    suite: Suite::IfBench,
    prompt: "Use at least {N} unique words in the response.",
    fields: &[Field { name: "N", kind: Kind::Count(20, 120) }],
    deltas: &["What is only punctuation is no word; the reference counts it as one."],
    claims: &[Claim::Length],
    example: Example { kwargs: r#"{"N": 2}"#, passes: "One two.", fails: "One one." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let words: HashSet<&str> = split(c.text.lower()).map(strip_ascii_punctuation).filter(|word| c.parity() || !word.is_empty()).collect();
    Evidence::count(words.len(), Bound::AtLeast, c.args.count("N"))
}
