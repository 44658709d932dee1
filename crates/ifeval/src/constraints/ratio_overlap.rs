//! `ratio:overlap`: the share of trigrams that a reference text has, too.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "ratio:overlap",
    suite: Suite::IfBench,
    prompt: "Maintain a trigram overlap of {percentage}% (±2%) with the provided reference text.",
    fields: &[Field { name: "reference_text", kind: Kind::Prompt }, Field { name: "percentage", kind: Kind::Percent(5, 60) }],
    deltas: &["Trigrams are of words and marks; the reference takes three characters."],
    claims: &[Claim::Whole],
    example: Example {
        kwargs: r#"{"reference_text": "We stay at home today.", "percentage": 100}"#,
        passes: "We stay at home today.",
        fails: "They go.",
    },
    check,
    ..BASE
};

/// Two points of percent either way are allowed.
const TOLERANCE: f64 = 2.0;

fn check(c: &Check<'_, '_>) -> Evidence {
    let share = if c.parity() {
        let grams = |text: &str| text.chars().zip(text.chars().skip(1)).zip(text.chars().skip(2)).collect::<HashSet<_>>();
        share_of(&grams(c.text.raw), &grams(c.args.text("reference_text")))
    } else {
        let reference = python::tokens(c.args.text("reference_text"));
        share_of(&trigrams(c.text.tokens()), &trigrams(&reference))
    };
    let Some(share) = share else { return Evidence::fail().found("no trigrams") };
    let wanted = c.args.percent("percentage");
    Evidence::when(wanted - TOLERANCE <= share * 100.0 && share * 100.0 <= wanted + TOLERANCE).found(share * 100.0).wanted(wanted)
}

fn trigrams(tokens: &[String]) -> HashSet<&[String]> {
    tokens.windows(3).collect()
}

fn share_of<T: Eq + std::hash::Hash>(grams: &HashSet<T>, reference: &HashSet<T>) -> Option<f64> {
    (!grams.is_empty()).then(|| grams.intersection(reference).count() as f64 / grams.len() as f64)
}
