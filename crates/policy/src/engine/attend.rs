//! Attention of one query over what was read and drawn before it, which is where generation spends its time on long texts.

use super::kernels::{add_scaled, dot, softmax};
use pulp::{Simd, WithSimd};

/// Keys and values of some positions: rows of `key_heads * width` numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) keys: &'a [f32],
    pub(crate) values: &'a [f32],
}

/// One row of queries against a prompt and the response's own tokens: `out = softmax(q k^T / sqrt(width)) v` for every head.
#[derive(Debug)]
pub(crate) struct Attend<'a> {
    /// `query_heads * width` numbers, as in `out`.
    pub(crate) q: &'a [f32],
    pub(crate) seen: [Seen<'a>; 2],
    pub(crate) out: &'a mut [f32],
    pub(crate) width: usize,
    pub(crate) key_heads: usize,
    pub(crate) scores: &'a mut Vec<f32>,
}

impl Attend<'_> {
    pub(crate) fn run(self) {
        pulp::Arch::new().dispatch(self);
    }
}

impl WithSimd for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { q, seen, out, width, key_heads, scores } = self;
        let (stride, scale) = (key_heads * width, 1.0 / (width as f32).sqrt());
        let queries_a_key = q.len() / stride;
        scores.resize(seen.iter().map(|seen| seen.keys.len() / stride).sum(), 0.0);
        for (head, (q, out)) in q.chunks_exact(width).zip(out.chunks_exact_mut(width)).enumerate() {
            let first = head / queries_a_key * width;
            let mut rest = &mut scores[..];
            for Seen { keys, .. } in seen {
                let (these, others) = rest.split_at_mut(keys.len() / stride);
                for (score, row) in these.iter_mut().zip(keys.chunks_exact(stride)) {
                    *score = product(simd, q, &row[first..first + width]) * scale;
                }
                rest = others;
            }
            softmax(scores);
            out.fill(0.0);
            let mut rest = &scores[..];
            for Seen { values, .. } in seen {
                let (these, others) = rest.split_at(values.len() / stride);
                add_weighted(simd, out, these, values, stride, first);
                rest = others;
            }
        }
    }
}

/// The inner product of two slices.
#[inline(always)]
fn product<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> f32 {
    let ((a, rest_a), (b, rest_b)) = (S::as_simd_f32s(a), S::as_simd_f32s(b));
    let mut sum = simd.splat_f32s(0.0);
    for (a, b) in a.iter().zip(b) {
        sum = simd.mul_add_e_f32s(*a, *b, sum);
    }
    simd.reduce_sum_f32s(sum) + dot(rest_a, rest_b)
}

/// `out += weights * rows`: of rows of `stride` numbers those from `first` on.
#[inline(always)]
fn add_weighted<S: Simd>(simd: S, out: &mut [f32], weights: &[f32], rows: &[f32], stride: usize, first: usize) {
    // Four vectors of sums stay in registers.
    let block = 4 * S::F32_LANES;
    let mut column = 0;
    while column + block <= out.len() {
        let (sums, _) = S::as_mut_simd_f32s(&mut out[column..column + block]);
        let mut kept = [sums[0], sums[1], sums[2], sums[3]];
        for (weight, row) in weights.iter().zip(rows.chunks_exact(stride)) {
            let weight = simd.splat_f32s(*weight);
            let (row, _) = S::as_simd_f32s(&row[first + column..first + column + block]);
            for (sum, value) in kept.iter_mut().zip(row) {
                *sum = simd.mul_add_e_f32s(weight, *value, *sum);
            }
        }
        sums.copy_from_slice(&kept);
        column += block;
    }
    let out = &mut out[column..];
    if !out.is_empty() {
        for (weight, row) in weights.iter().zip(rows.chunks_exact(stride)) {
            add_scaled(out, *weight, &row[first + column..first + column + out.len()]);
        }
    }
}
