//! `detectable_format:sentence_hyphens`: sentences with a hyphen between and no blanks.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:sentence_hyphens",
    suite: Suite::IfTrain,
    prompt: "All sentences must be connected using hyphens, with no spaces between them.",
    claims: &[Claim::Sentences, Claim::Layout, Claim::Punctuation],
    example: Example { passes: "It rains.-We stay.", fails: "It rains. We stay.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let spaced = c.text.raw.replace('-', " ");
    let sentences = python::regex_sentences(&spaced);
    for (part, sentence) in c.text.raw.split('-').zip(&sentences) {
        if strip(part) != part || part != sentence {
            return Evidence::fail().word(part);
        }
    }
    Evidence::pass()
}
