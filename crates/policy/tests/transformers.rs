//! Log-probabilities of tiny models against Hugging Face transformers: `vectors/logprobs.json`, written by `tests/policy/against_transformers.py`, which says how to
//! rerun it. Tied and untied embeddings, shared key heads, biases, norms on queries and keys, several rope bases.
//!
//! What is computed here is a decoder in f64 without batches, caches or fused operations, over the weights as a directory gives them back: it says what the
//! configuration and the names mean, and is what faster ones are compared with.

use candle_core::{Device, Tensor};
use gavel_policy::{Directory, ModelConfig};
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
    prompt: Vec<usize>,
    response: Vec<usize>,
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
    temperature: f64,
    logprobs: Vec<f64>,
    entropies: Vec<f64>,
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

type Row = Vec<f64>;

/// The plain decoder.
struct Plain {
    config: ModelConfig,
    weights: BTreeMap<String, Row>,
}

impl Plain {
    /// `weight x + bias`, the bias where there is one.
    fn linear(&self, name: &str, x: &[f64]) -> Row {
        let bias = self.weights.get(&format!("{name}.bias"));
        let rows = self.weights[&format!("{name}.weight")].chunks(x.len()).enumerate();
        rows.map(|(out, row)| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + bias.map_or(0.0, |bias| bias[out])).collect()
    }

    fn norm(&self, name: &str, x: &[f64]) -> Row {
        let mean = x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64;
        let scale = (mean + self.config.rms_norm_eps).sqrt().recip();
        x.iter().zip(&self.weights[&format!("{name}.weight")]).map(|(x, w)| x * scale * w).collect()
    }

    /// Heads of a projection at a position: normalised where the model does, the halves of each rotated against each other.
    fn heads(&self, layer: &str, kind: char, x: &[f64], position: usize) -> Vec<Row> {
        let projected = self.linear(&format!("{layer}.self_attn.{kind}_proj"), x);
        let heads = projected.chunks(self.config.head_dim).map(|head| {
            if kind == 'v' {
                return head.to_vec();
            }
            let head = if self.config.qk_norm { self.norm(&format!("{layer}.self_attn.{kind}_norm"), head) } else { head.to_vec() };
            let half = head.len() / 2;
            let angle = |index: usize| position as f64 * self.config.rope_theta.powf(-((index % half) as f64) / half as f64);
            let turned = |index: usize| if index < half { -head[index + half] } else { head[index - half] };
            (0..head.len()).map(|index| head[index] * angle(index).cos() + turned(index) * angle(index).sin()).collect()
        });
        heads.collect()
    }

    fn attention(&self, layer: &str, rows: &[Row]) -> Vec<Row> {
        let of = |kind| rows.iter().enumerate().map(|(position, x)| self.heads(layer, kind, x, position)).collect::<Vec<_>>();
        let (queries, keys, values) = (of('q'), of('k'), of('v'));
        let group = self.config.num_attention_heads / self.config.num_key_value_heads;
        let attended = queries.iter().enumerate().map(|(position, heads)| {
            let mixed = heads.iter().enumerate().flat_map(|(head, query)| {
                let dot = |key: &Row| query.iter().zip(key).map(|(q, k)| q * k).sum::<f64>() / (query.len() as f64).sqrt();
                let weights: Row = log_softmax((0..=position).map(|earlier| dot(&keys[earlier][head / group])).collect());
                let mut sum = vec![0.0; query.len()];
                for (weight, earlier) in weights.iter().zip(&values) {
                    sum.iter_mut().zip(&earlier[head / group]).for_each(|(sum, value)| *sum += weight.exp() * value);
                }
                sum
            });
            self.linear(&format!("{layer}.self_attn.o_proj"), &mixed.collect::<Row>())
        });
        attended.collect()
    }

    /// Logits after each token.
    fn logits(&self, tokens: &[usize]) -> Vec<Row> {
        let width = self.config.hidden_size;
        let mut rows: Vec<Row> =
            tokens.iter().map(|id| self.weights["model.embed_tokens.weight"][id * width..][..width].to_vec()).collect();
        for layer in 0..self.config.num_hidden_layers {
            let layer = format!("model.layers.{layer}");
            let normed: Vec<Row> = rows.iter().map(|x| self.norm(&format!("{layer}.input_layernorm"), x)).collect();
            for (x, attended) in rows.iter_mut().zip(self.attention(&layer, &normed)) {
                x.iter_mut().zip(attended).for_each(|(x, y)| *x += y);
                let normed = self.norm(&format!("{layer}.post_attention_layernorm"), x);
                let up = self.linear(&format!("{layer}.mlp.up_proj"), &normed);
                let gated: Row = self
                    .linear(&format!("{layer}.mlp.gate_proj"), &normed)
                    .iter()
                    .zip(up)
                    .map(|(g, up)| g / (1.0 + (-g).exp()) * up)
                    .collect();
                x.iter_mut().zip(self.linear(&format!("{layer}.mlp.down_proj"), &gated)).for_each(|(x, y)| *x += y);
            }
        }
        let output = if self.config.tie_word_embeddings { "model.embed_tokens" } else { "lm_head" };
        rows.iter().map(|x| self.linear(output, &self.norm("model.norm", x))).collect()
    }
}

fn log_softmax(row: Row) -> Row {
    let largest = row.iter().copied().fold(f64::MIN, f64::max);
    let sum = largest + row.iter().map(|x| (x - largest).exp()).sum::<f64>().ln();
    row.into_iter().map(|x| x - sum).collect()
}

#[track_caller]
fn close(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len());
    let gap = found.iter().zip(expected).map(|(found, expected)| (found - expected).abs()).fold(0.0, f64::max);
    assert!(gap < 1e-4, "{what}: {gap} apart\n{found:?}\n{expected:?}");
}

#[test]
fn a_directory_means_what_transformers_computes() {
    let table: Table = serde_json::from_str(include_str!("../vectors/logprobs.json")).unwrap();
    assert_eq!(table.models.len(), 4);
    for case in table.models {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("config.json"), case.config.to_string()).unwrap();
        let foreign = Directory::open(folder.path()).unwrap();
        let out = folder.path().join("written");
        let made = weights(foreign.config());
        Directory::save(&out, foreign.config(), &made, &gavel_policy::TokenizerFiles::default(), foreign.generation()).unwrap();
        let directory = Directory::open(&out).unwrap();
        assert_eq!(directory.config(), foreign.config());
        let numbers = |tensor: &Tensor| tensor.flatten_all().unwrap().to_vec1::<f32>().unwrap().into_iter().map(f64::from).collect();
        let read = directory.weights(&Device::Cpu).unwrap().iter().map(|(name, tensor)| (name.clone(), numbers(tensor))).collect();
        let plain = Plain { config: directory.config().clone(), weights: read };
        for score in &case.scores {
            let Tokens { prompt, response } = &table.sequences[score.sequence];
            let logits = plain.logits(&[prompt.as_slice(), response].concat());
            let rows: Vec<Row> = logits[prompt.len() - 1..][..response.len()]
                .iter()
                .map(|row| log_softmax(row.iter().map(|x| x / score.temperature).collect()))
                .collect();
            let picked: Row = rows.iter().zip(response).map(|(row, id)| row[*id]).collect();
            close(&picked, &score.logprobs, &case.name);
            let entropies: Row = rows.iter().map(|row| -row.iter().map(|x| x.exp() * x).sum::<f64>()).collect();
            close(&entropies, &score.entropies, &case.name);
        }
    }
}
