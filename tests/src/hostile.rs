//! Programs that attack the sandbox, its limits or the grader, and honest ones that look like them: `sandboxes/hostile/`, one test each.
//!
//! The first line of a program, a comment, says what it is judged by and what has to come of it, as in `# add -> 0 cpu_limit`; the names are those of [`reference`].
//! Its extension says the language. Each is
//! judged in worker processes, as the server does it, twice in a row with equal verdicts: what one run leaves behind, the next would show.

use crate::repository;
use crate::support::guest::workers;
use gavel_code::{Code, Language};
use gavel_task::{Item, Verdict};
use gavel_verifier::{Registry, Verifier};
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};

/// What programs are judged by.
fn reference(task: &str) -> Value {
    match task {
        // Prints this and nothing else if everything that it tries is refused.
        "contained" => json!({"inputs": [""], "outputs": ["contained"]}),
        // The same, with one test.
        "one" => json!({"inputs": ["2 3"], "outputs": ["5"]}),
        "add" => json!({"inputs": ["2 3", "20 22", "-4 1"], "outputs": ["5", "42", "-3"]}),
        "call" => json!({"fn_name": "add", "inputs": [[2, 3], [20, 22], [-4, 1]], "outputs": [5, 42, -3]}),
        "asserts" => json!({"tests": ["assert add(2, 3) == 5", "assert add(20, 22) == 42\nassert add(-4, 1) == -3"]}),
        "check" => {
            json!({"test": "def check(candidate):\n    assert candidate(2, 3) == 5\n    assert candidate(20, 22) - 42 == 0", "entry_point": "add"})
        }
        "unittest" => {
            let tests = "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(add(2, 3), 5)\n\
                 result = unittest.TestResult()\nT('test').run(result)\nassert result.wasSuccessful()";
            json!({"tests": [tests]})
        }
        "math" => json!({"tests": ["import math\nassert math.isclose(half(3), 1.5)"]}),
        "names" => json!({"tests": ["assert isclose(close(2), 3)", "x = close(2)\nassert abs(x - 3) < 1 and all([x > 2])"]}),
        "sum" => json!({"tests": ["assert sum(10, 15) == 5", "assert sum(7, 3) == 1"]}),
        "printed" => json!({"tests": ["print(name(1))\nassert name(1) == 'one', name(1)"]}),
        "text" => json!({"fn_name": "name", "inputs": [[1], [2]], "outputs": ["one", "two"]}),
        "list" => json!({"tests": ["assert ordered([3, 1, 2]) == [1, 2, 3]", "x = [2, 1]\nassert ordered(x) == [1, 2]"]}),
        "mapping" => json!({"fn_name": "count", "inputs": [["aab"], ["b"]], "outputs": [{"a": 2, "b": 1}, {"b": 1}]}),
        "attribute" => json!({"tests": ["c = Counter()\nc.step()\nassert c.value == 1"]}),
        "js_asserts" => {
            let second = "const assert = require('assert');\nassert.strictEqual(add(20, 22), 42);\nassert.deepEqual(add(-4, 1), -3);";
            json!({"tests": ["assert.equal(add(2, 3), 5)", second]})
        }
        "js_check" => {
            let test = "function check(candidate) {\n  assert.equal(candidate(2, 3), 5);\n  console.assert(candidate(20, 22) === 42);\n}";
            json!({"test": test, "entry_point": "add"})
        }
        "js_list" => {
            let second = "const x = [2, 1];\nassert.deepStrictEqual(ordered(x).map((v) => v + 1), [2, 3]);\nassert.deepEqual(x, [1, 2]);";
            json!({"tests": ["assert.deepEqual(ordered([3, 1, 2]), [1, 2, 3])", second]})
        }
        // The tests pass functions, and so run beside the program.
        "apply" => json!({"tests": ["assert apply(lambda v: v + 1, 1) == 3", "assert apply(lambda v: 2 * v, 1) == 4"]}),
        "shared_list" => json!({"tests": ["assert is_same_list(walk(lambda v: v + 1, list_node([1, 2])), list_node([2, 3]))"]}),
        other => panic!("`{other}` is no reference of hostile programs"),
    }
}

fn verifier() -> &'static Verifier {
    static VERIFIER: OnceLock<Verifier> = OnceLock::new();
    VERIFIER.get_or_init(|| Verifier::new(Registry::new().with(Code::new(Arc::new(workers(2)))), 4))
}

