//! AdamW with moments that can be saved, restored and cleared.

use crate::config::OptimizerConfig;

/// Moments of every weight, in the order of the model's weights, in single precision.
///
/// One update is that of Loshchilov and Hutter, "Decoupled weight decay regularization" (arXiv 1711.05101, algorithm 2), with the decay scaled by the learning
/// rate as in PyTorch: `w -= lr * (decay * w + m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon))`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct AdamW {
    moments: Vec<Moments>,
    updates: u64,
}

/// Moments of one weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Moments {
    /// The decayed mean of gradients.
    pub(crate) first: Vec<f32>,
    /// The decayed mean of their squares.
    pub(crate) second: Vec<f32>,
}

impl AdamW {
    /// Moments of 0 for weights of these sizes.
    pub(crate) fn new(sizes: impl IntoIterator<Item = usize>) -> Self {
        let zeros = |size| Moments { first: vec![0.0; size], second: vec![0.0; size] };
        Self { moments: sizes.into_iter().map(zeros).collect(), updates: 0 }
    }

    /// Moments as they were saved, after so many updates.
    pub(crate) fn restore(moments: Vec<Moments>, updates: u64) -> Self {
        Self { moments, updates }
    }

    /// The moments, in the order of the weights.
    pub(crate) fn moments(&self) -> &[Moments] {
        &self.moments
    }

    /// Updates since the moments were 0.
    pub(crate) fn updates(&self) -> u64 {
        self.updates
    }

    /// Forgets everything, as a reference reset may ask for.
    pub(crate) fn clear(&mut self) {
        self.updates = 0;
        for moments in &mut self.moments {
            moments.first.fill(0.0);
            moments.second.fill(0.0);
        }
    }

    /// Begins an update of all weights with this learning rate; gradients are multiplied by `scale` first.
    pub(crate) fn begin(&mut self, config: &OptimizerConfig, learning_rate: f64, scale: f64) -> Update<'_> {
        self.updates += 1;
        let steps = i32::try_from(self.updates).unwrap_or(i32::MAX);
        let correction2 = 1.0 - config.beta2.powi(steps);
        Update {
            moments: &mut self.moments,
            beta1: config.beta1 as f32,
            beta2: config.beta2 as f32,
            scale: scale as f32,
            // w -= rate * m / (sqrt(v) + epsilon'), with the corrections of both moments moved out of the loop.
            rate: (learning_rate * correction2.sqrt() / (1.0 - config.beta1.powi(steps))) as f32,
            epsilon: (config.epsilon * correction2.sqrt()) as f32,
            keep: (1.0 - learning_rate * config.weight_decay) as f32,
        }
    }
}

/// One update of all weights.
#[derive(Debug)]
pub(crate) struct Update<'a> {
    moments: &'a mut [Moments],
    beta1: f32,
    beta2: f32,
    scale: f32,
    rate: f32,
    epsilon: f32,
    keep: f32,
}

impl Update<'_> {
    /// Moves the weight of this index.
    ///
    /// # Panics
    /// If the three differ in length, or there is no such weight.
    pub(crate) fn apply(&mut self, index: usize, weight: &mut [f32], gradient: &[f32]) {
        let Moments { first, second } = &mut self.moments[index];
        assert_eq!((first.len(), first.len()), (weight.len(), gradient.len()), "moments, weight and gradient {index}");
        for (((weight, first), second), gradient) in weight.iter_mut().zip(first).zip(second).zip(gradient) {
            let gradient = gradient * self.scale;
            *first += (1.0 - self.beta1) * (gradient - *first);
            *second += (1.0 - self.beta2) * (gradient * gradient - *second);
            *weight = *weight * self.keep - self.rate * *first / (second.sqrt() + self.epsilon);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three updates against the textbook's form in double precision.
    #[test]
    fn updates_are_those_of_the_paper() {
        let config = OptimizerConfig { weight_decay: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-6, ..OptimizerConfig::default() };
        let gradients = [[0.3, -2.0, 0.0], [0.1, 1.0, 0.0], [-0.7, 4.0, 1e-3]];
        let (rate, scale) = (0.05, 0.5);
        let mut expected = [1.0_f64, -0.5, 2.0];
        let (mut first, mut second) = ([0.0_f64; 3], [0.0_f64; 3]);
        let mut weight = expected.map(|value| value as f32);
        let mut adam = AdamW::new([3]);
        for (step, gradient) in gradients.iter().enumerate() {
            adam.begin(&config, rate, scale).apply(0, &mut weight, &gradient.map(|value| value as f32));
            let step = step as i32 + 1;
            for at in 0..3 {
                let gradient = gradient[at] * scale;
                first[at] = config.beta1 * first[at] + (1.0 - config.beta1) * gradient;
                second[at] = config.beta2 * second[at] + (1.0 - config.beta2) * gradient * gradient;
                let (mean, square) = (first[at] / (1.0 - config.beta1.powi(step)), second[at] / (1.0 - config.beta2.powi(step)));
                expected[at] -= rate * (config.weight_decay * expected[at] + mean / (square.sqrt() + config.epsilon));
            }
        }
        for (weight, expected) in weight.iter().zip(expected) {
            assert!((f64::from(*weight) - expected).abs() < 1e-5, "{weight} {expected}");
        }
        assert_eq!(adam.updates(), 3);
    }

    #[test]
    fn restored_and_cleared_moments_are_what_they_say() {
        let config = OptimizerConfig::default();
        let mut one = AdamW::new([2, 1]);
        let (mut left, mut right) = ([1.0, 2.0], [3.0]);
        let mut update = one.begin(&config, 0.1, 1.0);
        update.apply(0, &mut left, &[0.5, -0.5]);
        update.apply(1, &mut right, &[2.0]);
        let mut other = AdamW::restore(one.moments().to_vec(), one.updates());
        let (mut again, expected) = (left, &mut left);
        one.begin(&config, 0.1, 1.0).apply(0, expected, &[0.1, 0.1]);
        other.begin(&config, 0.1, 1.0).apply(0, &mut again, &[0.1, 0.1]);
        assert_eq!(again, *expected);
        one.clear();
        assert_eq!(one, AdamW::new([2, 1]));
    }
}
