//! One decoder layer, forward and backward, over the rows of a [`Pack`].

use super::attention::{self, Heads, Inputs};
use super::kernels::{Rotary, gated, gated_backward, rms_norm, rms_norm_backward};
use super::matrix::{Into, LinearGradient, linear, linear_input};
use super::pack::Pack;
use super::weights::{Layer, LayerIndex, pair};
use crate::ModelConfig;

/// What a layer computes on the way and its backward pass needs. Buffers are used again for the next layer and batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Activations {
    /// Normalised input, `[rows, hidden]`, and `1 / rms` of each row.
    normed: Vec<f32>,
    inverse: Vec<f32>,
    /// Before norms of heads and rotation, only with norms of heads.
    raw_q: Vec<f32>,
    raw_k: Vec<f32>,
    q_inverse: Vec<f32>,
    k_inverse: Vec<f32>,
    q: Vec<f32>,
    k: Vec<f32>,
    v: Vec<f32>,
    attended: Vec<f32>,
    /// The residual stream between attention and feed-forward, `[rows, hidden]`.
    middle: Vec<f32>,
    normed_middle: Vec<f32>,
    inverse_middle: Vec<f32>,
    gate: Vec<f32>,
    up: Vec<f32>,
    product: Vec<f32>,
}

impl Activations {
    /// Keys of the layer that was computed last, rotated, `[rows, key_heads * head_dim]`.
    pub(crate) fn keys(&self) -> &[f32] {
        &self.k
    }

    /// Its values.
    pub(crate) fn values(&self) -> &[f32] {
        &self.v
    }
}

/// Gives a buffer this length; what is in it has no meaning.
fn sized(buffer: &mut Vec<f32>, length: usize) -> &mut [f32] {
    buffer.resize(length, 0.0);
    buffer
}

/// As [`sized`], with zeros.
fn zeroed(buffer: &mut Vec<f32>, length: usize) -> &mut [f32] {
    buffer.clear();
    buffer.resize(length, 0.0);
    buffer
}

/// What all layers have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape<'a> {
    pub(crate) config: &'a ModelConfig,
    pub(crate) rotary: &'a Rotary,
}

