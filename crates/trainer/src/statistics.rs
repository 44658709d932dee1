//! Statistics of rewards and success rates: means that cannot be taken of nothing, pass@k, intervals of a binomial rate. No randomness.

use std::num::NonZeroU32;

/// A raw score from here on is a success when counting pass@k. Partial credit is not.
pub const STRICT_SUCCESS: f64 = 0.99;

/// At least one number.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a>(&'a [f64]);

impl<'a> Sample<'a> {
    /// `None` of nothing.
    pub fn new(values: &'a [f64]) -> Option<Self> {
        (!values.is_empty()).then_some(Self(values))
    }

    /// How many there are: one or more.
    #[expect(clippy::len_without_is_empty, reason = "a sample is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The arithmetic mean.
    pub fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    /// The sample standard deviation, divided by n - 1. `None` of a single number.
    pub fn std(&self) -> Option<f64> {
        (self.len() > 1).then(|| (self.squares() / (self.len() - 1) as f64).sqrt())
    }

    /// The population standard deviation, divided by n.
    pub fn population_std(&self) -> f64 {
        (self.squares() / self.len() as f64).sqrt()
    }

    /// Sum of squared distances from the mean.
    fn squares(&self) -> f64 {
        let mean = self.mean();
        self.0.iter().map(|value| (value - mean).powi(2)).sum()
    }
}

/// Successes among trials; never more than there are trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successes {
    successes: u32,
    trials: NonZeroU32,
}

/// The confidence of an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confidence {
    /// 90 %.
    P90,
    /// 95 %.
    #[default]
    P95,
    /// 99 %.
    P99,
}

impl Confidence {
    /// The probability that an interval misses.
    fn alpha(self) -> f64 {
        match self {
            Self::P90 => 0.10,
            Self::P95 => 0.05,
            Self::P99 => 0.01,
        }
    }

    /// The two-sided quantile of the normal distribution.
    fn z(self) -> f64 {
        match self {
            Self::P90 => 1.644_853_626_951_472_2,
            Self::P95 => 1.959_963_984_540_054,
            Self::P99 => 2.575_829_303_548_900_4,
        }
    }
}

/// Bounds of a rate, both in [0, 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

impl Successes {
    /// `None` without trials or with more successes than trials.
    pub fn new(successes: u32, trials: u32) -> Option<Self> {
        let trials = NonZeroU32::new(trials)?;
        (successes <= trials.get()).then_some(Self { successes, trials })
    }

    /// Counts strict successes. `None` without scores.
    pub fn of_scores(scores: &[f64]) -> Option<Self> {
        let successes = scores.iter().filter(|score| **score >= STRICT_SUCCESS).count();
        Self::new(u32::try_from(successes).ok()?, u32::try_from(scores.len()).ok()?)
    }

    /// The share of successes, which is pass@1.
    pub fn rate(self) -> f64 {
        f64::from(self.successes) / f64::from(self.trials.get())
    }

    /// Unbiased pass@k: the probability that `k` of the trials, drawn without replacement, hold a success: `1 - C(n - c, k) / C(n, k)`, computed
    /// as a product (Codex, arXiv 2107.03374, eq. 1 and figure 3). `None` if `k` is 0 or more than there are trials.
    pub fn pass_at(self, k: u32) -> Option<f64> {
        let n = self.trials.get();
        if k == 0 || k > n {
            return None;
        }
        if n - self.successes < k {
            return Some(1.0);
        }
        // C(n-c, k) / C(n, k) is both a product over k and over c terms; the shorter one is taken.
        let (terms, other) = (self.successes.min(k), self.successes.max(k));
        let missed: f64 = (0..terms).map(|i| 1.0 - f64::from(other) / f64::from(n - i)).product();
        Some(1.0 - missed)
    }

    /// Wilson's score interval (Wilson 1927).
    pub fn wilson(self, confidence: Confidence) -> Interval {
        let (n, p, z) = (f64::from(self.trials.get()), self.rate(), confidence.z());
        let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        // Rounding would leave 1e-17 where the bound is 0 or 1 exactly.
        let low = if self.successes == 0 { 0.0 } else { (centre - half).max(0.0) };
        let high = if self.successes == self.trials.get() { 1.0 } else { (centre + half).min(1.0) };
        Interval { low, high }
    }

    /// The exact interval (Clopper and Pearson 1934): each side misses with at most half the probability.
    pub fn clopper_pearson(self, confidence: Confidence) -> Interval {
        let (c, n) = (f64::from(self.successes), f64::from(self.trials.get()));
        let half = confidence.alpha() / 2.0;
        let low = if self.successes == 0 { 0.0 } else { beta_quantile(half, c, n - c + 1.0) };
        let high = if self.successes == self.trials.get() { 1.0 } else { beta_quantile(1.0 - half, c + 1.0, n - c) };
        Interval { low, high }
    }

    /// The largest rate that is still plausible after no success at all: `1 - alpha^(1/n)`, one-sided and exact. `None` if there was a success.
    pub fn upper_bound_at_zero(self, confidence: Confidence) -> Option<f64> {
        let exponent = confidence.alpha().ln() / f64::from(self.trials.get());
        (self.successes == 0).then(|| -exponent.exp_m1())
    }
}

