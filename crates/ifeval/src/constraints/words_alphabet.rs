//! `words:alphabet`: each word begins with the letter after that of the word before it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:alphabet",
    suite: Suite::IfBench,
    prompt: "Each word must start with the next letter of the alphabet, looping back to 'A' after 'Z'.",
    claims: &[Claim::Whole],
    example: Example { passes: "Young zebras are big.", fails: "Young zebras bite.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let mut expected: Option<u8> = None;
    for word in split(c.text.bare()) {
        let mut lowered = word.chars().next().map(char::to_lowercase).into_iter().flatten();
        // The reference looks up the whole lower case of the first letter, of later words only its first character.
        let lower = lowered.next().filter(|_| expected.is_some() || lowered.next().is_none());
        let letter = lower.filter(char::is_ascii_lowercase).and_then(|letter| u8::try_from(letter).ok());
        let Some(letter) = letter.filter(|letter| expected.is_none_or(|expected| *letter == expected)) else {
            return Evidence::fail().word(word);
        };
        expected = Some(if letter == b'z' { b'a' } else { letter + 1 });
    }
    Evidence::when(expected.is_some())
}
