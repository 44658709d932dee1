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
    let is_wanted = |token: Option<&str>| token.is_some_and(|token| token.to_lowercase() == wanted);
    if !c.parity() {
        let words = || c.text.tokens().filter(|token| is_wordlike(token));
        return Evidence::when(is_wanted(words().nth(1)) && is_wanted(words().nth_back(1)));
    }
    let from_end = if c.text.tokens().next_back().is_some_and(|last| MARKS.contains(last)) { 2 } else { 1 };
    Evidence::when(is_wanted(c.text.tokens().nth(1)) && is_wanted(c.text.tokens().nth_back(from_end)))
}
