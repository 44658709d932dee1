//! What is done to single numbers and rows: norms, rotary embedding, the gate, softmax. Each backward pass stands beside its forward pass.

/// Defines a function whose loops run with the widest vectors that this processor has.
///
/// Its body becomes part of the dispatch. A closure or a function given to the dispatch would not: it stays a function of its own, compiled for the oldest processors.
macro_rules! vectorised {
    ($(#[$attribute:meta])* $visibility:vis fn $name:ident<$lifetime:lifetime>($($argument:ident: $type:ty),* $(,)?) -> $output:ty $body:block) => {
        $(#[$attribute])*
        $visibility fn $name<$lifetime>($($argument: $type),*) -> $output {
            struct Kernel<$lifetime> {
                $($argument: $type),*
            }
            impl<$lifetime> pulp::WithSimd for Kernel<$lifetime> {
                type Output = $output;

                #[inline(always)]
                fn with_simd<S: pulp::Simd>(self, _: S) -> $output {
                    let Self { $($argument),* } = self;
                    $body
                }
            }
            pulp::Arch::new().dispatch(Kernel { $($argument),* })
        }
    };
}
pub(crate) use vectorised;

/// `e^x` for `x <= 88`, to two units in the last place: by 2^n times a polynomial of degree 6, without branches, so that loops over it are vectorised.
/// Cody-Waite reduction and coefficients as in Cephes `expf` (S. L. Moshier, public domain).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    // Adding 1.5 * 2^23 rounds to a whole number.
    let n = (x * std::f32::consts::LOG2_E + 12_582_912.0) - 12_582_912.0;
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let p = 1.987_569_1e-4_f32;
    let p = p * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 0.166_666_66;
    let p = p * r + 0.5;
    let value = p * r * r + r + 1.0;
    // 2^n by its exponent bits: n is within -126..=127.
    value * f32::from_bits(((n as i32 + 127) as u32) << 23)
}

/// The sum of a slice in eight lanes, so that it can be vectorised and is the same on every run.
#[inline(always)]
fn sum(values: impl ExactSizeIterator<Item = f32>) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (at, value) in values.enumerate() {
        lanes[at % 8] += value;
    }
    lanes.iter().sum()
}

/// The inner product of two slices.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 16];
    let (chunks_a, chunks_b) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = chunks_a.remainder().iter().zip(chunks_b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in chunks_a.zip(chunks_b) {
        for lane in 0..16 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    across(lanes) + rest
}

/// The sum of lanes in halves, which is a few vector operations.
#[inline(always)]
fn across(mut lanes: [f32; 16]) -> f32 {
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
    }
    lanes[0]
}

/// `y += a * x`.
#[inline(always)]
pub(crate) fn add_scaled(y: &mut [f32], a: f32, x: &[f32]) {
    y.iter_mut().zip(x).for_each(|(y, x)| *y += a * x);
}

vectorised! {
    /// `y = x / rms(x) * w` row by row; keeps `1 / rms` of each row.
    pub(crate) fn rms_norm<'a>(y: &'a mut [f32], inverse: &'a mut [f32], x: &'a [f32], w: &'a [f32], epsilon: f32) -> () {
        let width = w.len();
        for ((y, x), inverse) in y.chunks_exact_mut(width).zip(x.chunks_exact(width)).zip(inverse) {
            *inverse = 1.0 / (dot(x, x) / width as f32 + epsilon).sqrt();
            for ((y, x), w) in y.iter_mut().zip(x).zip(w) {
                *y = x * *inverse * w;
            }
        }
    }
}

vectorised! {
    /// The backward pass of [`rms_norm`]: adds to `dx` and `dw`.
    pub(crate) fn rms_norm_backward<'a>(dx: &'a mut [f32], dw: &'a mut [f32], dy: &'a [f32], x: &'a [f32], w: &'a [f32], inverse: &'a [f32]) -> () {
        let width = w.len();
        for (((dx, dy), x), inverse) in dx.chunks_exact_mut(width).zip(dy.chunks_exact(width)).zip(x.chunks_exact(width)).zip(inverse) {
            let along = sum(dy.iter().zip(x).zip(w).map(|((dy, x), w)| dy * x * w)) * inverse * inverse * inverse / width as f32;
            for ((((dx, dw), dy), x), w) in dx.iter_mut().zip(dw.iter_mut()).zip(dy).zip(x).zip(w) {
                *dx += dy * w * inverse - x * along;
                *dw += dy * x * inverse;
            }
        }
    }
}

vectorised! {
    /// `m = silu(gate) * up`.
    pub(crate) fn gated<'a>(m: &'a mut [f32], gate: &'a [f32], up: &'a [f32]) -> () {
        for ((m, gate), up) in m.iter_mut().zip(gate).zip(up) {
            *m = gate / (1.0 + exp(-gate)) * up;
        }
    }
}

