//! Whatever comes in, a verdict or a typed error goes out.

#![expect(clippy::unwrap_used, reason = "tests")]

use gavel_ifeval::{Bound, CONSTRAINTS, Constraint, IfEval, Kind, Kwargs, Mode, Options, Rules, Variants, check};
use gavel_task::{Attempt, Budget, Domain, VerifyError};
use proptest::prelude::*;
use serde_json::{Value, json};

fn example(constraint: &Constraint) -> Kwargs {
    serde_json::from_str(constraint.example.kwargs).unwrap()
}

#[track_caller]
fn verify(response: &str, reference: Value, options: Value) -> Result<gavel_task::Verdict, VerifyError> {
    let reference = serde_json::from_value(reference).unwrap();
    let options: Options = serde_json::from_value(options).unwrap();
    let task = "ifeval".parse().unwrap();
    IfEval.verify(Attempt { task: &task, prompt: None, response }, &reference, &options, &Budget::default())
}

/// Texts that make a careless scanner slow.
fn hostile() -> Vec<String> {
    let size = 256 << 10;
    let filled = |piece: &str| piece.repeat(size / piece.len());
    let mut texts: Vec<String> = [
        "*",
        "-",
        "\n",
        " ",
        "[",
        "]",
        "\"",
        "'",
        "(",
        "a",
        "A. ",
        "é",
        "猫",
        "<<",
        "{\"a\":",
        "[[",
        "a b ",
        "\n*\n",
        "***",
        "e",
        "\r",
        ",",
        "1",
        "\u{1f3e0} ",
    ]
    .map(filled)
    .into();
    texts.push(format!("Question 1{}", filled("\n")));
    texts
}

#[test]
fn long_texts_end_for_every_constraint() {
    for text in hostile() {
        for constraint in CONSTRAINTS {
            for rules in [Rules::Strict, Rules::Parity] {
                let args = constraint.read(&example(constraint), rules).unwrap();
                check(constraint, &args, rules, &Variants::new(&text, Mode::Strict).readings());
            }
        }
    }
}

#[test]
fn patterns_that_blow_up_are_errors_of_the_item() {
    let reference = json!({"instruction_id_list": ["keywords:frequency"], "kwargs": [{"keyword": "(a*)*\\1b", "frequency": 1, "relation": "at least"}]});
    let error = verify(&"a".repeat(100_000), reference, json!({"rules": "parity"})).unwrap_err();
    assert!(matches!(&error, VerifyError::InvalidReference { field, .. } if field == "kwargs[0]"), "{error}");
}

