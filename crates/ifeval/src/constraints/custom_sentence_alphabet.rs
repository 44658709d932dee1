//! `custom:sentence_alphabet`: 26 sentences that begin with the letters of the alphabet in order.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:sentence_alphabet",
    suite: Suite::IfBench,
    prompt: "Tell me a 26-sentence story where each sentence's first word starts with the letters of the alphabet in order.",
    claims: &[Claim::Task],
    example: Example {
        passes: "Ants go. Bees go. Cats go. Dogs go. Elks go. Fish go. Goats go. Hens go. Ibis go. Jays go. Koi go. Lions go. Mice go. Newts go. Owls go. Pigs go. Quails go. Rats go. Seals go. Toads go. Urchins go. Voles go. Wolves go. Xerus go. Yaks go. Zebras go.",
        fails: "Ants go. Bees go.",
        ..BASE.example
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let sentences = c.text.sentences();
    if sentences.len() != 26 {
        return Evidence::count(sentences.len(), Bound::Exactly, 26);
    }
    let begins = |sentence: &str, letter: char| split(sentence).next().is_some_and(|word| word.to_lowercase().starts_with(letter));
    match sentences.iter().zip('a'..='z').find(|(sentence, letter)| !begins(sentence, *letter)) {
        Some((sentence, _)) => Evidence::fail().word(sentence),
        None => Evidence::pass(),
    }
}
