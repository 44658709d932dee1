//! `count:keywords_multiple`: five keywords, 1, 2, 3, 5 and 7 times.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:keywords_multiple",
    suite: Suite::IfBench,
    prompt: "Include keyword {keyword1} once in your response, keyword {keyword2} twice in your response, keyword {keyword3} three times in your response, keyword {keyword4} five times in your response, and keyword {keyword5} seven times in your response.",
    fields: &[
        Field { name: "keyword1", kind: Kind::Word },
        Field { name: "keyword2", kind: Kind::Word },
        Field { name: "keyword3", kind: Kind::Word },
        Field { name: "keyword4", kind: Kind::Word },
        Field { name: "keyword5", kind: Kind::Word },
    ],
    claims: &[Claim::Keywords, Claim::Language],
    example: Example {
        kwargs: r#"{"keyword1": "a", "keyword2": "b", "keyword3": "c", "keyword4": "d", "keyword5": "e"}"#,
        passes: "a bb ccc ddddd eeeeeee",
        fails: "a b c d e",
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    for (name, wanted) in [("keyword1", 1), ("keyword2", 2), ("keyword3", 3), ("keyword4", 5), ("keyword5", 7)] {
        let word = c.args.text(name);
        let count = c.text.lower().matches(&*word.to_lowercase()).count();
        if count as u64 != wanted {
            return Evidence::count(count, Bound::Exactly, wanted).word(word);
        }
    }
    Evidence::pass()
}
