//! `format:no_bullets_bullets`: two sentences, and then only bullets, at least two.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:no_bullets_bullets",
    suite: Suite::IfBench,
    prompt: "Your answer must contain at least two sentences ending in a period followed by at least two bullet points denoted by *.",
    deltas: &["Blank lines are left out; in the reference one ends the sentences."],
    claims: &[Claim::Layout, Claim::Start, Claim::End],
    example: Example { passes: "It rains. We stay.\n* Tea\n* Cake", fails: "It rains.\n* Tea\n* Cake", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let (mut sentences, mut bullets) = (0, 0);
    let mut before_bullets = true;
    for (index, line) in c.text.raw.split('\n').map(strip).enumerate() {
        if line.starts_with('*') {
            before_bullets = false;
            if sentences < 2 {
                return Evidence::count(sentences, Bound::AtLeast, 2).line(index + 1);
            }
            bullets += 1;
        } else if line.is_empty() && !c.parity() {
        } else if before_bullets {
            let count = python::sentences(line).len();
            before_bullets = count > 0;
            sentences += count;
        } else {
            return Evidence::fail().word(line).line(index + 1);
        }
    }
    Evidence::count(bullets, Bound::AtLeast, 2)
}
