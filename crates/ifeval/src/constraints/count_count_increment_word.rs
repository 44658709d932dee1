//! `count:count_increment_word`: one keyword once, another twice.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:count_increment_word",
    suite: Suite::IfTrain,
    prompt: "Include keyword {keyword1} once in your response, keyword {keyword2} twice in your response.",
    fields: &[
        Field { name: "keyword1", kind: Kind::Pattern(Form::Anywhere) },
        Field { name: "keyword2", kind: Kind::Pattern(Form::Anywhere) },
    ],
    deltas: &[LITERAL],
    claims: &[Claim::Keywords],
    example: Example { kwargs: r#"{"keyword1": "sun", "keyword2": "moon"}"#, passes: "Sun, moon and moon.", fails: "Sun and moon." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    for (name, wanted) in [("keyword1", 1), ("keyword2", 2)] {
        let Some(word) = c.args.keywords(name).first() else { return Evidence::fail() };
        match occurrences(c, word) {
            Ok(count) if count != wanted => return Evidence::count(count, Bound::Exactly, wanted).word(&word.text),
            Ok(_) => {}
            Err(message) => return Evidence::fault(message),
        }
    }
    Evidence::pass()
}
