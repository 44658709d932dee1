//! Every loss against finite differences and by hand; what must never change a gradient.

use super::*;
use proptest::prelude::*;

const OBJECTIVES: [Objective; 3] = [Objective::PpoClip, Objective::Gspo, Objective::Cispo];
const AGGREGATIONS: [Aggregation; 3] = [Aggregation::TokenMean, Aggregation::SequenceMean, Aggregation::DrGrpo { max_tokens: 7 }];
const ESTIMATORS: [Estimator; 3] = [Estimator::K1, Estimator::K2, Estimator::K3];
const MODES: [ImportanceMode; 3] = [ImportanceMode::Off, ImportanceMode::Truncated, ImportanceMode::Masked];

/// Every combination, with weights large enough to be seen.
fn configurations() -> impl Iterator<Item = LossConfig> {
    OBJECTIVES.into_iter().flat_map(|objective| {
        AGGREGATIONS.into_iter().flat_map(move |aggregation| {
            ESTIMATORS.into_iter().flat_map(move |estimator| {
                MODES.into_iter().map(move |mode| LossConfig {
                    objective,
                    aggregation,
                    dual_clip: (objective != Objective::Cispo).then_some(3.0),
                    kl: KlConfig { estimator, coefficient: 0.3, clamp: 1.5 },
                    importance: ImportanceConfig { mode, ..Default::default() },
                    entropy_coefficient: 0.1,
                    ..Default::default()
                })
            })
        })
    })
}

fn token(position: usize, logprob: f64, old: f64, reference: f64, behaviour: f64) -> Token {
    Token { position, logprob, old, reference: Some(reference), behaviour: Some(behaviour) }
}

/// The weight of a token in a batch of two sequences, one of which has `tokens`.
fn weight(config: &LossConfig, tokens: usize) -> f64 {
    let normaliser = Normaliser::new([vec![true; tokens].as_slice(), &[true, false, true]]).unwrap();
    normaliser.token_weight(config.aggregation, tokens)
}

/// The loss of one sequence as a function of the log-prob of token `at`, moved by `step`. CISPO's ratio is a constant to the derivative: there the
/// old and behaviour log-probs move along, which keeps every ratio.
fn moved(config: &LossConfig, advantage: f64, tokens: &[Token], at: usize, step: f64) -> f64 {
    let mut tokens = tokens.to_vec();
    tokens[at].logprob += step;
    if config.objective == Objective::Cispo {
        tokens[at].old += step;
        tokens[at].behaviour = tokens[at].behaviour.map(|behaviour| behaviour + step);
    }
    differentiate(config, weight(config, tokens.len()), advantage, &tokens, &mut LossMetrics::default()).0
}

#[track_caller]
fn check_derivative(config: &LossConfig, advantage: f64, tokens: &[Token]) {
    const STEP: f64 = 1e-6;
    let (_, derivative) = differentiate(config, weight(config, tokens.len()), advantage, tokens, &mut LossMetrics::default());
    for (at, derivative) in derivative.into_iter().enumerate() {
        let difference = (moved(config, advantage, tokens, at, STEP) - moved(config, advantage, tokens, at, -STEP)) / (2.0 * STEP);
        let close = (difference - derivative).abs() <= 1e-6 * (1.0 + derivative.abs());
        assert!(close, "{config:?}, advantage {advantage}, token {at}: {difference} by differences, {derivative} by formula");
    }
}

/// Tokens inside, below and above every bound: clip, dual clip, KL clamp, importance range.
fn spread() -> Vec<Token> {
    vec![
        token(0, -1.0, -1.05, -1.3, -1.0),
        token(1, -0.5, -1.5, -0.1, -0.9),
        token(2, -2.5, -0.7, -2.4, -3.5),
        token(3, -0.1, -2.1, -2.3, -1.2),
        token(4, -3.0, -2.9, -0.5, -2.9),
    ]
}

#[test]
fn derivatives_are_those_of_the_loss() {
    for config in configurations() {
        for advantage in [-1.3, 0.0, 0.8] {
            check_derivative(&config, advantage, &spread());
            check_derivative(&config, advantage, &spread()[3..]);
        }
    }
}

