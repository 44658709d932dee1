//! The learning rate as a function of the step. Stateless, so that resuming needs nothing.

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// What happens after the warm-up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decay {
    /// Nothing, as in ProRL.
    #[default]
    Constant,
    /// Half a cosine down to the floor.
    Cosine,
    /// A straight line down to the floor.
    Linear,
}

/// Configuration of the learning rate. The defaults are ProRL v1's: constant 2e-6, no warm-up.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Schedule {
    /// The rate after the warm-up.
    pub rate: f64,
    /// Steps over which the rate rises in a straight line; the first step has `rate / warmup_steps`.
    pub warmup_steps: u64,
    /// What happens afterwards.
    pub decay: Decay,
    /// The step at which the floor is reached. Read for a decay only.
    pub total_steps: u64,
    /// The floor as a share of `rate`. Read for a decay only.
    pub floor: f64,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { rate: 2e-6, warmup_steps: 0, decay: Decay::Constant, total_steps: 0, floor: 0.0 }
    }
}

impl Schedule {
    /// Checks ranges.
    ///
    /// # Errors
    /// Names the first key out of its range.
    pub fn validate(&self) -> Result<(), InvalidSetting> {
        require(self.rate > 0.0 && self.rate <= 10.0, "schedule.rate", self.rate, "greater than 0 and at most 10")?;
        require((0.0..=1.0).contains(&self.floor), "schedule.floor", self.floor, "from 0 to 1")?;
        let ends = self.decay == Decay::Constant || self.total_steps > self.warmup_steps;
        require(ends, "schedule.total_steps", self.total_steps, "greater than `schedule.warmup_steps` when the rate decays")
    }

    /// The rate of `step`, counted from 0.
    pub fn at(&self, step: u64) -> f64 {
        if step < self.warmup_steps {
            return self.rate * (step + 1) as f64 / self.warmup_steps as f64;
        }
        let span = self.total_steps.saturating_sub(self.warmup_steps).max(1);
        let progress = (step - self.warmup_steps).min(span) as f64 / span as f64;
        let share = match self.decay {
            Decay::Constant => return self.rate,
            Decay::Cosine => 0.5 * (1.0 + (PI * progress).cos()),
            Decay::Linear => 1.0 - progress,
        };
        self.rate * (self.floor + (1.0 - self.floor) * share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(decay: Decay, expect: &[(u64, f64)]) {
        let schedule = Schedule { rate: 1.0, warmup_steps: 4, decay, total_steps: 12, floor: 0.2 };
        schedule.validate().unwrap();
        for (step, rate) in expect {
            assert!((schedule.at(*step) - rate).abs() < 1e-12, "{decay:?}, step {step}: {} is not {rate}", schedule.at(*step));
        }
    }

    #[test]
    fn by_hand() {
        check(Decay::Constant, &[(0, 0.25), (3, 1.0), (4, 1.0), (1000, 1.0)]);
        check(Decay::Linear, &[(0, 0.25), (4, 1.0), (8, 0.6), (12, 0.2), (u64::MAX, 0.2)]);
        check(Decay::Cosine, &[(3, 1.0), (4, 1.0), (8, 0.6), (12, 0.2), (13, 0.2)]);
        assert_eq!(Schedule::default().at(0), 2e-6);
    }

    #[test]
    fn keys_and_ranges() {
        for (text, key) in [
            ("rate = 0.0", "schedule.rate"),
            ("floor = nan", "schedule.floor"),
            ("decay = \"linear\"\nwarmup_steps = 5\ntotal_steps = 5", "schedule.total_steps"),
        ] {
            assert_eq!(toml::from_str::<Schedule>(text).unwrap().validate().unwrap_err().key, key);
        }
        assert!(toml::from_str::<Schedule>("warm_up = 3").is_err());
    }

    proptest! {
        #[test]
        fn always_a_rate(warmup_steps in any::<u64>(), total_steps in any::<u64>(), step in any::<u64>(), cosine: bool) {
            let decay = if cosine { Decay::Cosine } else { Decay::Linear };
            let rate = Schedule { rate: 1.0, warmup_steps, decay, total_steps, floor: 0.1 }.at(step);
            prop_assert!(rate > 0.0 && rate <= 1.0, "{rate}");
        }
    }
}
