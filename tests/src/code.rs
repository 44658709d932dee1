//! The domain `code` on real data: reference solutions, mutated ones, programs for competition problems, and each way to be right or wrong.

use crate::repository;
use crate::support::guest::verifier;
use gavel_code::Language;
use gavel_task::{Isolation, Item, Verdict, VerifyError};
use serde_json::{Value, json};
use std::path::Path;

fn item(json: Value) -> Item {
    serde_json::from_value(json).expect("the test writes an item")
}

/// An item whose response is this program.
fn program(source: &str, reference: Value) -> Item {
    item(json!({"task": "code", "response": format!("```python\n{source}\n```"), "reference": reference}))
}

fn judge(items: Vec<Item>) -> Vec<Result<Verdict, VerifyError>> {
    verifier().verify(items).into_iter().map(|graded| graded.result).collect()
}

fn judge_one(item: Item) -> Result<Verdict, VerifyError> {
    judge(vec![item]).remove(0)
}

/// The verdict's score and reason.
#[track_caller]
fn check(item: Item, score: f64, reason: &str) -> Verdict {
    let verdict = judge_one(item).unwrap();
    assert_eq!((verdict.score.get(), verdict.reason.as_str()), (score, reason), "{verdict:#?}");
    verdict
}

#[track_caller]
fn rejected(item: Item, says: &str) {
    let error = judge_one(item).unwrap_err();
    assert!(error.to_string().contains(says) && !error.is_retryable(), "{error}");
}

fn humaneval() -> Vec<Item> {
    let text = repository::required_text("tasks/humaneval/items.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("an item a line")).collect()
}

#[test]
fn humaneval_canonical_solutions_score_1() {
    let items = humaneval();
    assert_eq!(items.len(), 164);
    for (item, result) in items.iter().zip(judge(items.clone())) {
        let verdict = result.unwrap();
        assert_eq!(verdict.score.get(), 1.0, "{}: {}", item.id, verdict.message);
        assert_eq!(verdict.detail.tests[0].isolation, Some(Isolation::Separate), "{}", item.id);
    }
}

/// Every `return` of the solution's function returns something else.
#[test]
fn humaneval_mutated_solutions_score_less() {
    let mutate = |mut item: Item| {
        let entry: Value = serde_json::from_str(item.reference.get()).unwrap();
        let name = entry["entry_point"].as_str().unwrap();
        let end = item.response.rfind("```").unwrap();
        item.response
            .insert_str(end, &format!("\n_right = {name}\ndef {name}(*args, **kwargs):\n    return (_right(*args, **kwargs), 0)\n"));
        item
    };
    let items: Vec<Item> = humaneval().into_iter().map(mutate).collect();
    for (item, result) in items.iter().zip(judge(items.clone())) {
        let verdict = result.unwrap();
        assert!(verdict.score.get() < 1.0, "{}: {verdict:?}", item.id);
    }
}

/// Reads what the workplace of the data shares beside the checkout; where it is not there, the other tests have to do.
fn shared(name: &str) -> Option<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name)).ok()
}

