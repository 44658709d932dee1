//! Generated prompts: the same for a seed, of constraints that go together, and readable by the domain.

#![expect(clippy::unwrap_used, reason = "tests")]

use gavel_ifeval::{IfEval, Instructions, Rules, find};
use gavel_task::{Difficulty, Domain, GenerateError, Item, Order};
use serde_json::json;

fn order(task: &str, difficulty: Difficulty, seed: u64, start: u64) -> Order {
    Order { task: task.parse().unwrap(), difficulty, seed, start }
}

fn items(task: &str, difficulty: Difficulty, seed: u64, start: u64, count: usize) -> Vec<Item> {
    IfEval.generate(&order(task, difficulty, seed, start)).unwrap().take(count).map(Result::unwrap).collect()
}

fn everything() -> Difficulty {
    let config = json!({"min_constraints": 1, "max_constraints": 4, "suites": ["ifeval", "iftrain", "ifbench"]});
    Difficulty::Config(config.as_object().unwrap().clone())
}

#[test]
fn items_are_those_of_their_seed_and_index() {
    let text = |items: &[Item]| items.iter().map(|item| serde_json::to_string(item).unwrap()).collect::<Vec<_>>();
    let all = text(&items("ifeval", Difficulty::Default, 7, 0, 20));
    assert_eq!(all[5..], text(&items("ifeval", Difficulty::Default, 7, 5, 15)));
    assert_ne!(all, text(&items("ifeval", Difficulty::Default, 8, 0, 20)));
}

#[test]
fn constraints_of_a_prompt_go_together_and_are_named_in_it() {
    for item in items("ifeval", everything(), 1, 0, 2000) {
        let reference: Instructions = serde_json::from_str(item.reference.get()).unwrap();
        let constraints: Vec<_> = reference.instruction_id_list.iter().map(|id| find(id).unwrap()).collect();
        for (index, constraint) in constraints.iter().enumerate() {
            assert!(constraints[index + 1..].iter().all(|other| constraint.goes_with(other) && other.goes_with(constraint)));
            let kwargs = reference.kwargs[index].as_ref().unwrap();
            for rules in [Rules::Strict, Rules::Parity] {
                constraint.read(kwargs, rules).unwrap();
            }
            assert!(item.prompt.as_ref().unwrap().contains(&constraint.describe(kwargs)), "{item:?}");
        }
    }
}

#[test]
fn a_sub_task_has_its_constraint_in_every_prompt() {
    for sub_task in IfEval.sub_tasks() {
        for item in items(&format!("ifeval/{}", sub_task.name), Difficulty::Level(1), 3, 0, 3) {
            assert!(item.reference.get().contains(&sub_task.name.replacen('.', ":", 1)), "{item:?}");
        }
    }
}

#[test]
fn configurations_that_cannot_be_met_are_refused() {
    let cases = [
        (json!({"min_constraints": 0}), "min_constraints"),
        (json!({"max_constraints": 99}), "max_constraints"),
        (json!({"suites": []}), "suites"),
        (json!({"topics": [" "]}), "topics"),
        (json!({"colour": 1}), ""),
    ];
    for (config, expect) in cases {
        let difficulty = Difficulty::Config(config.as_object().unwrap().clone());
        let error = IfEval.generate(&order("ifeval", difficulty, 0, 0)).err();
        assert!(matches!(&error, Some(GenerateError::Config { field, .. }) if field == expect), "{config}: {error:?}");
    }
}
