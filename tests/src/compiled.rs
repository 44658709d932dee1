//! Programs in C and C++: right and wrong ones for problems of competitions (`tests/compiled`), and programs that attack the compiler, the sandbox or the grader
//! (`sandboxes/hostile/cpp`).
//!
//! The guest is built by hand (`gavel guests build cpp`): where it is not, these tests say so and look at the programs only.

use crate::repository;
use crate::support::guest::{built, workers};
use gavel_code::Code;
use gavel_sandbox::Recipe;
use gavel_task::{Item, Verdict};
use gavel_verifier::{Registry, Verifier};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, OnceLock};

fn verifier() -> &'static Verifier {
    static VERIFIER: OnceLock<Verifier> = OnceLock::new();
    VERIFIER.get_or_init(|| Verifier::new(Registry::new().with(Code::new(Arc::new(workers(2)))), 4))
}

/// Whether the guest is there; if not, says that a test is left out.
fn is_built() -> bool {
    let is_built = built(&Recipe::CPP);
    if !is_built {
        eprintln!("skipped: the guest for C and C++ is not built; `gavel guests build cpp` builds it");
    }
    is_built
}

/// Every program in a folder, by name, with what its first line says has to come of it.
fn programs(folder: &str) -> Vec<(String, String, String)> {
    let path = repository::root().join(folder);
    let mut names: Vec<String> = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| [".c", ".cpp"].iter().any(|end| name.ends_with(end)));
    names.sort();
    let read = |name: String| {
        let source = std::fs::read_to_string(path.join(&name)).unwrap();
        let expected = source.lines().next().and_then(|line| line.strip_prefix("// ")).unwrap_or_else(|| panic!("{name}")).to_owned();
        (name, expected, source)
    };
    names.into_iter().map(read).collect()
}

fn item(name: &str, source: &str, reference: &Value, limits: &Value) -> Item {
    let language = if Path::new(name).extension().is_some_and(|end| end == "c") { "c" } else { "cpp" };
    let item = json!({
        "id": name,
        "task": "code",
        "response": format!("```{language}\n{source}\n```"),
        "reference": reference,
        "options": {"language": language},
        "limits": limits,
    });
    serde_json::from_value(item).expect("an item was written")
}

/// Judges every item once, and says how each verdict is not as expected.
fn check(items: &[(Item, String)]) {
    let judged = verifier().verify(items.iter().map(|(item, _)| item.clone()).collect());
    let unexpected: Vec<String> = items
        .iter()
        .zip(judged)
        .filter_map(|((item, expected), judged)| {
            let found =
                judged.result.map(|verdict: Verdict| (format!("{} {}", verdict.score.get(), verdict.reason.as_str()), verdict.message));
            match found {
                Ok((found, _)) if *expected == found || *expected == found.split_once(' ').unwrap().1 => None,
                found => Some(format!("{}: {expected}, and not {found:?}", item.id)),
            }
        })
        .collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
}

#[test]
fn competition_programs_have_the_verdicts_that_they_say() {
    let problems: Value = serde_json::from_str(&repository::required_text("tests/compiled/problems.json")).unwrap();
    let limits = json!({"cpu_seconds": 0.5, "memory_bytes": 256 << 20});
    let items: Vec<(Item, String)> = programs("tests/compiled")
        .into_iter()
        .map(|(name, expected, source)| {
            let problem = &problems[name.split('.').next().unwrap()];
            let (problem_of, reason) = expected.split_once(" -> ").unwrap();
            assert_eq!(problem_of, format!("{} {}", problem["source"].as_str().unwrap(), problem["line"]));
            assert_eq!(name.contains(".right."), reason == "correct", "{name}");
            let item = item(&name, &source, &json!({"tests": problem["tests"]}), &limits);
            (item, reason.to_owned())
        })
        .collect();
    assert_eq!(items.len(), 30);
    if is_built() {
        check(&items);
    }
}

#[test]
fn hostile_programs_are_contained() {
    let limits = json!({"cpu_seconds": 0.1, "memory_bytes": 128 << 20, "output_bytes": 1 << 20});
    let items: Vec<(Item, String)> = programs("sandboxes/hostile/cpp")
        .into_iter()
        .map(|(name, expected, source)| {
            let (task, expected) = expected.split_once(" -> ").unwrap();
            let reference = match task {
                "one" => json!({"inputs": ["2 3"], "outputs": ["5"]}),
                "add" => json!({"inputs": ["2 3", "20 22", "-4 1"], "outputs": ["5", "42", "-3"]}),
                other => panic!("`{other}` is no reference of hostile programs"),
            };
            (item(&name, &source, &reference, &limits), expected.to_owned())
        })
        .collect();
    assert!(items.len() >= 30);
    if is_built() {
        check(&items);
        // What one run leaves behind, the next would show.
        check(&items);
    }
}

#[test]
fn only_standard_input_and_output_tests_programs() {
    let item = item(
        "calls.cpp",
        "int add(int a, int b) { return a + b; }",
        &json!({"fn_name": "add", "inputs": [[1, 2]], "outputs": [3]}),
        &json!({}),
    );
    let error = verifier().verify(vec![item]).remove(0).result.unwrap_err();
    assert!(error.to_string().contains("programs in cpp are tested by standard input and output only"), "{error}");
}

#[test]
fn without_the_guest_the_item_is_an_error_that_names_the_command() {
    let item = item("any.cpp", "int main() {}", &json!({"inputs": [""], "outputs": [""]}), &json!({}));
    match verifier().verify(vec![item]).remove(0).result {
        Ok(verdict) => assert!(built(&Recipe::CPP), "{verdict:?}"),
        Err(error) => {
            assert!(!built(&Recipe::CPP) && error.to_string().contains("gavel guests build cpp"), "{error}");
        }
    }
}
