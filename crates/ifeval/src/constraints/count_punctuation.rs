//! `count:punctuation`: each of `. , ! ? ; :` and one of `?!`, `!?`, `‽`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:punctuation",
    suite: Suite::IfBench,
    prompt: "Use every standard punctuation mark at least once, including semicolons, colons, and the interrobang (?!).",
    claims: &[Claim::Punctuation],
    example: Example { passes: "Yes, it is: so; why? Look! What?! Fine.", fails: "Yes, it is?!", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let text = c.text.raw;
    if !["!?", "?!", "‽"].iter().any(|mark| text.contains(mark)) {
        return Evidence::fail().wanted("?!");
    }
    // The interrobang's own marks do not count for `?` and `!`.
    let without = text.replacen("?!", "", 1);
    let without = if without.len() == text.len() { text.replacen("!?", "", 1) } else { without };
    match [".", ",", "!", "?", ";", ":"].into_iter().find(|mark| !without.contains(*mark)) {
        Some(mark) => Evidence::fail().wanted(mark),
        None => Evidence::pass(),
    }
}