/// Where the distribution function of Beta(a, b) reaches `probability`, by bisection to the last bit.
fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if incomplete_beta(middle, a, b) < probability { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// The regularised incomplete beta function, by its continued fraction (NIST DLMF 8.17.22) with Lentz's method.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast on this side of the mean only.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta_below(1.0 - x, b, a);
    }
    incomplete_beta_below(x, a, b)
}

fn incomplete_beta_below(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    // About sqrt(a + b) terms are needed; this is enough for the largest count.
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    let front = a * x.ln() + b * (-x).ln_1p() - (ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b));
    front.exp() * fraction / a
}

/// The logarithm of the gamma function for `x >= 1/2`: the Lanczos approximation with g = 7 and nine coefficients (Godfrey 2001).
fn ln_gamma(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let mut sum = 0.999_999_999_999_809_9;
    for (i, coefficient) in COEFFICIENTS.iter().enumerate() {
        sum += coefficient / (x + i as f64 + 1.0);
    }
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn close(found: f64, expect: f64) {
        assert!((found - expect).abs() < 1e-9, "{found} is not {expect}");
    }

    #[test]
    fn nothing_has_no_mean() {
        assert!(Sample::new(&[]).is_none());
        let one = Sample::new(&[2.0]).unwrap();
        assert_eq!((one.mean(), one.std(), one.population_std()), (2.0, None, 0.0));
        let two = Sample::new(&[1.0, 3.0]).unwrap();
        assert_eq!((two.mean(), two.std(), two.population_std()), (2.0, Some(2_f64.sqrt()), 1.0));
    }

    #[test]
    fn pass_at_k_by_hand() {
        let two_of_four = Successes::new(2, 4).unwrap();
        close(two_of_four.pass_at(1).unwrap(), 0.5);
        close(two_of_four.pass_at(2).unwrap(), 5.0 / 6.0);
        close(two_of_four.pass_at(3).unwrap(), 1.0);
        assert_eq!(two_of_four.pass_at(5), None);
        assert_eq!(two_of_four.pass_at(0), None);
        close(Successes::new(2, 256).unwrap().pass_at(128).unwrap(), 1.0 - 128.0 * 127.0 / (256.0 * 255.0));
        assert_eq!(Successes::new(0, 256).unwrap().pass_at(256), Some(0.0));
    }

    #[test]
    fn partial_credit_is_no_success() {
        let successes = Successes::of_scores(&[0.01, 0.98, 0.99, 1.0, f64::NAN]).unwrap();
        assert_eq!(successes, Successes::new(2, 5).unwrap());
        assert_eq!(Successes::of_scores(&[]), None);
        assert_eq!(Successes::new(3, 2), None);
    }

    // Textbook value for Wilson; for the exact interval the defining equation is checked below.
    #[test]
    fn intervals_by_hand() {
        let half = Successes::new(5, 10).unwrap();
        let wilson = half.wilson(Confidence::P95);
        close(wilson.low, 0.236_593_090_5);
        close(wilson.high, 0.763_406_909_5);
        let none = Successes::new(0, 10).unwrap();
        close(none.clopper_pearson(Confidence::P95).high, 1.0 - 0.025_f64.powf(0.1));
        close(none.upper_bound_at_zero(Confidence::P95).unwrap(), 1.0 - 0.05_f64.powf(0.1));
        assert_eq!(half.upper_bound_at_zero(Confidence::P95), None);
        assert_eq!(none.wilson(Confidence::P99).low, 0.0);
        let all = Successes::new(10, 10).unwrap();
        close(all.clopper_pearson(Confidence::P95).low, 0.025_f64.powf(0.1));
        assert_eq!(all.wilson(Confidence::P90).high, 1.0);
    }

    #[test]
    fn the_largest_count_is_answered() {
        let interval = Successes::new(u32::MAX / 2, u32::MAX).unwrap().clopper_pearson(Confidence::P95);
        assert!(interval.low < 0.5 && interval.high >= 0.5 - 1e-9 && interval.high - interval.low < 1e-4, "{interval:?}");
    }

    proptest! {
        // P(X >= c | low) = P(X <= c | high) = alpha / 2 defines the exact interval.
        #[test]
        fn exact_interval_solves_its_equations(n in 1_u32..60, part in 0.0..1.0_f64) {
            let c = (f64::from(n + 1) * part) as u32;
            let interval = Successes::new(c, n).unwrap().clopper_pearson(Confidence::P90);
            let term = |p: f64, i: u32| {
                let choose: f64 = (0..i).map(|j| f64::from(n - j) / f64::from(i - j)).product();
                choose * p.powi(i as i32) * (1.0 - p).powi((n - i) as i32)
            };
            if c > 0 {
                let above: f64 = (c..=n).map(|i| term(interval.low, i)).sum();
                prop_assert!((above - 0.05).abs() < 1e-8, "{above}");
            }
            if c < n {
                let below: f64 = (0..=c).map(|i| term(interval.high, i)).sum();
                prop_assert!((below - 0.05).abs() < 1e-8, "{below}");
            }
        }

        #[test]
        fn pass_at_k_rises_with_k(n in 1_u32..300, part in 0.0..1.0_f64) {
            let successes = Successes::new((f64::from(n + 1) * part) as u32, n).unwrap();
            let curve: Vec<f64> = (1..=n).map(|k| successes.pass_at(k).unwrap()).collect();
            prop_assert!(curve.windows(2).all(|pair| pair[0] <= pair[1] + 1e-12));
            prop_assert!((curve[0] - successes.rate()).abs() < 1e-12);
        }
    }
}
