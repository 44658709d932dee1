//! `keywords:no_adjacent_consecutive`: no word begins with the letter after that of the word before it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:no_adjacent_consecutive",
    suite: Suite::IfTrain,
    prompt: "No two adjacent words can start with consecutive letters of the alphabet.",
    claims: &[Claim::Words],
    example: Example { passes: "Zebras eat grass.", fails: "A bear.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    // A letter whose lower case is two characters is at fault in the reference, too.
    let single =
        |word: &str| word.chars().next().map(char::to_lowercase).filter(|lower| lower.len() == 1).and_then(|mut lower| lower.next());
    let mut before: Option<Option<char>> = None;
    for word in split(c.text.raw) {
        let letter = single(word);
        if let Some(before) = before {
            let (Some(before), Some(letter)) = (before, letter) else { return Evidence::fail().word(word) };
            if letter as u32 == before as u32 + 1 {
                return Evidence::fail().word(word);
            }
        }
        before = Some(letter);
    }
    Evidence::pass()
}