#[test]
fn leetcode_reference_solutions_score_1() {
    let Some(text) = shared("code/leetcode_python.jsonl") else { return };
    let items: Vec<Item> = text
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            program(row["solution"].as_str().unwrap(), json!({"test": row["test"]}))
        })
        .collect();
    assert_eq!(items.len(), 600);
    let wrong: Vec<String> = judge(items)
        .into_iter()
        .enumerate()
        .filter_map(|(line, result)| match result {
            Ok(verdict) if verdict.score.get() == 1.0 => None,
            Ok(verdict) => Some(format!("{line}: {}", verdict.message)),
            Err(error) => Some(format!("{line}: {error}")),
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The problems in `tests/programs`, each with its programs and how many tests they pass.
pub(crate) fn competition() -> Vec<(Item, u64)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs");
    let mut folders: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut items = Vec::new();
    for folder in folders {
        let problem: Value = serde_json::from_slice(&std::fs::read(folder.join("problem.json")).unwrap()).unwrap();
        for (file, measured) in problem["programs"].as_object().unwrap() {
            let source = std::fs::read_to_string(folder.join(file)).unwrap();
            let language =
                file.rsplit('.').next().and_then(Language::named).unwrap_or_else(|| panic!("{file}: no language has this extension"));
            let response = format!("```{language}\n{source}\n```");
            let reference = json!({"tests": problem["tests"], "language": language});
            let mut item = self::item(json!({"task": "code", "response": response, "reference": reference}));
            item.id = format!("{}/{file}", folder.file_name().unwrap().to_string_lossy());
            item.options = Some(serde_json::value::to_raw_value(&json!({"comparison": problem["comparison"]})).unwrap());
            if file.contains("endless") {
                item.limits.cpu_seconds = Some(0.3);
            }
            items.push((item, measured["passed"].as_u64().unwrap()));
        }
    }
    items
}

#[test]
fn competition_programs_pass_the_tests_that_they_pass_natively() {
    let (items, passed): (Vec<_>, Vec<_>) = competition().into_iter().unzip();
    assert!(items.len() >= 60);
    for ((item, passed), result) in items.iter().zip(passed).zip(judge(items.clone())) {
        let verdict = result.unwrap();
        assert_eq!(verdict.detail.components["tests_passed"], passed as f64, "{}: {}", item.id, verdict.message);
        assert_eq!(verdict.score.get() == 1.0, item.id.contains("/right."), "{}", item.id);
    }
}

#[test]
fn each_way_to_fail_has_its_reason() {
    let stdin = || json!({"inputs": ["1", "2"], "outputs": ["1", "2"]});
    check(program("print(input())", stdin()), 1.0, "correct");
    check(program("print(1)", stdin()), 0.5, "wrong_answer");
    check(program("print(int(input()) // (2 - int(input())))", stdin()), 0.0, "runtime_error");
    check(program("import sys\nprint(input())\nsys.exit(0)", stdin()), 1.0, "correct");
    check(program("import sys\nprint(input())\nsys.exit(2)", stdin()), 0.0, "runtime_error");
    check(program("print(input()", stdin()), 0.0, "compile_error");
    check(program("x = 'a' * 10**9", stdin()), 0.0, "memory_limit");
    check(program("while True: print('x' * 10**6)", stdin()), 0.0, "output_limit");
    check(program("import torch", stdin()), 0.0, "module_unavailable");
    check(item(json!({"task": "code", "response": "I do not know.", "reference": stdin()})), 0.0, "no_program");
    let mut endless = program("while True: pass", stdin());
    endless.limits.cpu_seconds = Some(0.1);
    check(endless, 0.0, "cpu_limit");
}

#[test]
fn functions_are_called_and_compared_on_the_host() {
    let calls = |inputs: Value, outputs: Value| json!({"fn_name": "f", "inputs": inputs, "outputs": outputs});
    check(program("def f(a, b): return a + b", calls(json!([[1, 2], [[1], [2]]]), json!([3, [1, 2]]))), 1.0, "correct");
    check(program("class Solution:\n    def f(self, a): return (a, str(a))", calls(json!([[1]]), json!([[1, "1"]]))), 1.0, "correct");
    check(program("def f(a): return collections.Counter(a)", calls(json!([["aab"]]), json!([{"a": 2, "b": 1}]))), 1.0, "correct");
    check(
        program(
            "def f(a): return a ** 100",
            calls(json!([[7]]), json!(["3234476509624757991344647769100216810857203198904625400933895331391691459636928060001"])),
        ),
        0.0,
        "wrong_answer",
    );
    // Text: one argument a line, or the list of arguments.
    check(program("def f(a, b): return a * b", calls(json!(["3\n\"x\""]), json!(["\"xxx\""]))), 1.0, "correct");
    check(program("def f(a, b): return a + b", calls(json!(["[1, 2]"]), json!(["3"]))), 1.0, "correct");
    check(program("def f(a): return sum(a)", calls(json!(["[1, 2]", "[3, 4, 5]"]), json!(["3", "12"]))), 1.0, "correct");
    check(program("def f(a): return sum(a)", calls(json!(["[[1, 2]]", "[[3]]"]), json!(["3", "3"]))), 1.0, "correct");
    // What cannot be compared, is not there, or leaves.
    check(program("def f(a): return object()", calls(json!([[1]]), json!([1]))), 0.0, "wrong_answer");
    check(program("def f(a): return (x for x in a)", calls(json!([[[1]]]), json!([[1]]))), 0.0, "wrong_answer");
    check(program("def g(a): return 1", calls(json!([[1]]), json!([1]))), 0.0, "missing_function");
    check(program("def f(a): exit()", calls(json!([[1]]), json!([1]))), 0.0, "exit_before_check");
    check(
        program("def f(a): return a", calls(json!([["\u{1f600}"], [null], [true], [1.5]]), json!(["\u{1f600}", null, true, 1.5]))),
        1.0,
        "correct",
    );
}

#[test]
fn no_object_lies_its_way_through_a_test() {
    let tests = || json!({"tests": ["assert f(1) == 2", "assert f(2) in [4]", "assert not f(0)"]});
    let lie = "class Y:\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\n    def __bool__(self): return False\n";
    check(program("def f(x): return 2 * x", tests()), 1.0, "correct");
    check(program(&format!("{lie}def f(x): return Y()"), tests()), 0.0, "wrong_answer");
    check(
        program("class I(int):\n    def __eq__(self, o): return True\n    __hash__ = int.__hash__\ndef f(x): return I(7)", tests()),
        0.0,
        "wrong_answer",
    );
    check(program("import sys\ndef f(x): sys.exit(0)", tests()), 0.0, "exit_before_check");
    check(program("import os\ndef f(x): os._exit(0)", tests()), 0.0, "exit_before_check");
    check(program("raise SystemExit(0)", tests()), 0.0, "exit_before_check");
    check(program("def check(*a): return True\ndef f(x): raise AssertionError", tests()), 0.0, "wrong_answer");
    check(
        program(
            "import builtins\nbuiltins.AssertionError = None\nbuiltins.all = lambda *a: True\ndef f(x): return 0",
            json!({"tests": ["assert f(1) == 2"]}),
        ),
        0.0,
        "wrong_answer",
    );
    let called = |inputs: Value, outputs: Value| json!({"fn_name": "f", "inputs": inputs, "outputs": outputs});
    check(program(&format!("{lie}def f(x): return Y()"), called(json!([[1]]), json!([2]))), 0.0, "wrong_answer");
    check(
        program(
            "class L(list):\n    def __iter__(self): return iter([2])\n    def __len__(self): return 1\ndef f(x): return L([3])",
            called(json!([[1]]), json!([[2]])),
        ),
        0.0,
        "wrong_answer",
    );
}

#[test]
fn tests_that_are_code_see_the_program_through_proxies() {
    let tests = |tests: &[&str]| json!({"tests": tests});
    check(program("def f(a): a.append(3); a[0] = 9", tests(&["x = [1]\nf(x)\nassert x == [9, 3]"])), 1.0, "correct");
    check(
        program(
            "class P:\n    def __init__(self, a): self.a = a\n    def twice(self): return 2 * self.a\ndef g(p): return p.a + 1",
            tests(&["p = P(2)\nassert p.twice() == 4 and p.a == 2 and g(p) == 3"]),
        ),
        1.0,
        "correct",
    );
    check(
        program(
            "def f(x):\n    if x < 0: raise ValueError('neg')\n    return x",
            tests(&["try:\n    f(-1)\n    assert False\nexcept ValueError as e:\n    assert str(e) == 'neg'"]),
        ),
        1.0,
        "correct",
    );
    check(
        program(
            "from fractions import Fraction\ndef f(): return {Fraction(1, 2): deque([1])}",
            tests(&["import fractions, collections\nassert f() == {fractions.Fraction(1, 2): collections.deque([1])}"]),
        ),
        1.0,
        "correct",
    );
    check(program("def f(): return 1 / 0", tests(&["assert f() == 1"])), 0.0, "runtime_error");
    check(program("def g(): return 1", tests(&["assert f() == 1"])), 0.0, "runtime_error");
    check(program("def g(): return 1", json!({"test": "def check(c):\n    assert c() == 1", "entry_point": "f"})), 0.0, "missing_function");
    let verdict = check(program("def f(g, x): return g(g(x))", tests(&["assert f(lambda v: v + 1, 1) == 3"])), 1.0, "correct");
    assert_eq!(verdict.detail.tests[0].isolation, Some(Isolation::Shared));
    check(program("import sys\ndef f(g, x): sys.exit(0)", tests(&["assert f(lambda v: v + 1, 1) == 3"])), 0.0, "exit_before_check");
}

#[test]
fn options_change_what_counts() {
    let with = |source: &str, reference: Value, options: Value| {
        let mut item = program(source, reference);
        item.options = Some(serde_json::value::to_raw_value(&options).unwrap());
        item
    };
    let two = || json!({"inputs": ["", ""], "outputs": ["a b", "c"]});
    check(with("print('a  b')", two(), json!({"comparison": "tokens"})), 0.5, "wrong_answer");
    check(with("print('a  b')", two(), json!({"comparison": "tokens", "credit": "all_or_nothing"})), 0.0, "wrong_answer");
    let skipped = check(with("print('x')", two(), json!({"stop_on_first_failure": true})), 0.0, "wrong_answer");
    assert_eq!(skipped.detail.tests[1].reason.as_str(), "skipped");
    let checker = "def check(input, output, expected):\n    return 1.0 if int(output) % int(expected) == 0 else 0.25";
    let one = || json!({"inputs": ["7"], "outputs": ["7"]});
    check(with("print(21)", one(), json!({"checker": checker})), 1.0, "correct");
    check(with("print(20)", one(), json!({"checker": checker})), 0.25, "wrong_answer");
    check(with("print('x')", one(), json!({"checker": checker})), 0.0, "wrong_answer");
    rejected(with("print(1)", one(), json!({"checker": "def check(a, b, c): raise ValueError"})), "`checker` fails on the expected output");
    rejected(with("print(1)", one(), json!({"comparision": "exact"})), "unknown field `comparision`");
    rejected(with("print(1)", one(), json!({"comparison": {"float": {"abs": -1.0}}})), "no tolerance");
    rejected(with("def f(): pass", json!({"tests": ["pass"]}), json!({"checker": checker})), "standard output only");
}

#[test]
fn what_is_wrong_with_an_item_is_said() {
    rejected(program("", json!({"inputs": ["1"]})), "`outputs` is missing");
    rejected(program("def f(): pass", json!({"tests": ["assert f( == 1"]})), "does not compile");
    rejected(program("def f(): pass", json!({"tests": ["import sys; sys.exit(0)"]})), "exited with status 0");
    let limited = |field: &str, value: Value| {
        let mut item = json!({"task": "code", "response": "print(1)", "reference": {"inputs": [""], "outputs": ["1"]}, "limits": {}});
        item["limits"][field] = value;
        serde_json::from_value(item).unwrap()
    };
    rejected(limited("memory_bytes", json!(1000)), "`limits.memory_bytes`");
    rejected(limited("cpu_seconds", json!(-1)), "`limits.cpu_seconds`");
    rejected(limited("cpu_seconds", json!(1e9)), "`limits.cpu_seconds`");
    rejected(limited("fuel", json!(0)), "`limits.fuel`");
    rejected(limited("output_bytes", json!(1u64 << 40)), "`limits.output_bytes`");
    rejected(item(json!({"task": "maths", "response": "", "reference": {}})), "knows code");
    rejected(item(json!({"task": "code/python", "response": "", "reference": {"inputs": [""], "outputs": [""]}})), "no sub-task");
}
