//! Sentences as NLTK's `sent_tokenize(text)` gives them: punkt with its English parameters.
//!
//! The rules are those of NLTK 3.10.4, `nltk/tokenize/punkt.py` (Apache-2.0), after Kiss and Strunk, Unsupervised Multilingual Sentence Boundary
//! Detection, Computational Linguistics 32 (2006); section numbers in the comments are theirs. It learns nothing.

mod params;
mod token;

use super::classes::engine::is_space;
use super::classes::strip_end;
use params::{ENGLISH, ortho};
use std::ops::Range;
use token::{Token, is_curly, is_non_word, tokens};

/// The sentences, without the white space between them.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let slices = slices(text);
    let mut found = Vec::with_capacity(slices.len());
    // A closing bracket or quote after the end of a sentence goes to that sentence; the next one begins that much later.
    let mut moved = 0;
    for (at, slice) in slices.iter().enumerate() {
        let start = slice.start + moved;
        moved = 0;
        let closing = slices.get(at + 1).and_then(|next| Some((next.start, closing_marks(text.get(next.clone())?)?)));
        match closing {
            Some((next, (marks, whole))) => {
                moved = whole;
                found.push(text.get(start..next + marks).unwrap_or(""));
            }
            None => found.extend(text.get(start..slice.end).filter(|sentence| !sentence.is_empty())),
        }
    }
    found
}

/// The lengths of the closing marks that begin the text and end before white space, two hyphens or the end: alone, and with that white space.
fn closing_marks(text: &str) -> Option<(usize, usize)> {
    let is_closing = |c: char| is_curly(c) || matches!(c, '"' | '\'' | ')' | ']' | '}');
    let marks = text.len() - text.trim_start_matches(is_closing).len();
    let rest = text.get(marks..).filter(|rest| marks > 0 && (rest.is_empty() || rest.starts_with("--") || rest.starts_with(is_space)))?;
    Some((marks, text.len() - rest.trim_start_matches(is_space).len()))
}

/// A mark that may end a sentence.
struct Candidate {
    /// Where its context begins: the word before it.
    word: usize,
    /// The mark itself, one byte.
    mark: usize,
    /// Where the next token begins and its context ends; a mark that follows directly is no token.
    next: Option<usize>,
    end: usize,
}

fn slices(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut last = 0;
    let mut decide = |candidate: &Candidate| {
        if contains_break(text.get(candidate.word..candidate.end).unwrap_or("")) {
            let end = candidate.mark + 1;
            found.push(last..end);
            last = candidate.next.unwrap_or(end);
        }
    };
    // The word before the latest candidate; marks within one word are one candidate, the last.
    let mut word = 0..0;
    let mut pending: Option<Candidate> = None;
    for mark in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b'?' | b'!')).map(|(at, _)| at) {
        let Some((next, end)) = follower(text, mark + 1) else { continue };
        let before = text.get(word.end..mark).unwrap_or("");
        let space = before.rfind([' ', '\t', '\n', '\r', '\x0b', '\x0c']).filter(|at| *at > 0);
        let start = space.map_or(word.start, |at| word.end + at + 1);
        if let Some(candidate) = pending.take().filter(|_| word.end <= start) {
            decide(&candidate);
        }
        word = start..mark;
        pending = Some(Candidate { word: start, mark, next, end });
    }
    if let Some(candidate) = pending {
        decide(&candidate);
    }
    found.push(last..strip_end(text).len());
    found
}

/// What makes a mark a candidate: another mark right after it, or white space and a token. Gives the token's start and where the context ends.
fn follower(text: &str, at: usize) -> Option<(Option<usize>, usize)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    if is_non_word(first) {
        return Some((None, at + first.len_utf8()));
    }
    let token = rest.trim_start_matches(is_space);
    if token.len() == rest.len() || token.is_empty() {
        return None;
    }
    let next = text.len() - token.len();
    Some((Some(next), next + token.find(is_space).unwrap_or(token.len())))
}

/// Whether a token before the last one ends a sentence.
fn contains_break(context: &str) -> bool {
    let mut tokens = tokens(context);
    let Some(mut first) = tokens.next() else { return false };
    for second in tokens {
        if ends_sentence(&first, &second) {
            return true;
        }
        first = second;
    }
    false
}

/// The second pass: a token in the light of the next one.
fn ends_sentence(token: &Token<'_>, next: &Token<'_>) -> bool {
    if !token.text.ends_with('.') {
        return token.ends_sentence;
    }
    let (kind, next_kind) = (token.kind_without_stop(), next.kind_as_next());
    // 4.1.2: two words that go together.
    if ENGLISH.is_collocation(kind, next_kind) {
        return false;
    }
    let initial = token.is_initial();
    // 4.2: an abbreviation or an ellipsis that also ends a sentence.
    if (token.abbreviation || token.ellipsis) && !initial {
        let starts = starts_sentence(next, next_kind) == Some(true);
        if starts || (next.begins_upper() && ENGLISH.is_starter(next_kind)) {
            return true;
        }
    }
    // 4.3: an initial or an ordinal that does not.
    if initial || token.is_number() {
        match starts_sentence(next, next_kind) {
            Some(false) => return false,
            None if initial && next.begins_upper() && ENGLISH.contexts(next_kind) & ortho::LOWER == 0 => return false,
            _ => {}
        }
    }
    token.ends_sentence
}

/// 4.1.1: what the capitalisation of a token says; nothing where it is not known.
fn starts_sentence(token: &Token<'_>, kind: &str) -> Option<bool> {
    if matches!(token.text, ";" | ":" | "," | "." | "!" | "?") {
        return Some(false);
    }
    let contexts = ENGLISH.contexts(kind);
    if token.begins_upper() && contexts & ortho::LOWER != 0 && contexts & ortho::MIDDLE_UPPER == 0 {
        return Some(true);
    }
    if token.begins_lower() && (contexts & ortho::UPPER != 0 || contexts & ortho::BEGIN_LOWER == 0) {
        return Some(false);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::vectors;

    #[test]
    fn sentences_follow_the_vectors() {
        vectors::agree(&vectors::tokens(), |case| sentences(&case.text).concat(), |case| case.sent.concat());
        vectors::agree(&vectors::tokens(), |case| sentences(&case.text).len(), |case| case.sent.len());
    }

    #[test]
    fn curly_quotes_after_a_full_stop_end_a_sentence() {
        assert_eq!(sentences("“It rains.” We stay."), ["“It rains.”", "We stay."]);
        assert_eq!(sentences("It rains.‘ We stay.« No"), ["It rains.‘", "We stay.«", "No"]);
    }

    #[test]
    fn hostile_texts_end() {
        for piece in [".", "! ", ". a", "a.", "\n", "\u{1c}", ")", ". . ", "-", "x.\"", "É. "] {
            let text = piece.repeat((256 << 10) / piece.len());
            assert!(sentences(&text).len() <= text.len());
        }
    }
}