#[test]
fn faults_of_the_item_name_the_index_and_the_field() {
    let cases = [
        (json!({"instruction_id_list": []}), "instruction_id_list"),
        (json!({"instruction_id_list": ["no:such"], "kwargs": [{}]}), "instruction_id_list[0]"),
        (json!({"instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}, {}]}), "kwargs"),
        (json!({"instruction_id_list": ["punctuation:no_comma"], "kwargs": [{"n": 1}]}), "kwargs[0].n"),
        (json!({"instruction_id_list": ["count:numbers"], "kwargs": [null]}), "kwargs[0].N"),
        (json!({"instruction_id_list": ["punctuation:no_comma", "count:numbers"], "kwargs": [{}, {"N": -1}]}), "kwargs[1].N"),
        (json!({"instruction_id_list": ["count:numbers"], "kwargs": [{"N": 1.5}]}), "kwargs[0].N"),
        (json!({"instruction_id_list": ["letters:letter_counting"], "kwargs": [{"N": 1, "relation": "more"}]}), "kwargs[0].relation"),
    ];
    for (reference, expect) in cases {
        let error = verify("Text.", reference.clone(), json!({})).unwrap_err();
        assert!(matches!(&error, VerifyError::InvalidReference { field, .. } if field == expect), "{reference}: {error}");
    }
}

#[test]
fn a_score_is_the_share_of_instructions_or_all_of_them() {
    let reference = json!({
        "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words"],
        "kwargs": [{"num_words": null}, {"num_words": 3.0, "relation": "less than", "keyword": null}],
    });
    let as_text = json!(reference.to_string());
    let score = |response: &str, reference: &Value, options: Value| verify(response, reference.clone(), options).unwrap().score.get();
    assert_eq!(score("Two, words", &reference, json!({})), 0.5);
    assert_eq!(score("Two, words", &as_text, json!({"grading": "binary"})), 0.0);
    assert_eq!(score("Two words", &as_text, json!({"grading": "binary"})), 1.0);
    assert_eq!(score("<think>a, b</think>Two words", &reference, json!({})), 1.0);
    assert_eq!(score("First, a line.\nTwo words", &reference, json!({"mode": "loose"})), 1.0);
    for empty in ["", " ", "<think>Two words</think>", "<think>Two words", "<answer></answer>"] {
        assert_eq!(score(empty, &reference, json!({})), 0.0, "{empty:?}");
    }
}

#[test]
fn evidence_says_what_was_found_and_what_was_wanted() {
    let reference =
        json!({"instruction_id_list": ["length_constraints:number_words"], "kwargs": [{"num_words": 3, "relation": "at least"}]});
    let verdict = verify("Two words", reference, json!({})).unwrap();
    let expect = json!([{"id": "length_constraints:number_words", "passes": false, "found": 2, "bound": "at_least", "wanted": 3}]);
    assert_eq!(verdict.detail.facts["instructions"], expect);
    assert!(Bound::AtLeast.admits(3, 3));
}

fn value(kind: Kind) -> BoxedStrategy<Value> {
    let any = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(|n| json!(n)),
        any::<f64>().prop_map(|n| json!(n)),
        ".{0,20}".prop_map(|s| json!(s)),
        Just(json!([]))
    ];
    let fits = match kind {
        Kind::Count(..) | Kind::Percent(..) => (0_u64..40).prop_map(|n| json!(n)).boxed(),
        Kind::Relation => prop_oneof![Just(json!("less than")), Just(json!("at least"))].boxed(),
        Kind::Letter => "\\PC".prop_map(|s| json!(s)).boxed(),
        Kind::Patterns(_) => prop::collection::vec("[a-z.*+?()\\[\\]|\\\\]{1,6}", 1..3).prop_map(|list| json!(list)).boxed(),
        _ => "[a-z.*+?()\\[\\]|\\\\ éß]{1,8}".prop_map(|s| json!(s)).boxed(),
    };
    prop_oneof![4 => fits, 1 => any].boxed()
}

fn case() -> impl Strategy<Value = (&'static Constraint, Kwargs, String)> {
    (0..CONSTRAINTS.len()).prop_flat_map(|index| {
        let constraint = CONSTRAINTS[index];
        let kwargs: Vec<_> =
            constraint.fields.iter().map(|field| value(field.kind).prop_map(move |value| (field.name.to_owned(), value))).collect();
        let text = prop_oneof!["\\PC{0,60}", "[a-zA-Z .,!?*\\-\\n\"'<>\\[\\]()]{0,200}", "[\\x00-\\x7f]{0,80}"];
        (kwargs, text).prop_map(move |(kwargs, text)| (constraint, kwargs.into_iter().collect(), text))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_arguments_and_no_text_are_fatal((constraint, kwargs, text) in case()) {
        for rules in [Rules::Strict, Rules::Parity] {
            if let Ok(args) = constraint.read(&kwargs, rules) {
                let variants = Variants::new(&text, Mode::Loose);
                let readings = variants.readings();
                let evidence = check(constraint, &args, rules, &readings);
                prop_assert_eq!(&evidence, &check(constraint, &args, rules, &Variants::new(&text, Mode::Loose).readings()));
                // What passes strictly passes loosely.
                let strict = check(constraint, &args, rules, &Variants::new(&text, Mode::Strict).readings());
                prop_assert!(!strict.passes || evidence.passes);
            }
        }
    }
}
