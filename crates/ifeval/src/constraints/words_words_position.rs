//! `words:words_position`: the second token and the one before the last are the keyword, in its case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:words_position",
    suite: Suite::IfBench,
    prompt: "The second word in your response and the second to last word in your response should be the word {keyword}.",
    fields: &[Field { name: "keyword", kind: Kind::Word }],
    claims: &[Claim::Start, Claim::End, Claim::Keywords],
    example: Example { kwargs: r#"{"keyword": "rain"}"#, passes: "Such rain, and such rain.", fails: "Such rain, and such snow." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let (tokens, wanted) = (c.text.tokens(), c.args.text("keyword"));
    let before_last = tokens.len().checked_sub(2).and_then(|at| tokens.get(at));
    Evidence::when(tokens.get(1).is_some_and(|token| token == wanted) && before_last.is_some_and(|token| token == wanted))
}
