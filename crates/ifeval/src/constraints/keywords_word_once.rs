//! `keywords:word_once`: the keyword occurs once, in whatever case and also inside a longer word.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:word_once",
    suite: Suite::IfTrain,
    prompt: "Include keyword {keyword} in your response.",
    fields: &[Field { name: "keyword", kind: Kind::Pattern(Form::Anywhere) }],
    deltas: &[LITERAL],
    claims: &[Claim::Keywords],
    example: Example { kwargs: r#"{"keyword": "tree"}"#, passes: "One Tree.", fails: "Trees and a tree." },
    check: |c| match c.args.keywords("keyword").first().map(|word| occurrences(c, word)) {
        Some(Ok(count)) => Evidence::count(count, Bound::Exactly, 1),
        Some(Err(message)) => Evidence::fault(message),
        None => Evidence::fail(),
    },
    ..BASE
};
