//! `format:title_case`: no token begins with a small letter.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:title_case",
    suite: Suite::IfBench,
    prompt: "Write the entire response in title case (capitalize the first letter of every major word).",
    deltas: &["Minor words (`in`, `of`, `the` and the like) may be small, as the prompt says; the reference wants every word capital."],
    claims: &[Claim::Case],
    example: Example { passes: "Birds Sing Today.", fails: "birds sing", ..BASE.example },
    check,
    ..BASE
};

/// Articles, conjunctions and short prepositions, which titles leave small.
const MINOR: [&str; 24] = [
    "a", "an", "the", "and", "but", "or", "nor", "for", "so", "yet", "as", "at", "by", "in", "of", "off", "on", "per", "to", "up", "via",
    "with", "from", "into",
];

fn check(c: &Check<'_, '_>) -> Evidence {
    for token in c.text.tokens() {
        let end = token.chars().next().map_or(0, char::len_utf8);
        let (first, rest) = token.split_at(end);
        let is_small = is_lower(first) && first.chars().all(char::is_alphabetic) && (rest.is_empty() || is_upper(rest) || is_lower(rest));
        if is_small && (c.parity() || !MINOR.contains(&token)) {
            return Evidence::fail().word(token);
        }
    }
    Evidence::pass()
}
