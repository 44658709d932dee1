//! `format:parentheses`: five levels of brackets that match.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:parentheses",
    suite: Suite::IfBench,
    prompt: "Nest parentheses (and [brackets {and braces}]) at least 5 levels deep.",
    claims: &[Claim::Layout],
    example: Example { passes: "(a [b {c (d [e])}])", fails: "(a [b])", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let mut open: Vec<char> = Vec::new();
    let mut deepest = 0;
    for mark in c.text.raw.chars() {
        let opening = match mark {
            '(' | '[' | '{' => {
                open.push(mark);
                deepest = deepest.max(open.len());
                continue;
            }
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => continue,
        };
        if open.last() == Some(&opening) {
            open.pop();
            if deepest >= 5 {
                return Evidence::pass().found(deepest).wanted(5_usize);
            }
        } else {
            open.clear();
            deepest = 0;
        }
    }
    Evidence::fail().found(deepest).wanted(5_usize)
}
