//! `keywords:start_end`: the first token is the last, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:start_end",
    suite: Suite::IfTrain,
    prompt: "Start and end your response with the same word (do not write anything after the last word, not even punctuation).",
    claims: &[Claim::Start, Claim::End],
    example: Example { passes: "Rain is only rain", fails: "Rain is rain.", ..BASE.example },
    check: |c| {
        let mut tokens = c.text.tokens();
        match (tokens.next(), tokens.next_back()) {
            (Some(first), Some(last)) => Evidence { passes: first.to_lowercase() == last.to_lowercase(), ..Evidence::fail().word(last) },
            _ => Evidence::fail(),
        }
    },
    ..BASE
};
