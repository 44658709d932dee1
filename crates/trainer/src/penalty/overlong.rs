//! Soft overlong punishment: a ramp before the length limit.

use crate::setting::{InvalidSetting, require};
use serde::{Deserialize, Serialize};

/// 0 up to `max_tokens - buffer_tokens`, then down a straight line to -1 at `max_tokens`, -1 beyond (DAPO, arXiv 2503.14476, eq. 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoftOverlong {
    /// Where the penalty is full, in tokens.
    pub max_tokens: usize,
    /// How long the ramp is, in tokens.
    pub buffer_tokens: usize,
}

impl SoftOverlong {
    pub(super) fn validate(&self) -> Result<(), InvalidSetting> {
        let buffer = self.buffer_tokens;
        require(buffer > 0 && buffer <= self.max_tokens, "penalty.soft_overlong.buffer_tokens", buffer, "from 1 to `max_tokens`")
    }

    pub(super) fn penalty(self, tokens: usize) -> f64 {
        let free = self.max_tokens.saturating_sub(self.buffer_tokens);
        match tokens {
            tokens if tokens <= free => 0.0,
            tokens if tokens >= self.max_tokens => -1.0,
            tokens => -((tokens - free) as f64 / self.buffer_tokens as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp() {
        let overlong = SoftOverlong { max_tokens: 10, buffer_tokens: 4 };
        let found: Vec<f64> = [0, 6, 7, 8, 9, 10, 11].into_iter().map(|tokens| overlong.penalty(tokens)).collect();
        assert_eq!(found, [0.0, 0.0, -0.25, -0.5, -0.75, -1.0, -1.0]);
    }
}
