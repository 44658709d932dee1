//! Tokens as NLTK's `word_tokenize(text)` gives them: the sentences of [`super::punkt`], each cut by the rules of `NLTKWordTokenizer`.
//!
//! The rules are those of NLTK 3.10.4, `nltk/tokenize/destructive.py` (Apache-2.0), in its order: each puts spaces around something, the next one
//! reads the result. A rule is skipped where its marks do not occur. Double quotes come out as two backticks or two apostrophes.

use super::classes::{self, engine};
use super::punkt;

/// The tokens of a text.
#[derive(Debug)]
pub(crate) struct Tokens {
    spaced: String,
}

impl Tokens {
    /// The tokens in order; none is empty.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        classes::split(&self.spaced)
    }
}

/// The tokens of one of punkt's sentences; those of a text are those of its sentences in turn.
pub(crate) fn sentence_tokens(sentence: &str) -> Tokens {
    Tokens { spaced: Bench::default().space(sentence).to_owned() }
}

/// What `word_tokenize(text)` gives.
pub(crate) fn tokens(text: &str) -> Tokens {
    let mut spaced = String::with_capacity(text.len() + text.len() / 4);
    let mut bench = Bench::default();
    for sentence in punkt::sentences(text) {
        spaced.push_str(bench.space(sentence));
    }
    Tokens { spaced }
}

/// The text in work and the one it is rewritten into.
#[derive(Default)]
struct Bench {
    text: String,
    spare: String,
}

impl Bench {
    /// One sentence with spaces between its tokens, and one at each end.
    fn space(&mut self, sentence: &str) -> &str {
        self.text.clear();
        let marks = Marks::of(sentence);
        if let Some(words) = marks.plain_words(sentence) {
            self.text.extend([" ", words, if words.len() < sentence.len() { " . " } else { " " }]);
            self.contractions(&marks);
            return &self.text;
        }
        self.text.push_str(sentence);
        self.starting_quotes(&marks);
        self.punctuation(&marks);
        if marks.any("*[](){}<>") {
            self.pad(|c| matches!(c, '*' | '[' | ']' | '(' | ')' | '{' | '}' | '<' | '>'));
        }
        if marks.any("-") {
            self.pad_text("--", " -- ");
        }
        self.text.insert(0, ' ');
        self.text.push(' ');
        self.ending_quotes(&marks);
        self.contractions(&marks);
        &self.text
    }

    fn starting_quotes(&mut self, marks: &Marks) {
        if marks.beyond_ascii || marks.any("`") {
            self.backticks();
        }
        if self.text.starts_with('"') {
            self.text.replace_range(..1, "``");
        }
        if marks.any("`\"") {
            self.pad_text("``", " `` ");
        }
        if marks.any("\"'") {
            self.opened_quotes();
        }
        if marks.any("'") {
            self.leading_apostrophes();
        }
    }

    fn punctuation(&mut self, marks: &Marks) {
        if marks.any(".") {
            self.final_stop(|c| matches!(c, ']' | ')' | '}' | '>' | '"' | '\'' | '»' | '”' | '’' | ' '), " ");
        }
        if marks.any(":,") {
            self.commas();
        }
        if marks.any(".") {
            self.ellipses();
        }
        if marks.beyond_ascii || marks.any(";@#$%&") {
            self.pad(|c| matches!(c, ';' | '@' | '#' | '$' | '%' | '&' | '\u{2012}'..='\u{2015}'));
        }
        if marks.any(".") {
            self.final_stop(|c| matches!(c, ']' | ')' | '}' | '>' | '"' | '\''), "");
        }
        if marks.any("?!") {
            self.pad(|c| matches!(c, '?' | '!'));
        }
        if marks.any("'") {
            self.clitics(|before| before != '\'', |after| after.starts_with("' ").then_some(1));
        }
    }

