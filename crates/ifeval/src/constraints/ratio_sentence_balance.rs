//! `ratio:sentence_balance`: as many sentences end with `.` as with `?` and with `!`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "ratio:sentence_balance",
    suite: Suite::IfBench,
    prompt: "Ensure that the ratio of sentence types (declarative, interrogative, exclamatory) is balanced.",
    deltas: &["There is at least one of each; the reference takes none of any for balance."],
    claims: &[Claim::Sentences, Claim::End],
    example: Example { passes: "It rains. Why? Look!", fails: "It rains. Why?", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let ending = |mark: char| c.text.sentences().iter().filter(|sentence| sentence.ends_with(mark)).count();
    let counts = [ending('.'), ending('?'), ending('!')];
    let [first, second, third] = counts;
    let passes = first == second && second == third && (c.parity() || first > 0);
    Evidence { passes, ..Evidence::fail().found(Cow::Owned(format!("{first} with `.`, {second} with `?`, {third} with `!`"))) }
}
