//! `words:words_position`: the second token and the one before the last are the keyword, in whatever case; a mark at the end does not count.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:words_position",
    suite: Suite::IfBench,
    prompt: "The second word in your response and the second to last word in your response should be the word {keyword}.",
    fields: &[Field { name: "keyword", kind: Kind::Word }],
    claims: &[Claim::Start, Claim::End, Claim::Keywords],
    deltas: &["Only words count; the reference leaves out one mark at the end."],
    example: Example {
        kwargs: r#"{"keyword": "rain"}"#,
        passes: "Such rain and such rain again.",
        fails: "Such rain and such snow again.",
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    const MARKS: &str = r##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##;
    let wanted = c.args.text("keyword").to_lowercase();
    let is_wanted = |token: Option<&String>| token.is_some_and(|token| token.to_lowercase() == wanted);
    if !c.parity() {
        let words: Vec<&String> = c.text.tokens().iter().filter(|token| is_wordlike(token)).collect();
        let before_last = words.len().checked_sub(2).and_then(|at| words.get(at));
        return Evidence::when(is_wanted(words.get(1).copied()) && is_wanted(before_last.copied()));
    }
    let tokens = c.text.tokens();
    let from_end = if tokens.last().is_some_and(|last| MARKS.contains(last.as_str())) { 3 } else { 2 };
    let before_last = tokens.len().checked_sub(from_end).and_then(|at| tokens.get(at));
    Evidence::when(is_wanted(tokens.get(1)) && is_wanted(before_last))
}