    fn ending_quotes(&mut self, marks: &Marks) {
        if marks.beyond_ascii {
            self.pad(|c| matches!(c, '»' | '”' | '’'));
        }
        if marks.any("'") {
            self.pad_text("''", " '' ");
        }
        if marks.any("\"") {
            self.pad_text("\"", " '' ");
        }
        self.squeeze();
        if marks.any("\"'") {
            let apart = |before: char| before != '\'' && before != ' ';
            self.clitics(apart, |after| match after.as_bytes() {
                [b'\'', b's' | b'S' | b'm' | b'M' | b'd' | b'D', b' ', ..] => Some(2),
                [b'\'', b' ', ..] => Some(1),
                _ => None,
            });
            self.clitics(apart, |after| match after.as_bytes().get(..4) {
                Some(b"'ll " | b"'LL " | b"'re " | b"'RE " | b"'ve " | b"'VE " | b"n't " | b"N'T ") => Some(3),
                _ => None,
            });
        }
    }

    /// Rewrites the text: `rule` sees what is left of it and what came before, and gives how much it replaces and by what it did.
    fn rewrite(&mut self, mut rule: impl FnMut(&str, &str, &mut String) -> usize) {
        let Self { text, spare } = self;
        spare.clear();
        spare.reserve(text.len() + 16);
        let mut at = 0;
        while let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) {
            let Some(first) = rest.chars().next() else { break };
            let taken = rule(before, rest, spare);
            if taken == 0 {
                spare.push(first);
                at += first.len_utf8();
            } else {
                at += taken;
            }
        }
        std::mem::swap(text, spare);
    }

    /// Spaces around single characters.
    fn pad(&mut self, is_mark: impl Fn(char) -> bool) {
        let Self { text, spare } = self;
        spare.clear();
        let mut done = 0;
        for (at, mark) in text.match_indices(is_mark) {
            spare.extend([&text[done..at], " ", mark, " "]);
            done = at + mark.len();
        }
        spare.push_str(&text[done..]);
        std::mem::swap(text, spare);
    }

    fn pad_text(&mut self, from: &str, to: &str) {
        if self.text.contains(from) {
            self.text = self.text.replace(from, to);
        }
    }

    /// ``([«“‘„]|[`]+)``
    fn backticks(&mut self) {
        self.rewrite(|_, rest, out| {
            let length = match rest.chars().next() {
                Some(quote @ ('«' | '“' | '‘' | '„')) => quote.len_utf8(),
                _ => rest.len() - rest.trim_start_matches('`').len(),
            };
            if length > 0 {
                out.extend([" ", &rest[..length], " "]);
            }
            length
        });
    }

    /// `([ \(\[{<])("|'{2})`
    fn opened_quotes(&mut self) {
        self.rewrite(|_, rest, out| {
            let length = match rest.as_bytes() {
                [b' ' | b'(' | b'[' | b'{' | b'<', b'"', ..] => 2,
                [b' ' | b'(' | b'[' | b'{' | b'<', b'\'', b'\'', ..] => 3,
                _ => return 0,
            };
            out.extend([&rest[..1], " `` "]);
            length
        });
    }

    /// `(?i)(?<!\w)(')(?!(?:re|ve|ll|m|t|s|d|n)\b)(?=\w)`
    fn leading_apostrophes(&mut self) {
        self.rewrite(|before, rest, out| {
            let Some(after) = rest.strip_prefix('\'') else { return 0 };
            if before.chars().next_back().is_some_and(engine::is_word) || !after.starts_with(engine::is_word) {
                return 0;
            }
            let ends = |tail: &str| !tail.starts_with(engine::is_word);
            let clitic = ["re", "ve", "ll", "m", "t", "s", "d", "n"].iter().any(|clitic| after_word(after, clitic).is_some_and(ends));
            if clitic {
                return 0;
            }
            out.push_str("' ");
            1
        });
    }

    /// `([^\.])(\.)([closing]*)\s*$`, where a class with the space takes all of it.
    fn final_stop(&mut self, is_closing: impl Fn(char) -> bool, between: &str) {
        let body = self.text.trim_end_matches(engine::is_space);
        let Some(before) = body.trim_end_matches(&is_closing).strip_suffix('.') else { return };
        if before.is_empty() || before.ends_with('.') {
            return;
        }
        let stop = before.len();
        let tail = &self.text[stop + 1..];
        let closing = &tail[..tail.len() - tail.trim_start_matches(is_closing).len()];
        let end = [" .", between, closing, " "].concat();
        self.text.replace_range(stop.., &end);
    }

    /// `([:,])([^\d])`, which takes the character after the mark with it, then `([:,])$`.
    fn commas(&mut self) {
        self.rewrite(|_, rest, out| {
            if !rest.starts_with([':', ',']) {
                return 0;
            }
            let Some(next) = rest.chars().nth(1).filter(|next| !engine::is_digit(*next)) else { return 0 };
            let length = 1 + next.len_utf8();
            out.extend([" ", &rest[..1], " ", &rest[1..length]]);
            length
        });
        let last = self.text.strip_suffix('\n').unwrap_or(&self.text).len();
        for end in [self.text.len(), last] {
            if self.text[..end].ends_with([':', ',']) {
                self.text.insert(end, ' ');
                self.text.insert(end - 1, ' ');
                break;
            }
        }
    }

    /// `\.{2,}`
    fn ellipses(&mut self) {
        if !self.text.contains("..") {
            return;
        }
        self.rewrite(|_, rest, out| {
            if !rest.starts_with("..") {
                return 0;
            }
            let length = rest.len() - rest.trim_start_matches('.').len();
            out.extend([" ", &rest[..length], " "]);
            length
        });
    }

    /// A space before what `length` finds after a character that `before` takes; that character and the space after belong to one match only.
    fn clitics(&mut self, before: impl Fn(char) -> bool, length: impl Fn(&str) -> Option<usize>) {
        if !self.text.contains('\'') {
            return;
        }
        self.rewrite(|_, rest, out| {
            let Some(first) = rest.chars().next().filter(|first| before(*first)) else { return 0 };
            let tail = &rest[first.len_utf8()..];
            let Some(length) = length(tail) else { return 0 };
            out.push(first);
            out.extend([" ", &tail[..length], " "]);
            first.len_utf8() + length + 1
        });
    }

    /// `\s+` to one space.
    fn squeeze(&mut self) {
        let Self { text, spare } = self;
        spare.clear();
        let mut inside = false;
        for c in text.chars() {
            let space = engine::is_space(c);
            if !space {
                spare.push(c);
            } else if !inside {
                spare.push(' ');
            }
            inside = space;
        }
        std::mem::swap(text, spare);
    }

    /// MacIntyre's contractions: `cannot`, `gonna` and their like, then `'tis` and `'twas`. None lies inside another.
    fn contractions(&mut self, marks: &Marks) {
        const PAIRS: [(&str, &str); 8] =
            [("can", "not"), ("d", "'ye"), ("gim", "me"), ("gon", "na"), ("got", "ta"), ("lem", "me"), ("more", "'n"), ("wan", "na")];
        let splits = |rest: &str| {
            PAIRS.iter().find_map(|(first, second)| {
                let middle = after_word(rest, first)?;
                let tail = after_word(middle, second)?;
                let ends = if *first == "wan" { tail.starts_with(classes::is_space) } else { !tail.starts_with(classes::is_word) };
                ends.then_some((rest.len() - middle.len(), rest.len() - tail.len()))
            })
        };
        let begins = |byte: u8| matches!(byte | 0x20, b'c' | b'd' | b'g' | b'l' | b'm' | b'w');
        let mut found = Vec::new();
        let mut start = true;
        for (at, c) in self.text.char_indices() {
            if start && c.is_ascii() && begins(c as u8) {
                found.extend(splits(&self.text[at..]).map(|(middle, end)| (at, at + middle, at + end)));
            }
            start = if c.is_ascii() { !c.is_ascii_alphanumeric() && c != '_' } else { !classes::is_word(c) };
        }
        self.split_at(&found);
        if marks.any("'") {
            self.rewrite(|_, rest, out| {
                let Some((middle, tail)) = rest.strip_prefix(' ').and_then(|word| {
                    let middle = after_word(word, "'t")?;
                    Some((middle, after_word(middle, "is").or_else(|| after_word(middle, "was"))?))
                }) else {
                    return 0;
                };
                if tail.starts_with(classes::is_word) {
                    return 0;
                }
                let (middle, end) = (rest.len() - middle.len(), rest.len() - tail.len());
                out.extend([" ", &rest[1..middle], " ", &rest[middle..end], " "]);
                end
            });
        }
    }

    /// Spaces around the two halves of each (start, middle, end).
    fn split_at(&mut self, found: &[(usize, usize, usize)]) {
        if found.is_empty() {
            return;
        }
        let Self { text, spare } = self;
        spare.clear();
        let mut done = 0;
        for (start, middle, end) in found.iter().copied().filter(|(start, ..)| *start < text.len()) {
            spare.extend([&text[done..start], " ", &text[start..middle], " ", &text[middle..end], " "]);
            done = end;
        }
        spare.push_str(&text[done..]);
        std::mem::swap(text, spare);
    }
}

