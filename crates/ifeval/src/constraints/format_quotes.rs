//! `format:quotes`: three levels of quotation marks that match.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:quotes",
    suite: Suite::IfBench,
    prompt: "Include quotes within quotes within quotes, at least 3 levels deep, alternating between double quotes and single quotes.",
    claims: &[Claim::Punctuation],
    example: Example { passes: "\"a 'b \"c\" d' e\"", fails: "\"a 'b' c\"", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let mut open: Vec<char> = Vec::new();
    let mut deepest = 0;
    for mark in c.text.raw.chars().filter(|mark| matches!(mark, '"' | '\'')) {
        if open.last() == Some(&mark) {
            open.pop();
            if deepest >= open.len() + 3 {
                return Evidence::pass().found(deepest).wanted(3_usize);
            }
        } else {
            open.push(mark);
            deepest = deepest.max(open.len());
        }
    }
    Evidence::fail().found(deepest).wanted(3_usize)
}
