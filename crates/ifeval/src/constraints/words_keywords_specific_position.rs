//! `words:keywords_specific_position`: a token of a sentence is the keyword, in its case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:keywords_specific_position",
    suite: Suite::IfBench,
    prompt: "Include keyword {keyword} in the {n}-th sentence, as the {m}-th word of that sentence.",
    fields: &[Field { name: "keyword", kind: Kind::Word }, Field { name: "n", kind: Kind::Count(1, 8) }, Field { name: "m", kind: Kind::Count(2, 8) }],
    claims: &[Claim::Keywords, Claim::Sentences],
    example: Example { kwargs: r#"{"keyword": "rain", "n": 2, "m": 3}"#, passes: "It pours. Such heavy rain. It ends.", fails: "It pours. Such rain. It ends." },
    consistent: keywords_keyword_specific_position::from_one,
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let sentence = c.args.index("n").checked_sub(1).and_then(|n| c.text.sentences().get(n));
    sentence.map_or_else(Evidence::fail, |sentence| keywords_keyword_specific_position::at_position(c, sentence))
}
