//! One layer and the output layer, as functions of weights that may have a gradient or not.

use crate::ModelConfig;
use crate::engine::LayerIndex;
use candle_core::{D, Result, Tensor};

/// `x / rms(x) * weight` over the last dimension.
pub(super) fn rms_norm(x: &Tensor, weight: &Tensor, epsilon: f64) -> Result<Tensor> {
    let mean = x.sqr()?.mean_keepdim(D::Minus1)?;
    x.broadcast_div(&(mean + epsilon)?.sqrt()?)?.broadcast_mul(weight)
}

/// A linear layer on `[.., in]`, with a weight of `[out, in]`.
fn linear(x: &Tensor, weight: &Tensor, bias: Option<&Tensor>) -> Result<Tensor> {
    let mut shape = x.dims().to_vec();
    let inputs = shape.pop().unwrap_or(1);
    shape.push(weight.dim(0)?);
    let y = x.reshape(((), inputs))?.matmul(&weight.t()?)?.reshape(shape)?;
    match bias {
        Some(bias) => y.broadcast_add(bias),
        None => Ok(y),
    }
}

/// Turns the two halves of each head, `[batch, heads, length, head_dim]`, by angles that broadcast to `[batch, heads, length, head_dim / 2]`.
fn rotate(x: &Tensor, (cos, sin): (&Tensor, &Tensor)) -> Result<Tensor> {
    let half = x.dim(D::Minus1)? / 2;
    let (first, second) = (x.narrow(D::Minus1, 0, half)?, x.narrow(D::Minus1, half, half)?);
    let turned_first = (first.broadcast_mul(cos)? - second.broadcast_mul(sin)?)?;
    let turned_second = (second.broadcast_mul(cos)? + first.broadcast_mul(sin)?)?;
    Tensor::cat(&[turned_first, turned_second], D::Minus1)
}

/// Softmax over the last dimension. Its shift needs no gradient: it changes nothing.
fn softmax(x: &Tensor) -> Result<Tensor> {
    let powers = x.broadcast_sub(&x.detach().max_keepdim(D::Minus1)?)?.exp()?;
    powers.broadcast_div(&powers.sum_keepdim(D::Minus1)?)
}

/// Its logarithm.
pub(super) fn log_softmax(x: &Tensor) -> Result<Tensor> {
    let shifted = x.broadcast_sub(&x.detach().max_keepdim(D::Minus1)?)?;
    shifted.broadcast_sub(&shifted.exp()?.sum_keepdim(D::Minus1)?.log()?)
}

/// The weights of one layer.
#[derive(Clone, Copy)]
pub(super) struct Layer<'a> {
    pub(super) config: &'a ModelConfig,
    pub(super) at: &'a LayerIndex,
    pub(super) weights: &'a [Tensor],
}

impl Layer<'_> {
    fn one(&self, at: usize) -> &Tensor {
        &self.weights[at]
    }

    fn maybe(&self, at: Option<usize>) -> Option<&Tensor> {
        at.map(|at| self.one(at))
    }

    /// Queries, keys and values of `x`, `[batch, length, hidden]`, normalised and rotated: `[batch, heads, length, head_dim]`.
    pub(super) fn heads(&self, x: &Tensor, angles: (&Tensor, &Tensor)) -> Result<(Tensor, Tensor, Tensor)> {
        let (config, at) = (self.config, self.at);
        let (batch, length, _) = x.dims3()?;
        let normed = rms_norm(x, self.one(at.input_norm), config.rms_norm_eps)?;
        let split = |weight: usize, bias: Option<usize>, heads: usize, norm: Option<usize>| {
            let y = linear(&normed, self.one(weight), self.maybe(bias))?.reshape((batch, length, heads, config.head_dim))?;
            let y = match self.maybe(norm) {
                Some(norm) => rms_norm(&y, norm, config.rms_norm_eps)?,
                None => y,
            };
            y.transpose(1, 2)?.contiguous()
        };
        let q = split(at.q, at.q_bias, config.num_attention_heads, at.q_norm)?;
        let k = split(at.k, at.k_bias, config.num_key_value_heads, at.k_norm)?;
        let v = split(at.v, at.v_bias, config.num_key_value_heads, None)?;
        Ok((rotate(&q, angles)?, rotate(&k, angles)?, v))
    }

    /// The layer's output, from its input and its heads. `mask` broadcasts to `[batch, heads, queries, keys]`.
    pub(super) fn rest(&self, x: &Tensor, (q, k, v): (&Tensor, &Tensor, &Tensor), mask: &Tensor) -> Result<Tensor> {
        let (config, at) = (self.config, self.at);
        let (batch, length, hidden) = x.dims3()?;
        let (key_heads, width) = (config.num_key_value_heads, config.head_dim);
        let group = config.num_attention_heads / key_heads;
        // The queries that share a key head are rows of one product.
        let q = q.reshape((batch, key_heads, group * length, width))?;
        let scores = (q.matmul(&k.t()?)? / (width as f64).sqrt())?;
        let keys = k.dim(2)?;
        let scores = scores.reshape((batch, key_heads * group, length, keys))?.broadcast_add(mask)?;
        let shares = softmax(&scores)?.reshape((batch, key_heads, group * length, keys))?;
        let attended = shares.matmul(v)?.reshape((batch, key_heads * group, length, width))?.transpose(1, 2)?;
        let attended = attended.reshape((batch, length, key_heads * group * width))?;
        let middle = (x + linear(&attended, self.one(at.o), None)?)?;
        let normed = rms_norm(&middle, self.one(at.middle_norm), config.rms_norm_eps)?.reshape((batch, length, hidden))?;
        let gate = linear(&normed, self.one(at.gate), None)?.silu()?;
        let product = (gate * linear(&normed, self.one(at.up), None)?)?;
        middle + linear(&product, self.one(at.down), None)?
    }

    /// The whole layer over sequences from their first token.
    pub(super) fn forward(&self, x: &Tensor, angles: (&Tensor, &Tensor), mask: &Tensor) -> Result<Tensor> {
        let (q, k, v) = self.heads(x, angles)?;
        self.rest(x, (&q, &k, &v), mask)
    }
}

/// Logits over the temperature, `[rows, vocabulary]`, of outputs of the last layer, `[rows, hidden]`.
pub(super) fn logits(x: &Tensor, (norm, output): (&Tensor, &Tensor), epsilon: f64, temperature: f32) -> Result<Tensor> {
    linear(&rms_norm(x, norm, epsilon)?, output, None)? / f64::from(temperature)
}
