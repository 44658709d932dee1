//! The verdicts of the reference checkers, and laws that every constraint keeps.

#![expect(clippy::unwrap_used, reason = "tests")]

use flate2::read::GzDecoder;
use gavel_ifeval::{CONSTRAINTS, Check, Kwargs, Mode, Reading, Rules, Variants, check, find};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::Path;

#[derive(Deserialize)]
struct Vector {
    id: String,
    kwargs: Kwargs,
    rid: String,
    strict: bool,
    loose: bool,
}

#[derive(Deserialize)]
struct Response {
    rid: String,
    text: String,
}

#[derive(Deserialize)]
struct Case {
    class: String,
    id: String,
    kwargs: Kwargs,
    text: String,
    result: bool,
}

/// All of the file where the shared data is, else the committed sample.
fn lines<T: for<'de> Deserialize<'de>>(name: &str) -> Vec<T> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("../../../shared/data/ifeval").join(name)).unwrap_or_else(|_| {
        let file = std::fs::File::open(root.join("vectors").join(format!("{name}.gz"))).unwrap();
        let mut text = String::new();
        GzDecoder::new(file).read_to_string(&mut text).unwrap();
        text
    });
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn verdict(id: &str, kwargs: &Kwargs, text: &str, mode: Mode) -> bool {
    let constraint = find(id).unwrap_or_else(|| panic!("no constraint is named {id}"));
    let args = constraint.read(kwargs, Rules::Parity).unwrap_or_else(|error| panic!("{id}: {error}"));
    check(constraint, &args, Rules::Parity, &Variants::new(text, mode).readings()).passes
}

#[test]
fn verdicts_are_those_of_the_reference_checkers() {
    let texts: HashMap<String, String> = lines::<Response>("responses.jsonl").into_iter().map(|row| (row.rid, row.text)).collect();
    let mut differ: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // The reference draws a random letter where the argument is none from a to z.
    let (mut total, mut different, mut random) = (0, 0, 0);
    for row in lines::<Vector>("vectors.jsonl") {
        let text = &texts[&row.rid];
        total += 1;
        for (mode, expect) in [(Mode::Strict, row.strict), (Mode::Loose, row.loose)] {
            if verdict(&row.id, &row.kwargs, text, mode) != expect {
                if row
                    .kwargs
                    .get("letter")
                    .and_then(|letter| letter.as_str())
                    .is_some_and(|letter| !letter.chars().all(|c| c.is_ascii_alphabetic()))
                {
                    random += 1;
                    break;
                }
                different += 1;
                differ.entry(row.id.clone()).or_default().push(format!("{} {mode:?} {expect}", row.rid));
                break;
            }
        }
    }
    for (id, rows) in &differ {
        eprintln!("{id}: {} {:?}", rows.len(), &rows[..rows.len().min(3)]);
    }
    assert!(different == 0 && random * 500 <= total, "{different} of {total} verdicts differ, {random} are random");
}

/// The verdict without the rule that blank responses fail, as the unit tests call the checkers.
fn directly(id: &str, kwargs: &Kwargs, text: &str) -> bool {
    let constraint = find(id).unwrap_or_else(|| panic!("no constraint is named {id}"));
    let args = constraint.read(kwargs, Rules::Parity).unwrap_or_else(|error| panic!("{id}: {error}"));
    (constraint.check)(&Check { args: &args, text: &Reading::new(text), rules: Rules::Parity }).passes
}

/// The id that a class of IFBench's unit tests has in data, where the tests name another.
fn id_of(case: &Case) -> &str {
    match case.class.as_str() {
        "CharacterReverseOrderChecker" => "custom:character_reverse",
        "WordReverseOrderChecker" => "custom:word_reverse",
        "ConjunctionCountChecker" => "count:conjunctions",
        "PersonNameCountChecker" => "count:person_names",
        "PrintMultiplesChecker" => "custom:multiples",
        "RepeatChangeChecker" => "repeat:repeat_change",
        _ => &case.id,
    }
}

#[test]
fn unit_cases_have_the_verdicts_of_the_reference_checkers() {
    let cases = lines::<Case>("unit_cases.jsonl");
    let differ: Vec<String> = cases
        .iter()
        .filter(|case| directly(id_of(case), &case.kwargs, &case.text) != case.result)
        .map(|case| format!("{} {:?} {:?} {}", id_of(case), case.kwargs, case.text, case.result))
        .collect();
    assert!(differ.is_empty(), "{} of {}:\n{}", differ.len(), cases.len(), differ.join("\n"));
}

#[test]
fn constraints_are_sorted_and_complete() {
    let ids: Vec<&str> = CONSTRAINTS.iter().map(|constraint| constraint.id).collect();
    assert!(ids.is_sorted() && ids.len() == 112, "{ids:?}");
}

#[test]
fn examples_pass_and_fail_under_either_rules() {
    for constraint in CONSTRAINTS {
        let kwargs: Kwargs = serde_json::from_str(constraint.example.kwargs).unwrap();
        for rules in [Rules::Parity, Rules::Strict] {
            let args = constraint.read(&kwargs, rules).unwrap_or_else(|error| panic!("{}: {error}", constraint.id));
            let passes = |text: &str| check(constraint, &args, rules, &Variants::new(text, Mode::Strict).readings()).passes;
            assert!(passes(constraint.example.passes), "{} {rules:?}: {:?}", constraint.id, constraint.example.passes);
            assert!(!passes(constraint.example.fails), "{} {rules:?}: {:?}", constraint.id, constraint.example.fails);
        }
    }
}

#[test]
fn blank_responses_fail() {
    for constraint in CONSTRAINTS {
        let kwargs: Kwargs = serde_json::from_str(constraint.example.kwargs).unwrap();
        let args = constraint.read(&kwargs, Rules::Strict).unwrap();
        for text in ["", " \n", "\u{1c}"] {
            assert!(!check(constraint, &args, Rules::Strict, &Variants::new(text, Mode::Loose).readings()).passes, "{}", constraint.id);
        }
    }
}
