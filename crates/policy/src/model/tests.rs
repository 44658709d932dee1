//! The decoder against finite differences, against itself in other layouts, and against what it draws.

use super::*;
use crate::Finish;

fn config(qk_norm: bool) -> ModelConfig {
    ModelConfig {
        vocab_size: 23,
        hidden_size: 12,
        intermediate_size: 20,
        num_hidden_layers: 2,
        num_attention_heads: 4,
        num_key_value_heads: 2,
        head_dim: 4,
        max_position_embeddings: 256,
        rms_norm_eps: 1e-6,
        rope_theta: 10_000.0,
        tie_word_embeddings: !qk_norm,
        attention_bias: !qk_norm,
        qk_norm,
    }
}

/// A model whose every weight matters: norms off 1, biases off 0.
fn model(qk_norm: bool) -> Model {
    let mut model = Model::random(&config(qk_norm), 3);
    for (at, weight) in model.weights.iter_mut().enumerate() {
        for (number, value) in weight.iter_mut().enumerate() {
            *value += 0.3 * engine::normal(9, at as u64, number as u64);
        }
    }
    model
}

fn tokens(count: usize, salt: usize) -> Vec<u32> {
    (0..count).map(|at| ((at * 7 + salt * 5 + at * at) % 23) as u32).collect()
}

/// Prompts and responses of many lengths, some with one prompt.
fn batch() -> Vec<(Vec<u32>, Vec<u32>)> {
    let one = tokens(5, 1);
    let two = tokens(130, 2);
    vec![
        (one.clone(), tokens(4, 3)),
        (one.clone(), tokens(1, 4)),
        (one, tokens(9, 5)),
        (two.clone(), tokens(101, 6)),
        (two, tokens(2, 7)),
        (tokens(1, 8), tokens(3, 9)),
    ]
}

fn sequences(batch: &[(Vec<u32>, Vec<u32>)]) -> Vec<Sequence<'_>> {
    batch.iter().map(|(prompt, response)| Sequence { prompt, response }).collect()
}

/// Some function of log-probabilities with a derivative that differs from token to token.
fn slopes(scores: &Scores) -> Vec<Vec<f32>> {
    let weight = |sequence: usize, at: usize| ((sequence * 3 + at) as f32).sin();
    (0..scores.logprobs.len()).map(|s| (0..scores.logprobs[s].len()).map(|at| weight(s, at)).collect()).collect()
}

fn loss(scores: &Scores) -> f64 {
    let weights = slopes(scores);
    scores.logprobs.iter().flatten().zip(weights.iter().flatten()).map(|(&value, &weight)| f64::from(value) * f64::from(weight)).sum()
}

/// The derivative by every weight against finite differences.
#[test]
fn gradients_are_those_of_the_loss() {
    for (qk_norm, threads) in [(false, 1), (true, 1), (false, 3)] {
        let mut model = model(qk_norm);
        model.set_threads(threads);
        let batch = batch();
        let sequences = sequences(&batch);
        let mut gradients = Gradients::zeros_like(&model);
        model.backward(&sequences, 1.3, &mut gradients, slopes).unwrap();
        let names = model.config.weights();
        let norm = gradients.norm();
        for (at, weight) in names.iter().enumerate() {
            // Along a random direction, so that every number of the weight counts.
            let direction: Vec<f32> = (0..model.weights[at].len()).map(|number| engine::normal(1, at as u64, number as u64)).collect();
            let analytic: f64 = gradients.0[at].iter().zip(&direction).map(|(&g, &d)| f64::from(g) * f64::from(d)).sum();
            let moved = |step: f32| {
                let mut moved = model.copy();
                moved.weights[at].iter_mut().zip(&direction).for_each(|(weight, d)| *weight += step * d);
                loss(&moved.score(&sequences, 1.3).unwrap())
            };
            let step = 2e-3 / (direction.len() as f32).sqrt();
            let numeric = (8.0 * (moved(step) - moved(-step)) - (moved(2.0 * step) - moved(-2.0 * step))) / (12.0 * f64::from(step));
            let size: f64 = direction.iter().map(|&d| f64::from(d * d)).sum::<f64>().sqrt();
            let scale = analytic.abs().max(0.02 * norm * size / 10.0).max(1.0);
            assert!((analytic - numeric).abs() < 0.02 * scale, "{}: {analytic} {numeric}", weight.name);
            assert!(gradients.0[at].iter().any(|&value| value != 0.0), "{} receives a gradient", weight.name);
        }
    }
}

