//! The last interior angle of a convex polygon.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct SimpleGeometry;

impl Puzzle for SimpleGeometry {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Geometry
    }

    fn summary(&self) -> &'static str {
        "Find the missing interior angle of a convex polygon."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the same number in another form is right, with a degree sign as well",
            "an answer that contains the number beside other text earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let answer = if mode.is_parity() { answer } else { answer.map(|answer| answer.trim().trim_end_matches('°')) };
        Ok(scoring::number(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_sides: usize,
    max_sides: usize,
    min_angle: i64,
    max_angle: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_sides: 3, max_sides: 6, min_angle: 10, max_angle: 170 }
    }
}

impl Generate for SimpleGeometry {
    const NAME: &'static str = "simple_geometry";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::interval("sides", "min_sides", "max_sides", Levels::Ints(&[5, 10, 15, 30]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_sides, max_sides, 3..=1000)?;
        bounds!(config, min_angle, max_angle, 1..=179)
    }

    /// Angles that leave between 1 and 179 degrees for the last one: those of a convex polygon, which upstream only asks to leave something. Their sum is
    /// steered, as independent angles of a polygon with many sides would hardly ever fit.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let sides = rng.size(config.min_sides, config.max_sides);
        let total = 180 * (sides as i64 - 2);
        let mut left = total;
        let mut known = Vec::with_capacity(sides - 1);
        for others in (0..sides as i64 - 1).rev() {
            // What the angles still to come take at least and at most, the missing one included.
            let (least, most) = (others * config.min_angle + 1, others * config.max_angle + 179);
            let (low, high) = (config.min_angle.max(left - most), config.max_angle.min(left - least));
            if low > high {
                return None;
            }
            let angle = rng.int(low, high);
            left -= angle;
            known.push(angle);
        }
        rng.shuffle(&mut known);
        let list: Vec<String> = known.iter().map(|angle| format!("{angle}°")).collect();
        Some(Problem {
            question: format!(
                "All but one of the interior angles of a convex polygon with {sides} sides are known: {}. How many degrees has the other one? Answer with the number \
                 alone, without a unit.",
                list.join(", ")
            ),
            answer: left.to_string(),
            metadata: json!({
                "n_sides": sides,
                "known_angles": known.iter().map(|angle| *angle as f64).collect::<Vec<_>>(),
                "sum_of_known_angles": (total - left) as f64,
                "missing_angle_raw": left as f64,
                "missing_angle_rounded": left,
                "total_interior_sum": total,
                "difficulty": {"sides": [config.min_sides, config.max_sides]},
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&SimpleGeometry);
    }

    #[test]
    fn the_number_of_degrees_is_right() {
        for (answer, parity, strict) in
            [("84", 1.0, 1.0), ("84.0", 0.5, 1.0), ("84°", 2.0 / 3.0, 1.0), ("84 degrees", 0.2, 0.0), ("85", 0.0, 0.0)]
        {
            check::score(&SimpleGeometry, answer, "84", json!({}), [parity, strict]);
        }
    }
}
