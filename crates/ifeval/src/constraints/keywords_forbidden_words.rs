//! `keywords:forbidden_words`: none of the words occurs as a word of its own, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:forbidden_words",
    prompt: "Do not include keywords {forbidden_words} in the response.",
    fields: &[Field { name: "forbidden_words", kind: Kind::Patterns(Form::Bounded) }],
    deltas: &[LITERAL],
    claims: &[Claim::Keywords],
    example: Example { kwargs: r#"{"forbidden_words": ["bad", "sad"]}"#, passes: "A badge is fine.", fails: "It is BAD." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    for word in c.args.keywords("forbidden_words") {
        let found = match &word.pattern {
            Some(pattern) => match pattern.find(c.text.raw) {
                Ok(found) => found.map(|range| c.text.line(range.start)),
                Err(message) => return Evidence::fault(message),
            },
            None => standing_alone(c.text.folded(), &word.folded),
        };
        if let Some(line) = found {
            return Evidence::fail().word(&word.text).line(line);
        }
    }
    Evidence::pass()
}

/// How many times a word that is part of a longer one is stepped over by a character only, before by its length.
const STEPS: usize = 1000;

/// The line where `word` stands with no letter, digit or underscore beside it.
pub(super) fn standing_alone(text: &str, word: &str) -> Option<usize> {
    let edge = |beside: Option<char>, own: Option<char>| !(beside.is_some_and(is_word) && own.is_some_and(is_word));
    let mut start = 0;
    let mut steps = 0;
    while let Some(found) = text.get(start..)?.find(word) {
        let (before, after) = (text.get(..start + found)?, text.get(start + found + word.len()..)?);
        if edge(before.chars().next_back(), word.chars().next()) && edge(after.chars().next(), word.chars().next_back()) {
            return Some(1 + before.bytes().filter(|byte| *byte == b'\n').count());
        }
        let step = if steps < STEPS { word.chars().next().map_or(1, char::len_utf8) } else { word.len() };
        steps += 1;
        start += found + step;
    }
    None
}