/// Sharing prompts, cutting into threads and computing again change no figure but in its last bits.
#[test]
fn layout_changes_nothing() {
    let mut model = model(false);
    let batch = batch();
    let all = sequences(&batch);
    model.set_threads(1);
    let mut gradients = Gradients::zeros_like(&model);
    let scores = model.backward(&all, 0.8, &mut gradients, slopes).unwrap();
    for (sequence, logprobs) in all.iter().zip(&scores.logprobs) {
        let alone = model.score(std::slice::from_ref(sequence), 0.8).unwrap();
        for (one, other) in alone.logprobs[0].iter().zip(logprobs) {
            assert!((one - other).abs() < 2e-5, "{one} {other}");
        }
    }
    for threads in [2, 4, 9] {
        model.set_threads(threads);
        let mut other = Gradients::zeros_like(&model);
        let cut = model.backward(&all, 0.8, &mut other, slopes).unwrap();
        for (one, other) in scores.logprobs.iter().flatten().zip(cut.logprobs.iter().flatten()) {
            assert!((one - other).abs() < 2e-5, "{one} {other}");
        }
        let difference: f64 = gradients.0.iter().flatten().zip(other.0.iter().flatten()).map(|(a, b)| f64::from(a - b).powi(2)).sum();
        assert!(difference.sqrt() < 1e-4 * gradients.norm());
        let mut again = Gradients::zeros_like(&model);
        assert_eq!(model.backward(&all, 0.8, &mut again, slopes).unwrap(), cut);
        assert_eq!(again, other, "the same bits with the same threads");
    }
}