#[test]
fn sequences_beyond_each_bound_of_gspo() {
    let config = LossConfig { objective: Objective::Gspo, dual_clip: Some(3.0), ..Default::default() };
    for (log_ratio, advantage, moves) in
        [(0.1, 1.0, true), (0.5, 1.0, false), (-0.5, -1.0, false), (-0.5, 1.0, true), (2.0, -1.0, false), (0.5, -1.0, true)]
    {
        let tokens = [token(0, -1.0, -1.0 - 2.0 * log_ratio, -1.0, -1.0), token(1, -1.0, -1.0, -1.0, -1.0)];
        check_derivative(&config, advantage, &tokens);
        let (_, derivative) = differentiate(&config, 1.0, advantage, &tokens, &mut LossMetrics::default());
        assert_eq!(derivative[0] != 0.0, moves, "{log_ratio} {advantage}");
    }
}

/// A batch on which policy, old policy, sampler and reference agree.
fn on_policy(aggregation: Aggregation, objective: Objective) -> Vec<Vec<f32>> {
    fn input<'a>(logprobs: &'a [f32], mask: &'a [bool], advantage: f32) -> LossInputs<'a> {
        LossInputs {
            logprobs,
            old_logprobs: logprobs,
            reference_logprobs: Some(logprobs),
            behaviour_logprobs: Some(logprobs),
            mask,
            advantage,
        }
    }
    let batch = [input(&[-0.5, -1.0], &[true, true], 1.5), input(&[-0.3, -2.0, -0.7, -0.1], &[true, true, true, false], -0.5)];
    let normaliser = Normaliser::new(batch.iter().map(|sequence| sequence.mask)).unwrap();
    let config = LossConfig { aggregation, objective, ..Default::default() };
    loss(&config, &normaliser, &batch).unwrap().derivatives
}

#[test]
fn the_first_step_is_the_policy_gradient() {
    for objective in OBJECTIVES {
        for (aggregation, short, long) in [
            (Aggregation::TokenMean, 1.0 / 5.0, 1.0 / 5.0),
            (Aggregation::SequenceMean, 1.0 / 4.0, 1.0 / 6.0),
            (Aggregation::DrGrpo { max_tokens: 8 }, 1.0 / 16.0, 1.0 / 16.0),
        ] {
            let found = on_policy(aggregation, objective);
            let expect = [vec![-1.5 * short; 2], vec![0.5 * long, 0.5 * long, 0.5 * long, 0.0]];
            for (found, expect) in found.iter().flatten().zip(expect.iter().flatten()) {
                assert!((found - expect).abs() < 1e-7, "{objective:?} {aggregation:?}: {found} is not {expect}");
            }
        }
    }
}

#[track_caller]
fn check_term(config: &LossConfig, advantage: f64, ratio: f64, value: f64, slope: f64) {
    let tokens = [Token { position: 0, logprob: ratio.ln() - 1.0, old: -1.0, reference: None, behaviour: None }];
    let (found, derivative) = differentiate(config, 1.0, advantage, &tokens, &mut LossMetrics::default());
    assert!((found - value).abs() < 1e-9, "loss {found} is not {value}");
    assert!((derivative[0] - slope).abs() < 1e-9, "derivative {} is not {slope}", derivative[0]);
}

#[test]
fn clipping_by_hand() {
    let config = LossConfig { dual_clip: Some(10.0), ..Default::default() };
    check_term(&config, 2.0, 1.3, -2.6, -2.6);
    check_term(&config, 2.0, 1.5, -2.8, 0.0);
    check_term(&config, 2.0, 0.5, -1.0, -1.0);
    check_term(&config, -2.0, 0.5, 1.6, 0.0);
    check_term(&config, -2.0, 1.5, 3.0, 3.0);
    check_term(&config, -2.0, 11.0, 20.0, 0.0);
    let cispo = LossConfig { objective: Objective::Cispo, ..Default::default() };
    check_term(&cispo, 2.0, 3.0, -2.8 * (3_f64.ln() - 1.0), -2.8);
    check_term(&cispo, -2.0, 0.5, 1.6 * (0.5_f64.ln() - 1.0), 1.6);
}

