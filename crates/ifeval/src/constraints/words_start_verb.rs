//! `words:start_verb`: NLTK's tagger takes the first token for a verb.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:start_verb",
    suite: Suite::IfBench,
    prompt: "The response must start with a verb.",
    claims: &[Claim::Start, Claim::Language],
    example: Example { passes: "Go home now.", fails: "The home is old.", ..BASE.example },
    check: |c| Evidence::when(python::starts_with_verb(c.text.raw)),
    ..BASE
};
