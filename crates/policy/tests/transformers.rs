//! Log-probabilities of tiny models against Hugging Face transformers: `vectors/logprobs.json`, written by `tests/policy/against_transformers.py`, which says how to
//! rerun it. Tied and untied embeddings, shared key heads, biases, norms on queries and keys, several rope bases. Weights go through a directory on the way, so that it and the names
//! in it are tested too.

use candle_core::{Device, Tensor};
use gavel_policy::{Directory, Model, ModelConfig, Sequence, TokenizerFiles};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;

#[derive(Deserialize)]
struct Table {
    sequences: Vec<Tokens>,
    models: Vec<Case>,
}

#[derive(Deserialize)]
struct Tokens {
    prompt: Vec<u32>,
    response: Vec<u32>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    /// As transformers wrote it.
    config: serde_json::Value,
    scores: Vec<Score>,
}

#[derive(Deserialize)]
struct Score {
    sequence: usize,
    temperature: f32,
    logprobs: Vec<f32>,
    entropies: Vec<f32>,
}

/// One output of SplitMix64 (Steele, Lea, Flood 2014).
fn splitmix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The weights of the script, which has no file for them: each number follows from its weight's name (64-bit FNV-1a) and its index.
fn weights(config: &ModelConfig) -> BTreeMap<String, Tensor> {
    let made = config.weights().into_iter().map(|weight| {
        let seed =
            weight.name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        let (middle, width) = if weight.name.contains("norm") { (1.0, 0.5) } else { (0.0, 0.4) };
        let count: usize = weight.shape.iter().product();
        let number =
            |index: u64| (middle + width * ((splitmix(seed.wrapping_add(index)) >> 40) as f64 / f64::from(1 << 24) * 2.0 - 1.0)) as f32;
        let tensor = Tensor::from_vec((0..count as u64).map(number).collect::<Vec<f32>>(), weight.shape, &Device::Cpu)
            .expect("as many numbers as the shape has");
        (weight.name, tensor)
    });
    made.collect()
}

#[track_caller]
fn close(found: &[f32], expected: &[f32], what: &str) {
    assert_eq!(found.len(), expected.len());
    let gap = found.iter().zip(expected).map(|(found, expected)| (found - expected).abs()).fold(0.0, f32::max);
    assert!(gap < 1e-4, "{what}: {gap} apart\n{found:?}\n{expected:?}");
}

#[test]
fn a_model_says_what_transformers_says() {
    let table: Table = serde_json::from_str(include_str!("../vectors/logprobs.json")).unwrap();
    assert_eq!(table.models.len(), 4);
    for case in table.models {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("config.json"), case.config.to_string()).unwrap();
        let foreign = Directory::open(folder.path()).unwrap();
        let out = folder.path().join("written");
        let made = weights(foreign.config());
        Directory::save(&out, foreign.config(), &made, &TokenizerFiles::default(), foreign.generation()).unwrap();
        let directory = Directory::open(&out).unwrap();
        assert_eq!(directory.config(), foreign.config());
        let model = Model::from_tensors(directory.config(), &directory.weights(&Device::Cpu).unwrap()).unwrap();
        for score in &case.scores {
            let Tokens { prompt, response } = &table.sequences[score.sequence];
            let found = model.score(&[Sequence { prompt, response }], score.temperature).unwrap();
            close(&found.logprobs[0], &score.logprobs, &case.name);
            close(&found.entropies[0], &score.entropies, &case.name);
        }
    }
}
