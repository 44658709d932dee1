//! `length_constraints:nth_paragraph_first_word`: how many paragraphs there are, and how one of them begins.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "length_constraints:nth_paragraph_first_word",
    prompt: "There should be {num_paragraphs} paragraphs. Paragraphs and only paragraphs are separated with each other by two new lines as if it \
             was '\\n\\n' in python. Paragraph {nth_paragraph} must start with word {first_word}.",
    fields: &[
        Field { name: "num_paragraphs", kind: Kind::Count(3, 5) },
        Field { name: "nth_paragraph", kind: Kind::Count(1, 3) },
        Field { name: "first_word", kind: Kind::Word },
    ],
    deltas: &["Blank paragraphs are left out before the paragraph is looked up; the reference only leaves them out of the count."],
    claims: &[Claim::Layout, Claim::Start],
    example: Example {
        kwargs: r#"{"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "then"}"#,
        passes: "First this.\n\nThen, that.",
        fails: "First this.\n\nNow that.",
    },
    consistent: |args| match args.count("nth_paragraph") {
        0 => Err(InvalidKwargs::new("nth_paragraph", "paragraphs count from 1")),
        nth if nth > args.count("num_paragraphs") => Err(InvalidKwargs::new("nth_paragraph", "is more than `num_paragraphs`")),
        _ => Ok(()),
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let (wanted, nth) = (c.args.count("num_paragraphs"), c.args.index("nth_paragraph"));
    let mut paragraphs: Vec<&str> = c.text.raw.split("\n\n").map(strip).collect();
    let count = paragraphs.iter().filter(|paragraph| !paragraph.is_empty()).count();
    if !c.parity() {
        paragraphs.retain(|paragraph| !paragraph.is_empty());
    }
    let counted = Evidence::count(count, Bound::Exactly, wanted);
    if !counted.passes || nth > count {
        return Evidence { passes: false, ..counted };
    }
    let word = nth.checked_sub(1).and_then(|nth| paragraphs.get(nth)).and_then(|paragraph| split(paragraph).next()).unwrap_or("");
    let first = word.trim_start_matches('\'').trim_start_matches('"').split(['.', ',', '?', '!', '\'', '"']).next().unwrap_or("");
    if first.to_lowercase() == c.args.text("first_word").to_lowercase() {
        counted
    } else {
        Evidence { passes: false, ..counted.word(word) }
    }
}
