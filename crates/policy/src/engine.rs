//! Passes over a batch on the CPU, in single precision: forward, and backward by hand.
//!
//! Everything is done row by row on flat buffers that are used again, one thread to a part of the batch. Neighbouring sequences with one prompt share its rows (see [`pack`]). What the backward
//! pass needs is kept if it is small and computed again, layer by layer, if it is not.

mod attend;
mod attention;
mod generate;
mod kernels;
mod layer;
mod matrix;
mod output;
mod pack;
mod panels;
mod random;
mod weights;

pub(crate) use generate::{Layout, choose, generate};
pub(crate) use kernels::Rotary;
pub(crate) use random::{normal, uniform};
pub(crate) use weights::{Index, LayerIndex};

use crate::{ModelConfig, Scores, Sequence};
use layer::{Activations, Shape, Work};
use output::{Head, Output};
use pack::Pack;
use weights::Layer;

/// Activations of all layers are kept if they are no more than this, in bytes; else each layer's are computed again in the backward pass.
const MOST_KEPT: usize = 512 << 20;

/// A model's weights and what derives from its shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) config: &'a ModelConfig,
    pub(crate) weights: &'a [Vec<f32>],
    pub(crate) index: &'a Index,
    pub(crate) rotary: &'a Rotary,
}

impl<'a> Parts<'a> {
    fn shape(&self) -> Shape<'a> {
        Shape { config: self.config, rotary: self.rotary }
    }

    fn head(&self, temperature: f32) -> Head<'a> {
        let (norm, output) = (&self.weights[self.index.norm], &self.weights[self.index.output]);
        Head { norm, output, epsilon: self.shape().epsilon(), temperature }
    }

    fn embed(&self, x: &mut Vec<f32>, tokens: &[u32]) {
        let (hidden, table) = (self.config.hidden_size, &self.weights[self.index.embedding]);
        x.clear();
        for &token in tokens {
            x.extend_from_slice(&table[token as usize * hidden..(token as usize + 1) * hidden]);
        }
    }
}

/// One thread's part of a batch, with its buffers.
#[derive(Debug, Default)]
pub(crate) struct Pass {
    pack: Pack,
    /// The input of each layer and, last, the output of the last one.
    x: Vec<Vec<f32>>,
    /// What each layer kept: all of them, or only the last that was computed.
    kept: Vec<Activations>,
    output: Output,
    dx: Vec<f32>,
    work: Work,
    scores: Scores,
}

impl Pass {
    /// What the model says of the responses. `keep` says whether [`backward`](Self::backward) follows.
    pub(crate) fn forward(&mut self, parts: Parts<'_>, sequences: &[Sequence<'_>], temperature: f32, keep: bool) -> Scores {
        self.pack = Pack::new(sequences);
        let layers = parts.config.num_hidden_layers;
        let keep_all = keep && self.pack.rows() * layers * floats_a_row(parts.config) * 4 <= MOST_KEPT;
        self.x.resize_with(if keep { layers + 1 } else { 1 }, Vec::new);
        self.kept.resize_with(if keep_all { layers } else { 1 }, Activations::default);
        parts.embed(&mut self.x[0], &self.pack.tokens);
        for (at, index) in parts.index.layers.iter().enumerate() {
            let last = self.kept.len() - 1;
            let to = if keep { at + 1 } else { 0 };
            if keep {
                let (before, after) = self.x.split_at_mut(to);
                after[0].clone_from(&before[at]);
            }
            parts.shape().forward(&Layer::new(parts.weights, index), &mut self.x[to], &self.pack, &mut self.kept[at.min(last)]);
        }
        let empty = || sequences.iter().map(|sequence| vec![0.0; sequence.response.len()]).collect();
        self.scores = Scores { logprobs: empty(), entropies: empty() };
        let x = self.x.last().expect("there is an output");
        parts.head(temperature).forward(&mut self.output, x, &self.pack, &mut self.scores, keep);
        std::mem::take(&mut self.scores)
    }

    /// Adds to the gradients of all weights. `slopes` are derivatives by the log-probabilities that [`forward`](Self::forward) gave.
    pub(crate) fn backward(&mut self, parts: Parts<'_>, slopes: &[Vec<f32>], temperature: f32, gradients: &mut [Vec<f32>]) {
        let Parts { config, index, weights, .. } = parts;
        let hidden = config.hidden_size;
        self.dx.resize(self.pack.rows() * hidden, 0.0);
        let mut norm = std::mem::take(&mut gradients[index.norm]);
        parts.head(temperature).backward(&mut self.output, slopes, &self.pack, &mut self.dx, (&mut norm, &mut gradients[index.output]));
        gradients[index.norm] = norm;
        for (at, place) in index.layers.iter().enumerate().rev() {
            let layer = Layer::new(weights, place);
            let keeps_all = self.kept.len() == config.num_hidden_layers;
            if !keeps_all {
                let (before, after) = self.x.split_at_mut(at + 1);
                after[0].clone_from(&before[at]);
                parts.shape().forward(&layer, &mut after[0], &self.pack, &mut self.kept[0]);
            }
            let kept = &mut self.kept[if keeps_all { at } else { 0 }];
            parts.shape().backward((&layer, place), gradients, (&self.x[at], &mut self.dx), &self.pack, (kept, &mut self.work));
        }
        let table = &mut gradients[index.embedding];
        for (&token, dx) in self.pack.tokens.iter().zip(self.dx.chunks_exact(hidden)) {
            let row = &mut table[token as usize * hidden..(token as usize + 1) * hidden];
            row.iter_mut().zip(dx).for_each(|(sum, value)| *sum += value);
        }
    }
}

/// Numbers that a layer keeps for each row.
fn floats_a_row(config: &ModelConfig) -> usize {
    let heads = config.num_attention_heads + config.num_key_value_heads;
    5 * config.hidden_size + 3 * config.intermediate_size + 3 * heads * config.head_dim
}
