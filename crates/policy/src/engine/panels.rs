//! Weights laid out for a few rows at a time. Generation multiplies some dozen rows with every weight again and again, where rearranging a weight inside each product costs as much as the
//! product; here it is done once.

use pulp::{Simd, WithSimd};
use std::ops::Range;

/// Columns of a panel: four vectors of AVX-512, eight of AVX2.
const WIDTH: usize = 64;

/// A linear layer `[out, in]` as panels of [`WIDTH`] outputs, each `[in, WIDTH]`, the last filled up with zeros.
#[derive(Clone, Debug)]
pub(crate) struct Panels {
    data: Vec<f32>,
    inner: usize,
    outer: usize,
    /// One number for each column of the panels.
    bias: Vec<f32>,
}

impl Panels {
    /// `w` is `[out, in]` as in a Hugging Face directory.
    pub(crate) fn new(w: &[f32], bias: Option<&[f32]>, inner: usize) -> Self {
        let outer = w.len() / inner;
        let panels = outer.div_ceil(WIDTH);
        let mut data = vec![0.0; panels * inner * WIDTH];
        for (column, row) in w.chunks_exact(inner).enumerate() {
            let panel = &mut data[column / WIDTH * inner * WIDTH..];
            for (at, value) in row.iter().enumerate() {
                panel[at * WIDTH + column % WIDTH] = *value;
            }
        }
        let mut padded = vec![0.0; panels * WIDTH];
        padded[..outer].copy_from_slice(bias.unwrap_or(&vec![0.0; outer]));
        Self { data, inner, outer, bias: padded }
    }

    /// `y = x * w^T + bias`: `x` is `[rows, in]`, `y` is `[rows, out]`.
    pub(crate) fn apply(&self, y: &mut [f32], x: &[f32]) {
        assert_eq!(x.len() * self.outer, y.len() * self.inner, "x and y have as many rows");
        pulp::Arch::new().dispatch(Product { panels: self, y, x });
    }
}

struct Product<'a> {
    panels: &'a Panels,
    y: &'a mut [f32],
    x: &'a [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Panels { data, inner, outer, bias } = self.panels;
        let (inner, outer) = (*inner, *outer);
        for (panel, (w, bias)) in data.chunks_exact(inner * WIDTH).zip(bias.chunks_exact(WIDTH)).enumerate() {
            let columns = panel * WIDTH..outer.min((panel + 1) * WIDTH);
            // Six rows fill the registers: 24 sums of AVX-512, or 12 of AVX2.
            for (x, y) in self.x.chunks(6 * inner).zip(self.y.chunks_mut(6 * outer)) {
                match x.len() / inner {
                    1 => tile::<S, 1>(simd, y, outer, &columns, x, (w, bias)),
                    2 => tile::<S, 2>(simd, y, outer, &columns, x, (w, bias)),
                    3 => tile::<S, 3>(simd, y, outer, &columns, x, (w, bias)),
                    4 => tile::<S, 4>(simd, y, outer, &columns, x, (w, bias)),
                    5 => tile::<S, 5>(simd, y, outer, &columns, x, (w, bias)),
                    _ => tile::<S, 6>(simd, y, outer, &columns, x, (w, bias)),
                }
            }
        }
    }
}

/// `R` rows of one panel: its weights and biases.
#[inline(always)]
fn tile<S: Simd, const R: usize>(simd: S, y: &mut [f32], outer: usize, columns: &Range<usize>, x: &[f32], panel: (&[f32], &[f32])) {
    let mut sums = [[0.0; WIDTH]; R];
    let mut first = 0;
    while first < WIDTH {
        if S::F32_LANES == 16 {
            strip::<S, R, 4>(simd, &mut sums, first, x, panel);
            first += 4 * S::F32_LANES;
        } else {
            strip::<S, R, 2>(simd, &mut sums, first, x, panel);
            first += 2 * S::F32_LANES;
        }
    }
    for (row, sums) in y.chunks_exact_mut(outer).zip(&sums) {
        row[columns.clone()].copy_from_slice(&sums[..columns.len()]);
    }
}

/// `R` rows of `C` vectors of one panel, held in registers.
#[inline(always)]
fn strip<S: Simd, const R: usize, const C: usize>(
    simd: S,
    sums: &mut [[f32; WIDTH]; R],
    first: usize,
    x: &[f32],
    (w, bias): (&[f32], &[f32]),
) {
    let inner = x.len() / R;
    let (w, bias) = (S::as_simd_f32s(w).0, S::as_simd_f32s(bias).0);
    let (first, step) = (first / S::F32_LANES, WIDTH / S::F32_LANES);
    let mut rows = [x; R];
    for (at, row) in rows.iter_mut().enumerate() {
        *row = &x[at * inner..(at + 1) * inner];
    }
    let mut kept = [[simd.splat_f32s(0.0); C]; R];
    for kept in &mut kept {
        kept.copy_from_slice(&bias[first..first + C]);
    }
    for (at, w) in w.chunks_exact(step).enumerate().take(inner) {
        let w = &w[first..first + C];
        for (kept, row) in kept.iter_mut().zip(&rows) {
            let x = simd.splat_f32s(row[at]);
            for (sum, w) in kept.iter_mut().zip(w) {
                *sum = simd.mul_add_e_f32s(x, *w, *sum);
            }
        }
    }
    for (sums, kept) in sums.iter_mut().zip(&kept) {
        S::as_mut_simd_f32s(sums).0[first..first + C].copy_from_slice(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::matrix::linear;

    #[test]
    fn panels_give_what_the_weight_as_it_is_gives() {
        let numbers = |count: usize, salt: f32| (0..count).map(|at| (at as f32 * 0.37 + salt).sin()).collect::<Vec<f32>>();
        for (rows, inner, outer) in [(1, 1, 1), (3, 5, 7), (6, 64, 64), (7, 33, 65), (13, 128, 200), (64, 40, 130)] {
            let (x, w, bias) = (numbers(rows * inner, 0.1), numbers(outer * inner, 2.0), numbers(outer, 5.0));
            for bias in [None, Some(bias.as_slice())] {
                let (mut expected, mut y) = (vec![0.0; rows * outer], vec![f32::NAN; rows * outer]);
                linear(&mut expected, &x, &w, bias, rows, inner);
                Panels::new(&w, bias, inner).apply(&mut y, &x);
                for (y, expected) in y.iter().zip(&expected) {
                    assert!((y - expected).abs() < 1e-4, "{rows} x {inner} x {outer}: {y} instead of {expected}");
                }
            }
        }
    }
}
