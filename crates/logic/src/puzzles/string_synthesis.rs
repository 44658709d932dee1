//! Blocks that six rules combine into others until none applies.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::reactions::{self, Rule};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, grid, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct StringSynthesis;

impl Puzzle for StringSynthesis {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Count blocks after rules that combine them were applied until none can be."
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

/// Counts of `[A] [B] [C] {A} {B} {C} (A) (B) (C)`.
const RULES: [Rule<9>; 6] = [
    [-1, -1, -1, 1, 0, 0, 0, 0, 0],
    [-1, -1, 0, 0, 0, 1, 0, 0, 0],
    [0, -1, -1, 0, 1, 0, 0, 0, 0],
    [0, 0, -2, 0, 0, 1, 0, 0, 0],
    [0, 0, 0, -1, 0, -1, 1, 1, 0],
    [0, 0, 0, 0, -2, 0, 0, 0, 1],
];

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_initial_blocks: i64,
    max_initial_blocks: i64,
    max_iterations: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_initial_blocks: 0, max_initial_blocks: 5, max_iterations: 1000 }
    }
}

impl Generate for StringSynthesis {
    const NAME: &'static str = "string_synthesis";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("initial_blocks", "min_initial_blocks", "max_initial_blocks", Levels::Ints(&[10, 50, 100, 500]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_initial_blocks, max_initial_blocks, 0..=100_000)?;
        within!(config, max_iterations, 1..=100_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let initial: [i64; 3] = std::array::from_fn(|_| rng.int(config.min_initial_blocks, config.max_initial_blocks));
        let mut counts = [0; 9];
        counts[..3].copy_from_slice(&initial);
        let solution = reactions::exhaust(counts, &RULES, config.max_iterations);
        let [a, b, c] = initial;
        Some(Problem {
            question: format!(
                "There are nine kinds of blocks: [A] [B] [C] {{A}} {{B}} {{C}} (A) (B) (C). These rules say which blocks can be exchanged for which:\n1. [A] [B] [C] for \
                 {{A}}\n2. [A] [B] for {{C}}\n3. [B] [C] for {{B}}\n4. [C] [C] for {{C}}\n5. {{A}} {{C}} for (A) (B)\n6. {{B}} {{B}} for (C)\nYou start with [A]: {a}, [B]: {b}, [C]: {c}. \
                 Follow the first rule of the list that your blocks allow, once, then look at the list from its top again. Stop when no rule can be followed, or after \
                 {} times.\nHow many blocks of each kind are there in the end? Answer with nine numbers with spaces between, in the order above.",
                config.max_iterations
            ),
            answer: grid::spaced(&solution),
            metadata: json!({
                "solution": solution,
                "initial_blocks": initial,
                "difficulty": {"initial_blocks": [config.min_initial_blocks, config.max_initial_blocks]},
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
        check::puzzle(&StringSynthesis);
    }

    #[test]
    fn the_counts_alone_are_right() {
        for (answer, parity, strict) in [
            ("5 0 0 0 0 0 0 0 0", 1.0, 1.0),
            (" 5 0 0 0 0 0 0 0 0", 17.0 / 18.0, 1.0),
            ("[5, 0, 0, 0, 0, 0, 0, 0, 0]", 0.0, 1.0),
            ("15 0 0 0 0 0 0 0 0", 17.0 / 18.0, 0.0),
            ("5 0 0 0 0 0 0 0", 0.0, 0.0),
        ] {
            check::score(&StringSynthesis, answer, "5 0 0 0 0 0 0 0 0", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn rules_are_followed_in_order() {
        assert_eq!(reactions::exhaust([2, 2, 1, 0, 0, 0, 0, 0, 0], &RULES, 1000), [0, 0, 0, 0, 0, 0, 1, 1, 0]);
        assert_eq!(reactions::exhaust([0, 2, 5, 0, 0, 0, 0, 0, 0], &RULES, 1000), [0, 0, 1, 0, 0, 1, 0, 0, 1]);
    }
}
