//! `sentence:keyword`: a sentence has the keyword as a word, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "sentence:keyword",
    suite: Suite::IfBench,
    prompt: "The response must include keyword \"{word}\" in the {N}-th sentence.",
    fields: &[Field { name: "word", kind: Kind::Word }, Field { name: "N", kind: Kind::Count(1, 8) }],
    claims: &[Claim::Keywords, Claim::Sentences],
    example: Example { kwargs: r#"{"word": "rain", "N": 2}"#, passes: "It pours. Such rain.", fails: "Such rain. It pours." },
    consistent: |args| match args.count("N") {
        0 => Err(InvalidKwargs::new("N", "sentences count from 1")),
        _ => Ok(()),
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let sentence = c.args.index("N").checked_sub(1).and_then(|n| c.text.sentences().get(n));
    let Some(sentence) = sentence else { return Evidence::count(c.text.sentences().len(), Bound::AtLeast, c.args.count("N")) };
    let edges = if c.parity() { Edges::Python } else { Edges::Free };
    let passes = standing_alone(&fold(sentence), &fold(c.args.text("word")), edges).is_some();
    Evidence { passes, ..Evidence::fail().word(sentence) }
}
