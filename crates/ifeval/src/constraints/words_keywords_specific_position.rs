//! `words:keywords_specific_position`: a word of a sentence is the keyword, in whatever case; marks are not counted.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:keywords_specific_position",
    suite: Suite::IfBench,
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
    consistent: keywords_keyword_specific_position::from_one,
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let sentence = c.args.index("n").checked_sub(1).and_then(|n| c.text.sentences().get(n));
    let Some(sentence) = sentence else { return Evidence::count(c.text.sentences().len(), Bound::AtLeast, c.args.count("n")) };
    let tokens = python::tokens(sentence);
    let words: Vec<&String> = tokens.iter().filter(|token| is_wordlike(token)).collect();
    let word = c.args.index("m").checked_sub(1).and_then(|m| words.get(m));
    let passes = word.is_some_and(|word| word.to_lowercase() == c.args.text("keyword").to_lowercase());
    Evidence { passes, ..Evidence::fail().found(words.len()).word(word.map_or("", |word| word)) }
}