/// The text after a word that begins it in any case, as `(?i)` reads it: the long s is an s, and i has two Turkish forms.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut chars = text.chars();
    for wanted in word.chars() {
        let c = chars.next()?;
        let same = c.eq_ignore_ascii_case(&wanted) || (wanted == 's' && c == 'ſ') || (wanted == 'i' && matches!(c, 'İ' | 'ı'));
        if !same {
            return None;
        }
    }
    Some(chars.as_str())
}

/// The ASCII characters of a text.
struct Marks {
    present: u128,
    beyond_ascii: bool,
}

impl Marks {
    fn of(text: &str) -> Self {
        let mut marks = Self { present: 0, beyond_ascii: false };
        for byte in text.bytes() {
            if byte < 128 {
                marks.present |= 1 << byte;
            } else {
                marks.beyond_ascii = true;
            }
        }
        marks
    }

    /// The sentence without its full stop, if that is all there is besides words and single blanks: no other rule finds anything in it.
    fn plain_words<'s>(&self, sentence: &'s str) -> Option<&'s str> {
        const PLAIN: u128 = 1 << b' ' | 1 << b'.' | 0x03ff << b'0' | 0x03ff_ffff << b'A' | 0x03ff_ffff << b'a';
        let words = sentence.strip_suffix('.').unwrap_or(sentence);
        let plain = !self.beyond_ascii && self.present & !PLAIN == 0 && !words.is_empty() && !words.contains('.');
        plain.then_some(words)
    }

    fn any(&self, wanted: &str) -> bool {
        wanted.bytes().any(|byte| byte < 128 && self.present & (1 << byte) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::vectors;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(tokens(text).iter().collect::<Vec<_>>().join(" "), expect);
    }

    #[test]
    fn tokens_follow_the_vectors() {
        let joined = |words: &[String]| words.join(" ");
        vectors::agree(
            &vectors::tokens(),
            |case| tokens(&case.text).iter().map(str::to_owned).collect::<Vec<_>>(),
            |case| case.word.clone(),
        );
        vectors::agree(&vectors::tokens(), |case| tokens(&case.text).iter().collect::<Vec<_>>().join(" "), |case| joined(&case.word));
    }

    #[test]
    fn marks_and_clitics_stand_apart() {
        check("I can't: \"it's 3,5\" (or $4)... 'Tis gonna!", "I ca n't : `` it 's 3,5 '' ( or $ 4 ) ... ' Tis gon na !");
        check("the dogs' 'quoted' U.S. end.", "the dogs ' ' quoted ' U.S. end .");
    }

    #[test]
    fn hostile_texts_end() {
        for piece in ["'", "' ", "\"", "`", ",", "cannot ", "wanna", ". ", "''a", "é", "-"] {
            let text = piece.repeat((256 << 10) / piece.len());
            assert!(tokens(&text).iter().count() <= text.len());
        }
    }
}