#[test]
fn what_is_drawn_has_the_probabilities_of_training() {
    for qk_norm in [false, true] {
        let model = model(qk_norm);
        let requests: Vec<Request> = (0..5).map(|at| Request { prompt: tokens(3 + at * 11, at), count: 40, seed: at as u64 }).collect();
        let sampling = Sampling { temperature: 1.2, top_p: 1.0, top_k: 0, max_tokens: 17, stop: vec![4] };
        let mut drawn = BTreeMap::new();
        generate(&model, &requests, &sampling, &mut |request, response, sample| {
            assert!(drawn.insert((request, response), sample).is_none());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(drawn.len(), 200);
        let sequences: Vec<Sequence<'_>> =
            drawn.iter().map(|((request, _), sample)| Sequence { prompt: &requests[*request].prompt, response: &sample.tokens }).collect();
        let scores = model.score(&sequences, 1.2).unwrap();
        for (sample, logprobs) in drawn.values().zip(&scores.logprobs) {
            assert_eq!(sample.finish == Finish::Stop, sample.tokens.last() == Some(&4));
            assert!(sample.finish == Finish::Stop || sample.tokens.len() == 17);
            assert!(!sample.tokens[..sample.tokens.len() - 1].contains(&4));
            for (behaviour, trained) in sample.logprobs.iter().zip(logprobs) {
                assert!((behaviour - trained).abs() < 1e-4, "{behaviour} {trained}");
            }
        }
        let mut again = BTreeMap::new();
        generate(&model, &requests, &sampling, &mut |request, response, sample| {
            again.insert((request, response), sample);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(again, drawn);
    }
}

#[test]
fn greedy_takes_the_likeliest_and_top_p_leaves_the_unlikely() {
    let model = model(false);
    let request = Request { prompt: tokens(6, 1), count: 30, seed: 5 };
    let draw = |sampling: &Sampling| {
        let mut drawn = Vec::new();
        generate(&model, std::slice::from_ref(&request), sampling, &mut |_, _, sample| {
            drawn.push(sample);
            ControlFlow::Continue(())
        })
        .unwrap();
        drawn
    };
    let whole = Sampling { temperature: 1.0, top_p: 1.0, top_k: 0, max_tokens: 1, stop: vec![] };
    // All tokens' probabilities, by scoring each.
    let each: Vec<[u32; 1]> = (0..23).map(|token| [token]).collect();
    let sequences: Vec<Sequence<'_>> = each.iter().map(|token| Sequence { prompt: &request.prompt, response: token }).collect();
    let scores = model.score(&sequences, 1.0).unwrap();
    let mut order: Vec<(f32, u32)> = scores.logprobs.iter().zip(0..).map(|(logprob, token)| (logprob[0], token)).collect();
    let total: f32 = order.iter().map(|(logprob, _)| logprob.exp()).sum();
    assert!((total - 1.0).abs() < 1e-5);
    let entropy: f32 = -order.iter().map(|(logprob, _)| logprob * logprob.exp()).sum::<f32>();
    assert!((entropy - scores.entropies[0][0]).abs() < 1e-4);
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    assert!(draw(&Sampling { temperature: 0.0, ..whole.clone() }).iter().all(|sample| sample.tokens == [order[0].1]));
    let three: Vec<u32> = order[..3].iter().map(|(_, token)| *token).collect();
    assert!(draw(&Sampling { top_k: 3, ..whole.clone() }).iter().all(|sample| three.contains(&sample.tokens[0])));
    let just_two = order[0].0.exp() + 0.5 * order[1].0.exp();
    assert!(draw(&Sampling { top_p: just_two, ..whole }).iter().all(|sample| three[..2].contains(&sample.tokens[0])));
}

#[test]
fn drawing_can_be_ended() {
    let model = model(false);
    let requests = vec![Request { prompt: vec![1], count: 500, seed: 0 }; 3];
    let sampling = Sampling { temperature: 1.0, top_p: 1.0, top_k: 0, max_tokens: 5, stop: vec![] };
    let mut seen = 0;
    generate(&model, &requests, &sampling, &mut |_, _, _| {
        seen += 1;
        ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(seen, 1);
}

#[test]
fn weights_go_out_and_in() {
    let model = model(true);
    let mut tensors = model.tensors().unwrap();
    let again = Model::from_tensors(&model.config, &tensors).unwrap();
    assert_eq!(again.weights, model.weights);
    let norm = tensors.remove("model.norm.weight").unwrap();
    tensors.insert("model.layers.9.norm.weight".to_owned(), norm.clone());
    tensors.insert("model.layers.1.self_attn.k_norm.weight".to_owned(), norm);
    let message = Model::from_tensors(&model.config, &tensors).unwrap_err().to_string();
    for part in [
        "`model.norm.weight` is missing",
        "k_norm.weight` is [12], and the configuration says [4]",
        "`model.layers.9.norm.weight` is not part",
    ] {
        assert!(message.contains(part), "{message}");
    }
    assert!(matches!(model.copy().copy_from(&Model::random(&config(false), 0)), Err(ModelError::Shape)));
}

#[test]
fn sequences_that_do_not_fit_are_named() {
    let model = model(false);
    for (prompt, response, part) in [
        (vec![], vec![1], "no token"),
        (vec![1], vec![], "no token"),
        (vec![1; 200], vec![1; 57], "257 tokens, and the model takes 256"),
        (vec![1], vec![23], "token 23 is not in the vocabulary of 23"),
    ] {
        let sequences = [Sequence { prompt: &[1], response: &[1] }, Sequence { prompt: &prompt, response: &response }];
        let message = model.score(&sequences, 1.0).unwrap_err().to_string();
        assert!(message.contains("sequence 1") && message.contains(part), "{message}");
    }
}

/// The same model by candle's stock operations.
fn elsewhere(model: &Model) -> Model {
    let mut copy = model.copy();
    copy.set_place(&"candle-cpu".parse().unwrap());
    copy
}

#[test]
fn places_agree() {
    for qk_norm in [false, true] {
        let here = model(qk_norm);
        let there = elsewhere(&here);
        let batch = batch();
        let sequences = sequences(&batch);
        let (mut own, mut other) = (Gradients::zeros_like(&here), Gradients::zeros_like(&here));
        let scores = here.backward(&sequences, 1.3, &mut own, slopes).unwrap();
        let trained = there.backward(&sequences, 1.3, &mut other, slopes).unwrap();
        let (mut sparing, mut again) = (elsewhere(&here), Gradients::zeros_like(&here));
        sparing.graph.as_mut().unwrap().kept = 0;
        assert_eq!(sparing.backward(&sequences, 1.3, &mut again, slopes).unwrap(), trained);
        let sums = other.0.iter().flatten().zip(again.0.iter().flatten());
        assert!(sums.into_iter().all(|(a, b)| (a - b).abs() < 1e-5 * other.norm() as f32), "layers computed again");
        assert_eq!(there.score(&sequences, 1.3).unwrap(), trained);
        let close = |a: &[Vec<f32>], b: &[Vec<f32>]| a.iter().flatten().zip(b.iter().flatten()).all(|(a, b)| (a - b).abs() < 1e-4);
        assert!(close(&scores.logprobs, &trained.logprobs) && close(&scores.entropies, &trained.entropies));
        for ((weight, own), other) in here.config.weights().iter().zip(&own.0).zip(&other.0) {
            let norm = |values: &mut dyn Iterator<Item = f32>| values.map(|value| f64::from(value).powi(2)).sum::<f64>().sqrt();
            let difference = norm(&mut own.iter().zip(other).map(|(a, b)| a - b));
            assert!(difference < 1e-3 * norm(&mut own.iter().copied()), "{}", weight.name);
        }
    }
}

#[test]
fn places_draw_alike() {
    for qk_norm in [false, true] {
        let here = model(qk_norm);
        let requests: Vec<Request> = (0..4).map(|at| Request { prompt: tokens(2 + at * 9, at), count: 6, seed: at as u64 }).collect();
        for temperature in [0.0, 1.1] {
            let sampling = Sampling { temperature, top_p: 1.0, top_k: 0, max_tokens: 12, stop: vec![4] };
            let draw = |model: &Model| {
                let mut drawn = BTreeMap::new();
                generate(model, &requests, &sampling, &mut |request, response, sample| {
                    assert!(drawn.insert((request, response), sample).is_none());
                    ControlFlow::Continue(())
                })
                .unwrap();
                drawn
            };
            let (own, other) = (draw(&here), draw(&elsewhere(&here)));
            assert_eq!(own.len(), 24);
            for (key, sample) in &own {
                assert_eq!((&sample.tokens, sample.finish), (&other[key].tokens, other[key].finish));
                let pairs = sample.logprobs.iter().zip(&other[key].logprobs);
                assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 1e-4));
            }
        }
    }
}

#[test]
fn weights_that_move_are_copied_again() {
    let mut there = elsewhere(&model(false));
    let batch = batch();
    let sequences = sequences(&batch);
    let before = there.score(&sequences, 1.0).unwrap();
    let gradients = Gradients::zeros_like(&there);
    there.update(&gradients, |_, weight, _| weight.iter_mut().for_each(|value| *value *= 1.1));
    let after = there.score(&sequences, 1.0).unwrap();
    assert_ne!(before, after);
    let mut here = there.copy();
    here.set_place(&Place::Cpu);
    for (one, other) in here.score(&sequences, 1.0).unwrap().logprobs.iter().flatten().zip(after.logprobs.iter().flatten()) {
        assert!((one - other).abs() < 1e-4);
    }
}

#[test]
fn places_have_names() {
    for (name, expected) in [("cpu", "cpu"), ("candle-cpu", "candle-cpu")] {
        assert_eq!(name.parse::<Place>().unwrap().to_string(), expected);
    }
    for name in ["gpu", "cuda:", "cuda:x", "cpu:0", ""] {
        assert!(name.parse::<Place>().unwrap_err().to_string().contains("is not a device"), "{name}");
    }
    if !cfg!(feature = "cuda") {
        assert!("cuda:0".parse::<Place>().unwrap_err().to_string().contains("feature `cuda`"));
    }
}
