//! `keywords:exclude_word_harder`: the keyword does not occur between two spaces.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:exclude_word_harder",
    suite: Suite::IfTrain,
    prompt: "Do not include keyword {keyword} in the response.",
    fields: &[Field { name: "keyword", kind: Kind::Word }, Field { name: "instruction", kind: Kind::Unread }],
    deltas: &["The keyword does not occur as a word, in whatever case; the reference sees it only between two spaces and in its own case."],
    claims: &[Claim::Keywords],
    example: Example { kwargs: r#"{"keyword": "river"}"#, passes: "The brook runs.", fails: "The river runs." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let word = c.args.text("keyword");
    if c.parity() {
        return match c.text.raw.find(&format!(" {word} ")) {
            Some(at) => Evidence::fail().word(word).line(c.text.line(at)),
            None => Evidence::pass(),
        };
    }
    match standing_alone(c.text.folded(), &fold(word), Edges::Free) {
        Some(line) => Evidence::fail().word(word).line(line),
        None => Evidence::pass(),
    }
}
