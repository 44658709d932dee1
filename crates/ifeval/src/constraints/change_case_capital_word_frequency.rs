//! `change_case:capital_word_frequency`: tokens of NLTK's `word_tokenize` without small letters, so that `I` and `A1` count.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "change_case:capital_word_frequency",
    prompt: "In your response, words with all capital letters should appear {capital_relation} {capital_frequency} times.",
    fields: &[Field { name: "capital_frequency", kind: Kind::Count(1, 20) }, Field { name: "capital_relation", kind: Kind::Relation }],
    claims: &[Claim::Case],
    example: Example {
        kwargs: r#"{"capital_frequency": 2, "capital_relation": "at least"}"#,
        passes: "NASA and ESA.",
        fails: "Nasa and ESA.",
    },
    check: |c| {
        let count = c.text.tokens().filter(|token| is_upper(token)).count();
        Evidence::count(count, c.args.bound("capital_relation"), c.args.count("capital_frequency"))
    },
    ..BASE
};
