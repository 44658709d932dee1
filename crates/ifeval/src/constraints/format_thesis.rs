//! `format:thesis`: a text in HTML italics, and text after it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:thesis",
    suite: Suite::IfBench,
    prompt: "Each section must begin with a thesis statement in italics, use HTML to indicate the italics.",
    deltas: &[
        "Tags of five characters are taken off whole; the reference takes three and four, so that nothing need follow or stand in `<em></em>`.",
    ],
    claims: &[Claim::Start],
    example: Example { passes: "<i>Rain is wet.</i> So it is.", fails: "Rain is wet.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let find = |text: &str, tags: [&'static str; 2]| tags.into_iter().find_map(|tag| Some((text.find(tag)?, tag)));
    let Some((start, opening)) = find(c.text.raw, ["<i>", "<em>"]) else { return Evidence::fail().wanted("<i>") };
    let text = c.text.raw.get(start..).unwrap_or("");
    let Some((end, closing)) = find(text, ["</i>", "</em>"]) else { return Evidence::fail().wanted("</i>") };
    let (opening, closing) = if c.parity() { (3, 4) } else { (opening.len(), closing.len()) };
    let not_blank = |part: Option<&str>| part.is_some_and(|part| !strip(part).is_empty());
    Evidence::when(not_blank(text.get(opening..end)) && not_blank(text.get(end + closing..)))
}
