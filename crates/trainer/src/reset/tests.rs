//! Each trigger by itself and together, over short runs.

use super::*;
use proptest::prelude::*;

fn parse(config: &str) -> ResetConfig {
    let config: ResetConfig = toml::from_str(config).unwrap();
    config.validate().unwrap();
    config
}

/// Steps 1, 2, .. with their KL and validation; gives the steps at which there was a reset.
#[track_caller]
fn check(config: &str, seen: &[(f64, Option<f64>)], expect: &[u64]) -> Vec<Reset> {
    let config = parse(config);
    let mut state = ResetState::default();
    let (mut steps, mut resets) = (Vec::new(), Vec::new());
    for (step, (kl, validation)) in (1..).zip(seen) {
        if let Some(reset) = state.after_step(&config, Observation { step, kl: Some(*kl), validation: *validation }).unwrap() {
            steps.push(step);
            resets.push(reset);
        }
        state = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    }
    assert_eq!(steps, expect);
    resets
}

#[test]
fn never_by_default() {
    check("", &[(1e9, Some(0.0)); 50], &[]);
}

#[test]
fn every_so_many_steps() {
    let resets = check("every = 3\noptimizer = \"kept\"", &[(0.0, None); 10], &[3, 6, 9]);
    assert_eq!(resets[0], Reset { reason: Reason::Every { steps: 3 }, optimizer: OptimizerState::Kept });
}

#[test]
fn a_stall_is_measured_from_the_best() {
    let metrics = [0.1, 0.2, 0.205, 0.15, 0.3, 0.3, 0.3, 0.1, 0.2, 0.25, 0.2, 0.2];
    let seen: Vec<_> = metrics.into_iter().map(|metric| (0.0, Some(metric))).collect();
    // 0.205 and 0.15 are no progress, 0.3 is; two more of 0.3 are a stall. Then 0.1 and 0.2 are
    // compared with 0.3, and 0.25 with the 0.2 of the reset.
    let resets = check("stall = { patience = 2, min_delta = 0.01 }", &seen, &[4, 7, 9, 12]);
    assert_eq!(resets[0].reason, Reason::Stall { validations: 2, best: 0.2, last: 0.15 });
    assert_eq!(resets[1].reason, Reason::Stall { validations: 2, best: 0.3, last: 0.3 });
    assert_eq!(resets[2].optimizer, OptimizerState::Cleared);
}

#[test]
fn steps_without_validation_are_no_stall() {
    check("stall = { patience = 2 }", &[(0.0, Some(0.5)), (0.0, None), (0.0, None), (0.0, Some(0.5)), (0.0, None)], &[]);
}

#[test]
fn a_spike_must_last() {
    let seen: Vec<_> = [0.1, 0.6, 0.1, 0.6, 0.7, 0.6, 0.5].into_iter().map(|kl| (kl, None)).collect();
    let resets = check("kl_spike = { threshold = 0.5, consecutive = 2 }", &seen, &[5]);
    assert_eq!(resets[0].reason, Reason::KlSpike { kl: 0.7, steps: 2 });
}

#[test]
fn triggers_share_one_clock() {
    let resets = check(
        "every = 4\nkl_spike = { threshold = 0.5 }",
        &[(0.0, None), (1.0, None), (0.0, None), (0.0, None), (0.0, None), (1.0, None)],
        &[2, 6],
    );
    assert!(matches!(resets[1].reason, Reason::KlSpike { .. }), "the spike is named before the time");
    check("cooldown_steps = 3\nkl_spike = { threshold = 0.5 }", &[(1.0, None); 7], &[3, 6]);
}

#[test]
fn a_reset_by_a_stage_counts() {
    let config = parse("every = 3");
    let mut state = ResetState::default();
    let seen = |step| Observation { step, kl: None, validation: None };
    assert_eq!(state.after_step(&config, seen(2)), Ok(None));
    state.restart(2);
    assert_eq!(state.after_step(&config, seen(4)), Ok(None));
    assert!(state.after_step(&config, seen(5)).unwrap().is_some());
    assert_eq!(state.last_reset(), 5);
}

#[test]
fn only_between_steps_and_only_numbers() {
    let config = parse("every = 1");
    let mut state = ResetState::default();
    let seen = Observation { step: 1, kl: None, validation: None };
    assert!(state.after_step(&config, seen).unwrap().is_some());
    let before = state;
    assert_eq!(state.after_step(&config, seen), Err(ObservationError::Order { last: 1, found: 1 }));
    let nan = Observation { step: 2, kl: Some(f64::NAN), ..seen };
    assert_eq!(state.after_step(&config, nan), Err(ObservationError::NotFinite { what: "kl", step: 2 }));
    assert_eq!(state, before);
}

#[test]
fn keys_and_ranges() {
    assert!(toml::from_str::<ResetConfig>("evry = 3").is_err());
    assert!(toml::from_str::<ResetConfig>("stall = { patience = 1, delta = 1.0 }").is_err());
    for (text, key) in [
        ("every = 0", "reset.every"),
        ("stall = { patience = 0 }", "reset.stall.patience"),
        ("stall = { patience = 1, min_delta = nan }", "reset.stall.min_delta"),
        ("kl_spike = { threshold = 0.0 }", "reset.kl_spike.threshold"),
        ("kl_spike = { threshold = 1.0, consecutive = 0 }", "reset.kl_spike.consecutive"),
    ] {
        assert_eq!(toml::from_str::<ResetConfig>(text).unwrap().validate().unwrap_err().key, key);
    }
}

proptest! {
    #[test]
    fn no_two_resets_within_the_cooldown(
        kl in proptest::collection::vec((0.0..1.0_f64, proptest::option::of(0.0..1.0_f64)), 0..60),
        cooldown_steps in 1_u64..10,
    ) {
        let config = ResetConfig {
            cooldown_steps,
            every: Some(7),
            stall: Some(Stall { patience: 2, min_delta: 0.0 }),
            kl_spike: Some(KlSpike { threshold: 0.5, consecutive: 1 }),
            ..Default::default()
        };
        let (mut state, mut last) = (ResetState::default(), 0);
        for (step, (kl, validation)) in (1..).zip(kl) {
            if state.after_step(&config, Observation { step, kl: Some(kl), validation }).unwrap().is_some() {
                prop_assert!(step - last >= cooldown_steps);
                last = step;
            }
            prop_assert!(step - last < 7.max(cooldown_steps));
        }
    }
}
