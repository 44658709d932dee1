//! Sequences as one block of numbers: padded at the end, cut into pieces that fit the memory of a device.

use crate::{ModelConfig, Sequence};
use candle_core::{Device, Result, Tensor};
use std::ops::Range;

/// Tokens, padding included, that go through the model at once. What a layer keeps for its backward pass grows with it.
const TOKENS: usize = 16_384;

/// Pieces of a batch: neighbouring sequences, padded to the longest.
pub(super) fn pieces(sequences: &[Sequence<'_>]) -> Vec<Range<usize>> {
    let (mut pieces, mut start, mut longest) = (Vec::new(), 0, 0);
    for (at, sequence) in sequences.iter().enumerate() {
        let length = length(sequence);
        if at > start && longest.max(length) * (at + 1 - start) > TOKENS {
            pieces.push(start..at);
            (start, longest) = (at, 0);
        }
        longest = longest.max(length);
    }
    if start < sequences.len() {
        pieces.push(start..sequences.len());
    }
    pieces
}

/// Tokens that go into the model: nothing is predicted from the last.
fn length(sequence: &Sequence<'_>) -> usize {
    sequence.prompt.len() + sequence.response.len() - 1
}

/// The most tokens of a sequence that go into the model.
pub(super) fn longest(sequences: &[Sequence<'_>]) -> usize {
    sequences.iter().map(length).max().unwrap_or(0)
}

/// A piece on the device.
pub(super) struct Batch {
    /// `[sequences, length]`; padding, which stands behind everything that can see it, is token 0.
    pub(super) tokens: Tensor,
    /// Rows of `[sequences * length]` from which a response token is predicted, sequence after sequence.
    pub(super) rows: Tensor,
    /// What is predicted there.
    pub(super) targets: Tensor,
    pub(super) length: usize,
}

impl Batch {
    pub(super) fn new(sequences: &[Sequence<'_>], device: &Device) -> Result<Self> {
        let length = longest(sequences);
        let (mut tokens, mut rows, mut targets) = (Vec::with_capacity(sequences.len() * length), Vec::new(), Vec::new());
        for (at, sequence) in sequences.iter().enumerate() {
            let seen = &sequence.response[..sequence.response.len() - 1];
            tokens.extend(sequence.prompt.iter().chain(seen));
            tokens.resize((at + 1) * length, 0);
            let first = at * length + sequence.prompt.len() - 1;
            rows.extend((first..first + sequence.response.len()).map(|row| row as u32));
            targets.extend_from_slice(sequence.response);
        }
        Ok(Self {
            tokens: Tensor::from_vec(tokens, (sequences.len(), length), device)?,
            rows: Tensor::new(rows, device)?,
            targets: Tensor::new(targets, device)?,
            length,
        })
    }
}

/// Cosines and sines of the rotary embedding, `[positions, head_dim / 2]` each.
pub(super) fn rotary(config: &ModelConfig, positions: &[usize], device: &Device) -> Result<(Tensor, Tensor)> {
    let half = config.head_dim / 2;
    let angle = |position: usize, i: usize| position as f64 * config.rope_theta.powf(-2.0 * i as f64 / config.head_dim as f64);
    let angles = positions.iter().flat_map(|&position| (0..half).map(move |i| angle(position, i)));
    let (cos, sin): (Vec<f32>, Vec<f32>) = angles.map(|angle| (angle.cos() as f32, angle.sin() as f32)).unzip();
    let shape = (positions.len(), half);
    Ok((Tensor::from_vec(cos, shape, device)?, Tensor::from_vec(sin, shape, device)?))
}

/// What is added to scores of `[length, length]`, so that nothing looks ahead.
pub(super) fn causal(length: usize, device: &Device) -> Result<Tensor> {
    let ahead = |at: usize| if at % length > at / length { f32::NEG_INFINITY } else { 0.0 };
    Tensor::from_vec((0..length * length).map(ahead).collect::<Vec<f32>>(), (1, 1, length, length), device)
}
