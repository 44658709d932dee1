//! `keywords:existence`: every keyword occurs, in whatever case and also inside a longer word.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:existence",
    prompt: "Include keywords {keywords} in the response.",
    fields: &[Field { name: "keywords", kind: Kind::Patterns(Form::Anywhere) }],
    deltas: &[LITERAL],
    claims: &[Claim::Keywords],
    example: Example { kwargs: r#"{"keywords": ["river", "boat"]}"#, passes: "The River has boats.", fails: "The brook has boats." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let words = c.args.keywords("keywords");
    for (index, word) in words.iter().enumerate() {
        match occurrences(c, word) {
            Ok(0) => return Evidence::fail().found(index).wanted(words.len()).word(&word.text),
            Ok(_) => {}
            Err(message) => return Evidence::fault(message),
        }
    }
    Evidence::pass().found(words.len()).wanted(words.len())
}
