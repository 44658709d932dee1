//! A penalty for n-grams that were there before.

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// `-weight` times the share of n-grams of the response that are a repetition of an earlier one. arXiv 2502.03373 (section 4) punishes the repeated
/// tokens themselves; here the response has one advantage, so it is punished as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repetition {
    /// Tokens of an n-gram, at most 64, which bounds the time to 64 steps a token.
    pub n: usize,
    /// The penalty of a response that does nothing else.
    pub weight: f64,
}

impl Repetition {
    pub(super) fn validate(&self) -> Result<(), InvalidSetting> {
        require((1..=64).contains(&self.n), "penalty.repetition.n", self.n, "from 1 to 64")?;
        require((0.0..=100.0).contains(&self.weight), "penalty.repetition.weight", self.weight, "from 0 to 100")
    }

    pub(super) fn penalty(self, response: &[u32]) -> f64 {
        let ngrams = response.windows(self.n.max(1));
        let all = ngrams.len();
        if all == 0 {
            return 0.0;
        }
        let distinct = ngrams.collect::<HashSet<&[u32]>>().len();
        // Not `-x`: no repetition is 0, not -0.
        0.0 - self.weight * (all - distinct) as f64 / all as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        for (response, n, expect) in [
            (vec![], 2, 0.0),
            (vec![1], 2, 0.0),
            (vec![1, 2, 3], 2, 0.0),
            (vec![1, 2, 1, 2, 1], 2, -1.0),
            (vec![5; 5], 2, -1.5),
            (vec![5; 5], 4, -1.0),
        ] {
            assert_eq!(Repetition { n, weight: 2.0 }.penalty(&response), expect, "{response:?}");
        }
    }
}
