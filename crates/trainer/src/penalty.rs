//! Shaping of rewards, and which rollouts stay out of the loss. The raw score goes through untouched beside the shaped reward: what is logged and
//! validated is the raw one.

mod cosine;
mod overlong;
mod repetition;

pub use cosine::{Cosine, Cycle};
pub use overlong::SoftOverlong;
pub use repetition::Repetition;

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};

/// Configuration of all penalties. The default is none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PenaltyConfig {
    /// Truncated rollouts are graded and compared, but stay out of the loss (DAPO, arXiv 2503.14476, section 3.4).
    pub overlong_filter: bool,
    /// The score of a truncated rollout is multiplied by this, so that stopping properly pays: 0.1 in ProRL v2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_properly: Option<f64>,
    /// A reward by length that depends on the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cosine: Option<Cosine>,
    /// A penalty near the longest response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub soft_overlong: Option<SoftOverlong>,
    /// A penalty for repeating oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repetition: Option<Repetition>,
}

impl PenaltyConfig {
    /// Checks ranges.
    ///
    /// # Errors
    /// Names the first key out of its range.
    pub fn validate(&self) -> Result<(), InvalidSetting> {
        if let Some(factor) = self.stop_properly {
            require((0.0..=1.0).contains(&factor), "penalty.stop_properly", factor, "from 0 to 1")?;
        }
        self.cosine.as_ref().map_or(Ok(()), Cosine::validate)?;
        self.soft_overlong.as_ref().map_or(Ok(()), SoftOverlong::validate)?;
        self.repetition.as_ref().map_or(Ok(()), Repetition::validate)
    }
}

/// What penalties look at.
#[derive(Clone, Copy, Debug)]
pub struct Graded<'a> {
    /// The raw score in [0, 1].
    pub score: f32,
    /// Token ids of the response, its end token included.
    pub response: &'a [u32],
    /// The response has no end token: it ran into the limit.
    pub truncated: bool,
}

/// A reward and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shaped {
    /// The raw score.
    pub score: f32,
    /// What advantages are made from: `scaled + overlong + repetition`.
    pub reward: f32,
    /// The score after stop-properly and cosine.
    pub scaled: f64,
    /// Soft overlong penalty, 0 or less.
    pub overlong: f64,
    /// Repetition penalty, 0 or less.
    pub repetition: f64,
    /// Whether the rollout's tokens count in the loss.
    pub in_loss: bool,
}

/// A score that is no score.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("the score {score} is not a number from 0 to 1")]
pub struct InvalidScore {
    /// The score.
    pub score: f32,
}

/// Shapes one reward. `update` counts optimizer steps from 0, for penalties that come and go.
///
/// # Errors
/// If the score is not in [0, 1].
pub fn shape(config: &PenaltyConfig, update: u64, graded: &Graded<'_>) -> Result<Shaped, InvalidScore> {
    let score = graded.score;
    if !(0.0..=1.0).contains(&score) {
        return Err(InvalidScore { score });
    }
    let mut scaled = f64::from(score);
    if graded.truncated {
        scaled *= config.stop_properly.unwrap_or(1.0);
    }
    if let Some(cosine) = config.cosine.filter(|cosine| cosine.schedule.is_none_or(|cycle| cycle.is_on(update))) {
        scaled = cosine.reward(scaled, graded.response.len(), graded.truncated);
    }
    let overlong = config.soft_overlong.map_or(0.0, |overlong| overlong.penalty(graded.response.len()));
    let repetition = config.repetition.map_or(0.0, |repetition| repetition.penalty(graded.response));
    let reward = (scaled + overlong + repetition) as f32;
    Ok(Shaped { score, reward, scaled, overlong, repetition, in_loss: !(config.overlong_filter && graded.truncated) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(config: &str, update: u64, graded: &Graded<'_>, expect: f32) -> Shaped {
        let config: PenaltyConfig = toml::from_str(config).unwrap();
        config.validate().unwrap();
        let shaped = shape(&config, update, graded).unwrap();
        assert!((shaped.reward - expect).abs() < 1e-6, "{shaped:?} is not {expect}");
        assert_eq!(shaped.score, graded.score);
        shaped
    }

    const WHOLE: Graded<'_> = Graded { score: 0.8, response: &[1, 2, 3, 4], truncated: false };
    const CUT: Graded<'_> = Graded { truncated: true, ..WHOLE };

    #[test]
    fn nothing_by_default() {
        assert!(check("", 0, &CUT, 0.8).in_loss);
    }

    #[test]
    fn truncated_responses() {
        assert!(!check("overlong_filter = true", 0, &CUT, 0.8).in_loss);
        assert!(check("overlong_filter = true", 0, &WHOLE, 0.8).in_loss);
        check("stop_properly = 0.1", 0, &CUT, 0.08);
        check("stop_properly = 0.1", 0, &WHOLE, 0.8);
    }

    #[test]
    fn penalties_add_up() {
        let config = "stop_properly = 0.5\nsoft_overlong = { max_tokens = 5, buffer_tokens = 4 }\nrepetition = { n = 1, weight = 1.0 }";
        let graded = Graded { score: 1.0, response: &[7, 7, 7, 8], truncated: true };
        // Half the score, three quarters of the buffer, two of four tokens seen before.
        check(config, 0, &graded, 0.5 - 0.75 - 0.5);
    }

    #[test]
    fn the_cosine_comes_and_goes() {
        let config = "[cosine]\nmax_tokens = 8\ncorrect = [1.0, 0.5]\nwrong = [-1.0, 0.0]\nschedule = { on = 2, off = 3 }";
        let graded = Graded { score: 1.0, ..WHOLE };
        for (update, expect) in [(0, 0.75), (1, 0.75), (2, 1.0), (4, 1.0), (5, 0.75)] {
            check(config, update, &graded, expect);
        }
    }

    #[test]
    fn a_score_is_a_score() {
        for score in [f32::NAN, -0.1, 1.1, f32::INFINITY] {
            assert!(shape(&PenaltyConfig::default(), 0, &Graded { score, ..WHOLE }).is_err(), "{score}");
        }
    }

    #[test]
    fn keys_and_ranges() {
        assert!(toml::from_str::<PenaltyConfig>("overlong_filtre = true").is_err());
        for (text, key) in [
            ("stop_properly = 2.0", "penalty.stop_properly"),
            ("soft_overlong = { max_tokens = 4, buffer_tokens = 5 }", "penalty.soft_overlong.buffer_tokens"),
            ("repetition = { n = 0, weight = 1.0 }", "penalty.repetition.n"),
            ("repetition = { n = 3, weight = -1.0 }", "penalty.repetition.weight"),
            ("cosine = { max_tokens = 0, correct = [1.0, 1.0], wrong = [0.0, 0.0] }", "penalty.cosine.max_tokens"),
            ("cosine = { max_tokens = 4, correct = [1.0, nan], wrong = [0.0, 0.0] }", "penalty.cosine.correct"),
            (
                "cosine = { max_tokens = 4, correct = [1.0, 1.0], wrong = [0.0, 0.0], schedule = { on = 0, off = 1 } }",
                "penalty.cosine.schedule.on",
            ),
        ] {
            let found = toml::from_str::<PenaltyConfig>(text).unwrap().validate().unwrap_err();
            assert_eq!(found.key, key, "{found}");
        }
    }
}
