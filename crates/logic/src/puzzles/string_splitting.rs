//! Old machines that are taken apart and put together by five rules until none applies.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::reactions::{self, Rule};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, grid, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct StringSplitting;

impl Puzzle for StringSplitting {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Count machines and parts after rules were applied until none can be."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the counts beside other text earns nothing", "white space does not matter, and the counts may be a list"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        Ok(match (mode, answer) {
            (Mode::Strict, Some(answer)) => Grade::binary(grid::same_list(answer, gold)),
            _ => scoring::text(answer, gold, mode),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Counts of the machines A, B and C and of the parts X, Y and Z.
const RULES: [Rule<6>; 5] = [[-1, 0, 0, 2, 1, 0], [0, -2, 0, 1, 0, 0], [0, 0, -2, 0, 1, 0], [1, -1, -1, 0, 0, 0], [0, 0, 0, -1, -1, 1]];

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_initial_machines: i64,
    max_initial_machines: i64,
    max_iterations: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_initial_machines: 0, max_initial_machines: 5, max_iterations: 1000 }
    }
}

impl Generate for StringSplitting {
    const NAME: &'static str = "string_splitting";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("initial_machines", "min_initial_machines", "max_initial_machines", Levels::Ints(&[10, 50, 100, 500]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_initial_machines, max_initial_machines, 0..=100_000)?;
        within!(config, max_iterations, 1..=100_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let initial: [i64; 3] = std::array::from_fn(|_| rng.int(config.min_initial_machines, config.max_initial_machines));
        let mut counts = [0; 6];
        counts[..3].copy_from_slice(&initial);
        let solution = reactions::exhaust(counts, &RULES, config.max_iterations);
        let [a, b, c] = initial;
        Some(Problem {
            question: format!(
                "A workshop has machines of the kinds A, B and C, which it can turn into parts of the kinds X, Y and Z by these rules:\n1. Take one A apart into two X and \
                 one Y.\n2. Take two B apart into one X.\n3. Take two C apart into one Y.\n4. Build one A from one B and one C.\n5. Build one Z from one X and one \
                 Y.\nIt always follows the first rule of the list that it can follow, once, and then looks at the list from its top again. It stops when no rule can be \
                 followed, or after {} times.\nIt starts with A: {a}, B: {b}, C: {c} and no parts. How many of each kind are there in the end? Answer with six numbers with \
                 spaces between, in the order A B C X Y Z.",
                config.max_iterations
            ),
            answer: grid::spaced(&solution),
            metadata: json!({
                "solution": solution,
                "initial_machines": initial,
                "difficulty": {"initial_machines": [config.min_initial_machines, config.max_initial_machines]},
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
        check::puzzle(&StringSplitting);
    }

    #[test]
    fn the_counts_alone_are_right() {
        for (answer, parity, strict) in [
            ("0 0 0 5 0 5", 1.0, 1.0),
            ("0 0 0 5 0 5\n", 11.0 / 12.0, 1.0),
            ("[0, 0, 0, 5, 0, 5]", 0.0, 1.0),
            ("0 0 0 5 0 55", 11.0 / 12.0, 0.0),
            ("0 0 0 0 5 5", 0.0, 0.0),
        ] {
            check::score(&StringSplitting, answer, "0 0 0 5 0 5", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn rules_are_followed_in_order() {
        // Rules 2 and 3 leave one B and one C, which rules 4 and 1 use up.
        assert_eq!(reactions::exhaust([0, 3, 3, 0, 0, 0], &RULES, 1000), [0, 0, 0, 1, 0, 2]);
        assert_eq!(reactions::exhaust([2, 0, 0, 0, 0, 0], &RULES, 1), [1, 0, 0, 2, 1, 0]);
    }
}
