//! A reference and a response, parted by a line's end, through the whole domain. A panic, a verdict that a second run does not repeat, a reference
//! that does not equal itself, or a comparison that is decided otherwise when the two change sides is a finding.

#![no_main]

use gavel_math::domain::{Math, Options, Reference};
use gavel_math::equal::Steps;
use gavel_math::grade::{Policy, grade};
use gavel_math::read::read;
use gavel_task::{Attempt, Budget, Domain, TaskName};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some((reference, response)) = text.split_once('\n') else { return };
    let task: TaskName = "math".parse().expect("a name");
    let options: Options = serde_json::from_str(r#"{"extraction": "lenient"}"#).expect("options");
    let verify = || Math.verify(Attempt { task: &task, prompt: None, response }, &Reference::from(reference), &options, &Budget::default());
    assert_eq!(format!("{:?}", verify()), format!("{:?}", verify()));
    // Decimals of the reference round, and its percent sign may be left out: without those, sides do not matter.
    let policy = Policy { rounding: false, percent: true, ..Policy::default() };
    let (Ok(one), Ok(two)) = (read(reference), read(response)) else { return };
    assert!(!grade(&one, &one, &policy, &mut Steps::default()).is_different());
    let (forth, back) = (grade(&one, &two, &policy, &mut Steps::default()), grade(&two, &one, &policy, &mut Steps::default()));
    assert!(!(forth.is_equal() && back.is_different() || forth.is_different() && back.is_equal()), "{forth} and {back}");
});