impl Shape<'_> {
    pub(crate) fn heads(&self) -> Heads {
        let ModelConfig { num_attention_heads: query_heads, num_key_value_heads: key_heads, head_dim: width, .. } = *self.config;
        Heads { query_heads, key_heads, width }
    }

    pub(crate) fn epsilon(&self) -> f32 {
        self.config.rms_norm_eps as f32
    }

    fn rotate(&self, rows: &mut [f32], heads: usize, positions: &[usize], sign: f32) {
        let width = self.config.head_dim;
        for (row, &position) in rows.chunks_exact_mut(heads * width).zip(positions) {
            row.chunks_exact_mut(width).for_each(|head| self.rotary.turn(head, position, sign));
        }
    }

    /// `x` becomes the layer's output.
    pub(crate) fn forward(&self, layer: &Layer<'_>, x: &mut [f32], pack: &Pack, kept: &mut Activations) {
        let config = self.config;
        let (rows, hidden, inner, heads) = (pack.rows(), config.hidden_size, config.intermediate_size, self.heads());
        let (queries, keys) = (heads.query_heads * heads.width, heads.key_heads * heads.width);
        rms_norm(sized(&mut kept.normed, rows * hidden), sized(&mut kept.inverse, rows), x, layer.input_norm, self.epsilon());
        linear(sized(&mut kept.q, rows * queries), &kept.normed, layer.q, layer.q_bias, rows, hidden);
        linear(sized(&mut kept.k, rows * keys), &kept.normed, layer.k, layer.k_bias, rows, hidden);
        linear(sized(&mut kept.v, rows * keys), &kept.normed, layer.v, layer.v_bias, rows, hidden);
        if let (Some(q_norm), Some(k_norm)) = (layer.q_norm, layer.k_norm) {
            kept.raw_q.clone_from(&kept.q);
            kept.raw_k.clone_from(&kept.k);
            rms_norm(&mut kept.q, sized(&mut kept.q_inverse, rows * heads.query_heads), &kept.raw_q, q_norm, self.epsilon());
            rms_norm(&mut kept.k, sized(&mut kept.k_inverse, rows * heads.key_heads), &kept.raw_k, k_norm, self.epsilon());
        }
        self.rotate(&mut kept.q, heads.query_heads, &pack.positions, 1.0);
        self.rotate(&mut kept.k, heads.key_heads, &pack.positions, 1.0);
        let inputs = Inputs { q: &kept.q, k: &kept.k, v: &kept.v, heads };
        attention::forward(sized(&mut kept.attended, rows * queries), &inputs, pack);
        linear(sized(&mut kept.middle, rows * hidden), &kept.attended, layer.o, None, rows, queries);
        kept.middle.iter_mut().zip(&*x).for_each(|(sum, x)| *sum += x);
        let normed = sized(&mut kept.normed_middle, rows * hidden);
        rms_norm(normed, sized(&mut kept.inverse_middle, rows), &kept.middle, layer.middle_norm, self.epsilon());
        linear(sized(&mut kept.gate, rows * inner), &kept.normed_middle, layer.gate, None, rows, hidden);
        linear(sized(&mut kept.up, rows * inner), &kept.normed_middle, layer.up, None, rows, hidden);
        gated(sized(&mut kept.product, rows * inner), &kept.gate, &kept.up);
        linear(x, &kept.product, layer.down, None, rows, inner);
        x.iter_mut().zip(&kept.middle).for_each(|(x, middle)| *x += middle);
    }

    /// `dx` is the gradient of the layer's output and becomes that of its input `x`. Adds to the gradients of the layer's weights, and uses up what
    /// [`forward`](Self::forward) kept.
    pub(crate) fn backward(
        &self,
        (layer, at): (&Layer<'_>, &LayerIndex),
        gradients: &mut [Vec<f32>],
        (x, dx): (&[f32], &mut [f32]),
        pack: &Pack,
        (kept, work): (&mut Activations, &mut Work),
    ) {
        let config = self.config;
        let (rows, hidden, inner, heads) = (pack.rows(), config.hidden_size, config.intermediate_size, self.heads());
        let (queries, keys) = (heads.query_heads * heads.width, heads.key_heads * heads.width);
        // Feed-forward.
        LinearGradient { w: &mut gradients[at.down], bias: None }.add(dx, &kept.product, rows);
        linear_input(sized(&mut work.inner, rows * inner), Into::Set, dx, layer.down, rows, inner);
        gated_backward(&work.inner, &mut kept.gate, &mut kept.up);
        LinearGradient { w: &mut gradients[at.gate], bias: None }.add(&kept.gate, &kept.normed_middle, rows);
        LinearGradient { w: &mut gradients[at.up], bias: None }.add(&kept.up, &kept.normed_middle, rows);
        linear_input(sized(&mut work.hidden, rows * hidden), Into::Set, &kept.gate, layer.gate, rows, hidden);
        linear_input(&mut work.hidden, Into::Add, &kept.up, layer.up, rows, hidden);
        rms_norm_backward(dx, &mut gradients[at.middle_norm], &work.hidden, &kept.middle, layer.middle_norm, &kept.inverse_middle);
        // Attention.
        LinearGradient { w: &mut gradients[at.o], bias: None }.add(dx, &kept.attended, rows);
        linear_input(sized(&mut work.attended, rows * queries), Into::Set, dx, layer.o, rows, queries);
        zeroed(&mut work.q, rows * queries);
        zeroed(&mut work.k, rows * keys);
        zeroed(&mut work.v, rows * keys);
        let inputs = Inputs { q: &kept.q, k: &kept.k, v: &kept.v, heads };
        let mut added = attention::Gradients { q: &mut work.q, k: &mut work.k, v: &mut work.v };
        attention::backward(&mut added, &kept.attended, &work.attended, &inputs, pack);
        self.rotate(&mut work.q, heads.query_heads, &pack.positions, -1.0);
        self.rotate(&mut work.k, heads.key_heads, &pack.positions, -1.0);
        if let (Some(q_norm), Some(k_norm), Some(q_at), Some(k_at)) = (layer.q_norm, layer.k_norm, at.q_norm, at.k_norm) {
            let mut normed = |gradient: &mut Vec<f32>, weight: &[f32], at: usize, raw: &[f32], inverse: &[f32]| {
                let before = std::mem::take(gradient);
                rms_norm_backward(zeroed(gradient, raw.len()), &mut gradients[at], &before, raw, weight, inverse);
            };
            normed(&mut work.q, q_norm, q_at, &kept.raw_q, &kept.q_inverse);
            normed(&mut work.k, k_norm, k_at, &kept.raw_k, &kept.k_inverse);
        }
        for (gradient, weight, at, how) in [
            (&work.q, layer.q, (at.q, at.q_bias), Into::Set),
            (&work.k, layer.k, (at.k, at.k_bias), Into::Add),
            (&work.v, layer.v, (at.v, at.v_bias), Into::Add),
        ] {
            let (w, bias) = pair(gradients, at.0, at.1);
            LinearGradient { w, bias }.add(gradient, &kept.normed, rows);
            linear_input(sized(&mut work.hidden, rows * hidden), how, gradient, weight, rows, hidden);
        }
        rms_norm_backward(dx, &mut gradients[at.input_norm], &work.hidden, x, layer.input_norm, &kept.inverse);
    }
}

/// Buffers of the backward pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    inner: Vec<f32>,
    hidden: Vec<f32>,
    attended: Vec<f32>,
    q: Vec<f32>,
    k: Vec<f32>,
    v: Vec<f32>,
}
