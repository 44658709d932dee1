//! Which objects switch on a light, from trials with several at once, after Zhang et al., "ACRE: Abstract Causal REasoning Beyond Covariation" (arXiv 2103.14232).
//!
//! Some objects, the blickets, switch on the light of a machine that they are put on; one is enough. Made from the paper's description alone.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Acre;

impl Puzzle for Acre {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Induction
    }

    fn summary(&self) -> &'static str {
        "Infer from trials which objects activate a detector, and predict a new trial."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["case does not matter", "an answer that contains the word beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::word(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Upstream's `train` chooses between its two sets of objects; here it chooses disjoint colours, so that objects of a test have not been trained on.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    train: u8,
}

impl Default for Config {
    fn default() -> Self {
        Self { train: 1 }
    }
}

const MATERIALS: [&str; 2] = ["metal", "rubber"];
const SHAPES: [&str; 3] = ["cube", "sphere", "cylinder"];
const TRAINING_COLORS: [&str; 4] = ["gray", "blue", "green", "yellow"];
const TEST_COLORS: [&str; 4] = ["red", "brown", "purple", "cyan"];

/// Objects on the machine, a bit each.
type Objects = u32;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Light {
    On,
    Off,
    Undetermined,
}

impl Light {
    const ALL: [Self; 3] = [Self::On, Self::Off, Self::Undetermined];

    fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Undetermined => "undetermined",
        }
    }
}

/// Sets of blickets that agree with the trials.
fn possible(objects: usize, trials: &[(Objects, bool)]) -> Vec<Objects> {
    (0..1 << objects).filter(|blickets| trials.iter().all(|(placed, on)| (placed & blickets != 0) == *on)).collect()
}

/// What all that is possible says of a new trial.
fn predict(possible: &[Objects], placed: Objects) -> Light {
    let lit = possible.iter().filter(|&&blickets| blickets & placed != 0).count();
    match lit {
        0 => Light::Off,
        _ if lit == possible.len() => Light::On,
        _ => Light::Undetermined,
    }
}

impl Generate for Acre {
    const NAME: &'static str = "acre";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, train, 0..=1)
    }

    /// Six trials of five to seven objects and a question, each answer as likely as the others.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        const TRIALS: usize = 6;
        let count = rng.size(5, 7);
        let colors = if config.train == 1 { TRAINING_COLORS } else { TEST_COLORS };
        let kinds = colors.iter().flat_map(|color| {
            MATERIALS.iter().flat_map(move |material| SHAPES.iter().map(move |shape| format!("{color} {material} {shape}")))
        });
        let objects = rng.sample(&kinds.collect::<Vec<_>>(), count);
        let blickets = (0..count).filter(|_| rng.chance(0.4)).fold(0, |set, object| set | 1 << object);
        let mut some = |most: usize| {
            let size = rng.size(1, most);
            let all: Vec<usize> = (0..count).collect();
            rng.sample(&all, size).into_iter().fold(0, |set: Objects, object| set | 1 << object)
        };
        let trials: Vec<(Objects, bool)> = (0..TRIALS).map(|_| some(3)).map(|placed| (placed, placed & blickets != 0)).collect();
        let seen = trials.iter().fold(0, |seen, (placed, _)| seen | placed);
        let questions: Vec<Objects> = (0..40).map(|_| some(3)).collect();
        let possible = possible(count, &trials);
        let wanted = Light::ALL[rng.below(Light::ALL.len())];
        // A question repeats no trial, and asks about no object that was never seen.
        let new = |placed: &Objects| placed & !seen == 0 && trials.iter().all(|(tried, _)| tried != placed);
        let placed = questions.into_iter().find(|placed| new(placed) && predict(&possible, *placed) == wanted)?;
        let named = |placed: Objects| {
            let names: Vec<&str> = (0..count).filter(|object| placed >> object & 1 == 1).map(|object| objects[object].as_str()).collect();
            names.join(", ")
        };
        let results: Vec<String> =
            trials.iter().map(|(placed, on)| format!("{}: {}", named(*placed), if *on { "on" } else { "off" })).collect();
        Some(Problem {
            question: format!(
                "Some objects are blickets: whenever one or more of them lie on a detector, its light is on; otherwise it is off. These trials were made:\n{}\nWhat is the light with these on it: \
                 {}? Answer on, off, or, if the trials do not tell, undetermined.",
                results.join("\n"),
                named(placed)
            ),
            answer: wanted.word().to_owned(),
            metadata: json!({
                "trials": trials.iter().map(|(placed, on)| json!({"objects": named(*placed), "light": if *on { "on" } else { "off" }})).collect::<Vec<_>>(),
                "query": named(placed),
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
        check::puzzle(&Acre);
    }

    #[test]
    fn the_word_counts() {
        for (answer, parity, strict) in [("on", 1.0, 1.0), ("On", 0.0, 1.0), ("turns on", 0.25, 0.0), ("off", 0.0, 0.0)] {
            check::score(&Acre, answer, "on", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn trials_tell_what_they_tell() {
        // Object 0 alone does nothing; 0 and 1 light up, so 1 is a blicket; of 2 and 1 nothing is known about 2.
        let possible = possible(3, &[(0b001, false), (0b011, true), (0b110, true)]);
        assert!(predict(&possible, 0b010) == Light::On);
        assert!(predict(&possible, 0b001) == Light::Off);
        assert!(predict(&possible, 0b100) == Light::Undetermined);
    }
}
