//! Advantages by hand, and laws that hold for all of them.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(algorithm: Algorithm, rewards: &[Option<f32>], expect: &[Option<f32>]) {
    let tokens = vec![3; rewards.len()];
    let group = GroupRewards { rewards, scores: rewards, tokens: &tokens };
    let made = advantages(&AdvantageConfig { algorithm, correct_bonus: 0.0 }, &[group]).unwrap();
    for (made, expect) in made.groups[0].iter().zip(expect) {
        assert_eq!(made.is_some(), expect.is_some());
        assert!((made.unwrap_or(0.0) - expect.unwrap_or(0.0)).abs() < 1e-5, "{made:?} is not {expect:?}");
    }
}

#[test]
fn by_hand() {
    let rewards = [Some(1.0), Some(0.0), None, Some(0.0), Some(1.0)];
    // Mean 1/2, sample variance 4 * (1/4) / 3 = 1/3.
    let unit = 0.5 * 3_f32.sqrt();
    check(Algorithm::Grpo, &rewards, &[Some(unit), Some(-unit), None, Some(-unit), Some(unit)]);
    check(Algorithm::DrGrpo, &rewards, &[Some(0.5), Some(-0.5), None, Some(-0.5), Some(0.5)]);
    check(Algorithm::Rloo, &rewards, &[Some(2.0 / 3.0), Some(-2.0 / 3.0), None, Some(-2.0 / 3.0), Some(2.0 / 3.0)]);
    // Over 12 tokens: variance 12 * (1/4) / 11.
    let white = 0.5 / (3.0_f32 / 11.0).sqrt();
    check(Algorithm::ReinforcePlusPlusBaseline, &rewards, &[Some(white), Some(-white), None, Some(-white), Some(white)]);
}

#[test]
fn long_responses_weigh_more_when_whitening() {
    let rewards = [Some(1.0), Some(0.0)];
    let group = GroupRewards { rewards: &rewards, scores: &rewards, tokens: &[3, 1] };
    let config = AdvantageConfig { algorithm: Algorithm::ReinforcePlusPlusBaseline, correct_bonus: 0.0 };
    let made = advantages(&config, &[group]).unwrap();
    // Tokens +.5 +.5 +.5 -.5: mean 1/4, sample variance (3/16 + 9/16) / 3 = 1/4.
    assert_eq!(made.groups, [[Some(0.5), Some(-1.5)]]);
}

#[test]
fn equal_rewards_are_no_reason_to_move() {
    for algorithm in [Algorithm::Grpo, Algorithm::DrGrpo, Algorithm::Rloo, Algorithm::ReinforcePlusPlusBaseline] {
        check(algorithm, &[Some(0.1); 3], &[Some(0.0); 3]);
    }
}

#[test]
fn one_graded_rollout_is_no_group() {
    let few = [None, Some(1.0), None];
    let none: [Option<f32>; 0] = [];
    let config = AdvantageConfig::default();
    let batch = [
        GroupRewards { rewards: &few, scores: &few, tokens: &[1; 3] },
        GroupRewards { rewards: &none, scores: &none, tokens: &[] },
        GroupRewards { rewards: &[Some(1.0); 2], scores: &[Some(1.0); 2], tokens: &[1; 2] },
    ];
    let made = advantages(&config, &batch).unwrap();
    assert_eq!((made.dropped_groups, made.not_graded, made.zero_variance_groups), (2, 2, 1));
    assert_eq!(made.groups, [vec![None; 3], vec![], vec![Some(0.0); 2]]);
}

#[test]
fn the_bonus_looks_at_the_raw_score() {
    let config = AdvantageConfig { algorithm: Algorithm::DrGrpo, correct_bonus: 0.1 };
    let group = GroupRewards { rewards: &[Some(0.1), Some(0.1)], scores: &[Some(1.0), Some(0.5)], tokens: &[1, 1] };
    assert_eq!(advantages(&config, &[group]).unwrap().groups, [[Some(0.1), Some(0.0)]]);
}

#[test]
fn no_nan_gets_in() {
    let rewards = [Some(1.0), Some(f32::NAN)];
    let group = GroupRewards { rewards: &rewards, scores: &rewards, tokens: &[1, 1] };
    assert_eq!(advantages(&AdvantageConfig::default(), &[group]), Err(AdvantageError::NotFinite { group: 0, rollout: 1 }));
}

#[test]
fn names_of_the_configuration() {
    let config: AdvantageConfig = toml::from_str("algorithm = \"reinforce_plus_plus_baseline\"\ncorrect_bonus = 0.1").unwrap();
    assert_eq!(config.algorithm, Algorithm::ReinforcePlusPlusBaseline);
    assert!(toml::from_str::<AdvantageConfig>("algoritm = \"grpo\"").is_err());
    let wrong = AdvantageConfig { correct_bonus: f32::NAN, ..config };
    assert_eq!(wrong.validate().unwrap_err().key, "advantage.correct_bonus");
}

proptest! {
    #[test]
    fn advantages_of_a_group_sum_to_nothing(rewards in proptest::collection::vec(proptest::option::of(-1_f32..1.0), 2..20)) {
        let tokens = vec![1; rewards.len()];
        let group = GroupRewards { rewards: &rewards, scores: &rewards, tokens: &tokens };
        for algorithm in [Algorithm::Grpo, Algorithm::DrGrpo, Algorithm::Rloo, Algorithm::ReinforcePlusPlusBaseline] {
            let made = advantages(&AdvantageConfig { algorithm, correct_bonus: 0.0 }, &[group]).unwrap();
            let sum: f32 = made.groups[0].iter().flatten().sum();
            prop_assert!(sum.abs() < 1e-3, "{algorithm:?}: {sum}");
        }
    }
}
