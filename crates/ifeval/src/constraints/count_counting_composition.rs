//! `count:counting_composition`: three paragraphs between `***`, so many sentences in each, so many tokens in each sentence.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:counting_composition",
    suite: Suite::IfTrain,
    prompt: "Write 3 paragraphs, delimited by the markdown divider: * * *, with exactly {n_sent} sentences each, with exactly {n_words} words in \
             each sentence.",
    fields: &[Field { name: "n_sent", kind: Kind::Count(1, 3) }, Field { name: "n_words", kind: Kind::Count(3, 8) }],
    deltas: &[
        "Words are counted without punctuation marks; the reference counts tokens.",
        "A blank part at the edge is left out, and `* * *` is a divider as the prompt says; the reference takes only `***`.",
    ],
    claims: &[Claim::Whole],
    example: Example {
        kwargs: r#"{"n_sent": 1, "n_words": 2}"#,
        passes: "Birds sing\n***\nMen talk\n***\nCows moo",
        fails: "Birds sing\n***\nMen talk",
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let joined = c.text.raw.replace("* * *", "***");
    let paragraphs = starred_paragraphs(if c.parity() { c.text.raw } else { &joined });
    let (sentences_wanted, words_wanted) = (c.args.count("n_sent"), c.args.count("n_words"));
    let mut count = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if strip(paragraph).is_empty() {
            if index != 0 && index + 1 != paragraphs.len() {
                return Evidence::fail().found("a blank part between others");
            }
            // The reference goes on to count the sentences of the blank part.
            if !c.parity() || sentences_wanted == 0 {
                continue;
            }
        } else {
            count += 1;
        }
        let sentences = python::regex_sentences(paragraph);
        if sentences.len() as u64 != sentences_wanted {
            return Evidence::count(sentences.len(), Bound::Exactly, sentences_wanted).word(paragraph);
        }
        for sentence in &sentences {
            let tokens = python::tokens(sentence);
            let words = tokens.iter().filter(|token| c.parity() || token.chars().any(char::is_alphanumeric)).count() as u64;
            if words != words_wanted {
                return Evidence::count(words, Bound::Exactly, words_wanted).word(sentence);
            }
        }
    }
    Evidence::count(count, Bound::Exactly, 3)
}
