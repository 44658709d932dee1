//! Options, references and verdicts of the domain, by way of its interface.

use super::{Math, Options, Reference};
use gavel_task::{Attempt, Budget, Domain, TaskName, Verdict, VerifyError};
use serde_json::{Value, json};

fn verify(response: &str, reference: Value, options: Value) -> Result<Verdict, VerifyError> {
    let reference: Reference = serde_json::from_value(reference).expect("a reference");
    let options: Options = serde_json::from_value(options).expect("options");
    let task: TaskName = "math".parse().expect("a name");
    Math.verify(Attempt { task: &task, prompt: None, response }, &reference, &options, &Budget::default())
}

#[track_caller]
fn check(response: &str, reference: Value, options: Value, expect: &str) {
    let reason = match verify(response, reference, options) {
        Ok(verdict) => {
            assert_eq!(verdict.score.get() == 1.0, verdict.reason.as_str() == "correct");
            verdict.reason.as_str().to_owned()
        }
        Err(error) => error.code().to_owned(),
    };
    assert_eq!(reason, expect, "{response}");
}

#[test]
fn references_have_several_shapes() {
    for reference in
        [json!("1/2"), json!(0.5), json!(["3", "1/2"]), json!({"answer": "0.5"}), json!({"answers": ["7", 0.5], "units": "ignored"})]
    {
        check(r"\boxed{\frac{1}{2}}", reference, json!({}), "correct");
    }
    for reference in [json!(""), json!([]), json!({}), json!({"answer": "1", "answers": ["1"]}), json!(r"\frac{1}{"), json!(["1", " "])] {
        check(r"\boxed{1}", reference, json!({}), "invalid_reference");
    }
    assert!(serde_json::from_value::<Reference>(json!({"answer": "1", "tolerence": 1})).is_err());
    assert!(serde_json::from_value::<Reference>(json!({"answer": "1", "tolerance": -1})).is_err());
}

#[test]
fn reasons_are_stable() {
    check("no mark", json!("1"), json!({}), "no_answer");
    check(r"\boxed{1", json!("1"), json!({}), "no_answer");
    check(r"<think>\boxed{1}", json!("1"), json!({"require_think_end": true}), "no_answer");
    check(r"\boxed{2}", json!("1"), json!({}), "wrong_answer");
    check(&format!("\\boxed{{{}1{}}}", "(".repeat(300), ")".repeat(300)), json!("1"), json!({}), "unparseable");
    check(r"\boxed{\gcd(m, n)}", json!(r"\gcd(m, n)"), json!({}), "correct");
    check(r"\boxed{1}", json!(r"\gcd(m, n)"), json!({}), "undecided");
    check(r"\boxed{1}", json!(r"\gcd(m, n)"), json!({"undecided": "error"}), "invalid_reference");
}

#[test]
fn options_say_where_and_how() {
    check("so the answer is 5.", json!("5"), json!({}), "correct");
    check("so the answer is 5.", json!("5"), json!({"extraction": "boxed"}), "no_answer");
    check("it makes 5 apples", json!("5"), json!({"extraction": "lenient"}), "correct");
    check(r"\boxed{10.04}", json!("10"), json!({}), "wrong_answer");
    check(r"\boxed{10.04}", json!("10"), json!({"tolerance": 0.05}), "correct");
    check(r"\boxed{10.04}", json!({"answer": "10", "tolerance": {"relative": 0.001}}), json!({"tolerance": 0.05}), "wrong_answer");
    check(r"\boxed{2/4}", json!({"answer": "1/2", "require_reduced": true}), json!({}), "wrong_answer");
    check(r"\boxed{5}", json!({"answer": r"5\text{ m}", "units": "required"}), json!({}), "wrong_answer");
    check(r"\boxed{2, 1}", json!({"answer": "1, 2", "ordered": true}), json!({}), "wrong_answer");
    check(r"\boxed{3.14159}", json!({"answer": "3.14", "rounding": false}), json!({}), "wrong_answer");
    check(r"\boxed{10\%}", json!({"answer": "10", "percent": true}), json!({}), "correct");
}

#[test]
fn a_verdict_explains_itself() {
    let verdict = verify(r"Thus \boxed{\dfrac{2}{4}}.", json!("0.5"), json!({})).expect("a verdict");
    assert_eq!(verdict.message, r"`\dfrac{2}{4}` (last box) equals `0.5`: values (exact rational numbers)");
    assert_eq!(verdict.detail.extracted.as_deref(), Some(r"\dfrac{2}{4}"));
    assert_eq!(verdict.detail.facts["answer"], json!(r"\frac{2}{4}"));
    assert_eq!(verdict.detail.facts["reference"], json!("0.5"));
}

#[test]
fn the_example_is_correct() {
    let example = Math.example();
    check(example["response"].as_str().expect("text"), example["reference"].clone(), json!({}), "correct");
}

#[test]
fn guesses_are_no_answer() {
    for response in [r"\boxed{1 \text{ or } 2}", r"\boxed{1} or \boxed{2}", r"\boxed{1, 2}", r"\boxed{1} \boxed{2}"] {
        check(response, json!("1"), json!({}), "wrong_answer");
    }
    check(r"\boxed{1}. No, \boxed{2}", json!("2"), json!({}), "correct");
}