#[test]
fn kl_by_hand() {
    for (estimator, value, slope) in
        [(Estimator::K1, 0.5, 1.0), (Estimator::K2, 0.125, 0.5), (Estimator::K3, (-0.5_f64).exp() - 0.5, 1.0 - (-0.5_f64).exp())]
    {
        let config = KlConfig { estimator, ..Default::default() };
        let (found, derivative) = kl::estimate(&config, 0.5);
        assert!((found - value).abs() < 1e-12 && (derivative - slope).abs() < 1e-12, "{estimator:?}");
        let (far, still) = kl::estimate(&config, 30.0);
        assert_eq!((far, still), (estimator.value(20.0), 0.0));
    }
}

// Over the whole distribution the mean of slope * grad log p is the gradient; for k1 it vanishes, for k2 it is that of the KL divergence.
#[test]
fn only_k1_has_no_gradient() {
    let (p, q) = ([0.7_f64, 0.2, 0.1], [0.2_f64, 0.3, 0.5]);
    let kl: f64 = p.iter().zip(q).map(|(p, q)| p * (p / q).ln()).sum();
    for estimator in ESTIMATORS {
        let config = KlConfig { estimator, ..Default::default() };
        // By the first logit: grad log p_i = [i = 0] - p_0.
        let gradient: f64 = (0..3).map(|i| p[i] * kl::estimate(&config, (p[i] / q[i]).ln()).1 * (f64::from(u8::from(i == 0)) - p[0])).sum();
        let exact = p[0] * ((p[0] / q[0]).ln() - kl);
        match estimator {
            Estimator::K1 => assert!(gradient.abs() < 1e-12, "{gradient}"),
            Estimator::K2 => assert!((gradient - exact).abs() < 1e-12, "{gradient} is not {exact}"),
            Estimator::K3 => assert!(gradient > 0.1, "{gradient}"),
        }
    }
}

#[test]
fn the_entropy_bonus_follows_the_entropy() {
    let p = [0.7_f64, 0.2, 0.1];
    let config = LossConfig { entropy_coefficient: 1.0, ..Default::default() };
    let entropy: f64 = p.iter().map(|p| -p * p.ln()).sum();
    let slope = |p: f64| {
        let token = Token { position: 0, logprob: p.ln(), old: p.ln(), reference: None, behaviour: None };
        differentiate(&config, 1.0, 0.0, &[token], &mut LossMetrics::default()).1[0]
    };
    let gradient: f64 = (0..3).map(|i| p[i] * slope(p[i]) * (f64::from(u8::from(i == 0)) - p[0])).sum();
    // dH / dlogit_0 = -p_0 (log p_0 + H); the loss has -H.
    assert!((gradient - p[0] * (p[0].ln() + entropy)).abs() < 1e-12, "{gradient}");
}

fn sequence<'a>(logprobs: &'a [f32], old: &'a [f32], mask: &'a [bool]) -> LossInputs<'a> {
    LossInputs { logprobs, old_logprobs: old, reference_logprobs: Some(old), behaviour_logprobs: Some(old), mask, advantage: 1.0 }
}

#[track_caller]
fn check_error(config: &LossConfig, inputs: LossInputs<'_>, expect: &LossError) {
    let normaliser = Normaliser::new([[true].as_slice()]).unwrap();
    assert_eq!(&loss(config, &normaliser, &[inputs]).unwrap_err(), expect);
}

