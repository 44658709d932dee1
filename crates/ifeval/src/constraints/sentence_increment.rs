//! `sentence:increment`: each sentence has so many words more than the one before it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "sentence:increment",
    suite: Suite::IfBench,
    prompt: "Each sentence must contain exactly {small_n} more words than the previous one.",
    fields: &[Field { name: "small_n", kind: Kind::Count(1, 3) }],
    claims: &[Claim::Sentences, Claim::Length],
    example: Example { kwargs: r#"{"small_n": 1}"#, passes: "It rains. We stay home.", fails: "It rains. We stay." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let mut wanted: Option<u64> = None;
    for sentence in c.text.sentences() {
        let count = split(&without_ascii_punctuation(sentence)).count() as u64;
        if let Some(wanted) = wanted.filter(|wanted| *wanted != count) {
            return Evidence::count(count, Bound::Exactly, wanted).word(sentence);
        }
        wanted = Some(count + c.args.count("small_n"));
    }
    Evidence::pass()
}