/// A program, what it is judged by, and what has to come of it.
fn item(path: &str, source: &str) -> (Item, f64, String) {
    let first = source.lines().next().and_then(|line| line.strip_prefix("# ").or_else(|| line.strip_prefix("// ")));
    let language = path.rsplit('.').next().and_then(Language::named).unwrap_or_else(|| panic!("{path}: no language has this extension"));
    let expectation = first.and_then(|line| {
        let (task, outcome) = line.split_once(" -> ")?;
        let (score, reason) = outcome.split_once(' ')?;
        Some((task, score.parse::<f64>().ok()?, reason.to_owned()))
    });
    let (task, score, reason) = expectation.unwrap_or_else(|| panic!("{path}: the first line is not a comment `task -> score reason`"));
    let item = json!({
        "id": path,
        "task": "code",
        "response": format!("```{language}\n{source}\n```"),
        "reference": reference(task),
        "options": {"language": language},
        "limits": {"cpu_seconds": 0.1, "memory_bytes": 128 << 20, "output_bytes": 1 << 20},
    });
    (serde_json::from_value(item).expect("an item was written"), score, reason)
}

#[track_caller]
fn check(group: &str, extension: &str, name: &str) {
    let path = format!("sandboxes/hostile/{group}/{name}.{extension}");
    let (item, score, reason) = item(&path, &repository::required_text(&path));
    let judged: Vec<Verdict> =
        (0..2).map(|_| verifier().verify(vec![item.clone()]).remove(0).result.unwrap_or_else(|error| panic!("{path}: {error}"))).collect();
    let first = &judged[0];
    assert_eq!((first.score.get(), first.reason.as_str()), (score, reason.as_str()), "{path}: {first:#?}");
    assert!(judged.iter().all(|verdict| verdict == first), "{path}: {judged:#?}");
}

macro_rules! hostile {
    ($($module:ident($group:literal, $extension:literal): $($name:ident),+;)+) => {
        /// Every program that has a test: group, extension, names.
        const TESTED: &[(&str, &str, &[&str])] = &[$(($group, $extension, &[$(stringify!($name)),+])),+];

        $(mod $module {
            $(#[test]
            fn $name() {
                super::check($group, $extension, stringify!($name));
            })+
        })+
    };
}

