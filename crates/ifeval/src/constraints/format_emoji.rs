//! `format:emoji`: an emoji at the end of every sentence.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:emoji",
    suite: Suite::IfBench,
    prompt: "Please use an emoji at the end of every sentence.",
    claims: &[Claim::Sentences, Claim::End],
    example: Example { passes: "It rains. 🌧 We stay. 🏠", fails: "It rains.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let sentences: Vec<String> = c.text.sentences().iter().map(|sentence| without_ascii_punctuation(sentence)).collect();
    for (index, sentence) in sentences.iter().enumerate() {
        let mut ending = strip(sentence).chars().rev();
        // A sentence of punctuation only stops the reference.
        let Some(last) = ending.next() else { return Evidence::fail() };
        if python::is_emoji(last) || ending.next().is_some_and(python::is_emoji) {
            continue;
        }
        let next = sentences.get(index + 1).and_then(|next| strip(next).chars().next());
        if !next.is_some_and(python::is_emoji) {
            return Evidence::fail().word(c.text.sentences().get(index).unwrap_or(&""));
        }
    }
    Evidence::pass()
}
