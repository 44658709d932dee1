use super::{Outcome, Policy, grade};
use crate::equal::Steps;
use crate::read::read;

#[track_caller]
fn check_with(reference: &str, given: &str, policy: &Policy, expect: Outcome) {
    let (one, two) = (read(reference).expect("a reference"), read(given).expect("an answer"));
    let ruling = grade(&one, &two, policy, &mut Steps::default());
    assert_eq!(ruling.outcome, expect, "{reference} | {given}: {ruling}\n{one:?}\n{two:?}");
}

#[track_caller]
fn same(reference: &str, given: &str) {
    check_with(reference, given, &Policy::default(), Outcome::Equal);
}

#[track_caller]
fn differ(reference: &str, given: &str) {
    check_with(reference, given, &Policy::default(), Outcome::Different);
}

#[test]
fn the_false_positives_of_others() {
    differ("1/2^{99}", "1/2^{98}");
    differ("10^{-20}", "10^{-25}");
    differ("1/2004!", "1/2006!");
    differ(r"1-\frac1e", r"1+\frac1e");
}