hostile! {
    escape("escape", "py"): clock, crafted_bytecode, crafted_marshal, descriptors, environment, files_of_processes, files_of_the_host, files_written, folders_of_the_host, imports_from_elsewhere, interpreters, names_of_hosts, native_code, other_instances, paths_upwards, pools_of_processes, processes, randomness, runtime_of_the_component, signals, sockets, state_in_files, state_in_memory, state_in_modules, true_names;
    exhaustion("exhaustion", "py"): abort, array, asyncio_tasks, at_exit, big_integer_printed, big_integer_read, bytes_doubled, classes, compressed, crash, decimal_digits, dictionary, empty_iterator, end_of_input, endless_loop, exception_text, factorial, fatal_error, files_in_memory, finalizer, format_precision, format_width, format_width_nested, generators, hash_collisions, huge_power, input_for_ever, list, memory_error_caught, output, output_at_once, output_by_descriptor, output_caught, output_to_error, permutations, pickle, power_tower, random_bytes, recursion, recursion_in_c, recursion_in_destructors, recursion_in_json, recursion_in_patterns, recursion_in_repr, regular_expression, regular_expressions_nested, sets, sleeps_for_ever, source_constants, source_long_integer, source_made_larger, source_operators, source_parentheses, sum_of_a_range, text_doubled, text_of_one_gigabyte, text_of_ten_gigabytes, threads;
    hack("hack", "py"): all_answers, always_equal, always_equal_called, always_equal_in_a_list, announced_length, answers_at_exit, answers_in_finalizers, answers_overwritten, arguments_changed, assertion_raised, assertions_caught, assertions_stripped, builtins_replaced, cannot_cross_raised, check_defined, class_that_lies, compile_replaced, coroutine, decimal_that_lies, dictionary_that_lies, driver_answers_garbage, driver_encodes_lies, driver_replaced, exception_of_a_megabyte, exception_of_the_driver, exit_at_exit, exit_in_a_call, exit_in_a_script, exit_in_an_attribute, exit_in_the_function, expected_output_read, exported_class_replaced, float_that_lies, forged_frames, forged_results, forged_results_of_tests, frames, function_is_an_object, generator, imports_hooked, integer_that_lies, library_function_wrong, list_that_lies, metaclass_that_lies, module_name_of_a_megabyte, modules_replaced, names_of_the_library, nothing_defined, objects_searched, order_of_tests, os_exit, os_exit_in_the_function, other_answer_sent, pickled, quit, raise_system_exit, repr_nested, shared_always_equal, shared_builtins_replaced, shared_driver_replaced, shared_exit, shared_frames, shared_helpers_replaced, stdout_closed, stdout_replaced, sys_exit, tests_names_defined, tests_read, text_that_lies, threads_that_print_later, traced_callers, unittest_replaced, value_in_itself, value_of_a_megabyte, value_printed_by_tests, value_that_changes;
    lookalike("lookalike", "py"): answer_at_exit, assertions_of_its_own, boolean_arithmetic, buffer_write, callback, check_of_its_own, deep_recursion, equality_of_helpers, exceptions_caught, exit_guarded, exit_in_main, integer_subclass, library_name, linked_list, module_replaced, os_exit_after, os_write, print_replaced, quit_after, solution_class, sorted_in_place, stderr_noise, stdout_kept_and_restored, stdout_write, sys_exit_after, thread_with_a_large_stack;
    js_escape("escape", "js"): clock, files, imports, realm, state;
    js_exhaustion("exhaustion", "js"): array, big_integer, endless_loop, map, microtasks_for_ever, output, output_at_once, promise_never_settled, recursion, recursion_caught, recursion_in_getters, recursion_in_json, regular_expression, sort_for_ever, source_nested, text_doubled, timers_for_ever, typed_array, uncaught_of_a_megabyte;
    js_hack("hack", "js"): all_answers, answers_at_exit, assert_replaced, assertion_thrown, bytes_forged, check_defined, class_under_the_name, exit_in_a_call, exit_in_a_script, exit_in_the_function, exit_later, exit_status_hidden, forged_results, getter_that_changes, json_replaced, names_of_the_tests, nothing_defined, nothing_defined_in_a_call, number_that_lies, number_that_lies_to_tests, object_with_methods, process_exit, prototypes_polluted, prototypes_polluted_in_a_call, proxy, proxy_in_a_call, rejected_after_the_answer, tests_read, thenable, wrapper_closed;
    js_lookalike("lookalike", "js"): answer_at_exit, async_function, check_of_its_own, console_replaced, deep_recursion, errors_caught, eval_of_its_own, exit_after, prototype_extended, rejection_handled_later, solution_class, sorted_in_place, value_of_helpers;
}

#[test]
fn every_program_has_a_test() {
    let mut tested: Vec<String> = paths().map(|(_, path)| path).collect();
    tested.sort();
    let files = repository::files();
    // Those in C and C++ are tested by `compiled`, which takes all that are in their folder.
    let is_here = |path: &&String| path.starts_with("sandboxes/hostile/") && !path.starts_with("sandboxes/hostile/cpp/");
    let mut there: Vec<&String> = files.iter().filter(is_here).collect();
    there.sort();
    assert!(tested.iter().eq(there), "the list above and the folder differ");
    assert!(tested.len() >= 80, "{}", tested.len());
}

/// No honest program is taken for an attack, and no attack is paid for.
#[test]
fn groups_say_what_their_programs_are() {
    for (group, path) in paths() {
        let (_, score, reason) = item(&path, &repository::required_text(&path));
        match group {
            "escape" => assert!(matches!(reason.as_str(), "correct" | "runtime_error"), "{path}"),
            "lookalike" => assert_eq!(score, 1.0, "{path}"),
            _ => assert_eq!(score, 0.0, "{path}"),
        }
    }
}

/// Every program above with its group.
fn paths() -> impl Iterator<Item = (&'static str, String)> {
    let of_group = |(group, extension, names): &(&'static str, &'static str, &'static [&'static str])| {
        let (group, extension) = (*group, *extension);
        names.iter().map(move |name| (group, format!("sandboxes/hostile/{group}/{name}.{extension}")))
    };
    TESTED.iter().flat_map(of_group)
}
