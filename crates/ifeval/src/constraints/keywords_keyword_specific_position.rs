//! `keywords:keyword_specific_position`: a token of a sentence is the keyword, in its case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:keyword_specific_position",
    suite: Suite::IfTrain,
    prompt: "Include keyword {keyword} in the {n}-th sentence, as the {m}-th word of that sentence.",
    fields: &[
        Field { name: "keyword", kind: Kind::Word },
        Field { name: "n", kind: Kind::Count(1, 8) },
        Field { name: "m", kind: Kind::Count(2, 8) },
    ],
    claims: &[Claim::Keywords, Claim::Sentences],
    example: Example {
        kwargs: r#"{"keyword": "rain", "n": 2, "m": 3}"#,
        passes: "It pours. Such heavy rain. It ends.",
        fails: "It pours. Such rain. It ends.",
    },
    consistent: from_one,
    check: |c| {
        let sentence = c.args.index("n").checked_sub(1).and_then(|n| c.text.regex_sentences().get(n));
        sentence.map_or_else(Evidence::fail, |sentence| at_position(c, sentence))
    },
    ..BASE
};

/// Shared with `words:keywords_specific_position`, which cuts sentences otherwise.
pub(super) fn from_one(args: &crate::Args) -> Result<(), InvalidKwargs> {
    match ["n", "m"].into_iter().find(|name| args.count(name) == 0) {
        Some(name) => Err(InvalidKwargs::new(name, "sentences and words count from 1")),
        None => Ok(()),
    }
}

pub(super) fn at_position(c: &Check<'_, '_>, sentence: &str) -> Evidence {
    let tokens = python::tokens(sentence);
    let token = c.args.index("m").checked_sub(1).and_then(|m| tokens.get(m));
    let passes = token.is_some_and(|token| token == c.args.text("keyword"));
    Evidence { passes, ..Evidence::fail().found(tokens.len()).word(token.map_or("", String::as_str)) }
}