vectorised! {
    /// The backward pass of [`gated`], in place: `gate` and `up` become their gradients.
    pub(crate) fn gated_backward<'a>(dm: &'a [f32], gate: &'a mut [f32], up: &'a mut [f32]) -> () {
        for ((dm, gate), up) in dm.iter().zip(gate).zip(up) {
            let sigmoid = 1.0 / (1.0 + exp(-*gate));
            let silu = *gate * sigmoid;
            let slope = sigmoid * (1.0 + *gate * (1.0 - sigmoid));
            (*gate, *up) = (dm * *up * slope, dm * silu);
        }
    }
}

/// The largest of a slice, in lanes; minus infinity if there is none.
#[inline(always)]
fn largest(values: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; 16];
    let chunks = values.chunks_exact(16);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane = if *value > *lane { *value } else { *lane };
        }
    }
    lanes.iter().chain(rest).copied().fold(f32::NEG_INFINITY, f32::max)
}

/// Turns a row into probabilities, and gives the logarithm of what they were divided by: `ln(sum(exp(x)))`.
#[inline(always)]
pub(crate) fn softmax(row: &mut [f32]) -> f32 {
    let largest = largest(row);
    row.iter_mut().for_each(|value| *value = exp(*value - largest));
    let mut lanes = [0.0_f32; 16];
    let chunks = row.chunks_exact(16);
    let rest: f32 = chunks.remainder().iter().sum();
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(lane, value)| *lane += value);
    }
    let total = across(lanes) + rest;
    let inverse = 1.0 / total;
    row.iter_mut().for_each(|value| *value *= inverse);
    largest + total.ln()
}

vectorised! {
    /// As [`softmax`], and gives the entropy of the probabilities too, in nats.
    pub(crate) fn softmax_and_entropy<'a>(row: &'a mut [f32]) -> (f32, f32) {
        let largest = largest(row);
        let (mut total, mut weighted) = ([0.0_f32; 8], [0.0_f32; 8]);
        for chunk in row.chunks_mut(8) {
            for ((value, total), weighted) in chunk.iter_mut().zip(&mut total).zip(&mut weighted) {
                let below = *value - largest;
                *value = exp(below);
                *total += *value;
                // Far below, the product is 0, where infinity times 0 would not be.
                *weighted += *value * below.max(-1e30);
            }
        }
        let (total, weighted) = (total.iter().sum::<f32>(), weighted.iter().sum::<f32>());
        let inverse = 1.0 / total;
        row.iter_mut().for_each(|value| *value *= inverse);
        (largest + total.ln(), (total.ln() - weighted * inverse).max(0.0))
    }
}

/// Cosines and sines by position: `[positions, head_dim / 2]` each.
#[derive(Clone, Debug)]
pub(crate) struct Rotary {
    half: usize,
    cos: Vec<f32>,
    sin: Vec<f32>,
}

impl Rotary {
    /// For positions below `positions`, with frequencies `theta^(-2i / head_dim)`.
    pub(crate) fn new(positions: usize, head_dim: usize, theta: f64) -> Self {
        let half = head_dim / 2;
        let angles =
            (0..positions).flat_map(|position| (0..half).map(move |i| position as f64 * theta.powf(-2.0 * i as f64 / head_dim as f64)));
        let (cos, sin) = angles.map(|angle| (angle.cos() as f32, angle.sin() as f32)).unzip();
        Self { half, cos, sin }
    }

    /// Turns the two halves of a head against each other, as GPT-NeoX and Llama do; `sign` -1 turns back, which is the backward pass.
    pub(crate) fn turn(&self, head: &mut [f32], position: usize, sign: f32) {
        let at = position * self.half..(position + 1) * self.half;
        let (first, second) = head.split_at_mut(self.half);
        for (((a, b), cos), sin) in first.iter_mut().zip(second).zip(&self.cos[at.clone()]).zip(&self.sin[at]) {
            (*a, *b) = (*a * cos - *b * sin * sign, *b * cos + *a * sin * sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close_everywhere() {
        for step in -8700..=8800 {
            let x = step as f32 / 100.0;
            let expected = f64::from(x).exp();
            assert!(((f64::from(exp(x)) - expected) / expected).abs() < 2.5e-7, "{x}");
        }
        assert!(exp(-1e30) < 1e-37 && exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn probabilities_add_up() {
        let mut row: Vec<f32> = (0..37).map(|at| (at as f32 * 1.7).sin() * 30.0).collect();
        let exact: f64 = row.iter().map(|&x| f64::from(x).exp()).sum::<f64>().ln();
        assert!((f64::from(softmax(&mut row)) - exact).abs() < 1e-5);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