#[test]
fn no_nan_gets_in() {
    let config = LossConfig::default();
    let good = sequence(&[-1.0, -1.0], &[-1.0, -1.0], &[true, true]);
    let not_finite = |token, input| LossError::NotFinite { sequence: 0, token, input };
    check_error(&config, LossInputs { logprobs: &[-1.0, f32::NAN], ..good }, &not_finite(1, Input::Logprobs));
    check_error(&config, LossInputs { old_logprobs: &[f32::NEG_INFINITY, -1.0], ..good }, &not_finite(0, Input::OldLogprobs));
    check_error(&config, LossInputs { reference_logprobs: Some(&[-1.0, f32::NAN]), ..good }, &not_finite(1, Input::ReferenceLogprobs));
    check_error(&config, LossInputs { behaviour_logprobs: Some(&[-1.0, f32::NAN]), ..good }, &not_finite(1, Input::BehaviourLogprobs));
    check_error(&config, LossInputs { advantage: f32::NAN, ..good }, &not_finite(0, Input::Advantage));
    check_error(
        &config,
        LossInputs { logprobs: &[0.0, 0.0], old_logprobs: &[-19.0, 0.0], advantage: -f32::MAX, ..good },
        &not_finite(0, Input::Derivative),
    );
}

#[test]
fn incomplete_sequences_are_named() {
    let config = LossConfig { importance: ImportanceConfig { mode: ImportanceMode::Masked, ..Default::default() }, ..Default::default() };
    let good = sequence(&[-1.0], &[-1.0], &[true]);
    check_error(
        &config,
        LossInputs { logprobs: &[], ..good },
        &LossError::Length { sequence: 0, input: Input::Logprobs, expected: 1, found: 0 },
    );
    let missing = |input| LossError::Missing { sequence: 0, input };
    check_error(&config, LossInputs { reference_logprobs: None, ..good }, &missing(Input::ReferenceLogprobs));
    check_error(&config, LossInputs { behaviour_logprobs: None, ..good }, &missing(Input::BehaviourLogprobs));
    assert_eq!(Normaliser::new([[false, false].as_slice(), &[]]), Err(LossError::EmptyBatch));
}

#[test]
fn a_configuration_out_of_range_is_refused() {
    let good = sequence(&[-1.0], &[-1.0], &[true]);
    let config = LossConfig { kl: KlConfig { clamp: f64::NAN, ..Default::default() }, ..Default::default() };
    let expect = LossError::Config(config.validate().unwrap_err());
    check_error(&config, good, &expect);
}

#[test]
fn what_is_masked_is_not_read() {
    let config = LossConfig::default();
    let inputs = sequence(&[f32::NAN, -1.0], &[-1.0, -1.0], &[false, true]);
    let normaliser = Normaliser::new([inputs.mask]).unwrap();
    assert_eq!(loss(&config, &normaliser, &[inputs]).unwrap().derivatives, [[0.0, -1.0]]);
}

#[test]
fn metrics_by_hand() {
    let (logprobs, old) = ([-1.0, -1.0, -3.0, -1.0], [-1.0, -3.0, -1.0, -1.0]);
    let inputs = sequence(&logprobs, &old, &[true, true, true, false]);
    let normaliser = Normaliser::new([inputs.mask]).unwrap();
    let metrics = loss(&LossConfig::default(), &normaliser, &[inputs]).unwrap().metrics;
    let two = 2_f64;
    assert_eq!(metrics.tokens(), 3);
    assert_eq!((metrics.clip_share_high(), metrics.clip_share_low(), metrics.dual_clip_share()), (Some(1.0 / 3.0), Some(0.0), Some(0.0)));
    assert!((metrics.ratio_mean().unwrap() - (1.0 + two.exp() + (-two).exp()) / 3.0).abs() < 1e-12);
    assert_eq!(metrics.ratio_max(), Some(two.exp()));
    assert_eq!(metrics.reference_kl(Estimator::K1), Some(0.0));
    assert!((metrics.reference_kl(Estimator::K2).unwrap() - 4.0 / 3.0).abs() < 1e-12);
    assert!((metrics.approximate_kl().unwrap() - (two.exp() + (-two).exp() - 2.0) / 3.0).abs() < 1e-12);
    assert!((metrics.entropy().unwrap() - 5.0 / 3.0).abs() < 1e-12);
    assert_eq!(LossMetrics::default().entropy(), None);
}

