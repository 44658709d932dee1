//! `ratio:sentence_type`: twice as many sentences end with `.` as with `?`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "ratio:sentence_type",
    suite: Suite::IfBench,
    prompt: "Maintain a 2:1 ratio of declarative to interrogative sentences.",
    deltas: &["There is at least one of each; the reference takes none of either for a ratio."],
    claims: &[Claim::Sentences, Claim::End],
    example: Example { passes: "It rains. We stay. Why?", fails: "It rains. Why?", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let ending = |mark: char| c.text.sentences().iter().filter(|sentence| sentence.ends_with(mark)).count();
    let (declarative, interrogative) = (ending('.'), ending('?'));
    let passes = declarative == 2 * interrogative && (c.parity() || interrogative > 0);
    Evidence { passes, ..Evidence::fail().found(declarative).wanted(2 * interrogative) }
}
