//! `words:start_verb`: NLTK's tagger takes the first token for a verb.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:start_verb",
    suite: Suite::IfBench,
    prompt: "The response must start with a verb.",
    deltas: &["A list of verbs and the word after the first decide, under either rules; the reference asks a trained tagger."],
    claims: &[Claim::Start, Claim::Language],
    example: Example { passes: "Go to the market.", fails: "The home is old.", ..BASE.example },
    check: |c| Evidence::when(python::starts_with_verb(c.text.tokens())),
    ..BASE
};
