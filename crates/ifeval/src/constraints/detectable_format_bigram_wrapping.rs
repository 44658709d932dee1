//! `detectable_format:bigram_wrapping`: of every two words the first begins with `<<` and the second ends with `>>`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:bigram_wrapping",
    suite: Suite::IfTrain,
    prompt: "Wrap every word bigram in double angular brackets, such as <<I am>> <<at home>> <<with my>> <<cute dog>>.",
    claims: &[Claim::Words, Claim::Start, Claim::End, Claim::Layout, Claim::Sentences, Claim::Language, Claim::Keywords],
    example: Example { passes: "<<I am>> <<at home>>", fails: "I am <<at home>>", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let mut words = split(c.text.raw);
    while let (Some(first), Some(second)) = (words.next(), words.next()) {
        if !first.starts_with("<<") || !second.ends_with(">>") {
            return Evidence::fail().word(first);
        }
    }
    Evidence::pass()
}
