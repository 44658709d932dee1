//! `count:words_japanese`: every so many words one has a Japanese character.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:words_japanese",
    suite: Suite::IfBench,
    prompt: "Every {N}th word of your response must be in Japanese.",
    fields: &[Field { name: "N", kind: Kind::Count(3, 15) }],
    claims: &[Claim::Words, Claim::Language],
    example: Example { kwargs: r#"{"N": 2}"#, passes: "My 猫 is 黒い today", fails: "My cat is 黒い" },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let every = c.args.index("N");
    let is_japanese = |word: &str| word.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
    for (index, word) in split(c.text.raw).enumerate() {
        let word = strip_ascii_punctuation(word);
        // The reference divides by the number; 0 asks for no word at all.
        let due = every > 0 && (index + 1).is_multiple_of(every) && !word.is_empty() && !word.chars().all(python::is_digit);
        if due && !is_japanese(word) {
            return Evidence::fail().found(index + 1).word(word);
        }
    }
    Evidence::pass()
}
