//! When stages begin, and what overrides are read or refused.

use super::*;
use crate::loss::{Aggregation, LossConfig};
use proptest::prelude::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    loss: LossConfig,
    #[serde(default)]
    stage: Vec<Stage>,
}

fn seen(step: u64, validation: Option<f64>) -> Observation {
    Observation { step, kl: None, validation }
}

fn stages(text: &str) -> Vec<Stage> {
    let table: Table = toml::from_str(text).unwrap();
    let stages: Vec<Stage> = table["stage"].clone().try_into().unwrap();
    stages.iter().for_each(|stage| stage.validate().unwrap());
    stages
}

/// Names of the stages that begin, with the step, given validation results at steps 0, 1, ..
#[track_caller]
fn check(text: &str, validation: &[Option<f64>], expect: &[(u64, &str)]) {
    let stages = stages(text);
    let (mut state, mut found) = (StageState::default(), Vec::new());
    for (step, validation) in (0..).zip(validation) {
        if let Some(stage) = state.after_step(&stages, seen(step, *validation)).unwrap() {
            found.push((step, stage.name.as_str()));
        }
        state = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    }
    assert_eq!(found, expect);
    assert_eq!(state.begun(), expect.len());
}

#[test]
fn by_steps() {
    let text = "[[stage]]\nname = 'a'\nwhen = { step = 0 }\n\
        [[stage]]\nname = 'b'\nwhen = { steps_in_stage = 3 }\n\
        [[stage]]\nname = 'c'\nwhen = { step = 2 }";
    check(text, &[None; 9], &[(0, "a"), (3, "b"), (4, "c")]);
}

#[test]
fn by_validation() {
    let text =
        "[[stage]]\nname = 'a'\nwhen = { validation_at_least = 0.5, step = 2 }\n[[stage]]\nname = 'b'\nwhen = { stall = { patience = 2 } }";
    let validation = [Some(0.6), Some(0.4), None, Some(0.5), Some(0.6), Some(0.6), None, Some(0.6), Some(0.6)];
    check(text, &validation, &[(3, "a"), (7, "b")]);
}

#[test]
fn what_is_set_stays_set() {
    let text = r#"
[loss]
clip_high = 0.4
aggregation = "token_mean"

[[stage]]
name = "wide"
when = { step = 10 }
reset = "cleared"
set = ["loss.clip_high = 0.5", "loss.aggregation = { dr_grpo = { max_tokens = 64 } }"]

[[stage]]
name = "strict"
when = { step = 20 }
set = ["loss.kl.coefficient = 1e-3", "loss.objective = 'cispo'"]
"#;
    let base: Table = toml::from_str(text).unwrap();
    let run: Run = base.clone().try_into().unwrap();
    assert_eq!(run.stage[0].reset, Some(OptimizerState::Cleared));
    let at = |begun| configuration(&base, &run.stage, begun).unwrap().try_into::<Run>().unwrap().loss;
    assert_eq!(at(0), run.loss);
    assert_eq!((at(1).clip_high, at(1).aggregation), (0.5, Aggregation::DrGrpo { max_tokens: 64 }));
    assert_eq!((at(2).clip_high, at(2).kl.coefficient), (0.5, 1e-3));
    assert_eq!(at(2), at(99));
}

#[test]
fn a_misspelt_key_is_found_when_the_result_is_read() {
    let base: Table = toml::from_str("[loss]").unwrap();
    let mut table = base;
    "loss.clip_hihg = 0.3".parse::<Override>().unwrap().apply(&mut table).unwrap();
    assert!(table.try_into::<Run>().err().unwrap().to_string().contains("clip_hihg"));
}

#[track_caller]
fn check_fault(text: &str, expect: &OverrideFault) {
    let mut table: Table = toml::from_str("seed = 1\n[loss]").unwrap();
    let error = text.parse::<Override>().and_then(|set| set.apply(&mut table)).unwrap_err();
    assert_eq!(&error.fault, expect, "{error}");
}

#[test]
fn overrides_that_are_none() {
    for text in ["", "loss", "= 1", "loss. = 1", "a b = 1", "\"a\" = 1", "a.b.c.d.e.f.g.h.i = 1", "[loss]\nx = 1"] {
        check_fault(text, &OverrideFault::Key);
    }
    for text in ["loss.x =", "loss.x = nothing", "loss.x = 1\ny = 2", "loss.x = 1 2", "loss.x = 1\n[y]"] {
        check_fault(text, &OverrideFault::Value);
    }
    check_fault(&format!("loss.x = '{}'", "x".repeat(5000)), &OverrideFault::TooLong);
    check_fault("seed.x.y = 1", &OverrideFault::NotATable { at: "seed".to_owned() });
    check_fault("loss.x = 1 # fine\n = 3", &OverrideFault::Value);
    check_fault(&format!("x = {}", "[".repeat(4000)), &OverrideFault::Value);
}

#[test]
fn conditions_must_be_some() {
    for (when, key) in [
        ("{}", "stage.when"),
        ("{ validation_at_least = nan }", "stage.when.validation_at_least"),
        ("{ stall = { patience = 0 } }", "stage.when.stall.patience"),
    ] {
        let stage: Stage = toml::from_str(&format!("name = 'a'\nwhen = {when}")).unwrap();
        assert_eq!(stage.validate().unwrap_err().key, key);
    }
    assert!(toml::from_str::<Stage>("name = 'a'\nwhen = { stepp = 3 }").is_err());
}

#[test]
fn steps_go_forward() {
    let mut state = StageState::default();
    assert_eq!(state.after_step(&[], seen(0, None)), Ok(None));
    assert_eq!(state.after_step(&[], seen(0, None)), Err(ObservationError::Order { last: 0, found: 0 }));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        if let Ok(set) = text.parse::<Override>() {
            prop_assert_eq!(String::from(set.clone()), text);
            let mut table = Table::new();
            set.apply(&mut table).unwrap();
            prop_assert_eq!(table.len(), 1);
        }
    }

    #[test]
    fn numbers_arrive(value in any::<i64>()) {
        let set: Override = format!("a.b-c.d_1 = {value}").parse().unwrap();
        let mut table = Table::new();
        set.apply(&mut table).unwrap();
        prop_assert_eq!(table["a"]["b-c"]["d_1"].as_integer(), Some(value));
        prop_assert_eq!(set.key(), "a.b-c.d_1");
    }
}
