//! The last norm and the output layer: from rows to log-probabilities of tokens, and back.

use super::kernels::{rms_norm, rms_norm_backward, softmax_and_entropy};
use super::matrix::{Into, LinearGradient, linear, linear_input};
use super::pack::{Pack, Target};
use super::panels::Panels;
use crate::Scores;

/// Rows whose logits are computed at once.
const BLOCK: usize = 256;

/// So many probabilities are kept for the backward pass; beyond, they are computed again.
const MOST_KEPT: usize = 16 << 20;

/// Rows that something is predicted from, and what was predicted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Output {
    /// Their indices, ascending.
    rows: Vec<usize>,
    /// The targets of each, as a range of the pack's.
    ranges: Vec<std::ops::Range<usize>>,
    /// Before and after the norm, `[rows, hidden]`, and `1 / rms`.
    x: Vec<f32>,
    normed: Vec<f32>,
    inverse: Vec<f32>,
    /// Probabilities, `[rows, vocabulary]`; empty if too many.
    probabilities: Vec<f32>,
    dx: Vec<f32>,
    dnormed: Vec<f32>,
    block: Vec<f32>,
}

/// The weights of the last two layers, and what logits are divided by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    pub(crate) norm: &'a [f32],
    pub(crate) output: &'a [f32],
    pub(crate) epsilon: f32,
    pub(crate) temperature: f32,
}

impl Head<'_> {
    fn vocabulary(&self) -> usize {
        self.output.len() / self.norm.len()
    }

    /// Logits over the temperature, `[rows, vocabulary]`, of rows that were normalised.
    fn logits(&self, logits: &mut [f32], normed: &[f32]) {
        let hidden = self.norm.len();
        linear(logits, normed, self.output, None, normed.len() / hidden, hidden);
        self.temper(logits);
    }

    fn temper(&self, logits: &mut [f32]) {
        if self.temperature != 1.0 {
            let inverse = 1.0 / self.temperature;
            logits.iter_mut().for_each(|value| *value *= inverse);
        }
    }

    /// Logits over the temperature of rows as they leave the last layer, by the output layer laid out for few rows.
    pub(crate) fn logits_by(&self, output: &Panels, logits: &mut Vec<f32>, normed: &mut Vec<f32>, x: &[f32]) {
        let rows = x.len() / self.norm.len();
        normed.resize(x.len(), 0.0);
        rms_norm(normed, &mut vec![0.0; rows], x, self.norm, self.epsilon);
        logits.resize(rows * self.vocabulary(), 0.0);
        output.apply(logits, normed);
        self.temper(logits);
    }

    /// What the model says of every target. `keep` says whether a backward pass follows.
    pub(crate) fn forward(&self, kept: &mut Output, x: &[f32], pack: &Pack, scores: &mut Scores, keep: bool) {
        let (hidden, vocabulary) = (self.norm.len(), self.vocabulary());
        kept.find_rows(&pack.targets);
        kept.x.clear();
        for &row in &kept.rows {
            kept.x.extend_from_slice(&x[row * hidden..(row + 1) * hidden]);
        }
        kept.normed.resize(kept.x.len(), 0.0);
        kept.inverse.resize(kept.rows.len(), 0.0);
        rms_norm(&mut kept.normed, &mut kept.inverse, &kept.x, self.norm, self.epsilon);
        let keep = keep && kept.rows.len() * vocabulary <= MOST_KEPT;
        kept.probabilities.clear();
        for (at, normed) in kept.normed.chunks(BLOCK * hidden).enumerate() {
            let rows = normed.len() / hidden;
            kept.block.resize(rows * vocabulary, 0.0);
            self.logits(&mut kept.block, normed);
            for (row, ranges) in kept.block.chunks_exact_mut(vocabulary).zip(&kept.ranges[at * BLOCK..]) {
                let targets = &pack.targets[ranges.clone()];
                for target in targets {
                    scores.logprobs[target.sequence][target.at] = row[target.token as usize];
                }
                let (logarithm, entropy) = softmax_and_entropy(row);
                for target in targets {
                    scores.logprobs[target.sequence][target.at] -= logarithm;
                    scores.entropies[target.sequence][target.at] = entropy;
                }
            }
            if keep {
                kept.probabilities.extend_from_slice(&kept.block);
            }
        }
    }

    /// The backward pass: `slopes` are derivatives by log-probabilities. Adds to the gradients of both weights, and writes `dx`, `[rows of the pack, hidden]`.
    pub(crate) fn backward(
        &self,
        kept: &mut Output,
        slopes: &[Vec<f32>],
        pack: &Pack,
        dx: &mut [f32],
        (dnorm, doutput): (&mut [f32], &mut [f32]),
    ) {
        let (hidden, vocabulary) = (self.norm.len(), self.vocabulary());
        kept.dnormed.resize(kept.x.len(), 0.0);
        let blocks = kept.normed.chunks(BLOCK * hidden).zip(kept.dnormed.chunks_mut(BLOCK * hidden));
        for (at, (normed, dnormed)) in blocks.enumerate() {
            let rows = normed.len() / hidden;
            kept.block.resize(rows * vocabulary, 0.0);
            let place = at * BLOCK * vocabulary..(at * BLOCK + rows) * vocabulary;
            match kept.probabilities.get(place) {
                Some(probabilities) => kept.block.copy_from_slice(probabilities),
                None => {
                    self.logits(&mut kept.block, normed);
                    kept.block.chunks_exact_mut(vocabulary).for_each(|row| {
                        softmax_and_entropy(row);
                    });
                }
            }
            // d logp(t) / d z = (1[t] - p) / temperature, summed over the targets of the row.
            for (row, ranges) in kept.block.chunks_exact_mut(vocabulary).zip(&kept.ranges[at * BLOCK..]) {
                let targets = &pack.targets[ranges.clone()];
                let slope = |target: &Target| slopes[target.sequence][target.at] / self.temperature;
                let total: f32 = targets.iter().map(slope).sum();
                row.iter_mut().for_each(|p| *p *= -total);
                targets.iter().for_each(|target| row[target.token as usize] += slope(target));
            }
            LinearGradient { w: doutput, bias: None }.add(&kept.block, normed, rows);
            linear_input(dnormed, Into::Set, &kept.block, self.output, rows, hidden);
        }
        kept.dx.clear();
        kept.dx.resize(kept.x.len(), 0.0);
        rms_norm_backward(&mut kept.dx, dnorm, &kept.dnormed, &kept.x, self.norm, &kept.inverse);
        dx.fill(0.0);
        for (row, from) in kept.rows.iter().zip(kept.dx.chunks_exact(hidden)) {
            dx[row * hidden..(row + 1) * hidden].copy_from_slice(from);
        }
    }
}

impl Output {
    /// Collects the rows that have targets.
    fn find_rows(&mut self, targets: &[Target]) {
        self.rows.clear();
        self.ranges.clear();
        for (at, target) in targets.iter().enumerate() {
            if self.rows.last() == Some(&target.row) {
                self.ranges.last_mut().expect("a row has a range").end = at + 1;
            } else {
                self.rows.push(target.row);
                self.ranges.push(at..at + 1);
            }
        }
    }
}
