//! Sentences as the regular expressions of IFEval's `instructions_util.split_into_sentences` cut them (google-research, Apache-2.0).
//!
//! The method is its own: full stops that end nothing become `<prd>`, the others are followed by `<stop>`, and a text that holds these marks is
//! cut there. [`super::punkt`] is the other splitter.

use super::classes::strip;
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The steps before the closing quotes, in order; `\s` is spelt as Python has it.
static STEPS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    const STARTERS: &str = concat!(
        r"(Mr|Mrs|Ms|Dr|Prof|Capt|Cpt|Lt|He[\s\x1c-\x1f]|She[\s\x1c-\x1f]|It[\s\x1c-\x1f]|They[\s\x1c-\x1f]|Their[\s\x1c-\x1f]|",
        r"Our[\s\x1c-\x1f]|We[\s\x1c-\x1f]|But[\s\x1c-\x1f]|However[\s\x1c-\x1f]|That[\s\x1c-\x1f]|This[\s\x1c-\x1f]|Wherever)"
    );
    let step = |pattern: String, with| (Regex::new(&pattern).expect("the pattern is fixed"), with);
    vec![
        step("(Mr|St|Mrs|Ms|Dr)[.]".to_owned(), "${1}<prd>"),
        step("[.](com|net|org|io|gov|edu|me)".to_owned(), "<prd>${1}"),
        step("([0-9])[.]([0-9])".to_owned(), "${1}<prd>${2}"),
        step(r"[.]{2,}".to_owned(), ""),
        step(r"Ph\.D\.".to_owned(), "Ph<prd>D<prd>"),
        step(r"[\s\x1c-\x1f]([A-Za-z])[.] ".to_owned(), " ${1}<prd> "),
        step(format!("([A-Z][.][A-Z][.](?:[A-Z][.])?) {STARTERS}"), "${1}<stop> ${2}"),
        step("([A-Za-z])[.]([A-Za-z])[.]([A-Za-z])[.]".to_owned(), "${1}<prd>${2}<prd>${3}<prd>"),
        step("([A-Za-z])[.]([A-Za-z])[.]".to_owned(), "${1}<prd>${2}<prd>"),
        step(format!(" (Inc|Ltd|Jr|Sr|Co)[.] {STARTERS}"), " ${1}<stop> ${2}"),
        step(" (Inc|Ltd|Jr|Sr|Co)[.]".to_owned(), " ${1}<prd>"),
        step(" ([A-Za-z])[.]".to_owned(), " ${1}<prd>"),
    ]
});

/// The sentences, stripped; line breaks inside them are spaces. Empty ones between two ends stay, one after the last end does not.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut marked = format!(" {}  ", text.replace('\n', " "));
    // Every step but the last two needs a full stop.
    for (pattern, with) in STEPS.iter() {
        let next = match with.is_empty() {
            true => pattern.replace_all(&marked, |dots: &Captures<'_>| "<prd>".repeat(dots[0].len()) + "<stop>"),
            false => pattern.replace_all(&marked, *with),
        };
        if let Cow::Owned(next) = next {
            marked = next;
        }
    }
    for (from, to) in
        [(".”", "”."), (".\"", "\"."), ("!\"", "\"!"), ("?\"", "\"?"), (".", ".<stop>"), ("?", "?<stop>"), ("!", "!<stop>"), ("<prd>", ".")]
    {
        if marked.contains(from) {
            marked = marked.replace(from, to);
        }
    }
    let mut found: Vec<String> = marked.split("<stop>").map(|sentence| strip(sentence).to_owned()).collect();
    if found.last().is_some_and(String::is_empty) {
        found.pop();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::vectors;

    #[test]
    fn sentences_follow_the_vectors() {
        vectors::agree(&vectors::tokens(), |case| sentences(&case.text), |case| case.split.clone());
    }

    #[test]
    fn full_stops_that_end_nothing_are_kept() {
        assert_eq!(
            sentences("Dr. A. Smith paid 3.50 at x.com. \"Fine!\" he said..."),
            ["Dr. A. Smith paid 3.50 at x.com.", "\"Fine\"!", "he said..."]
        );
        assert_eq!(sentences(""), Vec::<String>::new());
    }
}
