//! Where a value lies on an axis, and at which round numbers its ticks are.

/// A range of values that a plot shows, finite and not empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    step: f64,
}

impl Axis {
    /// The smallest range with round ends around the finite values; 0 to 1 when there is none. About `ticks` ticks.
    pub(super) fn around(values: impl Iterator<Item = f64>, ticks: u32) -> Self {
        // Beyond this the arithmetic of ranges overflows, and no metric means anything.
        let (low, high) = values
            .filter(|value| value.abs() < 1e200)
            .fold(None, |range, value| {
                let (low, high) = range.unwrap_or((value, value));
                Some((f64::min(low, value), f64::max(high, value)))
            })
            .unwrap_or((0.0, 1.0));
        // A range far below the precision of its ends is widened, so that ticks differ.
        let least = low.abs().max(high.abs()) * 1e-9;
        let (low, high) = if high - low > least {
            (low, high)
        } else {
            let half = if low == 0.0 { 0.5 } else { (low.abs() * 0.1).max(1e-300) };
            (low - half, high + half)
        };
        let step = round_step((high - low) / f64::from(ticks.max(1)));
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// Where a value lies: 0 at the low end, 1 at the high one, and never outside.
    pub(super) fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The ticks with their labels.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let count = ((self.high - self.low) / self.step).round().min(100.0) as u32;
        (0..=count)
            .map(|n| {
                let value = self.low + f64::from(n) * self.step;
                // A tick at 0 may miss it by a rounding error.
                let value = if value.abs() < self.step * 1e-6 { 0.0 } else { value };
                (value, self.label(value))
            })
            .collect()
    }

    /// As many decimals as the step needs.
    fn label(&self, value: f64) -> String {
        let digits = self.step.log10().floor();
        if value != 0.0 && (digits < -5.0 || value.abs() >= 1e7) {
            return format!("{value:.1e}");
        }
        format!("{value:.0$}", (-digits).clamp(0.0, 6.0) as usize)
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is not below `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| step <= factor * power * (1.0 + 1e-9)).unwrap_or(10.0);
    factor * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[f64], expect: &[&str]) {
        let ticks = Axis::around(values.iter().copied(), 4).ticks();
        assert_eq!(ticks.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn ticks_are_round() {
        check(&[0.0, 1.0], &["0.0", "0.5", "1.0"]);
        check(&[0.03, 0.38], &["0.0", "0.1", "0.2", "0.3", "0.4"]);
        check(&[-3.0, 117.0], &["-50", "0", "50", "100", "150"]);
        check(&[f64::NAN, f64::INFINITY], &["0.0", "0.5", "1.0"]);
        check(&[2.0, 2.0], &["1.8", "1.9", "2.0", "2.1", "2.2"]);
        check(&[0.0, 3e-7], &["0", "1.0e-7", "2.0e-7", "3.0e-7"].map(|label| if label == "0" { "0.000000" } else { label }));
    }

    #[test]
    fn extreme_ranges_have_few_ticks_and_finite_places() {
        for values in [[1e199, -1e199], [1e300, 1.0], [1e16, 1e16 + 2.0], [1e-308, 0.0], [5e-324, 5e-324]] {
            let axis = Axis::around(values.into_iter(), 5);
            assert!(axis.ticks().len() <= 101 && values.iter().all(|value| axis.share(*value).is_finite()), "{values:?}: {axis:?}");
        }
    }
}