#[test]
fn keys_and_ranges() {
    let config: LossConfig = toml::from_str(
        "objective = \"gspo\"\ndual_clip = 10.0\naggregation = { dr_grpo = { max_tokens = 64 } }\nkl = { estimator = \"k3\", coefficient = 0.0 }",
    )
    .unwrap();
    assert_eq!(config.aggregation, Aggregation::DrGrpo { max_tokens: 64 });
    config.validate().unwrap();
    assert_eq!(serde_json::from_str::<LossConfig>(&serde_json::to_string(&config).unwrap()).unwrap(), config);
    assert!(toml::from_str::<LossConfig>("clip_hihg = 0.3").is_err());
    for (text, key) in [
        ("clip_low = 1.5", "loss.clip_low"),
        ("clip_high = nan", "loss.clip_high"),
        ("dual_clip = 1.0", "loss.dual_clip"),
        ("dual_clip = 3.0\nobjective = \"cispo\"", "loss.dual_clip"),
        ("aggregation = { dr_grpo = { max_tokens = 0 } }", "loss.aggregation.dr_grpo.max_tokens"),
        ("kl = { coefficient = -1.0 }", "loss.kl.coefficient"),
        ("kl = { clamp = 0.0 }", "loss.kl.clamp"),
        ("importance = { low = 2.0 }", "loss.importance.low"),
        ("importance = { high = inf }", "loss.importance.high"),
        ("entropy_coefficient = -0.1", "loss.entropy_coefficient"),
    ] {
        let found = toml::from_str::<LossConfig>(text).unwrap().validate().unwrap_err();
        assert_eq!(found.key, key, "{found}");
    }
}

/// Log-prob, old, reference and behaviour log-prob, mask.
type AnyToken = (f32, f32, f32, f32, bool);

fn any_sequence() -> impl Strategy<Value = (Vec<AnyToken>, f32)> {
    let token = (-30_f32..0.0, -30_f32..0.0, -30_f32..0.0, -30_f32..0.0, any::<bool>());
    (proptest::collection::vec(token, 0..12), -3_f32..3.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn micro_batches_change_nothing(batch in proptest::collection::vec(any_sequence(), 1..8), size in 1_usize..4) {
        type Columns = (Vec<f32>, Vec<f32>, Vec<f32>, Vec<f32>, Vec<bool>, f32);
        let columns: Vec<Columns> = batch.iter().map(|(tokens, advantage)| {
            let column = |pick: fn(&AnyToken) -> f32| tokens.iter().map(pick).collect::<Vec<f32>>();
            (column(|t| t.0), column(|t| t.1), column(|t| t.2), column(|t| t.3), tokens.iter().map(|t| t.4).collect(), *advantage)
        }).collect();
        let inputs: Vec<LossInputs<'_>> = columns.iter().map(|(logprobs, old, reference, behaviour, mask, advantage)| LossInputs {
            logprobs,
            old_logprobs: old,
            reference_logprobs: Some(reference),
            behaviour_logprobs: Some(behaviour),
            mask,
            advantage: *advantage,
        }).collect();
        let Ok(normaliser) = Normaliser::new(inputs.iter().map(|sequence| sequence.mask)) else { return Ok(()) };
        for config in configurations() {
            let whole = loss(&config, &normaliser, &inputs).unwrap();
            prop_assert!(whole.value.is_finite() && whole.derivatives.iter().flatten().all(|value| value.is_finite()));
            let (mut value, mut derivatives, mut metrics) = (0.0, Vec::new(), LossMetrics::default());
            for part in inputs.chunks(size) {
                let part = loss(&config, &normaliser, part).unwrap();
                value += part.value;
                derivatives.extend(part.derivatives);
                metrics.merge(&part.metrics);
            }
            // Bit for bit: the derivative of a sequence does not know its neighbours.
            prop_assert_eq!(&whole.derivatives, &derivatives);
            prop_assert!((whole.value - value).abs() <= 1e-9 * (1.0 + value.abs()));
            prop_assert!((whole.metrics.kl_loss() - metrics.kl_loss()).abs() <= 1e-9 * (1.0 + metrics.kl_loss().abs()));
            prop_assert_eq!(whole.metrics.clip_share_low(), metrics.clip_share_low());
        }
    }
}
