//! `detectable_format:square_brackets`: every word is between brackets.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:square_brackets",
    suite: Suite::IfTrain,
    prompt: "Enclose every word in your response within square brackets.",
    claims: &[Claim::Words, Claim::Start, Claim::End, Claim::Layout, Claim::Sentences, Claim::Language, Claim::Keywords],
    example: Example { passes: "[It] [rains.]", fails: "[It rains.]", ..BASE.example },
    check: |c| match split(c.text.raw).find(|word| !(word.starts_with('[') && word.ends_with(']'))) {
        Some(word) => Evidence::fail().word(word),
        None => Evidence::pass(),
    },
    ..BASE
};
